package pasted

// What a page has broken over lines: a string, a key in base64, and strings whose parentheses are lost.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/policy"
)

// mostLines is over how many lines a string may be broken, or a record may go.
const mostLines = 200

// onOwnLines is said of strings whose parentheses are lost.
const onOwnLines = "strings on lines of their own, without parentheses: read as one text"

// overLines is said of a string that goes on for some lines more.
func overLines(more int) string { return fmt.Sprintf("a string over %d lines: read as one", more+1) }

// goesOn is a text with the lines from one on that belong to it, how many they are, and what is to be said of that.
func (r *reader) goesOn(text string, at int) (whole string, more int, says string) {
	if list := r.stringsAt(at); strings.HasSuffix(text, `"`) && len(list) > 0 {
		return text + " " + strings.Join(list, " "), len(list), onOwnLines
	}
	if list := r.keyAt(text, at); len(list) > 0 {
		return text + strings.Join(list, ""), len(list), overLines(len(list))
	}
	if list := r.termsAt(text, at); len(list) > 0 {
		return text + " " + strings.Join(list, " "), len(list), overLines(len(list))
	}
	return text, 0, ""
}

// termsAt is the lines from one on that have terms of SPF and nothing else, behind an SPF record without its end.
func (r *reader) termsAt(text string, at int) (out []string) {
	if !policy.IsSPF(strings.TrimSpace(text)) {
		return nil
	}
	for ; at < len(r.lines) && len(out) < mostLines && !spfEnd.re().MatchString(text); at++ {
		next := strings.TrimSpace(r.lines[at].text)
		if !spfTerms.re().MatchString(next) {
			break
		}
		out, text = append(out, next), next
	}
	return out
}

// keyAt is the lines from one on over which a page has broken the key that a text without quotes ends in.
func (r *reader) keyAt(text string, at int) (out []string) {
	i := strings.LastIndex(text, "p=")
	if i < 0 || !keyPart.re().MatchString(strings.TrimSpace(text[i+2:])) {
		return nil
	}
	for ; at < len(r.lines) && len(out) < mostLines; at++ {
		next := strings.TrimSpace(r.lines[at].text)
		if !keyPart.re().MatchString(next) || fieldOf(next) != noField {
			break
		}
		out = append(out, next)
	}
	return out
}

// stringsAt is the lines from one on that are quoted strings and nothing else: a page has lost the parentheses around a text.
func (r *reader) stringsAt(at int) (out []string) {
	for ; at < len(r.lines) && len(out) < mostLines && onlyStrings.re().MatchString(r.lines[at].text); at++ {
		out = append(out, r.lines[at].text)
	}
	return out
}

// joinBroken joins a string that a page has broken: a key has no blanks, words have one between them.
func joinBroken(text, next string) string {
	next = strings.TrimLeft(next, " \t")
	i := strings.LastIndex(text, "p=")
	if i >= 0 && !strings.ContainsAny(text[i:], ";\" ") {
		return text + next
	}
	return text + " " + next
}
