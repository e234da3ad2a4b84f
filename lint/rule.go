package lint

// A rule is data: what `mailzone rules` prints, what a test checks and what runs are one value.

import (
	"fmt"
	"strings"
)

// Severity tells how bad a finding is.
type Severity uint8

// The severities, from harmless to bad.
const (
	Info    Severity = iota + 1 // worth knowing
	Warning                     // mail may be lost
	Error                       // mail is lost, or the zone does not load
)

// String is the severity in the words of all output formats.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return "none"
}

// ParseSeverity reads what String writes.
func ParseSeverity(text string) (Severity, error) {
	for s := Info; s <= Error; s++ {
		if strings.EqualFold(text, s.String()) {
			return s, nil
		}
	}
	return 0, fmt.Errorf("%q is no severity: write error, warning or info", text)
}

// Rule is one thing that can be wrong with a zone.
type Rule struct {
	Name     string   // names the pattern, not the remedy: reads well after "allow"
	Severity Severity // unless Options say otherwise
	Doc      string   // what it finds, why it matters, what to do
	Bad      string   // records of example.com that the rule speaks about
	Good     string   // the same put right
	Refs     []string // where it is written: "RFC 5321 §5.1"
	Visits   kinds    // Check is called for every owner name that is one of these
	Census   bool     // it counts over all names, so only a full run runs it
	Check    func(*Pass)
}

// Summary is what the rule finds, in a sentence.
func (r *Rule) Summary() string { return firstSentence(r.Doc) }
