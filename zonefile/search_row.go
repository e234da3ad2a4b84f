package zonefile

// Whether a row has what is looked for. This is the meaning of a search; what is quick (search_chunk.go) only spares most rows.

import "bytes"

// looker looks at rows of one chunk.
type looker struct {
	folder
	*Search
	row  Row // the first of the chunk
	text []byte
	toks []token

	typ    Type  // of which fields are known
	fields []int // that are names
	from   int   // the entry that gave the owner that was looked at last, in the chunk of row
	begins bool  // that has the first word at its end
}

// nameFields is Type.NameFields, made once for records that follow one another.
func (l *looker) nameFields(t Type) []int {
	if l.typ != t || l.fields == nil {
		l.typ, l.fields = t, t.NameFields()
	}
	return l.fields
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

// holdsFolded tells whether a text of ASCII letters has a folded one.
func holdsFolded(text, folded []byte) bool {
	for i := 0; i+len(folded) <= len(text); i++ {
		n := 0
		for n < len(folded) && lower(text[i+n]) == folded[n] {
			n++
		}
		if n == len(folded) {
			return true
		}
	}
	return false
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
	c := l.chunk()
	return l.saysLine(c.owner(i), c.entries[i].typ, Record{l.row.r.z, l.row.r.file, l.row.r.chunk, int32(i)}.RDataText())
}

var aBlank = []byte{' '}

// saysLine is lineHas for a record by its parts.
func (l *looker) saysLine(owner Name, t Type, data string) bool {
	apex, rest := l.row.r.z.apex, " "+t.String()+" "+data
	if l.in(&l.folder, []byte(rest)) {
		return true
	}
	if owner == "" {
		return false
	}
	short := owner.In(apex)
	return l.hasBefore([]byte(short+rest), len(short)) || l.hasBefore([]byte(string(owner)+rest), writtenOf(owner, apex))
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
	l.toks = c.tokens(i, l.toks)
	for _, f := range l.nameFields(t) {
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
