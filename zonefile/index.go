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
	slots  []slot   // open addressing
	next   []uint32 // per entry: number of the next record in the slot, plus one
}

// slot is where the records of a name are found. Names of one hash share it, and each tells them apart.
type slot struct {
	hash        uint32
	first, last uint32 // numbers of its records, plus one; 0 for a free slot
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
	names := len(chunks)
	for _, c := range chunks {
		names += c.owners
	}
	size := 16
	for size < names*3/2 {
		size *= 2
	}
	ix.slots = make([]slot, size)
	b := indexer{index: ix}
	for ci, c := range chunks {
		b.addChunk(ci, c)
	}
	return ix
}

// indexer is an index while it is built.
type indexer struct {
	*index
	buf     [maxName + 1]byte
	runs    []run
	touched uint32 // keeps the compiler from leaving the touching out
}

// run is consecutive records of one owner.
type run struct {
	hash     uint64
	from, to int32 // entries
}

// addChunk adds the records of one chunk. The slots of all its names are touched before the first is filled:
// the memory then works on many at once, where one after the other would wait for each.
func (b *indexer) addChunk(ci int, c *chunk) {
	b.findRuns(c)
	for _, r := range b.runs {
		b.touched += b.slots[r.hash&uint64(len(b.slots)-1)].first
	}
	for _, r := range b.runs {
		s := b.find(r.hash)
		for i := r.from; i < r.to; i++ {
			if c.entries[i].kind == kindRecord {
				b.add(s, b.firsts[ci]+uint32(i)+1)
			}
		}
	}
}

// add puts a record, by its number plus one, behind the others of a slot.
func (b *indexer) add(s *slot, number uint32) {
	if s.first == 0 {
		s.first = number
	} else {
		b.next[s.last-1] = number
	}
	s.last = number
}

// findRuns cuts a chunk into runs of one owner.
func (b *indexer) findRuns(c *chunk) {
	b.runs = b.runs[:0]
	from := -1
	for i := range c.entries {
		if c.entries[i].kind != kindRecord {
			continue
		}
		if f := int(c.inherited[i].from); f != from || len(b.runs) == 0 {
			b.runs = append(b.runs, run{hash: b.hash(c, i), from: int32(i)})
			from = f
		}
		b.runs[len(b.runs)-1].to = int32(i) + 1
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

// find is the slot of a hash, new or old.
func (ix *index) find(hash uint64) *slot {
	s := &ix.slots[ix.probe(hash)]
	if s.first == 0 {
		s.hash = uint32(hash >> 32)
	}
	return s
}

// probe is the place of a hash's slot, or of the free one where it would go.
func (ix *index) probe(hash uint64) uint64 {
	mask := uint64(len(ix.slots) - 1)
	i := hash & mask
	for ix.slots[i].first != 0 && ix.slots[i].hash != uint32(hash>>32) {
		i = (i + 1) & mask
	}
	return i
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

// lookup is the number, plus one, of the first record with a hash; 0 if there is none. It changes nothing,
// so that versions may ask at once.
func (ix *index) lookup(hash uint64) uint32 { return ix.slots[ix.probe(hash)].first }

// each calls f with the places of a name's records, in the order of the chunks.
func (ix *index) each(n Name, f func(place)) {
	number := ix.lookup(maphash.String(ix.seed, string(n)))
	for ; number != 0; number = ix.next[number-1] {
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
