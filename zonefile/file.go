package zonefile

import "sort"

// Span is a half-open range of byte offsets in one file.
type Span struct{ Start, End uint32 }

// Len is the number of bytes in the span.
func (s Span) Len() int { return int(s.End - s.Start) }

// File is one file of a zone: the zone file itself, or one that an $INCLUDE names. It belongs to the
// version of the zone that it came from and never changes.
type File struct {
	name   string
	chunks []*chunk
	starts []uint32 // offset of each chunk, then the size
	lines  []uint32 // newlines before each chunk, then all
	parent *File    // of the version that first read it: for the chain of names only
	reason string   // why it must not be edited; "" if it may
	made   bool     // written out from a $GENERATE: no file on disk
}

// newFile makes a file of linked chunks.
func newFile(name string, chunks []*chunk) *File {
	f := &File{name: name, chunks: chunks}
	f.starts = make([]uint32, len(chunks)+1)
	f.lines = make([]uint32, len(chunks)+1)
	for i, c := range chunks {
		f.starts[i+1] = f.starts[i] + uint32(len(c.src))
		f.lines[i+1] = f.lines[i] + uint32(c.text.lines)
	}
	return f
}

// Name is the name that the file was read under.
func (f *File) Name() string { return f.name }

// Size is the length of the file in bytes.
func (f *File) Size() int { return int(f.starts[len(f.chunks)]) }

// ReadOnly tells why the file must not be edited; "" if it may.
func (f *File) ReadOnly() string { return f.reason }

// Bytes is the whole text of the file, copied.
func (f *File) Bytes() []byte {
	b := make([]byte, 0, f.Size())
	for _, c := range f.chunks {
		b = append(b, c.src...)
	}
	return b
}

// chunkAt is the number of the chunk that holds offset off.
func (f *File) chunkAt(off uint32) int {
	i := sort.Search(len(f.chunks), func(i int) bool { return f.starts[i+1] > off })
	return min(i, max(len(f.chunks)-1, 0))
}

// Slice is the text of a span; it is not to be changed. A span outside the file is cut to it.
func (f *File) Slice(s Span) []byte {
	if len(f.chunks) == 0 || s.Start >= uint32(f.Size()) || s.End <= s.Start {
		return nil
	}
	s.End = min(s.End, uint32(f.Size()))
	i := f.chunkAt(s.Start)
	if c := f.chunks[i]; s.End <= f.starts[i+1] {
		return c.src[s.Start-f.starts[i] : s.End-f.starts[i]]
	}
	var out []byte
	for ; i < len(f.chunks) && f.starts[i] < s.End; i++ {
		from := max(s.Start, f.starts[i]) - f.starts[i]
		to := min(s.End, f.starts[i+1]) - f.starts[i]
		out = append(out, f.chunks[i].src[from:to]...)
	}
	return out
}

// Position is a place for people: both count from 1, the column in bytes.
type Position struct{ Line, Column int }

// Position of a byte offset. Lines end at LF, as in BIND's messages.
func (f *File) Position(off uint32) Position {
	if len(f.chunks) == 0 {
		return Position{1, 1}
	}
	off = min(off, uint32(f.Size()))
	i := f.chunkAt(off)
	src := f.chunks[i].src[:off-f.starts[i]]
	line, col := int(f.lines[i])+1, len(src)+1
	for j, b := range src {
		if b == '\n' {
			line, col = line+1, len(src)-j
		}
	}
	if line == int(f.lines[i])+1 {
		col += f.columnsBefore(i)
	}
	return Position{line, col}
}

// columnsBefore is how many bytes of the line that chunk i starts in stand in the chunks before it: none,
// but for lines that end in a lone CR or are broken over chunks.
func (f *File) columnsBefore(i int) (n int) {
	for i--; i >= 0; i-- {
		src := f.chunks[i].src
		for j := len(src) - 1; j >= 0; j-- {
			if src[j] == '\n' {
				return n + len(src) - 1 - j
			}
		}
		n += len(src)
	}
	return n
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
	left := n - int(f.lines[i])
	for j, b := range f.chunks[i].src {
		if b == '\n' {
			if left--; left == 0 {
				return f.starts[i] + uint32(j)
			}
		}
	}
	return uint32(f.Size())
}
