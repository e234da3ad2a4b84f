package policy

// Where something stands in a value, what is wrong there, and changes that touch nothing else.

import (
	"slices"
	"strings"
)

// A Span is a part of a value: its octets from Start up to, and without, End.
type Span struct{ Start, End int }

// Of is the text that the span covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// A Fault is what is wrong with a part of a value, with its remedy in words.
type Fault struct {
	Span
	Text    string
	Instead string // what the whole term of SPF is to be; "" where nobody can know
	Remedy  Remedy // of a tag list
}

// A Remedy is the changes of a text that end a fault; there are none where nobody can know them.
type Remedy struct {
	Words   string // a verb phrase
	Safe    bool   // they guess nothing
	Changes []Change
}

// A Change puts text into the place of a part of a value.
type Change struct {
	Span
	New string
}

// Apply makes changes of a text. Their spans do not overlap; of several at one place the first comes first.
func Apply(text string, changes ...Change) string {
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, func(a, b Change) int { return a.Start - b.Start })
	var b strings.Builder
	at := 0
	for _, c := range changes {
		b.WriteString(text[at:c.Start])
		b.WriteString(c.New)
		at = c.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// longest is how many octets of a value a fault quotes.
const longest = 60

// quote puts text of a value in quotes, of a long one its start. It may hold any octet: who shows it on a terminal escapes it.
func quote(s string) string {
	if len(s) > longest {
		s = s[:longest] + "..."
	}
	return `"` + s + `"`
}

// lower is a text with the capitals of ASCII made small; all other octets stay.
func lower(s string) string {
	i := 0
	for i < len(s) && (s[i] < 'A' || s[i] > 'Z') {
		i++
	}
	if i == len(s) { // nearly all
		return s
	}
	b := []byte(s)
	for ; i < len(b); i++ {
		if 'A' <= b[i] && b[i] <= 'Z' {
			b[i] |= 0x20
		}
	}
	return string(b)
}

// isAlpha tells a letter of ASCII.
func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isDigit tells a digit of ASCII.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
