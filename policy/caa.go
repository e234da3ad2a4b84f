package policy

// What people set of a CAA record (RFC 8659 §4): who may issue certificates for the names of a domain.

import (
	"errors"
	"strconv"
	"strings"
)

// The words of a CAA record.
const (
	caaFlags = iota
	caaTag
	caaValue
)

// caaLabels is what the words are called.
var caaLabels = []string{"flags", "tag", "value"}

// critical is the flag of what an authority has to understand.
const critical = 128

// caaFields is the fields.
var caaFields = []Field{
	{
		Label: "tag", Choices: []Choice{{"issue", "issue"}, {"issuewild", "issuewild"}, {"issuemail", "issuemail"}, {"iodef", "iodef"}},
		get: func(text string) string { return lower(wordAs(text, caaTag)) },
		set: func(text, value string) []Change { return setWord(text, caaTag, value) },
	},
	{
		Label: "value", Needed: "the domain of the authority, as ca.example; or ; for nobody", anyText: true,
		get: func(text string) string {
			if list := wordsOf(text); len(list) > caaValue {
				return list[caaValue].said()
			}
			return ""
		},
		set:   func(text, value string) []Change { return setWord(text, caaValue, inQuotes(value)) },
		check: checkCAA,
	},
	{
		Label: "critical", Choices: []Choice{{"128", "no certificate from who does not know the tag"}},
		get: func(text string) string {
			if flagsIn(text)&critical != 0 {
				return "128"
			}
			return ""
		},
		set: func(text, value string) []Change {
			flags := flagsIn(text) &^ critical
			if value != "" {
				flags |= critical
			}
			return setWord(text, caaFlags, strconv.Itoa(flags))
		},
	},
}

// flagsIn is the flags of a record.
func flagsIn(text string) int {
	n, err := strconv.Atoi(wordAs(text, caaFlags))
	if err != nil {
		return 0
	}
	return n
}

// checkCAA wants a value as the tag of a record asks for it.
func checkCAA(text, value string) error {
	switch tag := lower(wordAs(text, caaTag)); {
	case !isPrintable(value):
		return errors.New("no character beyond ASCII")
	case tag == "iodef" && !strings.HasPrefix(value, mailScheme) && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "http://"):
		return errors.New("where reports go, as mailto:postmaster@example.com") // RFC 8659 §4.4
	case value == "":
		return errors.New("the domain of the authority, as ca.example; or ; for nobody")
	case strings.HasPrefix(tag, "issue"):
		return checkIssuer(value)
	}
	return nil
}

// checkIssuer wants the domain of an authority with its parameters, or none (RFC 8659 §4.2).
func checkIssuer(value string) error {
	domain, _, _ := strings.Cut(value, ";")
	for label := range strings.SplitSeq(strings.TrimSpace(domain), ".") {
		if !alphanumeric(strings.ReplaceAll(label, "-", "")) || label == "" && strings.TrimSpace(domain) != "" {
			return errors.New("the domain of an authority, as ca.example")
		}
	}
	return nil
}

// caaFaults is what the fields cannot show of a record.
func caaFaults(text string) []Fault {
	list := wordsOf(text)
	if found := wordFaults(list, caaLabels, false, 255); found != nil {
		return found
	}
	if tag := list[caaTag]; tag.quoted || !alphanumeric(tag.text) {
		return []Fault{{Span: tag.Span, Text: quote(tag.text) + " is no tag: letters and digits, as issue"}}
	}
	return nil
}

// caaRest is the flags that no field holds.
func caaRest(text string) []string {
	if n := flagsIn(text) &^ critical; n != 0 {
		return []string{"flags " + strconv.Itoa(n)}
	}
	return nil
}

// caaSays is what a record allows.
func caaSays(text string) string {
	list := wordsOf(text)
	if len(list) <= caaValue {
		return ""
	}
	domain, _, _ := strings.Cut(list[caaValue].said(), ";")
	if domain = strings.TrimSpace(domain); domain == "" {
		domain = "nobody"
	}
	switch lower(list[caaTag].text) {
	case "issue":
		return domain + " may issue certificates for these names"
	case "issuewild":
		return domain + " may issue certificates for wildcards of these names"
	case "issuemail": // RFC 9495
		return domain + " may issue certificates for mailboxes at these names"
	case "iodef":
		return "authorities report here what they refused"
	}
	return ""
}
