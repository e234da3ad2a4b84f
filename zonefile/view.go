package zonefile

// An index belongs to a version, and the next sees through it: only chunks that are new are looked at again.

import (
	"cmp"
	"iter"
	"slices"
)

// view is what one version sees through the index of its base.
type view struct {
	base    *index
	at      map[*chunk]spot // where a chunk of this version stands
	dropped []*chunk        // chunks of the base that this version has not
	fresh   []*chunk        // chunks of this version that the base has not
	inBase  []bool          // per chunk of the base: this version has it
	order   []spot          // per chunk of the base: where it stands here
	ordered bool            // the chunks of the base that this version has stand here in the base's order
}

// spot is a chunk's place in a version.
type spot struct {
	file  *File
	chunk int32
	rank  int32 // in the order BIND reads chunks
}

// maxFresh is how many chunks a version may have that its base has not.
const maxFresh = 32

// view finds the version's view: through the index of an older version, or through one of its own where
// there is none or it is far away.
func (z *Zone) view() *view {
	z.viewOnce.Do(func() {
		at, chunks := z.spots()
		var v *view
		if z.older != nil {
			v = newView(z.older, at, chunks)
		}
		if v == nil || len(v.fresh) > maxFresh || len(v.dropped) > maxFresh {
			v = newView(buildIndex(chunks), at, chunks)
		}
		z.seen.Store(v)
	})
	return z.seen.Load()
}

// index is the newest index that there is for z or a version before it; nil if nobody needed one.
func (z *Zone) index() *index {
	if v := z.seen.Load(); v != nil {
		return v.base
	}
	return z.older
}

// spots numbers the chunks in the order BIND reads them.
func (z *Zone) spots() (map[*chunk]spot, []*chunk) {
	at := map[*chunk]spot{}
	var chunks []*chunk
	var visit func(f *File)
	visit = func(f *File) {
		for i, c := range f.chunks {
			at[c] = spot{f, int32(i), int32(len(chunks))}
			chunks = append(chunks, c)
			if c.included != nil {
				visit(c.included)
			}
		}
	}
	visit(z.root)
	return at, chunks
}

// newView compares a version's chunks with the base's.
func newView(base *index, at map[*chunk]spot, chunks []*chunk) *view {
	v := &view{base: base, at: at, order: make([]spot, len(base.chunks)),
		inBase: make([]bool, len(base.chunks)), ordered: true}
	rank := int32(-1)
	for i, c := range base.chunks {
		v.order[i], v.inBase[i] = at[c], at[c].file != nil
		if !v.inBase[i] {
			v.dropped = append(v.dropped, c)
			continue
		}
		v.ordered = v.ordered && v.order[i].rank > rank
		rank = v.order[i].rank
	}
	for _, c := range chunks {
		if !base.holds[c] {
			v.fresh = append(v.fresh, c)
		}
	}
	return v
}

// alone is the index of one chunk.
func (c *chunk) alone() *index {
	c.indexOnce.Do(func() { c.own = buildIndex([]*chunk{c}) })
	return c.own
}

// each calls f with the records of a name, in the order BIND reads them, until f returns false. It tells how many places
// of the name were gone through, those of chunks that are gone included.
func (v *view) each(z *Zone, n Name, f func(Record) bool) (walked int) {
	if !v.ordered || v.isFresh(n) {
		records, walked := v.merged(z, n)
		for _, r := range records {
			if !f(r) {
				break
			}
		}
		return walked
	}
	v.base.each(n, func(p place) bool {
		walked++
		return !v.inBase[p.chunk] || f(v.record(z, p))
	})
	return walked
}

// record is the record at a place of the base.
func (v *view) record(z *Zone, p place) Record {
	s := &v.order[p.chunk]
	return Record{z, s.file, s.chunk, p.entry}
}

// isFresh tells whether chunks that the base has not may hold records of a name.
func (v *view) isFresh(n Name) bool {
	return slices.ContainsFunc(v.fresh, func(c *chunk) bool {
		own := c.alone()
		return own.lookup(own.hashOf(n)) != 0
	})
}

// merged is the records of a name from the base and from the version's own chunks, and how many places it went through.
func (v *view) merged(z *Zone, n Name) (out []Record, walked int) {
	v.base.each(n, func(p place) bool {
		walked++
		if v.inBase[p.chunk] {
			out = append(out, v.record(z, p))
		}
		return true
	})
	for _, c := range v.fresh {
		s := v.at[c]
		c.alone().each(n, func(p place) bool {
			walked++
			out = append(out, Record{z, s.file, s.chunk, p.entry})
			return true
		})
	}
	slices.SortStableFunc(out, func(a, b Record) int {
		return cmp.Or(cmp.Compare(v.at[a.c()].rank, v.at[b.c()].rank), cmp.Compare(a.entry, b.entry))
	})
	return out, walked
}

// cutting is which of the records that decide about the names below it a name may have. A no is sure: a name with
// thousands of records is not gone through for a DNAME that it has not.
type cutting struct{ ns, dname bool }

