package zonefile

import (
	"slices"
	"sort"
)

// Where an offset stands after edits, and whether they change what is there.

// Shift is where offset off of a file stands after edits to that file. An offset inside a replaced span
// goes to the start of what replaced it; one at an insertion stays behind it.
func Shift(edits []Edit, f *File, off uint32) uint32 {
	delta := 0
	for _, e := range edits {
		switch {
		case e.File != f:
		case e.End <= off:
			delta += len(e.New) - e.Len()
		case e.Start < off:
			delta += int(e.Start) - int(off)
		}
	}
	return uint32(int(off) + delta)
}

// arranged is edits of one file in order, so that thousands of them are asked about by halving.
type arranged struct {
	edits []Edit
	grown []int // how much longer the text is behind the first n
}

// arrange puts edits of one file in order. They do not overlap.
func arrange(edits []Edit) arranged {
	p := arranged{slices.Clone(edits), make([]int, len(edits)+1)}
	slices.SortStableFunc(p.edits, byPlace)
	for i, e := range p.edits {
		p.grown[i+1] = p.grown[i] + len(e.New) - e.Len()
	}
	return p
}

// upTo is how many edits end at an offset or before.
func (p arranged) upTo(off uint32) int {
	return sort.Search(len(p.edits), func(i int) bool { return p.edits[i].End > off })
}

// onwards is upTo for who goes on behind the first n edits, which end there or before: offset by offset, so that few are passed.
func (p arranged) onwards(n int, off uint32) int {
	for n < len(p.edits) && p.edits[n].End <= off {
		n++
	}
	return n
}

// shift is Shift.
func (p arranged) shift(off uint32) uint32 { return p.shiftBehind(p.upTo(off), off) }

// shiftBehind is shift where it is known how many edits end at the offset or before.
func (p arranged) shiftBehind(n int, off uint32) uint32 {
	to := int(off) + p.grown[n]
	if n < len(p.edits) && p.edits[n].Start < off {
		to -= int(off) - int(p.edits[n].Start)
	}
	return uint32(to)
}

// unshift is where an offset of the new text stood before: one in what an edit wrote, where that was written.
func (p arranged) unshift(off uint32) uint32 {
	n := sort.Search(len(p.edits), func(i int) bool { return int(p.edits[i].Start)+p.grown[i] > int(off) })
	was := int(off) - p.grown[n]
	if n > 0 && was < int(p.edits[n-1].End) {
		return p.edits[n-1].Start
	}
	return uint32(was)
}

// overlap tells whether an edit changes bytes of s, or inserts some inside it.
func (p arranged) overlap(s Span) bool { return p.overlapBehind(p.upTo(s.Start), s) }

// overlapBehind is overlap where it is known how many edits end at the start of s or before.
func (p arranged) overlapBehind(n int, s Span) bool {
	return n < len(p.edits) && p.edits[n].Start < s.End
}
