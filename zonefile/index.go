package zonefile

import (
	"bytes"
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// An index leads from an owner name to its records. One is built for a whole version, the base; a later
// version keeps it, leaves out the chunks that it no longer has, and asks the small index that each of
// its own chunks makes of itself. When many chunks are new the base is built anew.

// index is a hash table over the owners of some chunks.
type index struct {
	chunks []*chunk
	types  []Type // of the records that it has; nil for all
	holds  map[*chunk]bool
	firsts []uint32 // number of the first entry of each chunk; then the number of all
	near   []int32  // per stride of numbers: the chunk that holds the first of them
	seed   maphash.Seed
	slots  []slot          // open addressing
	next   []uint32        // per entry: number of the next record in the slot, plus one
	cuts   marks           // the owners of NS records: they decide about the names below them
	dnames map[uint64]bool // the hashes of the owners of DNAME records, which do so as well; there are few

	below   func() *aboves // how many runs of owners are below each name; counted once
	counted atomic.Bool    // it is known, or wanted as often that it is counted
	asked   atomic.Int32   // how often it was wanted while it was not known
}

// stride is how many numbers of entries share one place in near.
const stride = 256

// slot is where the records of a name are found. Names of one hash share it, and each tells them apart.
type slot struct {
	hash        uint32
	first, last uint32 // numbers of its records, plus one; 0 for a free slot
}

// buildIndex indexes the records of chunks that are of some types; of all without types.
func buildIndex(chunks []*chunk, types []Type) *index {
	ix := &index{chunks: chunks, types: types, seed: maphash.MakeSeed(), firsts: make([]uint32, len(chunks)+1)}
	ix.holds = make(map[*chunk]bool, len(chunks))
	for i, c := range chunks {
		ix.holds[c] = true
		ix.firsts[i+1] = ix.firsts[i] + uint32(len(c.entries))
	}
	ix.next = make([]uint32, ix.firsts[len(chunks)])
	ix.near = nearest(ix.firsts)
	ix.below = sync.OnceValue(func() *aboves { return countBelow(chunks, ix.seed) })
	ix.slots = make([]slot, ix.size())
	ix.dnames = map[uint64]bool{}
	b := indexer{index: ix}
	for ci, c := range chunks {
		if c.mayHave(types) {
			b.addChunk(ci, c)
		}
	}
	ix.cuts = newMarks(b.cutting)
	return ix
}

// size is how many slots are enough.
func (ix *index) size() int {
	names, size := len(ix.chunks), 16
	for _, c := range ix.chunks {
		if ix.types == nil {
			names += c.owners
			continue
		}
		if !c.mayHave(ix.types) {
			continue
		}
		for i := range c.entries {
			if c.entries[i].isOf(ix.types) {
				names++
			}
		}
	}
	for size < names*3/2 {
		size *= 2
	}
	return size
}

// nearest finds, for every stride of numbers, the chunk of the first.
func nearest(firsts []uint32) []int32 {
	all := firsts[len(firsts)-1]
	near := make([]int32, all/stride+1)
	chunk := int32(0)
	for i := range near {
		for int(chunk)+2 < len(firsts) && firsts[chunk+1] <= uint32(i*stride) {
			chunk++
		}
		near[i] = chunk
	}
	return near
}

// marks is a set of hashes in few bits. Its no is sure; its yes is wrong for at most one hash in sixteen or so.
type marks []uint64

// newMarks makes a set.
func newMarks(hashes []uint64) marks {
	words := 1
	for 64*words < 16*len(hashes) {
		words *= 2
	}
	m := make(marks, words)
	for _, h := range hashes {
		m[h>>6&uint64(words-1)] |= 1 << (h & 63)
	}
	return m
}

// has tells whether a hash may be in the set.
func (m marks) has(hash uint64) bool { return m[hash>>6&uint64(len(m)-1)]&(1<<(hash&63)) != 0 }

// indexer is an index while it is built.
type indexer struct {
	*index
	buf     [maxName + 1]byte
	runs    []run
	cutting []uint64 // hashes of the owners of NS records
	touched uint32   // keeps the compiler from leaving the touching out
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
		cuts := false
		for i := r.from; i < r.to; i++ {
			if e := &c.entries[i]; e.isOf(b.types) {
				b.add(s, b.firsts[ci]+uint32(i)+1)
				cuts = cuts || e.typ == TypeNS
				if e.typ == TypeDNAME {
					b.dnames[r.hash] = true
				}
			}
		}
		if cuts {
			b.cutting = append(b.cutting, r.hash)
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
		if !c.entries[i].isOf(b.types) {
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
	chunk := ix.near[number/stride]
	for ix.firsts[chunk+1] <= number {
		chunk++
	}
	return place{chunk, int32(number - ix.firsts[chunk])}
}

// hashOf is the hash of a name.
func (ix *index) hashOf(n Name) uint64 { return maphash.String(ix.seed, string(n)) }

// lookup is the number, plus one, of the first record with a hash; 0 if there is none. It changes nothing,
// so that versions may ask at once.
func (ix *index) lookup(hash uint64) uint32 { return ix.slots[ix.probe(hash)].first }

// each calls f with the places of a name's records, in the order of the chunks, until f returns false.
func (ix *index) each(n Name, f func(place) bool) {
	ix.follow(ix.lookup(ix.hashOf(n)), n, func(p place, is bool) bool { return !is || f(p) })
}

// follow calls f with every place from a number, plus one, on, and tells whether it is the name's. Records
// that inherit their owner from one line are compared once.
func (ix *index) follow(number uint32, n Name, f func(p place, is bool) bool) {
	last, from, is := int32(-1), uint16(0), false
	for ; number != 0; number = ix.next[number-1] {
		p := ix.place(number - 1)
		c := ix.chunks[p.chunk]
		if in := c.inherited[p.entry].from; p.chunk != last || in != from {
			last, from, is = p.chunk, in, c.isOwner(int(p.entry), n)
		}
		if !f(p, is) {
			return
		}
	}
}

// countBelow counts, for every name that is not an owner's own, how many owner runs are below it. Owners that stand
// together share the names above them, so they are counted together, and added to the others once.
func countBelow(chunks []*chunk, seed maphash.Seed) *aboves {
	b := &aboves{seed: seed, slots: make([]aboveSlot, 16)}
	b.within = func(p place, n Name) bool { return chunks[p.chunk].ownerWithin(int(p.entry), n) }
	for ci, c := range chunks {
		from := -1
		for i := range c.entries {
			if c.entries[i].kind == kindRecord && int(c.inherited[i].from) != from {
				from = int(c.inherited[i].from)
				b.count(c, place{int32(ci), int32(i)})
			}
		}
	}
	b.leave(0)
	b.line = nil
	return b
}

// count counts the owner of an entry of a chunk.
func (b *aboves) count(c *chunk, at place) {
	var buf [maxName]byte
	parent, i := Name(""), int(at.entry)
	if from := int(c.inherited[i].from); from != fromState && c.entries[from].flags&oddOwner == 0 {
		name, ok := appendPlain(buf[:0], c.ownerText(from), c.origin(from))
		if ok && bytes.IndexByte(name, '\\') < 0 { // the origin may hold an escaped dot
			up := name[bytes.IndexByte(name, '.')+1:]
			for k := len(b.line) - 1; k >= 0 && len(b.line[k].name) >= len(up); k-- {
				if string(up) == string(b.line[k].name) { // nearly all
					b.leave(k + 1)
					b.line[k].count++
					return
				}
			}
			parent = Name(up)
		}
	}
	if parent == "" {
		parent = c.owner(i).Parent()
	}
	b.enter(above{parent, at, 1})
}

// isOwner tells whether a name is the owner of entry i, for most without making the name.
func (c *chunk) isOwner(i int, n Name) bool {
	if from := int(c.inherited[i].from); from != fromState && c.entries[from].flags&oddOwner == 0 {
		var buf [maxName]byte
		if name, ok := appendPlain(buf[:0], c.ownerText(from), c.origin(from)); ok {
			return string(name) == string(n)
		}
	}
	return c.owner(i) == n
}

// ownerWithin tells whether the owner of entry i is a name or below it, for most without making the owner.
func (c *chunk) ownerWithin(i int, n Name) bool {
	from := int(c.inherited[i].from)
	if from == fromState || c.entries[from].flags&oddOwner != 0 {
		return c.owner(i).Within(n)
	}
	var buf [maxName]byte
	name, ok := appendPlain(buf[:0], c.ownerText(from), c.origin(from))
	if !ok || bytes.IndexByte(name, '\\') >= 0 { // the origin may hold an escaped dot
		return c.owner(i).Within(n)
	}
	cut := len(name) - len(n)
	return n == Root || cut >= 0 && string(name[cut:]) == string(n) && (cut == 0 || name[cut-1] == '.')
}