// cutting asks the base and the version's own chunks.
func (v *view) cutting(n Name) cutting {
	has := v.base.cutting(n)
	for _, c := range v.fresh {
		own := c.alone().cutting(n)
		has = cutting{has.ns || own.ns, has.dname || own.dname}
	}
	return has
}

// cutting is view.cutting for the index's own chunks.
func (ix *index) cutting(n Name) cutting {
	hash := ix.hashOf(n)
	return cutting{ix.cuts.has(hash), ix.dnames[hash]}
}

// below is how many runs of owners are below a name: the base's, and what the version's own chunks change.
func (v *view) below(n Name) int32 {
	count := v.base.below()[n]
	for _, c := range v.dropped {
		count -= c.alone().below()[n]
	}
	for _, c := range v.fresh {
		count += c.alone().below()[n]
	}
	return count
}

// Node is a name with its records, in the order BIND reads them.
type Node struct {
	Name    Name
	Records []Record
}

// Node finds the records of a name; it has none where the zone has none there, wildcards not counted.
func (z *Zone) Node(n Name) Node {
	records, _ := z.gather(n, TypeANY, TypeANY)
	return Node{n, records}
}

// Nodes yields every owner name once, with all its records, in the order in which names first occur.
func (z *Zone) Nodes() iter.Seq[Node] { return z.nodes(false) }

// shared yields the names that have several records, as Nodes does.
func (z *Zone) shared() iter.Seq[Node] { return z.nodes(true) }

// nodes yields every name, or only those that have several records. Whoever asks about all names gets an index of this
// very version: it costs less than to ask that of an older one for each.
func (z *Zone) nodes(several bool) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		v := z.whole()
		w := walk{z: z, v: v, several: several, later: v.base.later(), strays: map[uint32]bool{}}
		w.nodes(yield)
	}
}

// whole is the version's view through an index of all its chunks.
func (z *Zone) whole() *view {
	v := z.view()
	if v.ordered && len(v.fresh) == 0 && len(v.dropped) == 0 {
		return v
	}
	at, chunks := z.spots()
	v = newView(buildIndex(chunks), at, chunks)
	z.seen.Store(v)
	return v
}

// walk goes over all names of a version that is its base: the index knows which records are the first of their
// names, so none is looked up.
type walk struct {
	z       *Zone
	v       *view
	several bool            // names with one record are left out
	later   []uint64        // a bit per number: it is not the first in its slot
	strays  map[uint32]bool // numbers that share a slot with another name, which was yielded
	block   []Record        // room for records: many names share an allocation
}

// later marks the numbers that others lead to.
func (ix *index) later() []uint64 {
	bits := make([]uint64, len(ix.next)/64+1)
	for _, next := range ix.next {
		if next != 0 {
			bits[(next-1)/64] |= 1 << ((next - 1) % 64)
		}
	}
	return bits
}

// nodes yields the names, each at its first record.
func (w *walk) nodes(yield func(Node) bool) {
	for ci, c := range w.v.base.chunks {
		number := w.v.base.firsts[ci]
		for i := range c.entries {
			at := number + uint32(i)
			if c.entries[i].kind != kindRecord {
				continue
			}
			later := w.later[at/64]&(1<<(at%64)) != 0
			if later && !w.strays[at] || w.several && w.v.base.next[at] == 0 {
				continue
			}
			node := w.node(c.owner(i), at, !later)
			if w.several && len(node.Records) < 2 {
				continue
			}
			if !yield(node) {
				return
			}
		}
	}
}

// node gathers the records of a name from its first on. Others that share the slot are kept for their turn.
func (w *walk) node(n Name, number uint32, head bool) Node {
	var few [8]Record
	out := few[:0]
	ix := w.v.base
	ix.follow(number+1, n, func(p place, is bool) bool {
		at := ix.firsts[p.chunk] + uint32(p.entry)
		switch {
		case is:
			out = append(out, w.v.record(w.z, p))
			delete(w.strays, at)
		case head:
			w.strays[at] = true
		}
		return true
	})
	return Node{n, w.keep(out)}
}

// blockSize is how many records share an allocation.
const blockSize = 512

// keep copies records to where they stay.
func (w *walk) keep(records []Record) []Record {
	if len(records) > len(w.block) {
		w.block = make([]Record, max(blockSize, len(records)))
	}
	n := copy(w.block, records)
	kept := w.block[:n:n]
	w.block = w.block[n:]
	return kept
}

// Of is the node's records of one type.
func (n Node) Of(t Type) []Record {
	count := 0
	for _, r := range n.Records {
		if r.Type() == t {
			count++
		}
	}
	if count == 0 {
		return nil
	}
	out := make([]Record, 0, count)
	for _, r := range n.Records {
		if r.Type() == t {
			out = append(out, r)
		}
	}
	return out
}

// Has tells whether the node has records of a type.
func (n Node) Has(t Type) bool {
	return slices.ContainsFunc(n.Records, func(r Record) bool { return r.Type() == t })
}

// Exists tells whether a name has records or is an empty non-terminal: a name above one that has
// (RFC 4592 §2.2.2).
func (z *Zone) Exists(n Name) bool {
	_, owned := z.first(n, TypeANY)
	return owned || z.view().below(n) > 0
}
