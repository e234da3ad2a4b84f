package zonefile

// Several words that are looked for. Most rows have them in their bytes, one behind the other, and that is seen at the place where
// the rarest of them stands. Another has them only on its record's line, where the owner that it inherits, and no TTL, stands before
// the type: that is seen by the type and the owner, without writing the line. What is told by such signs is told only of rows whose bytes
// mean themselves; the others (see search_odd.go) are read.

import (
	"bytes"
	"slices"
	"strings"
)

// lineWords is several words as they stand on the line of a record.
type lineWords struct {
	first, second, data []byte // of an owner, a type and its data; or of what stands behind the owner
	more                bool   // there are more than two
	word                anchor // that stands in the bytes of each row that has all
	quotes              bool   // a quote ends a word, and begins the next
	isLabel             bool   // the first stands in the bytes of a record that has all, or ends its owner as lists show that, not in full
	firstWord           anchor
	orElse              anchor // of a label: what stands in the bytes of a comment that has all, if the first does not
}

// eachOf marks the rows that have several words.
func (h *hunt) eachOf(needle []byte) {
	c := h.chunk()
	h.oneBehindAnother(needle)
	l := lineWords{word: newAnchor(wordOf(needle, wordToFind(needle)))}
	l.first, l.data, _ = bytes.Cut(needle, aBlank)
	l.second, l.data, l.more = bytes.Cut(l.data, aBlank)
	l.quotes = bytes.Contains(needle, []byte(`" "`))
	l.firstWord = newAnchor(l.first)
	l.isLabel = (!bytes.ContainsAny(l.first, `."\\`) || endsOrigin(l.first, h.row.r.z.apex)) && !h.anyOriginMayEnd(l.first)
	l.orElse = l.firstWord
	if apex := h.row.r.z.apex; bytes.IndexByte(l.first, '@') >= 0 && apex != Root {
		l.orElse = newAnchor([]byte(strings.TrimSuffix(string(apex), ".")))
	}
	h.commentsOf(&l)
	if c.hasEscapedOrigin() {
		h.readRecords(&l)
		return
	}
	if h.typed {
		h.lines(&l)
	}
	h.spreadLines(&l)
}

// anyOriginMayEnd tells whether the names below an origin in the chunk may end in a word without dots, as lists show them: the origin does,
// or is none of the zone.
func (h *hunt) anyOriginMayEnd(word []byte) bool {
	apex, c := h.row.r.z.apex, h.chunk()
	may := func(origin Name) bool {
		if origin == apex {
			return false
		}
		short := []byte(origin.In(apex))
		return !origin.Below(apex) || bytes.HasSuffix(short, word)
	}
	return may(c.enter.origin) || slices.ContainsFunc(c.origins, func(o originAt) bool { return may(o.origin) })
}

// wordOf is a word of a text.
func wordOf(text []byte, word Span) []byte { return text[word.Start:word.End] }

// oneBehindAnother marks the rows in whose bytes several words stand, with blanks between them.
func (h *hunt) oneBehindAnother(needle []byte) {
	c, word := h.chunk(), rarestWord(needle)
	before, behind := needle[:word.Start], needle[word.End:]
	h.places(wordOf(needle, word), func(i, at int) bool {
		if standsBefore(c.bytes(i)[:at-int(c.entries[i].start)], before) && standsIn(c.src[at+word.Len():c.end(i)], behind) {
			h.mark(i)
		}
		return h.marked(i)
	})
}

// isLeft tells whether it is not known yet of an entry whether it has the text.
func (h *hunt) isLeft(i int) bool {
	return h.mayHave(i) && !h.marked(i) && h.odd[i/64]>>(i%64)&1 == 0
}

