package zonefile

import (
	"errors"
	"strings"
)

// New text imitates its neighbours: a record is written with the columns, the class, the TTL style and the kind of names
// of the lines around it.

// Add inserts a record at the best place; at the end where it would change there what other lines mean.
func (z *Zone) Add(d Draft) ([]Edit, error) {
	at, err := z.placeFor(d)
	if err != nil {
		return nil, err
	}
	edits, err := z.Insert(d, at)
	if errors.Is(err, errMeaning) {
		return z.Insert(d, z.atEnd(d))
	}
	return edits, err
}

// Insert writes a record, laid out like its neighbours: blanks and columns, class shown or not, owner
// blank or repeated, TTL style, line end, relative or absolute names.
func (z *Zone) Insert(d Draft, at Place) ([]Edit, error) {
	in, err := z.inserting(at, d)
	if err != nil {
		return nil, err
	}
	return z.settle(in.edits, in.touched...)
}

// inserting is Insert before it is settled.
// It takes several of one RRset and one TTL, which stand one behind the other.
func (z *Zone) inserting(at Place, ds ...Draft) (intent, error) {
	if err := z.mine(at.beside); err != nil {
		return intent{}, err
	}
	for _, d := range ds {
		if err := d.check(z); err != nil {
			return intent{}, err
		}
	}
	d, set := ds[0], z.RRset(ds[0].Owner, ds[0].Type)
	model := z.model(d, at, set)
	ttl := z.draftTTL(d, at, model, set)
	var edits []Edit
	for _, each := range ds {
		text, err := z.renderDraft(each, at, model, ttl)
		if err != nil {
			return intent{}, err
		}
		edits = append(edits, at.edits(text, each.Comment != "")...)
	}
	others := d.otherTTLs(set)
	for _, r := range others {
		if err := z.mine(r); err != nil {
			return intent{}, err
		}
		edits = append(edits, r.ttlEdit(d.TTL)...)
	}
	return intent{edits: edits, touched: others}, nil
}

// edits inserts a line, which may hold a comment, at the place. Behind a last line without an end, that end is an edit
// of its own: see closedOnce.
func (p Place) edits(text string, comment bool) []Edit {
	s, end := p.beside.Span(), lineEndOf(p.beside)
	insert := Edit{p.beside.file, Span{s.End, s.End}, text + endBehind(end, comment)}
	switch {
	case p.first:
		insert.Span = Span{s.Start, s.Start}
	case !endsLine(p.beside.Text()):
		return []Edit{{p.beside.file, insert.Span, endBehind(end, p.beside.Comment() != "")}, insert}
	}
	return []Edit{insert}
}

// otherTTLs is the records of the draft's RRset where the draft states another TTL than the set is served
// with: an RRset has one TTL, so they all take the new one (RFC 2181 §5.2).
func (d Draft) otherTTLs(set []Record) []Record {
	want, ok := ParseTTL(d.TTL)
	if !ok || len(set) == 0 || set[0].servedAmong(set) == want {
		return nil
	}
	return set
}

// model is the layout that new text takes: of the RRset in the same file, else of the record of its type that the place
// was chosen by, else of the one beside it; where that takes several lines or is none, of one near to it.
func (z *Zone) model(d Draft, at Place, set []Record) layout {
	best := at.beside
	if at.like.z != nil && at.like.Type() == d.Type {
		best = at.like
	}
	of := false
	for _, r := range set {
		if r.file == at.beside.file {
			best, of = r, true
		}
	}
	if e := best.e(); e.kind != kindRecord || !of && (e.typ == TypeSOA || e.flags&multiLine != 0) {
		if near := z.near(at.beside, d.Type); !near.IsZero() {
			best = near
		}
	}
	return layoutOf(best)
}

// near is a record near to a row, on one line and of a type if there is such a one; the zero Record for a zone
// without records.
func (z *Zone) near(row Record, t Type) Record {
	if near := z.nearest(row, t); !near.IsZero() {
		return near
	}
	if row.e().kind == kindRecord {
		return row
	}
	if up := (Row{row}).prevRecord(); !up.IsZero() {
		return up.r
	}
	for r := range z.Records() {
		return r
	}
	return Record{}
}

