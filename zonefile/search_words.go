package zonefile

// Several words that are looked for. Most rows have them in their bytes, one behind the other, and that is seen at the place where
// one of them stands. Another has them only on its record's line, where the owner that it inherits, and no TTL, stands before the
// type: that is seen by the type and the owner, without writing the line. What is told by such signs is told only of rows whose bytes
// mean themselves; the others (see search_odd.go) are read.

import (
	"bytes"
	"strings"
)

// eachOf marks the rows that have several words: one of them is looked for, and the others around it.
func (h *hunt) eachOf(needle []byte, word Span) {
	c := h.chunk()
	before, behind := needle[:word.Start], needle[word.End:]
	plain := !c.hasEscapedOrigin()
	last := -1
	h.places(needle[word.Start:word.End], func(i, at int) bool {
		if standsBefore(c.bytes(i)[:at-int(c.entries[i].start)], before) && standsIn(c.src[at+word.Len():c.end(i)], behind) {
			h.mark(i)
			return true
		}
		if i != last {
			last = i
			if h.mayHave(i) && !h.marked(i) && h.otherwiseHas(i, plain) {
				h.mark(i)
			}
		}
		return h.marked(i)
	})
}

// hasEscapedOrigin tells whether an origin in the chunk is written with escapes: names below it may have blanks.
func (c *chunk) hasEscapedOrigin() bool {
	if strings.IndexByte(string(c.enter.origin), '\\') >= 0 {
		return true
	}
	for _, o := range c.origins {
		if strings.IndexByte(string(o.origin), '\\') >= 0 {
			return true
		}
	}
	return false
}

// standsIn tells whether a text begins with a folded one.
func standsIn(text, folded []byte) bool {
	i := 0
	for _, want := range folded {
		from := i
		for want == ' ' && i < len(text) && isBlank(text[i]) {
			i++
		}
		switch {
		case want == ' ' && i > from:
		case i < len(text) && lower(text[i]) == want && want != ' ':
			i++
		default:
			return false
		}
	}
	return true
}

// standsBefore tells whether a text ends with a folded one.
func standsBefore(text, folded []byte) bool {
	i := len(text)
	for k := len(folded) - 1; k >= 0; k-- {
		want, from := folded[k], i
		for want == ' ' && i > 0 && isBlank(text[i-1]) {
			i--
		}
		switch {
		case want == ' ' && i < from:
		case i > 0 && lower(text[i-1]) == want && want != ' ':
			i--
		default:
			return false
		}
	}
	return true
}

// otherwiseHas tells whether an entry that has one of the words has all of them, though not one behind the other in its bytes.
// Plain tells that no origin has blanks.
func (h *hunt) otherwiseHas(i int, plain bool) bool {
	c := h.chunk()
	switch e := &c.entries[i]; {
	case h.odd[i/64]>>(i%64)&1 == 1: // it was looked at
		return false
	case e.kind == kindRecord && plain:
		return h.lineHas(i)
	case e.kind == kindRecord, e.kind == kindBlank && c.src[e.start] == ';':
		return h.has(i)
	}
	return false
}

// headHas is what tells whether a record of several strings, in which none of the words is a quote, has them before its data: an owner,
// and the beginning of the type; nil for what tells it of none.
func (l *looker) headHas() func(i int) bool {
	first, second, _ := bytes.Cut(l.octets, aBlank)
	switch {
	case bytes.IndexByte(l.octets, '"') >= 0 || l.octets[0] == ' ' || l.octets[len(l.octets)-1] == ' ':
		return l.has
	case !beginsFolded(TypeTXT.String(), second) && !beginsFolded(TypeSPF.String(), second):
		return nil
	}
	return func(i int) bool { return l.mayEndOwner(i, first) && l.has(i) }
}

// holdsJoint tells whether the text may stand where one string ends and another begins.
func (l *looker) holdsJoint(j joint) bool {
	next := 1
	if j.blank {
		next = 2
	}
	for k := 0; k+next < len(l.octets); k++ {
		if l.octets[k] == j.last && l.octets[k+next] == j.first && (!j.blank || l.octets[k+1] == ' ') {
			return true
		}
	}
	return false
}

// beginsFolded tells whether a text begins with a folded one.
func beginsFolded(text string, folded []byte) bool {
	if len(folded) > len(text) {
		return false
	}
	for i, c := range folded {
		if lower(text[i]) != c {
			return false
		}
	}
	return true
}

// mayBeginLine tells whether lineHas may find what the bytes do not show: several words, parted in the bytes by more than blanks.
func (l *looker) mayBeginLine(i int) bool {
	c := l.chunk()
	if c.numbersType(i) { // TYPE15 is shown as MX
		return true
	}
	first, rest, several := bytes.Cut(l.octets, aBlank)
	if !several { // one of the words would have it, but for a blank that is escaped at the end of the line
		return bytes.IndexByte(first, '\\') >= 0
	}
	e := &c.entries[i]
	row := c.bytes(i)
	if quoted := bytes.IndexByte(row, '"'); quoted == 0 || quoted > 0 && (!isBlank(row[quoted-1]) || bytes.Count(row, aQuote) != 2) {
		return true // key="value" is two words of the data, and "name" an owner
	}
	if e.flags&multiLine != 0 || bytes.IndexByte(row, '(') >= 0 || bytes.IndexByte(row, '\\') >= 0 && !(l.isSoft() && c.isSoft(i)) {
		return true
	}
	second, data, more := bytes.Cut(rest, aBlank)
	if t := e.typ.String(); more && len(t) != len(second) || !beginsFolded(t, second) {
		return false
	}
	return (!more || !isASCII(row) || standsIn(bytes.TrimLeft(c.src[e.rdata:c.end(i)], " \t"), data)) && l.mayEndOwner(i, first)
}

// mayEndOwner tells whether an owner may end in a word.
func (l *looker) mayEndOwner(i int, word []byte) bool {
	c := l.chunk()
	if from := int(c.inherited[i].from); from == fromState || from != l.from {
		l.from = from
		if from != fromState && c.entries[from].flags&oddOwner == 0 && c.origin(from) == l.row.r.z.apex && bytes.IndexByte(word, '.') < 0 {
			if text := c.ownerText(from); isPlainName(text) && text[len(text)-1] != '.' { // nearly all
				l.begins = len(word) <= len(text) && holdsFolded(text[len(text)-len(word):], word)
				return l.begins
			}
		}
		owner := c.owner(i)
		short := owner.In(l.row.r.z.apex)
		l.begins = strings.IndexByte(string(owner), '\\') >= 0 || strings.HasSuffix(short, string(word)) || strings.HasSuffix(string(owner), string(word))
	}
	return l.begins
}
