package zonefile

// What a line inherits it can state as well: its owner and its TTL. They go into the blanks that are left for them, so
// that what follows keeps its column.

// stateOwner writes an owner before an entry that has a blank one.
func (r Record) stateOwner(owner Name, written string) []Edit {
	text := written
	if n, err := ParseName(written, r.Origin()); err != nil || n != owner {
		text = owner.In(r.Origin())
	}
	start := r.Span().Start
	edits := r.rewrite(change{Span{start, start}, text})
	if first := &edits[0]; first.Len() == 0 { // an edit of this line, not an insertion before it
		first.End++
		first.New += string(r.Text()[:1])
	}
	return edits
}

// Respell writes the owner otherwise where the record's line states it. Lines below that inherit it take the new one as
// well: Set is for a new owner of this record alone.
func (r Record) Respell(owner string) []Edit {
	at, stated := r.FieldSpan(FieldOwner)
	if !stated {
		return nil
	}
	return r.replace(at, owner)
}

// ttlEdit changes, adds or (with an empty text) removes the TTL in one record's line.
func (r Record) ttlEdit(text string) []Edit {
	s, stated := r.FieldSpan(FieldTTL)
	switch {
	case !stated && text == "":
		return nil
	case !stated:
		return r.stateTTL(text, r.c().head(int(r.entry)))
	case text == "":
		return r.leaveTTL(s)
	}
	return r.replace(s, text)
}

// leaveTTL takes a TTL out. What follows keeps its column where the line has columns: more than one blank.
func (r Record) leaveTTL(s Span) []Edit {
	c, begin := r.c(), r.file.starts[r.chunk]
	before := trailingBlanks(c.src[c.entries[r.entry].start : s.Start-begin])
	after := leadingBlanks(c.src[s.End-begin:])
	if string(before) == " " && string(after) == " " {
		return []Edit{{r.file, Span{s.Start, s.End + 1}, ""}}
	}
	return r.rewrite(change{s, ""})
}

// trailingBlanks is the white space that a text ends with.
func trailingBlanks(text []byte) []byte {
	n := len(text)
	for n > 0 && (text[n-1] == ' ' || text[n-1] == '\t') {
		n--
	}
	return text[n:]
}

// stateTTL writes a TTL into a record that states none: into the column that its neighbours have for it, else right
// before what follows, where the blanks have room for it.
func (r Record) stateTTL(ttl string, h head) []Edit {
	c := r.c()
	start := int(c.entries[r.entry].start)
	next, wants := h.ttl.start, -1
	if near := r.nearestStating(); !near.IsZero() {
		l := layoutOf(near)
		wants = l.ttl.col
		if l.classFirst && l.class != "" && h.class.start < h.class.end && h.class.end < h.typ.start {
			next = h.typ.start
		}
	}
	blanks := trailingBlanks(c.src[start:next])
	from := next - len(blanks)
	col := width(c.src[lineStart(c.src, start, from):from], 0)
	at := r.file.starts[r.chunk] + uint32(from)
	if n := ttlGap(blanks, col, wants, len(ttl)); n < len(blanks) {
		at += uint32(n)
		return r.rewrite(change{Span{at, at}, ttl})
	}
	at += uint32(len(blanks))
	sep := " "
	if len(blanks) > 0 {
		sep = string(blanks[len(blanks)-1:])
	}
	return r.rewrite(change{Span{at, at}, ttl + sep})
}

// ttlGap is how many of the blanks from column col on stand before a TTL of some length: those up to the column that is
// wanted, else as many as leave it room; all of them where there is none.
func ttlGap(blanks []byte, col, wants, length int) int {
	best, end := len(blanks), width(blanks, col)
	for n := 1; n < len(blanks); n++ {
		at := width(blanks[:n], col)
		if at+length >= end {
			break
		}
		if best = n; at == wants {
			break
		}
	}
	return best
}

// lookedAround is how many rows on each side a neighbour is looked for among.
const lookedAround = 64

// nearestStating is the record on one line nearest to r in its chunk that states a TTL; the zero Record if there is
// none near.
func (r Record) nearestStating() Record {
	entries := r.c().entries
	for d := 1; d <= lookedAround; d++ {
		for _, i := range []int{int(r.entry) - d, int(r.entry) + d} {
			if i < 0 || i >= len(entries) {
				continue
			}
			if e := &entries[i]; e.kind == kindRecord && e.flags&hasTTL != 0 && e.flags&multiLine == 0 {
				r.entry = int32(i)
				return r
			}
		}
	}
	return Record{}
}
