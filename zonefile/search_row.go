package zonefile

// Whether a row has what is looked for. This is the meaning of a search; what is quick (search_chunk.go) only spares most rows.

import (
	"bytes"
	"strings"
)

// looker looks at rows of one chunk.
type looker struct {
	folder
	*Search
	row  Row // the first of the chunk
	text []byte
	toks []token

	fields knownFields
	from   int  // the entry that gave the owner that was looked at last, in the chunk of row
	begins bool // that has the first word at its end
}

// chunk is the chunk that is looked at.
func (l *looker) chunk() *chunk { return l.row.r.c() }

// has tells whether entry i has the text.
func (l *looker) has(i int) bool {
	c := l.chunk()
	if l.in(&l.folder, c.bytes(i)) {
		return true
	}
	switch e := &c.entries[i]; {
	case e.kind == kindRecord:
		return l.ownerHas(i) || l.lineHas(i) || l.dataHas(i)
	case e.kind == kindBlank && c.src[e.start] == ';':
		return l.commentedHas(i)
	}
	return false
}

// looseHas tells whether the value of a record has the text.
func (l *looker) looseHas(i int) bool { return l.in(&l.folder, l.joined(i)) }

// addressHas tells whether the value of a record has the address.
func (l *looker) addressHas(i int) bool { return addressWithin(l.joined(i), l.net).Len() > 0 }

// ownerHas tells whether the owner of a record has the text: as the zone writes it, or in full.
func (l *looker) ownerHas(i int) bool {
	c := l.chunk()
	if from := int(c.inherited[i].from); from != fromState && c.entries[from].flags&oddOwner == 0 {
		text := c.ownerText(from)
		if isPlainName(text) && text[len(text)-1] != '.' { // nearly all
			if holdsFolded(text, l.octets) && !l.whole {
				return true
			}
			if l.isLabel && c.origin(from) == l.row.r.z.apex {
				return false
			}
		}
	}
	return l.nameHas(c.owner(i))
}

// nameHas is ownerHas for a name.
func (l *looker) nameHas(n Name) bool {
	if n == "" {
		return false
	}
	apex := l.row.r.z.apex
	short := n.In(apex)
	return l.hasBefore([]byte(short), len(short)) || l.hasBefore([]byte(n), writtenOf(n, apex))
}

// writtenOf is how much of a name below an origin is written before it.
func writtenOf(n, origin Name) int {
	if origin == Root {
		return len(n) - 1
	}
	return len(n) - len(origin) - 1
}

// hasBefore tells whether a text that begins with a name has what is looked for, from somewhere before an offset on: behind it
// stands what is written nowhere near. The origin itself is found from its start on.
func (l *looker) hasBefore(text []byte, before int) bool {
	before = max(before, 0)
	l.folded = appendFolded(l.folded[:0], text)
	if bytes.IndexByte(l.folded, '\\') < 0 && len(l.octets) == len(l.plain) {
		at := l.within(l.folded, l.plain, 0)
		return at >= 0 && at < max(before, 1)
	}
	l.solved = resolved(l.solved[:0], l.folded[:before])
	before = len(l.solved)
	l.solved = resolved(l.solved[:0], l.folded)
	at := l.within(l.solved, l.octets, 0)
	return at >= 0 && at < max(before, 1)
}

// lineHas tells whether a record on one line has the text: owner, type, data.
func (l *looker) lineHas(i int) bool {
	if !l.mayBeginLine(i) {
		return false
	}
	c, r := l.chunk(), Record{l.row.r.z, l.row.r.file, l.row.r.chunk, int32(i)}
	if l.saysLine(c.owner(i), c.entries[i].typ, r.RDataText()) {
		return true
	}
	words := r.OctetsSay()
	return words != "" && l.saysLine(c.owner(i), c.entries[i].typ, words)
}

// saysLine is lineHas for a record by its parts.
func (l *looker) saysLine(owner Name, t Type, data string) bool {
	apex, rest := l.row.r.z.apex, " "+t.String()+" "+data
	short := owner.In(apex)
	if strings.IndexByte(string(owner), '\\') < 0 && strings.IndexByte(data, '\\') < 0 { // nearly all: where its owner ends makes no difference
		if owner == "" {
			short = ""
		}
		if l.text = append(append(l.text[:0], short...), rest...); l.in(&l.folder, l.text) {
			return true
		}
		return owner != "" && !l.isLabel && l.hasBefore([]byte(string(owner)+rest), writtenOf(owner, apex)) // else it ends before the origin
	}
	return l.in(&l.folder, []byte(rest)) || l.hasBefore([]byte(short+rest), len(short)) || l.hasBefore([]byte(string(owner)+rest), writtenOf(owner, apex))
}

