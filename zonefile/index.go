package zonefile

import "hash/maphash"

// An index leads from an owner name to its records. One is built for a whole version, the base; a later
// version keeps it, leaves out the chunks that it no longer has, and asks the small index that each of
// its own chunks makes of itself. When many chunks are new the base is built anew.

// place is an entry of one of an index's chunks.
type place struct {
	chunk int32
	entry int32
}

// index is a hash table over the owners of some chunks.
type index struct {
	chunks []*chunk
	holds  map[*chunk]bool
	firsts []uint32 // number of the first entry of each chunk; then the number of all
	seed   maphash.Seed
	slots  []uint32 // open addressing: number of a name's first record, plus one
	hashes []uint32 // of the name in the slot: spares most comparisons
	next   []uint32 // per entry: number of the name's next record, plus one
	last   []uint32 // per slot: number of the name's last record
}

// buildIndex indexes the records of chunks.
func buildIndex(chunks []*chunk) *index {
	ix := &index{chunks: chunks, seed: maphash.MakeSeed(), firsts: make([]uint32, len(chunks)+1)}
	ix.holds = make(map[*chunk]bool, len(chunks))
	for i, c := range chunks {
		ix.holds[c] = true
		ix.firsts[i+1] = ix.firsts[i] + uint32(len(c.entries))
	}
	ix.next = make([]uint32, ix.firsts[len(chunks)])
	size := 16
	for size < len(ix.next)*3/2 {
		size *= 2
	}
	ix.slots, ix.hashes, ix.last = make([]uint32, size), make([]uint32, size), make([]uint32, size)
	for ci, c := range chunks {
		ix.addChunk(ci, c)
	}
	return ix
}

// free is the slot where a new hash goes.
func (ix *index) free(hash uint32) int {
	mask := len(ix.slots) - 1
	s := int(hash) & mask
	for ix.slots[s] != 0 {
		s = (s + 1) & mask
	}
	return s
}

// addChunk adds the records of one chunk. Consecutive records of one owner cost one look-up.
func (ix *index) addChunk(ci int, c *chunk) {
	slot, from := -1, -1
	for i := range c.entries {
		if c.entries[i].kind != kindRecord {
			continue
		}
		if f := int(c.inherited[i].from); slot < 0 || f != from {
			slot, from = ix.slotFor(c.owner(i)), f
		}
		number := ix.firsts[ci] + uint32(i)
		if ix.slots[slot] == 0 {
			ix.slots[slot] = number + 1
		} else {
			ix.next[ix.last[slot]] = number + 1
		}
		ix.last[slot] = number
	}
}

// slotFor is the slot of a name, new or old.
func (ix *index) slotFor(n Name) int {
	hash := uint32(maphash.String(ix.seed, string(n)))
	if s, ok := ix.find(n, hash); ok {
		return s
	}
	s := ix.free(hash)
	ix.hashes[s] = hash
	return s
}

// find is the slot that holds a name.
func (ix *index) find(n Name, hash uint32) (int, bool) {
	mask := len(ix.slots) - 1
	for s := int(hash) & mask; ix.slots[s] != 0; s = (s + 1) & mask {
		if ix.hashes[s] == hash {
			if p := ix.place(ix.slots[s] - 1); ix.chunks[p.chunk].owner(int(p.entry)) == n {
				return s, true
			}
		}
	}
	return 0, false
}

// place is the entry with a number.
func (ix *index) place(number uint32) place {
	lo, hi := 0, len(ix.chunks)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; ix.firsts[mid] <= number {
			lo = mid
		} else {
			hi = mid
		}
	}
	return place{int32(lo), int32(number - ix.firsts[lo])}
}

// each calls f with the places of a name's records, in the order of the chunks.
func (ix *index) each(n Name, f func(place)) {
	s, ok := ix.find(n, uint32(maphash.String(ix.seed, string(n))))
	if !ok {
		return
	}
	for number := ix.slots[s]; number != 0; number = ix.next[number-1] {
		f(ix.place(number - 1))
	}
}

// countBelow counts, for every name that is not an owner's own, how many owner runs are below it.
func countBelow(chunks []*chunk) map[Name]int32 {
	below := map[Name]int32{}
	for _, c := range chunks {
		from := -1
		for i := range c.entries {
			if c.entries[i].kind != kindRecord || int(c.inherited[i].from) == from {
				continue
			}
			from = int(c.inherited[i].from)
			for p := c.owner(i).Parent(); p != "" && p != Root; p = p.Parent() {
				below[p]++
			}
		}
	}
	return below
}
