package server

// This file reads named's configuration as named-checkconf -px prints it: with its includes, in canonical form, and without
// secrets. It is how tests take BIND for a witness.

import "strings"

// A statement is a statement of named.conf: words, and what stands in its braces.
type statement struct {
	words []string
	body  []statement
}

// get is the last statement of the body that starts with a word.
func (s statement) get(word string) (found statement, ok bool) {
	for _, b := range s.body {
		if len(b.words) > 0 && b.words[0] == word {
			found, ok = b, true
		}
	}
	return found, ok
}

// value is the second word of the last statement of the body that starts with a word, "" if there is none.
func (s statement) value(word string) string {
	if b, ok := s.get(word); ok && len(b.words) > 1 {
		return b.words[1]
	}
	return ""
}

// readConf reads what named-checkconf printed.
func readConf(text string) statement {
	var top statement
	for p := (confReader{rest: text}); p.more(); {
		top.body = append(top.body, p.statement(0))
	}
	return top
}

// A confReader is what is left to read.
type confReader struct{ rest string }

// more reports whether there is another statement.
func (p *confReader) more() bool {
	p.rest = strings.TrimLeft(p.rest, " \t\r\n;}")
	return p.rest != ""
}

// statement reads up to the semicolon. What nests deeper than named.conf ever does is not looked at.
func (p *confReader) statement(depth int) (s statement) {
	const deepest = 50
	for depth < deepest {
		switch word, kind := p.token(); kind {
		case ';', 0:
			return s
		case '}':
			p.rest = "}" + p.rest // of the statement around this one
			return s
		case '{':
			s.body = append(s.body, p.block(depth+1)...)
		default:
			s.words = append(s.words, word)
		}
	}
	p.rest = ""
	return s
}

// block reads statements up to the closing brace.
func (p *confReader) block(depth int) (body []statement) {
	for {
		p.rest = strings.TrimLeft(p.rest, " \t\r\n;")
		switch {
		case p.rest == "":
			return body
		case p.rest[0] == '}':
			p.rest = p.rest[1:]
			return body
		}
		body = append(body, p.statement(depth))
	}
}

// token reads a word, quoted or not, or one of the signs ; { } that it returns as its kind; 0 is the end.
func (p *confReader) token() (word string, kind byte) {
	const signs = ";{}"
	p.rest = strings.TrimLeft(p.rest, " \t\r\n")
	switch {
	case p.rest == "":
		return "", 0
	case strings.IndexByte(signs, p.rest[0]) >= 0:
		kind, p.rest = p.rest[0], p.rest[1:]
		return "", kind
	case p.rest[0] == '"':
		return p.quoted(), 'w'
	}
	end := strings.IndexAny(p.rest, " \t\r\n"+signs)
	if end < 0 {
		end = len(p.rest)
	}
	word, p.rest = p.rest[:end], p.rest[end:]
	return word, 'w'
}

// quoted reads a quoted word: a backslash saves a quote, and no other sign.
func (p *confReader) quoted() string {
	var word strings.Builder
	rest := p.rest[1:]
	for rest != "" && rest[0] != '"' {
		if strings.HasPrefix(rest, `\"`) {
			rest = rest[1:]
		}
		word.WriteByte(rest[0])
		rest = rest[1:]
	}
	p.rest = strings.TrimPrefix(rest, `"`)
	return word.String()
}