// dataHas tells whether the data of a record has the text: a name of it in full, or the value of its strings.
func (l *looker) dataHas(i int) bool {
	c := l.chunk()
	t := c.entries[i].typ
	if t == TypeTXT || t == TypeSPF {
		return l.in(&l.folder, l.joined(i))
	}
	origin := c.origin(i)
	if origin == "" || l.isLabel && bytes.IndexByte(c.bytes(i), '@') < 0 { // a name has no blank, and a label stands in what is written
		return false
	}
	if l.toks = c.tokens(i, l.toks); isGeneric(c.src, t, l.toks) { // its line has its names in full
		return false
	}
	for _, f := range l.fields.names(t) {
		if f >= len(l.toks) {
			break
		}
		if n, err := parseName(unquote(c.src[l.toks[f].start:l.toks[f].end]), origin); err == nil && l.hasBefore([]byte(n), writtenOf(n, origin)) {
			return true
		}
	}
	return false
}

// joined is the value of a TXT record.
func (l *looker) joined(i int) []byte {
	r := Record{l.row.r.z, l.row.r.file, l.row.r.chunk, int32(i)}
	l.text, _ = r.AppendJoined(l.text[:0])
	return l.text
}

// commentedHas tells whether a record that was commented out has the text as other records have it.
func (l *looker) commentedHas(i int) bool {
	w := l.row
	w.r.entry = int32(i)
	c, ok := w.commentedBelow(func() Name { return "" }) // an owner that is written nowhere is not found
	return ok && (c.Owner != "" && l.nameHas(c.Owner) || l.saysLine(c.Owner, c.Type, c.RData) || c.Value != "" && l.in(&l.folder, []byte(c.Value)))
}

// mayBeginLine tells whether lineHas may find what the bytes do not show: several words, parted in the bytes by more than blanks.
func (l *looker) mayBeginLine(i int) bool {
	c := l.chunk()
	if c.numbersType(i) || c.mayBeOctets(i) { // TYPE15 is shown as MX
		return true
	}
	first, rest, several := bytes.Cut(l.octets, aBlank)
	if !several { // one of the words would have it, but for a blank that is escaped at the end of the line
		return bytes.IndexByte(first, '\\') >= 0
	}
	e := &c.entries[i]
	row := c.bytes(i)
	if c.isSpread(i) || bytes.IndexByte(row, '\\') >= 0 && !(l.isSoft() && c.isSoft(i)) {
		return true
	}
	second, data, more := bytes.Cut(rest, aBlank)
	if t := e.typ.String(); more && len(t) != len(second) || !beginsFolded(t, second) {
		return false
	}
	return (!more || !isASCII(row) || standsIn(bytes.TrimLeft(c.src[e.rdata:c.end(i)], " \t"), data)) && l.mayEndOwner(i, first)
}

// mayEndOwner tells whether an owner may end in a word, as lists show it, or in full where that begins in what is written.
func (l *looker) mayEndOwner(i int, word []byte) bool {
	c, apex := l.chunk(), l.row.r.z.apex
	if from := int(c.inherited[i].from); from == fromState || from != l.from {
		l.from = from
		if from != fromState && c.entries[from].flags&oddOwner == 0 && apex != "" && apex != Root {
			text := c.ownerText(from)
			if full := text[len(text)-1] == '.'; isShortName(text, apex) && (full || c.origin(from) == apex) { // nearly all
				l.begins = endsOwner(text, full, word, apex)
				return l.begins
			}
		}
		owner := c.owner(i)
		l.begins = strings.IndexByte(string(owner), '\\') >= 0 || endsOwner([]byte(owner), true, word, apex)
	}
	return l.begins
}

// isShortName tells a name without escapes that BIND does not refuse for its length, in full or below the apex.
func isShortName(text []byte, apex Name) bool {
	const longestLabel = 63
	return len(text)+len(apex) < longestLabel && isPlainName(text)
}

// endsOwner tells whether a name without escapes ends in a folded word: as lists show it, or in full where that begins before the apex.
// It is written in full, or below the apex.
func endsOwner(name []byte, full bool, word []byte, apex Name) bool {
	if cut := len(name) - len(apex) - 1; full {
		switch {
		case cut == -1 && beginsFolded(string(name), []byte(apex)):
			return string(word) == "@" || string(word) == string(apex)
		case apex == "" || apex == Root:
			return endsFolded(name, word)
		case cut < 0 || name[cut] != '.' || !beginsFolded(string(name[cut+1:]), []byte(apex)):
			return endsFolded(name, word)
		}
		name = name[:cut]
	}
	if endsFolded(name, word) {
		return true
	}
	cut := len(word) - len(apex) - 1
	return cut > 0 && word[cut] == '.' && string(word[cut+1:]) == string(apex) && endsFolded(name, word[:cut])
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
