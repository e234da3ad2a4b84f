package zonefile

import (
	"bytes"
	"sort"
)

// Places for people, in lines and columns. The line ends of a text are found once, when somebody first asks
// about a place in it: then a place costs a search by halving, and a file full of findings one pass.

// Position is a place for people: both count from 1, the column in bytes.
type Position struct{ Line, Column int }

// newlines is the offsets of the text's LFs.
func (t *text) newlines() []uint32 {
	t.endsOnce.Do(func() {
		t.ends = make([]uint32, 0, t.lines)
		for at := 0; ; {
			i := bytes.IndexByte(t.src[at:], '\n')
			if i < 0 {
				return
			}
			t.ends = append(t.ends, uint32(at+i))
			at += i + 1
		}
	})
	return t.ends
}

// Position of a byte offset. Lines end at LF, as in BIND's messages.
func (f *File) Position(off uint32) Position { return new(Positions).Of(f, off) }

// Positions finds positions one after the other. Where the next stands close behind the last, it is found from there.
type Positions struct {
	file  *File
	chunk int
	ends  []uint32 // of the chunk
	n     int      // how many of them stand before the last place
}

// Of is the position of an offset of a file.
func (p *Positions) Of(f *File, off uint32) Position {
	if len(f.chunks) == 0 {
		return Position{1, 1}
	}
	off = min(off, uint32(f.Size()))
	if p.file != f || off < f.starts[p.chunk] || off >= f.starts[p.chunk+1] {
		p.file, p.chunk, p.n = f, f.chunkAt(off), 0
		p.ends = f.chunks[p.chunk].newlines()
	}
	p.find(off - f.starts[p.chunk])
	start := f.begun[p.chunk]
	if p.n > 0 {
		start = f.starts[p.chunk] + p.ends[p.n-1] + 1
	}
	return Position{int(f.lines[p.chunk]) + p.n + 1, int(off-start) + 1}
}

// closeBy is how many lines are gone through, either way, before a place is looked for by halving.
const closeBy = 8

// find finds how many line ends stand before a place in the chunk.
func (p *Positions) find(at uint32) {
	lo, hi := max(p.n-closeBy, 0), min(p.n+closeBy, len(p.ends))
	if lo > 0 && p.ends[lo-1] >= at {
		lo, hi = 0, lo
	} else if hi < len(p.ends) && p.ends[hi] < at {
		lo, hi = hi, len(p.ends)
	}
	for lo < hi { // those before lo stand before the place, those from hi on do not
		if mid := (lo + hi) / 2; p.ends[mid] < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	p.n = lo
}

// Line is the span of line number n, counted from 1, without its LF; empty beyond the end.
func (f *File) Line(n int) Span {
	if n < 1 || n > f.Lines() {
		return Span{uint32(f.Size()), uint32(f.Size())}
	}
	start := uint32(0)
	if n > 1 {
		start = f.newline(n-1) + 1
	}
	if n-1 < int(f.lines[len(f.chunks)]) {
		return Span{start, f.newline(n)}
	}
	return Span{start, uint32(f.Size())}
}

// Lines is the number of lines; a last one without LF counts.
func (f *File) Lines() int {
	n := int(f.lines[len(f.chunks)])
	if last := len(f.chunks) - 1; last >= 0 {
		if src := f.chunks[last].src; src[len(src)-1] != '\n' {
			n++
		}
	}
	return n
}

// newline is the offset of the n-th LF, counted from 1; there must be one.
func (f *File) newline(n int) uint32 {
	i := sort.Search(len(f.chunks), func(i int) bool { return int(f.lines[i+1]) >= n })
	return f.starts[i] + f.chunks[i].newlines()[n-int(f.lines[i])-1]
}
