package zonefile

// How bad something about a zone is, in the words and letters of all outputs: of what rules find, and of what is noted
// about a route.

import (
	"fmt"
	"strings"
)

// Severity tells how bad something is.
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

// Letter is the severity in one character of a screen.
func (s Severity) Letter() string {
	switch s {
	case Info:
		return "i"
	case Warning:
		return "W"
	case Error:
		return "E"
	}
	return " "
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
