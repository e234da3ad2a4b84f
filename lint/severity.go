package lint

// How bad a finding is, in the words of all output formats.

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
