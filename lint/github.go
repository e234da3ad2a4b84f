package lint

// Annotations of GitHub's workflows: one line each, which its runner reads from standard output.

import (
	"fmt"
	"strings"
)

// GitHub is the finding as a workflow command (::error file=...::message). It is ASCII.
func (d Diagnostic) GitHub() string {
	level := d.Severity.String()
	if d.Severity == Info {
		level = "notice"
	}
	from, to := d.Position(), d.File.Position(d.Span.End)
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	return fmt.Sprintf("::%s file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,title=%s::%s", level,
		property.Replace(ascii(d.File.Name())), from.Line, to.Line, from.Column, to.Column,
		property.Replace(d.Rule.Name), data.Replace(ascii(d.Message)))
}
