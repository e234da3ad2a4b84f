package server

// This file reads the words of named.conf as one stream: what a file includes stands in the place of the statement that
// includes it, as BIND has it, so that an included file may end in the middle of a statement. The text is nobody's friend:
// of a word no more is kept than a path may be long, and no word gets into a message, for an included file may hold what its
// reader must not see.

import "bytes"

// signOfConf ends a word and is one.
func signOfConf(c byte) bool { return c == ';' || c == '{' || c == '}' || c == '!' }

// endsWord is what a word does not go on with, or perhaps not: a slash may begin a comment.
var endsWord = func() (ends [256]bool) {
	for c := range ends {
		b := byte(c)
		ends[c] = blankOfConf(b) || signOfConf(b) || b == '"' || b == '#' || b == '/'
	}
	return ends
}()

// blankOfConf stands between words. BIND: a form feed does not.
func blankOfConf(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// word is the next word of all texts.
func (p *confStream) word() confWord {
	w := p.peek()
	p.peeked = false
	switch w.sign {
	case '{':
		p.braces++
	case '}':
		p.braces--
	}
	return w
}

// next reads the next word of all texts.
func (p *confStream) next() confWord {
	for len(p.texts) > 0 {
		if w, ok := p.wordOfText(); ok {
			return w
		}
		p.leave()
	}
	return confWord{at: p.last}
}

// peek is the next word, which stays.
func (p *confStream) peek() confWord {
	if !p.peeked {
		p.ahead, p.peeked = p.next(), true
	}
	return p.ahead
}

// wordOfText is the next word of the text on top; ok is false at its end.
func (p *confStream) wordOfText() (w confWord, ok bool) {
	for p.has(1) {
		t := p.top()
		c := t.window[0]
		switch {
		case blankOfConf(c):
			t.use(1)
		case p.atComment():
			p.comment()
		default:
			w.at = p.place()
			p.last = w.at
			if p.words++; p.words > mostWords {
				p.stop(w.at, "the configuration has more than 8 million words: what follows is not read")
				return w, false
			}
			switch {
			case signOfConf(c):
				w.sign = c
				t.use(1)
			case c == '"':
				t.use(1)
				p.quotedWord(&w)
			default:
				p.plainWord(&w)
			}
			return w, true
		}
	}
	return w, false
}

// atComment reports whether a comment begins here. BIND: "/*" in a word begins none, and is refused.
func (p *confStream) atComment() bool {
	t := p.top()
	return t.window[0] == '#' || t.window[0] == '/' && p.has(2) && (t.window[1] == '/' || t.window[1] == '*')
}

// plainWord reads a word that is not quoted.
func (p *confStream) plainWord(w *confWord) {
	p.buffer = p.buffer[:0]
	for p.has(1) {
		t, n := p.top(), 0
		for n < len(t.window) && !endsWord[t.window[n]] {
			n++
		}
		p.keep(w, t.window[:n])
		t.window = t.window[n:] // it holds no line end
		if len(t.window) == 0 { // the word may go on in the next piece
			continue
		}
		if t.window[0] != '/' || p.atComment() {
			break
		}
		p.keep(w, t.window[:1])
		t.use(1)
	}
	w.text = usualWord(p.buffer)
}

// usualWord is a word as a text: those that stand in every zone are one each, for there may be a hundred thousand.
func usualWord(word []byte) string {
	switch string(word) {
	case "zone":
		return "zone"
	case "type":
		return "type"
	case "primary":
		return "primary"
	case "master":
		return "master"
	case "file":
		return "file"
	case "IN":
		return "IN"
	}
	return string(word)
}

// quotedWord reads a word up to the quote that ends it. BIND: a backslash saves a quote and goes away; all others stay.
func (p *confStream) quotedWord(w *confWord) {
	p.buffer, w.quoted = p.buffer[:0], true
	escaped := false
	for p.has(1) {
		t := p.top()
		n := bytes.IndexAny(t.window, "\"\\")
		if n < 0 {
			n = len(t.window)
		}
		if n > 0 {
			escaped = false
			p.keep(w, t.window[:n])
			t.use(n)
			continue
		}
		c := t.window[0]
		t.use(1)
		switch {
		case c == '"' && !escaped:
			w.text = string(p.buffer)
			return
		case c == '"':
			p.buffer = p.buffer[:len(p.buffer)-1] // the backslash
		}
		escaped = c == '\\' && !escaped
		p.keep(w, []byte{c})
	}
	p.fault(w.at, "a quote that nothing closes: end it with \"")
	w.text = string(p.buffer)
}

// keep adds bytes to a word, as long as a word may be.
func (p *confStream) keep(w *confWord, b []byte) {
	room := max(0, longestWord-len(p.buffer))
	if w.long = w.long || len(b) > room; w.long {
		b = b[:min(len(b), room)]
	}
	p.buffer = append(p.buffer, b...)
}

// comment reads a comment of which the first sign is next. BIND: /*/ opens one and does not close it.
func (p *confStream) comment() {
	at, t := p.place(), p.top()
	if t.window[0] == '#' || t.window[1] == '/' {
		p.passTo('\n')
		return
	}
	t.use(2)
	for p.passTo('*') {
		for p.has(1) && t.window[0] == '*' {
			t.use(1)
		}
		if p.has(1) && t.window[0] == '/' {
			t.use(1)
			return
		}
	}
	p.fault(at, "a comment that nothing closes: end it with */")
}

// passTo passes over all up to a byte, and that; it reports whether the text has one.
func (p *confStream) passTo(c byte) bool {
	for t := p.top(); p.has(1); {
		if n := bytes.IndexByte(t.window, c); n >= 0 {
			t.use(n + 1)
			return true
		}
		t.use(len(t.window))
	}
	return false
}
