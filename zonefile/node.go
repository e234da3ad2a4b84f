package zonefile

import (
	"iter"
	"slices"
)

// Names with their records: one that is asked for, or all of them, each once.

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

// First finds the first record of a name that is of a type; false if there is none.
func (z *Zone) First(n Name, t Type) (Record, bool) { return z.first(n, t) }

// Nodes yields every owner name once, with all its records, in the order in which names first occur.
func (z *Zone) Nodes() iter.Seq[Node] { return z.nodes(walk{}) }

// NodesOf yields the names that have records of a type, as Nodes does. Of others it makes no name.
func (z *Zone) NodesOf(t Type) iter.Seq[Node] { return z.nodes(walk{typ: t}) }

// WildcardsOf yields the wildcards that have records of a type, as Nodes does.
func (z *Zone) WildcardsOf(t Type) iter.Seq[Node] { return z.nodes(walk{typ: t, wild: true}) }

// nodes yields the names that a walk is about.
func (z *Zone) nodes(w walk) iter.Seq[Node] {
	return func(yield func(Node) bool) { w.in(z, z.whole(), yield) }
}

// shared yields the names that have several records of some types, with those, as Nodes does; without types of any. Few
// types have an index of their own: it is made for this walk, and costs what there is of them.
func (z *Zone) shared(types []Type) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		if len(types) == 0 {
			walk{several: true}.in(z, z.whole(), yield)
			return
		}
		at, chunks := z.spots()
		walk{several: true}.in(z, newView(buildIndex(chunks, types), at, chunks), yield)
	}
}

// in goes over the names of an index of this very version.
func (w walk) in(z *Zone, v *view, yield func(Node) bool) {
	w.z, w.v, w.strays, w.later = z, v, map[uint32]bool{}, v.base.later()
	w.nodes(yield)
}

// whole is the version's view through an index of all its chunks. Whoever asks about all names gets one: it costs less
// than to ask that of an older version for each.
func (z *Zone) whole() *view {
	v := z.view()
	if v.ordered && len(v.fresh) == 0 && len(v.dropped) == 0 {
		return v
	}
	at, chunks := z.spots()
	v = newView(buildIndex(chunks, nil), at, chunks)
	z.seen.Store(v)
	return v
}

// walk goes over all names of a version that is its base: the index knows which records are the first of their
// names, so none is looked up.
type walk struct {
	z       *Zone
	v       *view
	several bool            // names with one record are left out
	typ     Type            // names that have none of this type are left out; 0: they are not
	wild    bool            // names that are no wildcards are left out
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
		if !c.mayHave(w.v.base.types) {
			continue
		}
		number := w.v.base.firsts[ci]
		for i := range c.entries {
			at := number + uint32(i)
			if !c.entries[i].isOf(w.v.base.types) {
				continue
			}
			later := w.later[at/64]&(1<<(at%64)) != 0
			if later && !w.strays[at] || w.several && w.v.base.next[at] == 0 || w.typ != 0 && !w.mayHave(at) {
				continue
			}
			node := w.node(c.owner(i), at, !later)
			if w.several && len(node.Records) < 2 || w.typ != 0 && !node.Has(w.typ) || w.wild && !node.Name.IsWildcard() {
				continue
			}
			if !yield(node) {
				return
			}
		}
	}
}

// mayBeWildcard tells whether the owner of entry i may be a wildcard. Its no is sure.
func (c *chunk) mayBeWildcard(i int) bool {
	from := int(c.inherited[i].from)
	if from == fromState || c.entries[from].flags&oddOwner != 0 {
		return true
	}
	text := c.ownerText(from)
	return len(text) == 0 || text[0] == '*' || text[0] == '@' || text[0] == '\\'
}

// mayHave tells whether records from a number on that share a slot have the type: where none has it, no name of them has.
func (w *walk) mayHave(number uint32) bool {
	ix := w.v.base
	for {
		p := ix.place(number)
		if c := ix.chunks[p.chunk]; c.entries[p.entry].typ == w.typ && (!w.wild || c.mayBeWildcard(int(p.entry))) {
			return true
		}
		next := ix.next[number]
		if next == 0 {
			return false
		}
		number = next - 1
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
		ix := w.v.base
		w.block = make([]Record, max(min(blockSize, int(ix.firsts[len(ix.chunks)])), len(records)))
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

// First is the node's first record of one type; false if it has none.
func (n Node) First(t Type) (Record, bool) {
	for _, r := range n.Records {
		if r.Type() == t {
			return r, true
		}
	}
	return Record{}, false
}

// Has tells whether the node has records of a type.
func (n Node) Has(t Type) bool {
	return slices.ContainsFunc(n.Records, func(r Record) bool { return r.Type() == t })
}

// HasBelow tells whether there are records below a name.
func (z *Zone) HasBelow(n Name) bool { return z.view().hasBelow(n) }

// Exists tells whether a name has records or is an empty non-terminal: a name above one that has
// (RFC 4592 §2.2.2).
func (z *Zone) Exists(n Name) bool {
	_, owned := z.first(n, TypeANY)
	return owned || z.view().hasBelow(n)
}
