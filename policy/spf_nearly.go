package policy

// What is no SPF record to a receiver and was meant as one. A receiver looks at the first octets alone (RFC 7208 §3.3, §4.5):
// where they are not as they have to be it finds no record, and nobody is told.

import (
	"slices"
	"strings"
)

// NearlySPF is a text that only looks like SPF.
type NearlySPF struct {
	At      Span   // what is wrong, in the strings joined
	Text    string // why it is none, with the remedy
	Instead string // the whole text as it is to be; "" where nobody can know, or receivers could not read it
	Own     int    // the string from which on it is a record of its own; 0 if it is none
}

// LooksLikeSPF tells strings of a TXT record that are no SPF record and look like one.
func LooksLikeSPF(parts []string) (n NearlySPF, ok bool) {
	text := strings.Join(parts, "")
	if !MentionsSPF(text) || IsSPF(text) {
		return n, false
	}
	for _, found := range []func(text string, parts []string) (NearlySPF, bool){unjoined, behindOther, junkBefore, versionWrong} {
		if n, ok = found(text, parts); ok {
			n.Instead = readable(n.Instead)
			return n, true
		}
	}
	return n, false
}

// readable is a text that is to be SPF, with blanks where tabs, commas and semicolons stand between its terms; "" where
// receivers could not read that either.
func readable(text string) string {
	if text == "" || !ParseSPF(text).Broken() {
		return text
	}
	words := text[len(spfVersion):]
	for _, b := range slices.Concat(otherBlanks, []string{",", ";"}) {
		words = strings.ReplaceAll(words, b, " ")
	}
	text = strings.Join(append([]string{text[:len(spfVersion)]}, strings.Fields(words)...), " ")
	if ParseSPF(text).Broken() {
		return ""
	}
	return text
}

// MentionsSPF is a quick look: most texts have nothing to do with SPF. It looks for the version at the start in any spelling,
// and behind it, where another string may begin, in small letters and in capitals.
func MentionsSPF(text string) bool {
	start := text[:min(len(text), nearStart)]
	for i := 0; i+3 <= len(start); i++ {
		if start[i]|0x20 == 's' && strings.EqualFold(start[i:i+3], "spf") {
			return true
		}
	}
	return len(text) > nearStart && (strings.Contains(text, spfVersion) || strings.Contains(text, "V=SPF1"))
}

// nearStart is how much before and of the version is looked at.
const nearStart = 40

// unjoined finds words that stand in strings of their own: strings are joined without a blank (RFC 7208 §3.3).
func unjoined(text string, parts []string) (n NearlySPF, ok bool) {
	whole := strings.Join(parts, " ")
	if strings.HasPrefix(whole, "'") { // no quote to BIND: it parts words all the same
		whole = withoutQuoteBehind(withoutBlanks(whole))
	}
	if len(parts) < 2 || !IsSPF(whole) {
		return n, false
	}
	return NearlySPF{Span{0, len(text)}, "its words are strings of their own, which are joined without a blank: put the whole text in quotes", whole, 0}, true
}

// behindOther finds a record that begins in a second string.
func behindOther(text string, parts []string) (n NearlySPF, ok bool) {
	at := len(text)
	for i := len(parts) - 1; i > 0; i-- {
		at -= len(parts[i])
		if IsSPF(text[at:]) {
			return NearlySPF{Span{at, len(text)}, "it stands behind other text: make it a record of its own", "", i}, true
		}
	}
	return n, false
}

// blanksAndQuotes is what people paste around a record, beside the blanks and quotes of other alphabets.
const blanksAndQuotes = " \t\r\n\"'`;"

// otherQuotes is the quotes that word processors and web pages have, in UTF-8.
var otherQuotes = []string{"\u201c", "\u201d", "\u201e", "\u2018", "\u2019"}

// withoutBlanks is a text without blanks and quotes at its start.
func withoutBlanks(text string) string {
	for {
		rest := strings.TrimLeft(text, blanksAndQuotes)
		for _, b := range slices.Concat(otherBlanks, otherQuotes) {
			rest = strings.TrimPrefix(rest, b)
		}
		if rest == text {
			return text
		}
		text = rest
	}
}

// withoutQuoteBehind is a text without the quote that closes one before it.
func withoutQuoteBehind(text string) string {
	text = strings.TrimRight(text, blanksAndQuotes)
	for _, b := range otherQuotes {
		text = strings.TrimSuffix(text, b)
	}
	return text
}

// junkBefore finds a record with blanks or quotes before it.
func junkBefore(text string, _ []string) (n NearlySPF, ok bool) {
	rest := withoutBlanks(text)
	if rest == text || !IsSPF(rest) {
		return n, false
	}
	if strings.Trim(text[:len(text)-len(rest)], " \t\r\n") != "" {
		rest = withoutQuoteBehind(rest)
	}
	before := len(text) - len(withoutBlanks(text))
	return NearlySPF{Span{0, before}, quote(text[:before]) + " stands before the version: take it away", rest, 0}, true
}

// versionWrong finds a text that begins in something like the version.
func versionWrong(text string, _ []string) (n NearlySPF, ok bool) {
	start := len(text) - len(withoutBlanks(text))
	body := text[start:]
	end, number := likeVersion(body)
	if end == 0 || strings.HasPrefix(body[end:], "/") { // Sender ID writes spf2.0/pra (RFC 4406 §3.1)
		return n, false
	}
	at, rest := Span{start, start + end}, body[end:]
	after := withoutBlanks(rest)
	switch {
	case number != "1" && number != "":
		return NearlySPF{at, quote(at.Of(text)) + " is no version of SPF: write " + spfVersion, "", 0}, true
	case rest == "" || rest[0] == ' ':
		return NearlySPF{at, quote(at.Of(text)) + " is no version of SPF: write " + spfVersion, spfVersion + rest, 0}, true
	case after != rest:
		at.End += len(rest) - len(after)
		return NearlySPF{at, "behind the version stands a blank and nothing else: write " + quote(spfVersion+" "), spfVersion + " " + after, 0}, true
	case number == "" && (isAlpha(rest[0]) || rest[0] == '-'):
		return NearlySPF{at, quote(at.Of(text)) + " is no version of SPF: write " + quote(spfVersion+" "), spfVersion + " " + rest, 0}, true
	case isAlpha(rest[0]) || strings.IndexByte("+-~?", rest[0]) >= 0:
		return NearlySPF{at, "a blank is missing behind the version: write " + quote(spfVersion+" "), spfVersion + " " + rest, 0}, true
	}
	return NearlySPF{at, "behind the version stands a blank and nothing else: write " + quote(spfVersion+" "), spfVersion + " " + rest, 0}, true
}

// likeVersion is how much of a text is something like v=spf1, and the number in it: v= spf1, v:spf1, v=spf, spf1. It is 0 of
// others.
func likeVersion(text string) (end int, number string) {
	small := lower(text[:min(len(text), nearStart)])
	rest, hasV := strings.CutPrefix(small, "v")
	if hasV {
		rest = strings.TrimLeft(rest, " \t")
		if rest == "" || rest[0] != '=' && rest[0] != ':' {
			return 0, ""
		}
		rest = strings.TrimLeft(rest[1:], " \t")
	}
	behind, ok := strings.CutPrefix(rest, "spf")
	if !ok {
		return 0, ""
	}
	number = behind[:len(behind)-len(strings.TrimLeft(behind, "0123456789."))]
	if after := behind[len(number):]; !hasV && (number != "1" || strings.Trim(after[:min(len(after), 1)], " \t;") != "") {
		return 0, ""
	}
	return len(small) - len(behind) + len(number), number
}
