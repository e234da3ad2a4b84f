package zonefile

import (
	"cmp"
	"iter"
	"slices"
	"sync"
)

// view is what one version sees through the index of its base.
type view struct {
	base    *index
	at      map[*chunk]spot // where a chunk of this version stands
	dropped []*chunk        // chunks of the base that this version has not
	fresh   []*chunk        // chunks of this version that the base has not
	inBase  []bool          // per chunk of the base: this version has it
	order   []spot          // per chunk of the base: where it stands here
	below   func() map[Name]int32
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
	v := &view{base: base, at: at, order: make([]spot, len(base.chunks)), inBase: make([]bool, len(base.chunks))}
	for i, c := range base.chunks {
		v.order[i], v.inBase[i] = at[c], at[c].file != nil
		if !v.inBase[i] {
			v.dropped = append(v.dropped, c)
		}
	}
	for _, c := range chunks {
		if !base.holds[c] {
			v.fresh = append(v.fresh, c)
		}
	}
	v.below = sync.OnceValue(func() map[Name]int32 { return countBelow(chunks) })
	return v
}

// alone is the index of one chunk.
func (c *chunk) alone() *index {
	c.indexOnce.Do(func() { c.own = buildIndex([]*chunk{c}) })
	return c.own
}

// Node is a name with its records, in the order BIND reads them.
type Node struct {
	Name    Name
	Records []Record
}

// Node finds the records of a name; it has none where the zone has none there, wildcards not counted.
func (z *Zone) Node(n Name) Node {
	v := z.view()
	node := Node{Name: n}
	add := func(s spot, entry int32) {
		node.Records = append(node.Records, Record{z, s.file, s.chunk, entry})
	}
	v.base.each(n, func(p place) {
		if v.inBase[p.chunk] {
			add(v.order[p.chunk], p.entry)
		}
	})
	kept := len(node.Records)
	for _, c := range v.fresh {
		c.alone().each(n, func(p place) { add(v.at[c], p.entry) })
	}
	if kept < len(node.Records) && kept > 0 {
		slices.SortStableFunc(node.Records, func(a, b Record) int {
			return cmp.Or(cmp.Compare(v.at[a.c()].rank, v.at[b.c()].rank), cmp.Compare(a.entry, b.entry))
		})
	}
	return node
}

// Nodes yields every owner name once, with all its records, in the order in which names first occur.
func (z *Zone) Nodes() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		var prev Name
		for r := range z.Records() {
			owner := r.Owner()
			if owner == prev {
				continue
			}
			prev = owner
			if node := z.Node(owner); len(node.Records) > 0 && node.Records[0] == r && !yield(node) {
				return
			}
		}
	}
}

// Of is the node's records of one type.
func (n Node) Of(t Type) []Record {
	var out []Record
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
	return len(z.Node(n).Records) > 0 || z.view().below()[n] > 0
}
