package zonefile

// An index belongs to a version, and the next sees through it: only chunks that are new are looked at again.

import (
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

// isFar tells a version that has so little in common with its base that an index of its own costs less: each question would go to
// all of its own chunks, and to index a zone costs about what it costs to index them one by one where they are a good part of it.
func (v *view) isFar(chunks []*chunk) bool {
	if len(v.fresh) > maxFresh || len(v.dropped) > maxFresh {
		return true
	}
	all, own := 0, 0
	for _, c := range chunks {
		all += len(c.entries)
	}
	for _, c := range v.fresh {
		own += len(c.entries)
	}
	return own*4 > all
}

// alone is the index of one chunk.
func (c *chunk) alone() *index {
	c.indexOnce.Do(func() { c.own = buildIndex([]*chunk{c}, nil) })
	return c.own
}

// isFresh tells whether chunks that the base has not may hold records of a name.
func (v *view) isFresh(n Name) bool {
	return slices.ContainsFunc(v.fresh, func(c *chunk) bool {
		own := c.alone()
		return own.lookup(own.hashOf(n)) != 0
	})
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

// mostLookedFor is how often names below one are looked for chunk by chunk before they are counted for all names.
const mostLookedFor = 256

// hasBelow tells whether there are owners below a name.
func (v *view) hasBelow(n Name) bool {
	if !v.base.counted.Load() {
		if v.base.asked.Add(1) <= mostLookedFor {
			return v.findBelow(n)
		}
		v.base.counted.Store(true)
	}
	return v.below(n) > 0
}

// findBelow looks for an owner below a name in the chunks that may have one.
func (v *view) findBelow(n Name) bool {
	hash := kinHash(n)
	for c := range v.at {
		if !c.hasKin(hash) {
			continue
		}
		from := -1
		for i := range c.entries {
			if c.entries[i].kind != kindRecord || int(c.inherited[i].from) == from {
				continue
			}
			if from = int(c.inherited[i].from); c.ownerWithin(i, n) && !c.isOwner(i, n) {
				return true
			}
		}
	}
	return false
}

// IndexNames makes what finds names, for who asks about most of them.
func (z *Zone) IndexNames() { z.view().base.counted.Store(true) }

// below is how many runs of owners are below a name: the base's, and what the version's own chunks change.
func (v *view) below(n Name) int32 {
	count := v.base.below().of(n)
	for _, c := range v.dropped {
		count -= c.alone().below().of(n)
	}
	for _, c := range v.fresh {
		count += c.alone().below().of(n)
	}
	return count
}
