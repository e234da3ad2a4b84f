package zonefile

// What edits do to the entries that they do not touch: an entry that was linked anew is compared with what it meant
// before, and what it has lost (its owner, its TTL) is written out.

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"sync"
)

// errMeaning is returned where an edit cannot be done without changing other entries.
var errMeaning = errors.New("the edit would change what another line means")

// errOwnerless is returned where a line without an owner would get one.
var errOwnerless = fmt.Errorf("%w: it has no owner and would get one, write its owner in the first column first", errMeaning)

// harm compares a file before and after edits.
type harm struct {
	z, next    *Zone
	old, now   *File
	edits      arranged // all of this file, the additions of settle included
	asked      arranged // those that the operations asked for
	touched    map[Record]touch
	first      uint32 // what ends before it keeps its meaning
	owners     ownerPair
	soaDefault func() bool // see defaultFromSOA

	edited int // how many edits end at the entry that is compared, or before it
	wanted int // how many of those that were asked for

	repairs []Edit        // so far
	handed  bool          // a TTL was handed to a line above, and the lines below inherit it
	named   *entry        // the line that named an owner which was handed to a line above; the lines below inherit it
	before  *entry        // the line that names the owner that the chunk which is compared was entered with; nil: none of this file
	seen    Record        // of the new file: the line that was compared last
	mixed   map[Name]bool // owners of lines that are loaded with another TTL though their own is as it was
}

// ownerPair is two lines that name owners, and whether they name the same: lines below them inherit that.
type ownerPair struct {
	was, is *entry
	same    bool
}

// sameLine compares two records' text but for the line end, which an insertion behind the last line adds.
func sameLine(a, b Record) bool {
	return bytes.Equal(TrimLineEnd(a.Text()), TrimLineEnd(b.Text()))
}

// harms prepares the comparison of all files: a file that is included twice is compared twice. A file
// whose $INCLUDE is gone is left out.
func (z *Zone) harms(next *Zone, edits, asked []Edit, touched map[Record]touch) []*harm {
	after := map[string][]*File{}
	for f := range next.Files() {
		after[f.name] = append(after[f.name], f)
	}
	soaDefault, mixed := sync.OnceValue(z.defaultFromSOA), map[Name]bool{}
	var out []*harm
	for f := range z.Files() {
		if list := after[f.name]; len(list) > 0 {
			h := &harm{z: z, next: next, old: f, now: list[0], edits: arrange(editsOf(edits, f.name)),
				asked: arrange(editsOf(asked, f.name)), touched: touched, soaDefault: soaDefault, mixed: mixed}
			if len(edits) > 0 && len(h.edits.edits) == len(edits) { // else another file is edited too, which may be read before
				h.first = h.edits.edits[0].Start
			}
			out = append(out, h)
			after[f.name] = list[1:]
		}
	}
	return out
}

// chunk repairs the harmed entries of an old chunk: as many as it can at once, because one that is given
// its owner or TTL hands it to those that follow. It tells whether what is below has to wait for that.
func (h *harm) chunk(ci int, c *chunk) (done bool, err error) {
	start := h.old.starts[ci]
	h.edited, h.wanted = h.edits.upTo(start), h.asked.upTo(start)
	defer func() { h.before = cmp.Or(c.lastNaming(), h.before) }()
	for i := range c.entries {
		e := &c.entries[i]
		if e.kind != kindRecord && e.kind != kindGenerate || start+uint32(c.end(i)) < h.first {
			continue
		}
		was := Record{h.z, h.old, int32(ci), int32(i)}
		s := Span{start + e.start, start + uint32(c.end(i))}
		h.edited, h.wanted = h.edits.onwards(h.edited, s.Start), h.asked.onwards(h.wanted, s.Start)
		is := h.rowAt(h.edits.shiftBehind(h.edited, s.Start))
		h.pass(is)
		if is.z != nil && !h.edits.overlapBehind(h.edited, s) && h.means(c, i, is) {
			continue
		}
		how := h.touched[was]
		if how == touchData && h.loses(was, is) {
			done, err = h.give(was, is.stateOwner(was.Owner(), was.c().ownerWritten(int(was.entry))))
			if done || err != nil {
				return true, err
			}
		}
		if h.asked.overlapBehind(h.wanted, s) || how != touchNothing {
			continue
		}
		if is.z == nil || !h.repaired(was) && !sameLine(is, was) {
			return true, was.refuse(errMeaning)
		}
		if done, err = h.entry(was, is); done || err != nil {
			return true, err
		}
	}
	return false, nil
}

