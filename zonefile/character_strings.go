package zonefile

// The text of TXT records (RFC 1035 §3.3.14): a file holds it in strings of at most 255 octets, with escapes and mostly in
// quotes; who uses it reads them joined. The way from one to the other and back stands here and nowhere else.

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// MaxString is the longest string in octets (RFC 1035 §3.3): its length is one octet.
const MaxString = 255

// SplitText cuts a text into pieces that each fit a string. A character of UTF-8 stays in one of them.
func SplitText(text string) []string {
	var out []string
	for len(text) > MaxString {
		n := MaxString
		for n > MaxString-utf8.UTFMax && !utf8.RuneStart(text[n]) {
			n--
		}
		out, text = append(out, text[:n]), text[n:]
	}
	return append(out, text)
}

// Quote writes a text as strings of a file, in quotes. What is not ASCII stays as it is, control characters become \DDD.
func Quote(text string) string {
	var out []byte
	for i, s := range SplitText(text) {
		if i > 0 {
			out = append(out, ' ')
		}
		out = appendQuoted(out, s, true)
	}
	return string(out)
}

// appendQuoted appends a string in quotes (RFC 1035 §5.1). Octets above ASCII stay, or become \DDD as well.
func appendQuoted[T string | []byte](out []byte, text T, stay bool) []byte {
	out = append(out, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c < ' ' || c == 0x7f || c > 0x7f && !stay:
			out = appendDecimal(out, c)
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}

// appendDecimal appends an octet as \DDD.
func appendDecimal(out []byte, c byte) []byte {
	return append(out, '\\', '0'+c/100, '0'+c/10%10, '0'+c%10)
}

// Unquote is the text of strings in quotes, joined; false for what is not strings in quotes and nothing else.
func Unquote(written string) (text string, ok bool) {
	l := lexer{src: []byte(written)}
	var joined []byte
	for {
		from := l.pos
		t := l.next()
		switch between := written[from:max(t.start, from)]; {
		case strings.Contains(between, ";"):
			return "", false
		case t.kind == tokEOF:
			return string(joined), ok
		case t.kind != tokQuoted:
			return "", false
		}
		joined, ok = appendUnescaped(joined, unquote(l.src[t.start:t.end])), true
	}
}

// Unescape resolves \DDD and \X in a string or a name as written; a bad escape stays.
func Unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	return string(appendUnescaped(make([]byte, 0, len(s)), []byte(s)))
}

// appendUnescaped appends a string with its escapes resolved; a bad escape stays.
func appendUnescaped(b, s []byte) []byte {
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			return append(b, s...)
		}
		b, s = append(b, s[:i]...), s[i:]
		c, n, err := unescape(s)
		if err != nil {
			c, n = s[0], 1
		}
		b, s = append(b, c), s[n:]
	}
}

// escapeLen is how many bytes write the first octet of a string; a bad escape stands for itself.
func escapeLen(text []byte) int {
	if text[0] == '\\' {
		if _, n, err := unescape(text); err == nil {
			return n
		}
	}
	return 1
}
