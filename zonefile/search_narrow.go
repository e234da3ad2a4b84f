package zonefile

// A search in one chunk: which entries are looked at, those that a shorter text has found, in groups that may have what is looked for,
// and which have it.

import (
	"iter"
	"math/bits"
	"slices"
)

// hunt goes through chunks for one search.
type hunt struct {
	looker
	found []uint64 // a bit for each entry
	may   []uint64 // a bit for each entry that may have the text; nil for all
	odd   []uint64 // a bit for each entry that is looked at anyway: see oddRows
	parts []Span   // the bytes of those that may have it
	read  int      // how many bytes of the chunk those are
	room  []uint64 // for may
	names []byte   // the last origin, folded
}

// newHunt starts a search.
func newHunt(s *Search) *hunt { return &hunt{looker: looker{Search: s}} }

func (h *hunt) mark(i int)        { h.found[i/64] |= 1 << (i % 64) }
func (h *hunt) marked(i int) bool { return h.found[i/64]>>(i%64)&1 == 1 }

// none is a bit for each entry of the chunk, none of them set, in the room of others.
func (h *hunt) none(bits []uint64) []uint64 {
	bits = slices.Grow(bits[:0], (len(h.chunk().entries)+63)/64)[:(len(h.chunk().entries)+63)/64]
	clear(bits)
	return bits
}

// nothingFound is the list of a chunk that has nothing.
var nothingFound = []uint16{}

// list is the entries that are marked.
func (h *hunt) list() []uint16 {
	n := 0
	for _, word := range h.found {
		n += bits.OnesCount64(word)
	}
	if n == 0 {
		return nothingFound
	}
	out := make([]uint16, 0, n)
	for at, word := range h.found {
		for ; word != 0; word &= word - 1 {
			out = append(out, uint16(at*64+bits.TrailingZeros64(word)))
		}
	}
	return out
}

// narrow lets only those entries be looked at that may have the text: in groups that the index tells, and of those some, or nil for all.
func (h *hunt) narrow(among []uint16) {
	c, groups := h.chunk(), everyGroup
	ix := c.indexBelow(h.row.r.z.apex)
	if ix != nil {
		groups = ix.mayFind(h.Search)
	}
	if h.letAll(); among == nil && groups == everyGroup {
		return
	}
	h.room = h.none(h.room)
	h.may, h.parts = h.room, h.parts[:0]
	for from, to := range c.runs(ix, groups) {
		if among == nil || len(among) > len(c.entries)/2 { // what lies between them costs less than to leave it out
			h.parts = append(h.parts, c.spanOf(from, to))
		}
		if among == nil {
			h.let(from, to)
			continue
		}
		first, _ := slices.BinarySearch(among, uint16(from))
		for _, i := range among[first:] {
			if int(i) >= to {
				break
			}
			h.may[i/64] |= 1 << (i % 64)
			if len(among) <= len(c.entries)/2 {
				h.join(c.spanOf(int(i), int(i)+1))
			}
		}
	}
}

// letAll lets all entries be looked at.
func (h *hunt) letAll() {
	h.may, h.parts = nil, append(h.parts[:0], Span{0, uint32(len(h.chunk().src))})
}

// let lets entries from one to another be looked at.
func (h *hunt) let(from, to int) {
	for at := from / 64; at*64 < to; at++ {
		word := everyGroup
		if at*64 < from {
			word <<= from % 64
		}
		if to < at*64+64 {
			word &= 1<<(to%64) - 1
		}
		h.may[at] |= word
	}
}

// join adds bytes to those that are looked at, behind them.
func (h *hunt) join(s Span) {
	if n := len(h.parts); n > 0 && h.parts[n-1].End == s.Start {
		h.parts[n-1].End = s.End
		return
	}
	h.parts = append(h.parts, s)
}

// spanOf is the bytes of entries from one to another.
func (c *chunk) spanOf(from, to int) Span { return Span{c.entries[from].start, uint32(c.end(to - 1))} }

// left yields the entries of which it is not known yet whether they have the text.
func (h *hunt) left() iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := range h.found {
			word := ^(h.found[at] | h.odd[at])
			if h.may != nil {
				word &= h.may[at]
			}
			for ; word != 0; word &= word - 1 {
				if i := at*64 + bits.TrailingZeros64(word); i >= len(h.chunk().entries) || !yield(i) {
					return
				}
			}
		}
	}
}

// mayHave tells whether an entry may have the text.
func (h *hunt) mayHave(i int) bool { return h.may == nil || h.may[i/64]>>(i%64)&1 == 1 }

// keep takes away all that may not have the text.
func (h *hunt) keep() {
	for i := range h.may {
		h.found[i] &= h.may[i]
	}
}
