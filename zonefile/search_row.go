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

// joinHas tells whether the value of a record of several strings has the text where one of them ends and the next begins: what is
// within one is found without this.
func (l *looker) joinHas(i int) bool {
	n := len(l.octets)
	return l.joins(i, n, func(first, second []byte) bool {
		last := lower(first[len(first)-1])
		for k := 1; k < n; k++ {
			if l.octets[k-1] == last && holdsFolded(first[len(first)-k:], l.octets[:k]) && holdsFolded(second[:n-k], l.octets[k:]) {
				return true
			}
		}
		return false
	}, func(value []byte) bool { return l.in(&l.folder, value) })
}

// addressHas is joinHas for the address.
func (l *looker) addressHas(i int) bool {
	has := func(value []byte) bool { return addressWithin(value, l.net).Len() > 0 }
	return l.joins(i, longestAddress, func(first, second []byte) bool {
		if !inAddress(first[len(first)-1], true) && first[len(first)-1] != '/' || !inAddress(second[0], true) && second[0] != '/' {
			return false
		}
		l.text = append(append(l.text[:0], first[len(first)-longestAddress:]...), second[:longestAddress]...)
		return has(l.text)
	}, has)
}

// joins calls at with each two strings that follow one another, until it says yes; where one has fewer bytes than n, all is asked for
// the whole value.
func (l *looker) joins(i, n int, at func(first, second []byte) bool, all func(value []byte) bool) bool {
	c := l.chunk()
	parts := [2][]byte{}
	for row := c.src[c.entries[i].rdata:c.end(i)]; ; {
		open := bytes.IndexByte(row, '"')
		if open < 0 && parts[1] != nil {
			behind := bytes.Trim(row, " \t\r\n()")
			return len(behind) > 0 && (behind[0] != ';' || bytes.IndexByte(behind, '\n') >= 0) && all(l.joined(i)) // words without quotes
		}
		if open < 0 || len(bytes.Trim(row[:open], " \t\r\n()")) > 0 { // words without quotes, or a comment
			return all(l.joined(i))
		}
		size := bytes.IndexByte(row[open+1:], '"')
		if size < n {
			return all(l.joined(i))
		}
		parts[0], parts[1] = parts[1], row[open+1:open+1+size]
		if parts[0] != nil && at(parts[0], parts[1]) {
			return true
		}
		row = row[open+size+2:]
	}
}

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

// mayBeginLine tells whether lineHas may find what the bytes do not show: several words, parted in the bytes by more than blanks.
func (l *looker) mayBeginLine(i int) bool {
	c := l.chunk()
	if c.numbersType(i) { // TYPE15 is shown as MX
		return true
	}
	first, rest, several := bytes.Cut(l.octets, aBlank)
	if !several { // one of the words would have it
		return false
	}
	e := &c.entries[i]
	row := c.bytes(i)
	if quoted := bytes.IndexByte(row, '"'); quoted == 0 || quoted > 0 && (!isBlank(row[quoted-1]) || bytes.Count(row, aQuote) != 2) {
		return true // key="value" is two words of the data, and "name" an owner
	}
	if e.flags&multiLine != 0 || bytes.ContainsAny(row, "(\\") {
		return true
	}
	second, _, more := bytes.Cut(rest, aBlank)
	if t := strings.ToLower(e.typ.String()); more && t != string(second) || !strings.HasPrefix(t, string(second)) {
		return false
	}
	owner := c.ownerText(i)
	if c.origin(i) != l.row.r.z.apex || len(owner) > 0 && owner[len(owner)-1] == '.' { // lists show it otherwise
		return true
	}
	return len(owner) == 0 || len(first) == 0 || first[0] == '@' || bytes.IndexByte(first, '.') >= 0 || holdsFolded(owner[max(len(owner)-len(first), 0):], first)
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
	for _, f := range t.NameFields() {
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
