package zonefile

import (
	"bytes"
	"errors"
)

// Where a new record goes, as its administrator would put it: to its RRset; to its owner; to the block of the names
// around it; to its siblings; else to the end. Nothing goes into the middle of another owner's block, between a comment
// and the record below it, or into a file that is included more than once.

// Place is where a record is written: behind a record of the zone.
type Place struct {
	beside Record // where the zone chooses the place it may be another row: a directive, a comment
	first  bool   // before beside: the first row of its file, or an $INCLUDE that has to be the last
	like   Record // a record of the draft's type that its layout is taken from; the zero Record for none
}

// After is the place behind a record's line. A last $INCLUDE without a line end whose meaning that end would change
// keeps its place at the end.
func After(r Record) Place {
	return Place{beside: r, first: r.e().kind == kindInclude && r.c().includeErr == errUnended}
}

// errNoPlace is returned for a zone without a single record.
var errNoPlace = errors.New("the zone has no record to write beside: start it with its SOA")

// placeFor is the best place of a draft.
func (z *Zone) placeFor(d Draft) (Place, error) {
	if r := z.ofOwner(d); !r.IsZero() {
		return After(r), nil
	}
	for _, find := range []func(Draft) Place{z.amongKin, z.amongSiblings, z.atEnd} {
		if at := find(d); !at.beside.IsZero() {
			return at, nil
		}
	}
	return Place{}, errNoPlace
}

// ofOwner is the last record of the draft's RRset, else of its owner.
func (z *Zone) ofOwner(d Draft) (last Record) {
	typed := false
	z.view().each(z, d.Owner, func(r Record) bool {
		if is := r.Type() == d.Type; r.file.reason == "" && (is || !typed) {
			last, typed = r, is
		}
		return true
	})
	return last
}

// amongKin is the place in the block of the names below the owner, or of the nearest name above it that has one,
// but the apex.
func (z *Zone) amongKin(d Draft) Place {
	child := d.Owner
	for n := d.Owner; n.Below(z.apex) && n != Root; child, n = n, n.Parent() {
		r := z.lastWithin(n, d.Type)
		if r.IsZero() {
			continue
		}
		if f := z.family(kinship{parent: n}); n != d.Owner && f.order != nil && f.last.file == r.file {
			return z.inOrder(f, child, d)
		}
		at, _ := z.behind(z.blockEnd(r, n), d.Owner)
		at.like = r
		return at
	}
	return Place{}
}

// lastWithin is the last record at or below a name; of those close together, the last of a type.
func (z *Zone) lastWithin(n Name, t Type) Record {
	below := z.lastHolding(kinHash(n), func(r Record) Record { return r.lastWithin(n, t) })
	own := z.ofOwner(Draft{Owner: n, Type: t})
	if own.IsZero() || !below.IsZero() && below.Type() == t {
		return below
	}
	if below.IsZero() || own.Type() == t {
		return own
	}
	return below
}

// lastWithin is the last record below a name in the chunk of r, of a type if there is one.
func (r Record) lastWithin(n Name, t Type) (last Record) {
	c, from, is := r.c(), -1, false
	for i := range c.entries {
		e := &c.entries[i]
		if e.kind != kindRecord || !last.IsZero() && e.typ != t && last.Type() == t {
			continue
		}
		r.entry = int32(i)
		if f := int(c.inherited[i].from); f != from {
			from, is = f, r.isWithin(n)
		}
		if is {
			last = r
		}
	}
	return last
}

// amongSiblings is the place among the names of one parent: by their order, if they stand in one, else behind the
// last that has a record of the type.
func (z *Zone) amongSiblings(d Draft) Place {
	child := d.Owner.childOf(z.apex)
	if child == "" {
		return Place{}
	}
	if f := z.family(kinship{parent: z.apex}); f.order != nil {
		return z.inOrder(f, child, d)
	}
	if child != d.Owner {
		return Place{}
	}
	f := z.family(kinship{z.apex, d.Type})
	if f.order != nil {
		return z.inOrder(f, child, d)
	}
	return z.whereRelative(f.last, d)
}

// atEnd is the place at the end of the zone file.
func (z *Zone) atEnd(d Draft) Place {
	for range z.Records() {
		for r := z.root.lastRow(z); !r.IsZero(); r = r.prevRow() {
			if k := r.e().kind; k == kindRecord || k == kindGenerate || k == kindInclude {
				return z.whereRelative(r, d)
			}
		}
	}
	return Place{}
}

