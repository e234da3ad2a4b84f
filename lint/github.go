package lint

// Annotations of GitHub's workflows: one line each, which its runner reads from standard output.

import (
	"fmt"
	"strings"
)

// For what stands in a property of a workflow command, and behind them.
var (
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
)

// UnreadOnGitHub is a zone file that could not be read as a workflow command: without a line.
func UnreadOnGitHub(path, message string) string {
	return fmt.Sprintf("::error file=%s,title=%s::%s", githubProperty.Replace(ascii(path)), Unreadable, githubMessage.Replace(ascii(message)))
}

// GitHub is the finding as a workflow command (::error file=...::message), with the file's name as GitHub knows it. It is
// ASCII.
func (d Diagnostic) GitHub(path string) string {
	level := d.Severity.String()
	if d.Severity == Info {
		level = "notice"
	}
	from, to := d.Position(), d.File.Position(d.Span.End)
	return fmt.Sprintf("::%s file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,title=%s::%s", level,
		githubProperty.Replace(ascii(path)), from.Line, to.Line, from.Column, to.Column,
		githubProperty.Replace(d.Rule.Name), githubMessage.Replace(ascii(d.Message)))
}