// partingBytes may stand between words of a row that lists show beside each other; but for them it is a TTL or a class before the type.
const partingBytes = `()"\`

// commentsOf marks the commented records that have several words otherwise than in their bytes.
func (h *hunt) commentsOf(l *lineWords) {
	c := h.chunk()
	for i := range h.left() {
		if e := &c.entries[i]; e.kind != kindBlank || c.src[e.start] != ';' {
			continue
		}
		row := c.bytes(i)
		if !h.typed && !bytes.ContainsAny(row, partingBytes) && isASCII(row) && !c.numbersType(i) {
			continue
		}
		if (!l.isLabel || l.firstWord.isIn(row) || l.orElse.isIn(row)) && l.word.isIn(row) && h.has(i) {
			h.mark(i)
		}
	}
}

// readRecords marks the records that have several words, of which their bytes have one. Names below an origin that is written with
// escapes may have blanks.
func (h *hunt) readRecords(l *lineWords) {
	c := h.chunk()
	for i := range h.left() {
		if c.entries[i].kind == kindRecord && l.word.isIn(c.bytes(i)) && h.has(i) {
			h.mark(i)
		}
	}
}

// lines marks the records that have several words on their line, of which the first ends their owner and the second begins their type.
func (h *hunt) lines(l *lineWords) {
	c := h.chunk()
	var begins [256]int8 // by type: 1 for yes
	giver, ends := uint16(fromState), true
	for i := range h.left() {
		e := &c.entries[i]
		if e.kind != kindRecord {
			continue
		}
		does := int8(0)
		if e.typ < 256 {
			does = begins[e.typ]
		}
		if does == 0 {
			does = -1
			if name := e.typ.String(); beginsFolded(name, l.second) && (!l.more || len(name) == len(l.second)) {
				does = 1
			}
			if e.typ < 256 {
				begins[e.typ] = does
			}
		}
		if does < 0 {
			continue
		}
		if from := c.inherited[i].from; from != giver || from == fromState {
			giver, ends = from, h.mayEnd(from, l)
		}
		if ends && h.lineHas(i) {
			h.mark(i)
		}
	}
}

// mayEnd tells whether the owner that an entry gives may end in the first word. It is seen at the end of what is written, if that has no
// escapes and stands in full or below the apex, and of a word without dots below other origins, too.
func (h *hunt) mayEnd(giver uint16, l *lineWords) bool {
	c, apex := h.chunk(), h.row.r.z.apex
	if giver == fromState || c.entries[giver].flags&oddOwner != 0 || h.odd[giver/64]>>(giver%64)&1 == 1 {
		return true
	}
	text := c.ownerText(int(giver))
	if len(text) == 0 || text[0] == '"' || apex == "" || apex == Root {
		return true
	}
	if full := text[len(text)-1] == '.'; full || c.origin(int(giver)) == apex {
		return !isShortName(text, apex) || endsOwner(text, full, l.first, apex)
	}
	at := len(text) - len(l.first)
	return !l.isLabel || at >= 0 && beginsFolded(string(text[at:]), l.first)
}

// spreadLines marks the records that have several words on their line and whose bytes part them by more than blanks.
func (h *hunt) spreadLines(l *lineWords) {
	c := h.chunk()
	for _, entry := range c.oddRows().spread {
		i := int(entry)
		if !h.isLeft(i) || !h.mayPart(i, l) {
			continue
		}
		row := c.bytes(i)
		if (!l.isLabel || h.mayEnd(c.inherited[i].from, l) || l.firstWord.isIn(row)) && l.word.isIn(row) && h.lineHas(i) {
			h.mark(i)
		}
	}
}

// mayPart tells whether the line of a record may have several words that its bytes part by more than blanks. Of one whose strings all
// stand in quotes the bytes part nothing but an owner, its type, and strings.
func (h *hunt) mayPart(i int, l *lineWords) bool {
	c := h.chunk()
	t := c.entries[i].typ
	if t != TypeTXT && t != TypeSPF || l.quotes || !c.isQuoted(i) {
		return true
	}
	return mayBeString(t, l.first, l.second)
}

// mayBeString tells whether two words may be what stands before the type and its beginning, or its end and a string in quotes.
func mayBeString(t Type, first, second []byte) bool {
	name := t.String()
	return beginsFolded(name, second) || second[0] == '"' && endsFolded([]byte(name), first)
}

// isQuoted tells that all strings of a record of strings stand in quotes.
func (c *chunk) isQuoted(i int) bool {
	_, loose := slices.BinarySearch(c.oddRows().loose, uint16(i))
	return !loose
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

// headHas is what tells whether a record of several strings, in which none of the words is a quote, has them before its data: an owner,
// and the beginning of the type; nil for what tells it of none.
func (l *looker) headHas() func(i int) bool {
	first, second, _ := bytes.Cut(l.octets, aBlank)
	switch {
	case l.octets[0] == ' ' || l.octets[len(l.octets)-1] == ' ':
		return l.has
	case bytes.IndexByte(l.octets, '"') >= 0: // no value has one: it stands between words of the line
		begins, _, _ := bytes.Cut(second, aBlank)
		if !bytes.Contains(l.octets, []byte(`" "`)) && !mayBeString(TypeTXT, first, begins) && !mayBeString(TypeSPF, first, begins) {
			return nil
		}
		word := newAnchor(wordOf(l.octets, wordToFind(l.octets)))
		return func(i int) bool { return word.isIn(l.chunk().bytes(i)) && l.lineHas(i) }
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
		if l.octets[k] == j.last && l.octets[k+next] == j.first && (!j.blank || l.octets[k+1] == ' ') &&
			(k+next+1 == len(l.octets) || j.second == 0 || l.octets[k+next+1] == j.second) {
			return true
		}
	}
	return false
}
