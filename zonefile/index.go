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
	hashes []uint64 // of the name in the slot; names of one hash share it, and each tells them apart
	next   []uint32 // per entry: number of the next record in the slot, plus one
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
	for size < countOwners(chunks)*3/2 {
		size *= 2
	}
	ix.slots, ix.hashes = make([]uint32, size), make([]uint64, size)
	b := indexer{index: ix, last: make([]uint32, size)}
	for ci, c := range chunks {
		b.addChunk(ci, c)
	}
	return ix
}

// countOwners bounds the number of names.
func countOwners(chunks []*chunk) int {
	n := len(chunks)
	for _, c := range chunks {
		for i := range c.entries {
			if c.entries[i].ownerLen > 0 {
				n++
			}
		}
	}
	return n
}

// indexer is an index while it is built.
type indexer struct {
	*index
	last []uint32 // per slot: number of its last record
	buf  [maxName + 1]byte
}

// addChunk adds the records of one chunk. Consecutive records of one owner cost one look-up.
func (b *indexer) addChunk(ci int, c *chunk) {
	slot, from := -1, -1
	for i := range c.entries {
		if c.entries[i].kind != kindRecord {
			continue
		}
		if f := int(c.inherited[i].from); slot < 0 || f != from {
			slot, from = b.slot(b.hash(c, i)), f
		}
		number := b.firsts[ci] + uint32(i)
		if b.slots[slot] == 0 {
			b.slots[slot] = number + 1
		} else {
			b.next[b.last[slot]] = number + 1
		}
		b.last[slot] = number
	}
}

// hash is the hash of the owner of entry i, for most without making the name.
func (b *indexer) hash(c *chunk, i int) uint64 {
	if from := int(c.inherited[i].from); from != fromState && c.entries[from].flags&oddOwner == 0 {
		if name, ok := appendPlain(b.buf[:0], c.ownerText(from), c.origin(from)); ok {
			return maphash.Bytes(b.seed, name)
		}
	}
	return maphash.String(b.seed, string(c.owner(i)))
}

// slot is the slot of a hash, new or old.
func (ix *index) slot(hash uint64) int {
	mask := len(ix.slots) - 1
	s := int(hash) & mask
	for ix.slots[s] != 0 && ix.hashes[s] != hash {
		s = (s + 1) & mask
	}
	ix.hashes[s] = hash
	return s
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
	hash := maphash.String(ix.seed, string(n))
	mask := len(ix.slots) - 1
	s := int(hash) & mask
	for ix.slots[s] != 0 && ix.hashes[s] != hash {
		s = (s + 1) & mask
	}
	for number := ix.slots[s]; number != 0; number = ix.next[number-1] {
		p := ix.place(number - 1)
		if ix.chunks[p.chunk].owner(int(p.entry)) == n {
			f(p)
		}
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