// means tells whether a record of which no byte has changed means what it meant: nearly all do. Its no is not sure.
func (h *harm) means(c *chunk, i int, is Record) bool {
	n, j := is.c(), int(is.entry)
	e := &c.entries[i]
	if e.kind != kindRecord || n.end(j)-int(n.entries[j].start) != c.end(i)-int(e.start) || c.loadedTTL(i) != n.loadedTTL(j) || c.origin(i) != n.origin(j) {
		return false
	}
	if e.ownerLen > 0 {
		h.owners = ownerPair{e, &n.entries[j], true}
		return true
	}
	from, to := c.inherited[i].from, n.inherited[j].from
	return from != fromState && to != fromState && h.owners.same && h.owners.was == &c.entries[from] && h.owners.is == &n.entries[to]
}

// rowAt is the line of the new file at an offset: nearly always the one behind that which was compared last.
func (h *harm) rowAt(off uint32) Record {
	if next := h.seen; next.z != nil {
		next.entry++
		if int(next.entry) == len(h.now.chunks[next.chunk].entries) {
			next.chunk, next.entry = next.chunk+1, 0
		}
		if int(next.chunk) < len(h.now.chunks) && next.startsAt(off) {
			return next
		}
	}
	return h.next.RowAt(h.now, off).r
}

// startsAt tells whether a line that has bytes starts at an offset.
func (r Record) startsAt(off uint32) bool {
	c := r.c()
	return int(r.entry) < len(c.entries) && r.file.starts[r.chunk]+c.entries[r.entry].start == off && uint32(c.end(int(r.entry))) > c.entries[r.entry].start
}

// pass goes on to a line of the new file. What lines above it were given does not reach behind one that is new and
// says its own.
func (h *harm) pass(is Record) {
	from := h.seen
	h.seen = is
	if is.z == nil || from.z == nil {
		return
	}
	for ci := from.chunk; ci <= is.chunk && (h.handed || h.named != nil); ci++ {
		entries := h.now.chunks[ci].entries
		first, end := 0, len(entries)
		if ci == from.chunk {
			first = int(from.entry) + 1
		}
		if ci == is.chunk {
			end = int(is.entry)
		}
		for _, e := range entries[min(first, end):end] {
			h.stop(e)
		}
	}
	h.handed = h.handed && is.e().flags&hasTTL == 0
}

// stop ends what lines above were given at an entry that says its own.
func (h *harm) stop(e entry) {
	if e.flags&hasTTL != 0 || e.kind == kindTTL {
		h.handed = false
	}
	if e.ownerLen > 0 {
		h.named = nil
	}
}

// entry repairs an entry unless it will inherit what one above it was given.
func (h *harm) entry(was, is Record) (done bool, err error) {
	repair, err := h.compare(was, is)
	switch {
	case err != nil || len(repair) == 0:
		return false, err
	case was.e().kind == kindGenerate || h.sameOwner(was, is):
		if !h.handed {
			h.repairs, h.handed = append(h.repairs, repair...), true
		}
		return h.soaDefault() && was.TTL() == was.loadedTTL(), nil // then a $TTL was written, for the whole file
	}
	return h.give(was, repair)
}

// give writes out the owner that a line has lost, unless it will inherit what one above it was given.
func (h *harm) give(was Record, repair []Edit) (done bool, err error) {
	if by := h.naming(was); by == nil || by != h.named {
		h.repairs, h.named = append(h.repairs, repair...), by
	}
	return h.named == nil, nil
}

// loses tells whether a record whose data is meant to change has lost its owner by that of others.
func (h *harm) loses(was, is Record) bool {
	return is.z != nil && is.e().kind == kindRecord && is.e().ownerLen == 0 && was.e().kind == kindRecord && was.Owner() != "" && !h.sameOwner(was, is)
}

// isTouched tells whether an edit changes the record's bytes, or it is meant to change.
func (h *harm) isTouched(r Record) bool {
	return h.touched[r] != touchNothing || h.asked.overlap(r.Span())
}

// repaired tells whether an addition of settle stands in the line that is compared.
func (h *harm) repaired(r Record) bool { return h.edits.overlapBehind(h.edited, r.Span()) }

