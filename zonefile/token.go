package zonefile

import "bytes"

// The lexer splits zone file text into tokens exactly as BIND's isc_lex does with the options that its
// master file reader sets. It changes no byte: a token is a span, escapes are left as they stand.

// tokenKind tells tokens apart.
type tokenKind uint8

const (
	tokEOF     tokenKind = iota
	tokEOL               // a line end outside parentheses
	tokInitial           // white space at the start of a line
	tokWord              // an unquoted string
	tokQuoted            // a quoted string, its quotes included
	tokBad               // what no token can start with, or a string without its end: lexer.fault says which
)

// token is a span of the lexer's text.
type token struct {
	kind       tokenKind
	start, end int
}

// byteClass sorts bytes by what the lexer does with them.
type byteClass uint8

const (
	inWord byteClass = iota
	blank
	lineEnd // LF, CR
	quote
	openParen
	closeParen
	semicolon
	backslash
	nul
)

// classes is the class of every byte. VT and FF are part of words, not white space (BIND).
var classes = [256]byteClass{
	' ': blank, '\t': blank, '\n': lineEnd, '\r': lineEnd, '"': quote, '(': openParen, ')': closeParen,
	';': semicolon, '\\': backslash, 0: nul,
}

// lexer reads tokens from src at pos.
type lexer struct {
	src   []byte
	pos   int
	paren int // parentheses that are open; they do not nest but are counted (BIND)
	open  int // where the outermost of them stands
	bol   bool
	lines int // when positive: how many more lines an open parenthesis may take
	fault fault
	ended bool // the text ended inside the line: more text could change what was read
}

// fault is why a token is bad.
type fault uint8

const (
	faultNone fault = iota
	faultQuote
	faultParenOpen
	faultParenClose
	faultNUL
)

// next reads the next token. An unclosed parenthesis at the end of the text is a tokBad.
func (l *lexer) next() token {
	for l.pos < len(l.src) {
		at := l.pos
		switch classes[l.src[at]] {
		case inWord, backslash:
			l.bol = false
			return l.word()
		case blank:
			l.pos++
			if l.bol {
				l.bol = false
				return token{tokInitial, at, l.pos}
			}
		case lineEnd:
			if l.paren == 0 {
				l.pos += eolLen(l.src[at:])
				return token{tokEOL, at, l.pos}
			}
			l.pos++
			if l.src[at] == '\n' && l.lines > 0 {
				if l.lines--; l.lines == 0 {
					return l.bad(faultParenOpen, l.open, l.open+1)
				}
			}
		case quote:
			l.bol = false
			return l.quoted()
		case openParen:
			l.bol = false
			if l.paren == 0 {
				l.open = at
			}
			l.paren++
			l.pos++
		case closeParen:
			l.bol = false
			l.pos++
			if l.paren == 0 {
				return l.bad(faultParenClose, at, at+1)
			}
			l.paren--
		case semicolon:
			l.pos = commentEnd(l.src, at)
		case nul:
			l.bol = false
			l.pos++
			return l.bad(faultNUL, at, at+1)
		}
	}
	l.ended = true
	if l.paren > 0 {
		return l.bad(faultParenOpen, l.open, l.open+1)
	}
	return token{tokEOF, l.pos, l.pos}
}

// bad makes a bad token and keeps its fault.
func (l *lexer) bad(f fault, start, end int) token {
	l.fault = f
	return token{tokBad, start, end}
}

// word reads an unquoted string: up to a blank, a line end, or a special byte that is not escaped. A
// line end cannot be escaped here (BIND).
func (l *lexer) word() token {
	src, i := l.src, l.pos
	for i < len(src) {
		switch classes[src[i]] {
		case inWord:
			i++
			continue
		case backslash:
			i++
			if i < len(src) && classes[src[i]] != lineEnd {
				i++
			}
			continue
		}
		break
	}
	t := token{tokWord, l.pos, i}
	l.pos = i
	return t
}

// quoted reads a quoted string. A newline inside must be escaped; a CR is data (BIND).
func (l *lexer) quoted() token {
	src, start := l.src, l.pos
	if n := plainQuoted(src[start:]); n > 0 {
		l.pos = start + n
		return token{tokQuoted, start, l.pos}
	}
	for i := start + 1; i < len(src); i++ {
		switch src[i] {
		case '"':
			l.pos = i + 1
			return token{tokQuoted, start, l.pos}
		case '\\':
			i++
		case '\n':
			l.pos = i
			return l.bad(faultQuote, start, start+1)
		}
	}
	l.pos, l.ended = len(src), true
	return l.bad(faultQuote, start, start+1)
}

// plainQuoted is the length of a quoted string without escapes and line ends; 0 for any other.
func plainQuoted(text []byte) int {
	end := bytes.IndexByte(text[1:], '"')
	if end < 0 {
		return 0
	}
	inside := text[1 : end+1]
	if bytes.IndexByte(inside, '\\') >= 0 || bytes.IndexByte(inside, '\n') >= 0 {
		return 0
	}
	return end + 2
}

// skipLine reads up to the end of the logical line, past whatever is wrong in it.
func (l *lexer) skipLine() (closed bool) {
	for {
		t := l.next()
		switch {
		case t.kind == tokEOF || t.kind == tokEOL:
			return true
		case t.kind == tokBad && l.fault == faultParenOpen:
			return false
		}
	}
}

// eolLen is the length of the line end that text starts with: LF, CRLF, or a lone CR.
func eolLen(text []byte) int {
	if text[0] == '\r' && len(text) > 1 && text[1] == '\n' {
		return 2
	}
	return 1
}

// tokenProblem explains a token that should have been a word; otherwise it says missing.
func tokenProblem(l *lexer, t token, missing string) string {
	switch {
	case t.kind == tokQuoted:
		return "a quoted string where TTL, class or type is expected: remove the quotes"
	case t.kind != tokBad:
		return missing
	}
	switch l.fault {
	case faultQuote:
		return "this quote is never closed: add the closing quote on the same line"
	case faultParenOpen:
		return "this parenthesis is never closed: add the closing one"
	case faultParenClose:
		return "a closing parenthesis without an opening one: remove it"
	}
	return "a NUL byte: a zone file cannot hold it outside quotes and comments"
}

// unquote strips the quotes of a quoted string; escapes stay.
func unquote(raw []byte) []byte {
	if len(raw) >= 2 && raw[0] == '"' {
		return raw[1 : len(raw)-1]
	}
	return raw
}

// commentEnd is the place of the newline (or the end of the text) that ends a comment at pos. A lone
// CR does not end a comment (BIND).
func commentEnd(src []byte, pos int) int {
	if i := bytes.IndexByte(src[pos:], '\n'); i >= 0 {
		return pos + i
	}
	return len(src)
}

// endOf is the line end at the end of a text.
func endOf(text []byte) string {
	switch n := len(text); {
	case n > 1 && string(text[n-2:]) == "\r\n":
		return "\r\n"
	case n > 0 && (text[n-1] == '\r' || text[n-1] == '\n'):
		return string(text[n-1:])
	}
	return ""
}

// endsLine tells whether the text of a row ends its line. A lone CR at the end of a comment does not (BIND).
func endsLine(text []byte) bool {
	end := endOf(text)
	if end != "\r" {
		return end != ""
	}
	l := lexer{src: text, bol: true}
	l.skipLine()
	return !l.ended
}