// nearest is the record on one line, of a type if there is one, nearest to r in its chunk.
func (z *Zone) nearest(r Record, t Type) Record {
	c := r.c()
	best, bestScore := Record{}, 1<<30
	for i, e := range c.entries {
		if e.kind != kindRecord || e.flags&multiLine != 0 || e.typ == TypeSOA {
			continue
		}
		score := max(i-int(r.entry), int(r.entry)-i)
		if e.typ != t {
			score += 1 << 20
		}
		if score < bestScore {
			best, bestScore = Record{z, r.file, r.chunk, int32(i)}, score
		}
	}
	return best
}

// renderDraft writes the draft's line.
func (z *Zone) renderDraft(d Draft, at Place, m layout, ttl string) (string, error) {
	origin := at.origin()
	owner := d.Owner.In(origin)
	if m.absOwner {
		owner = string(d.Owner)
	}
	if z.leavesBlank(d, at) {
		owner = ""
	}
	data, err := d.rdataFor(z, origin, m.absRef)
	if err != nil {
		return "", err
	}
	comment := strings.TrimSpace(d.Comment)
	if comment != "" && comment[0] != ';' {
		comment = "; " + comment
	}
	return m.render(owner, ttl, d.Type, data, comment), nil
}

// draftTTL is the TTL that a new line states: the draft's, or its RRset's. As its model, it leaves out what it inherits,
// or states it all the same.
func (z *Zone) draftTTL(d Draft, at Place, m layout, set []Record) string {
	above := at.above()
	inherits, ok := above.inheritedTTL()
	switch {
	case d.TTL != "":
		if want, _ := ParseTTL(d.TTL); !m.hasTTL && above.hasDef && above.def == want {
			return "" // from $TTL alone: what another record states may go with that record
		}
		return d.TTL
	case len(set) > 0:
		if ttl := set[0].servedAmong(set); m.hasTTL || !ok || inherits != ttl {
			return ttlText(at.beside, ttl)
		}
	case ok && m.hasTTL && m.stated == inherits:
		return ttlText(at.beside, inherits)
	}
	return ""
}

// above is what a line at the place inherits.
func (p Place) above() ttls {
	c, i := p.beside.c(), int(p.beside.entry)
	if p.first {
		i--
	} else if p.beside.e().kind == kindInclude {
		return c.leave.ttls
	}
	return c.ttlsBefore(i + 1)
}

// ttlsBefore is what a line before entry i inherits: below a $TTL that, and where there is none it takes all lines above to know.
func (c *chunk) ttlsBefore(i int) ttls {
	if !c.enter.hasDef {
		return c.ttlsBetween()[i]
	}
	for i--; i >= 0; i-- {
		if e := &c.entries[i]; e.kind == kindTTL {
			return ttls{def: limitTTL(e.ttl), hasDef: true}
		}
	}
	return ttls{def: c.enter.def, hasDef: true}
}

// ttlsBetween is what the chunk is entered with, and what is inherited behind each entry. Thousands of lines that are
// inserted ask.
func (c *chunk) ttlsBetween() []ttls {
	c.ttlsOnce.Do(func() {
		k := newLinker(&chunk{text: c.text, enter: c.enter, inherited: make([]inherited, len(c.entries))})
		c.between = append(make([]ttls, 0, len(c.entries)+1), k.st.ttls)
		for j := range c.entries {
			k.entry(j, &c.entries[j])
			c.between = append(c.between, k.st.ttls)
		}
	})
	return c.between
}

// inheritedTTL is the TTL of a line that states none.
func (st ttls) inheritedTTL() (uint32, bool) {
	if st.hasDef {
		return st.def, true
	}
	return st.ttl, st.hasTTL
}

// leavesBlank tells whether the draft's owner is left blank, as its neighbours do: only directly behind a
// record of the same owner.
func (z *Zone) leavesBlank(d Draft, at Place) bool {
	r := at.beside
	if r.e().kind != kindRecord || r.Owner() != d.Owner {
		return false
	}
	return r.e().ownerLen == 0 || r.c().blanksOwners()
}

// blanksOwners tells whether lines leave their owner blank more often than they repeat it. Thousands of lines
// that are inserted ask.
func (c *chunk) blanksOwners() bool {
	c.habitOnce.Do(func() {
		blank, repeated := 0, 0
		prev := Name("")
		for i := range c.entries {
			if c.entries[i].kind != kindRecord {
				continue
			}
			switch owner := c.owner(i); {
			case c.entries[i].ownerLen == 0:
				blank++
			case owner == prev:
				repeated++
				prev = owner
			default:
				prev = owner
			}
		}
		c.blanks = blank > repeated
	})
	return c.blanks
}