// compare writes out what an entry has lost.
func (h *harm) compare(was, is Record) ([]Edit, error) {
	switch {
	case was.Origin() != is.Origin():
		return nil, was.refuse(fmt.Errorf("%w: its $ORIGIN", errMeaning))
	case was.e().kind == kindRecord && !h.sameOwner(was, is):
		if is.e().ownerLen > 0 {
			return nil, was.refuse(fmt.Errorf("%w: its owner", errMeaning))
		}
		if was.Owner() == "" { // what has none cannot be given it back
			return nil, was.refuse(errOwnerless)
		}
		return is.stateOwner(was.Owner(), was.c().ownerWritten(int(was.entry))), nil
	case is.loadedTTL() == was.loadedTTL():
	case is.e().flags&hasTTL == 0 && is.TTL() != was.loadedTTL():
		return h.handTTL(was, is)
	case was.e().kind == kindRecord:
		h.mixed[was.Owner()] = true
	}
	return nil, nil
}

// sameOwner compares the owners of two lines of equal text under one origin.
func (h *harm) sameOwner(was, is Record) bool {
	if was.e().ownerLen > 0 && is.e().ownerLen > 0 && !h.repaired(was) {
		return true
	}
	pair := ownerPair{was: was.naming(), is: is.naming()}
	if pair.was == nil || pair.is == nil || pair.was != h.owners.was || pair.is != h.owners.is {
		pair.same = sameNaming(was, is) || was.Owner() == is.Owner()
		h.owners = pair
	}
	return h.owners.same
}

// sameNaming tells whether two lines have their owners from lines that write the same below the same origin. Its no is not sure.
func sameNaming(was, is Record) bool {
	c, n := was.c(), is.c()
	from, to := int(c.inherited[was.entry].from), int(n.inherited[is.entry].from)
	return from != fromState && to != fromState && bytes.Equal(c.ownerText(from), n.ownerText(to)) && c.origin(from) == n.origin(to)
}

// naming is the entry that names the record's owner; nil when it stands in an earlier chunk.
func (r Record) naming() *entry {
	c := r.c()
	if from := c.inherited[r.entry].from; from != fromState {
		return &c.entries[from]
	}
	return nil
}

// naming is the entry that names the owner of a record of the chunk that is compared; nil when it stands in another file.
func (h *harm) naming(was Record) *entry { return cmp.Or(was.naming(), h.before) }

// lastNaming is the last entry that names an owner; nil if there is none.
func (c *chunk) lastNaming() *entry {
	for i := len(c.entries) - 1; i >= 0 && c.owners > 0; i-- {
		if e := &c.entries[i]; e.ownerLen > 0 {
			return e
		}
	}
	return nil
}

// handTTL writes the TTL that an entry had. Where it came from the SOA's minimum, a $TTL above the SOA
// says it for the whole file.
func (h *harm) handTTL(was, is Record) ([]Edit, error) {
	soa, ok := h.next.SOA()
	clamped := was.TTL() != was.loadedTTL() // by a line above, and not from the SOA
	if !ok || clamped || !h.soaDefault() || !is.after(soa) && is != soa {
		return is.ttlEdit(ttlText(is, was.loadedTTL())), nil
	}
	line := "$TTL " + ttlText(is, was.loadedTTL()) + lineEndOf(soa)
	at := soa.Span().Start
	return []Edit{{soa.file, Span{at, at}, line}}, nil
}

// defaultFromSOA tells whether the SOA's minimum acts as $TTL: no $TTL, and no TTL at the SOA or at a line above it.
func (z *Zone) defaultFromSOA() bool {
	soa, ok := z.SOA()
	if !ok || soa.e().flags&hasTTL != 0 || soa.c().enter.hasTTL {
		return false
	}
	for _, e := range soa.c().entries[:soa.entry] { // BIND: "using RFC1035 TTL semantics", of a broken line as its author meant
		if e.flags&hasTTL != 0 {
			return false
		}
	}
	for f := range z.Files() {
		for _, c := range f.chunks {
			for i := range c.entries {
				if c.entries[i].kind == kindTTL {
					return false
				}
			}
		}
	}
	return true
}

// after tells whether r stands behind o in the same file.
func (r Record) after(o Record) bool {
	return r.file == o.file && r.Span().Start > o.Span().Start
}
