package ui

// The text of a TXT record: a file holds it in quoted strings of at most 255 octets, a form shows it joined.

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mailzone/mailzone/zonefile"
)

// textNote says of a long TXT in how many strings it will be written.
func textNote(text string) string {
	if n := len(text); n > maxString {
		return fmt.Sprintf("%d octets, in %d strings", n, (n+maxString-1)/maxString)
	}
	return ""
}

// unquoted is a text without the quotes that a zone file, or the page that it was copied from, has around its strings.
// What is not strings in quotes and nothing else stays.
func unquoted(text string) string {
	rest := strings.TrimSpace(text)
	if strings.HasPrefix(rest, "(") && strings.HasSuffix(rest, ")") {
		rest = strings.TrimSpace(rest[1 : len(rest)-1])
	}
	var joined []byte
	for next := rest; next != ""; {
		content, behind, ok := cutQuoted(next)
		if !ok {
			return text
		}
		joined, next = append(joined, content...), strings.TrimSpace(behind)
	}
	if plain := string(joined); rest != "" && utf8.ValidString(plain) && onOneLine(plain) == strings.TrimSpace(plain) {
		return plain
	}
	return text
}

// cutQuoted takes the quoted string off that a text begins with (RFC 1035 §5.1: \DDD is an octet, \X is X).
func cutQuoted(text string) (content []byte, behind string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return nil, "", false
	}
	for i := 1; i < len(text); i++ {
		switch c := text[i]; c {
		case '"':
			return content, text[i+1:], true
		case '\\':
			if n, err := strconv.ParseUint(text[i+1:min(i+4, len(text))], 10, 8); err == nil && i+4 <= len(text) {
				content = append(content, byte(n))
				i += 3
			} else if i++; i < len(text) {
				content = append(content, text[i])
			}
		default:
			content = append(content, c)
		}
	}
	return nil, "", false
}

// joinTokens is tokens on one line, as written.
func joinTokens(toks []zonefile.Token) string {
	var out []string
	for _, t := range toks {
		out = append(out, t.Raw)
	}
	return strings.Join(out, " ")
}

// maxString is how many octets one string of a TXT holds (RFC 1035 §3.3).
const maxString = 255

// quoteText writes a text as the strings of a TXT: at most 255 octets each (RFC 1035 §3.3.14).
func quoteText(text string) string {
	const most = maxString
	var out []string
	for {
		n := min(len(text), most)
		for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) { // a character stays in one string
			n--
		}
		out = append(out, `"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text[:n])+`"`)
		if text = text[n:]; text == "" {
			return strings.Join(out, " ")
		}
	}
}
