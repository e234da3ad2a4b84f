package zonefile

import (
	"slices"
	"sort"
)

// Where an offset stands after edits, and whether they change what is there.

// Offsets is where offsets stand after edits. An offset inside a replaced span goes to the start of what replaced it; one at
// an insertion stays behind it. To ask costs a halving of the edits of the file, however many they are.
type Offsets struct{ files map[*File]arranged }

// OffsetsAfter is Offsets after edits that do not overlap.
func OffsetsAfter(edits []Edit) Offsets {
	of := map[*File][]Edit{}
	for _, e := range edits {
		of[e.File] = append(of[e.File], e)
	}
	o := Offsets{make(map[*File]arranged, len(of))}
	for f, list := range of {
		o.files[f] = arrange(list)
	}
	return o
}

// Shift is where an offset of a file stands now.
func (o Offsets) Shift(f *File, off uint32) uint32 {
	if a, edited := o.files[f]; edited {
		return a.shift(off)
	}
	return off
}

// Changed tells whether an edit changes bytes of a span of a file, or inserts some inside it.
func (o Offsets) Changed(f *File, s Span) bool {
	a, edited := o.files[f]
	return edited && a.overlap(s)
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

// shift is where an offset stands after the edits, as Offsets has it.
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