// whereRelative is the place behind the block of r, or the nearest before that where the draft's owner can be written
// relative to an origin: not under the $ORIGIN of a subdomain.
func (z *Zone) whereRelative(r Record, d Draft) Place {
	if r.IsZero() {
		return Place{}
	}
	end := r
	if r.e().kind == kindRecord {
		end = z.blockEnd(r, r.Owner())
	}
	at, ok := z.behind(end, d.Owner)
	if !ok {
		if earlier, ok := z.earlier(end, d.Owner); ok {
			at = earlier
		}
	}
	at.like = r
	return at
}

// inOrder is the place of a draft, which is at or below child, where that belongs among its siblings.
func (z *Zone) inOrder(f *family, child Name, d Draft) Place {
	r, before := f.neighbour(child.Label())
	if before {
		if at := z.ahead(r); at.fits(d.Owner) {
			at.like = r
			return at
		}
	}
	end := z.blockEnd(r, r.Owner())
	for !before { // names that have their place here too, but are deeper
		next := end.nextRecord()
		top := Name("")
		if !next.IsZero() {
			top = next.Owner().childOf(f.parent)
		}
		if top == "" || top == next.Owner() || f.order(top.Label(), child.Label()) >= 0 || f.order(top.Label(), r.Owner().Label()) <= 0 {
			break
		}
		end = z.blockEnd(next, top)
	}
	at, _ := z.behind(end, d.Owner)
	at.like = r
	return at
}

// behind is the place behind a record, or behind the $ORIGIN that follows it if that lets a name be written relative
// to it; false where it cannot be. Comments below belong to what follows them.
func (z *Zone) behind(r Record, n Name) (Place, bool) {
	for w := r; ; {
		if at := After(w); at.fits(n) {
			return at, true
		}
		for w = w.nextRow(); !w.IsZero() && w.e().kind != kindOrigin; w = w.nextRow() {
			if k := w.e().kind; k != kindBlank && k != kindTTL && k != kindDate {
				return After(r), false
			}
		}
		if w.IsZero() {
			return After(r), false
		}
	}
}

// ahead is the place before a name's block, and before the comment that stands right above it.
func (z *Zone) ahead(r Record) Place {
	owner := r.Owner()
	for up := r.prevRow(); !up.IsZero(); up = up.prevRow() {
		k := up.e().kind
		switch {
		case k == kindRecord && up.isWithin(owner), k == kindBlank && up.isComment():
			r = up
		case k == kindBlank && len(bytes.TrimSpace(up.Text())) == 0 && up.aboveIs(owner):
		default:
			return After(up)
		}
	}
	return Place{beside: r, first: true}
}

// aboveIs tells whether the record row above belongs to a name's block.
func (r Record) aboveIs(owner Name) bool {
	up := Row{r}.prevRecord()
	return !up.IsZero() && up.r.isWithin(owner)
}

// earlier is the nearest place before a record, between two blocks, where a name can be written relative to the origin.
func (z *Zone) earlier(r Record, n Name) (Place, bool) {
	below := Name("") // whose block follows
	for ; !r.IsZero(); r = r.prevRow() {
		c := r.c()
		if len(c.origins) == 0 && !n.Within(c.enter.origin) {
			if first := c.firstRecord(); first >= 0 {
				below = z.top(c.owner(first))
			}
			r.entry = 0
			continue
		}
		switch r.e().kind {
		case kindRecord:
			if top := z.top(r.Owner()); top != below {
				if below != "" && After(r).fits(n) {
					return After(r), true
				}
				below = top
			}
		case kindOrigin:
			up := Row{r}.prevRecord()
			if below != "" && After(r).fits(n) && (up.IsZero() || z.top(up.Owner()) != below) {
				return After(r), true
			}
		case kindInclude, kindGenerate, kindBroken:
			below = ""
		}
	}
	return Place{}, false
}

// top is the name right below the apex that a name is at or below; the apex and names outside are their own.
func (z *Zone) top(n Name) Name {
	if top := n.childOf(z.apex); top != "" {
		return top
	}
	return n
}

// blockEnd is the last record of a name's block from r on: the records at and below the name that follow without
// another's between them.
func (z *Zone) blockEnd(r Record, n Name) Record {
	for next := r.nextRecord(); !next.IsZero() && next.isWithin(n); next = next.nextRecord() {
		r = next
	}
	return r
}

// origin is what relative names are relative to at the place.
func (p Place) origin() Name {
	if p.first {
		return p.beside.Origin()
	}
	return p.beside.c().origin(int(p.beside.entry) + 1)
}

// fits tells whether a name can be written relative to the origin at the place, or no origin is known there.
func (p Place) fits(n Name) bool { origin := p.origin(); return origin == "" || n.Within(origin) }
