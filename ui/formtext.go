package ui

// The text of a TXT record: a file holds it in quoted strings of at most 255 octets, a form shows it joined.

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mailzone/mailzone/zonefile"
)

// textNote says of a long TXT in how many strings it will be written.
func textNote(text string) string {
	if n := len(zonefile.SplitText(text)); n > 1 {
		return fmt.Sprintf("%d octets, in %d strings", len(text), n)
	}
	return ""
}

// unquoted is a text without the quotes that a zone file, or the page that it was copied from, has around its strings.
// What is not strings in quotes and nothing else stays.
func unquoted(text string) string {
	plain, ok := zonefile.Unquote(text)
	if ok && utf8.ValidString(plain) && onOneLine(plain) == strings.TrimSpace(plain) {
		return plain
	}
	return text
}

// joinTokens is tokens on one line, as written.
func joinTokens(toks []zonefile.Token) string {
	var out []string
	for _, t := range toks {
		out = append(out, t.Raw)
	}
	return strings.Join(out, " ")
}
