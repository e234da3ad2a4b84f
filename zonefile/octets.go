package zonefile

// Data that is written as octets (RFC 3597 §5: \# length hex) is the record that its type says, as BIND reads it: an MX has its
// preference and exchange, an A its address. Whoever asks what a record says gets the words that its type would have; the text stays
// as it is written, until a field is changed: then the data is written in words.

import "bytes"

// words is the words of data that is written as octets, on a line; false for other data, and for octets that are none of the type's.
func (c *chunk) words(i int) (text []byte, ok bool) {
	var few [8]token
	e, toks := &c.entries[i], c.tokens(i, few[:0])
	if e.kind != kindRecord || !isGeneric(c.src, e.typ, toks) {
		return nil, false
	}
	in := rdata{src: c.src, toks: toks, origin: c.origin(i)}
	if in.read(e.typ) != "" {
		return nil, false
	}
	p := printer{wire: in.wire, typ: e.typ}
	p.printAll()
	return p.out, !p.opaque && len(e.typ.allFields()) > 0
}

// mayBeOctets tells data that may be written as octets; its no is sure.
func (c *chunk) mayBeOctets(i int) bool {
	return bytes.Contains(c.src[c.entries[i].rdata:c.end(i)], octetsSign)
}

var octetsSign = []byte(`\#`)

// field is word n of the data of entry i as its type writes it, without quotes; nil if there is none, and where octets are none of the
// type's: then the sign before them is no host.
func (c *chunk) field(i, n int) []byte {
	l := c.lexRData(i)
	for at := 0; ; at++ {
		t := l.next()
		if t.kind != tokWord && t.kind != tokQuoted {
			return nil
		}
		text := l.src[t.start:t.end]
		if at == 0 && string(text) == `\#` {
			if words, ok := c.words(i); ok {
				l = lexer{src: words}
				at = -1
				continue
			}
			if c.entries[i].typ != TypeTXT { // there it may be a string
				return nil
			}
		}
		if at == n {
			return unquote(text)
		}
	}
}

// spelled is the data of entry i as its type writes it: a text, and where its words stand in it. Octets tells that the file has it in
// them, and not this text.
func (c *chunk) spelled(i int, buf []token) (src []byte, toks []token, octets bool) {
	toks = c.tokens(i, buf)
	if len(toks) == 0 || string(c.src[toks[0].start:toks[0].end]) != `\#` {
		return c.src, toks, false
	}
	words, ok := c.words(i)
	if !ok {
		return c.src, toks, false
	}
	toks = nil
	for l := (lexer{src: words}); ; {
		t := l.next()
		if t.kind != tokWord && t.kind != tokQuoted {
			return words, toks, true
		}
		toks = append(toks, t)
	}
}
