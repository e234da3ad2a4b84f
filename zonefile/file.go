package zonefile

// A file is its bytes, in chunks that versions share. Offsets lead to chunks by halving, so a place costs little in any
// file.

import (
	"sort"
)

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
	begun  []uint32 // offset at which the line starts that each chunk starts in
	parent *File    // of the version that first read it: for the chain of names only
	reason string   // why it must not be edited; "" if it may
	made   bool     // written out from a $GENERATE: no file on disk
}

// newFile makes a file of linked chunks.
func newFile(name string, chunks []*chunk) *File {
	f := &File{name: name, chunks: chunks}
	f.starts = make([]uint32, len(chunks)+1)
	f.lines = make([]uint32, len(chunks)+1)
	f.begun = make([]uint32, len(chunks)+1)
	for i, c := range chunks {
		f.starts[i+1] = f.starts[i] + uint32(len(c.src))
		f.lines[i+1] = f.lines[i] + uint32(c.text.lines)
		f.begun[i+1] = f.begun[i]
		if c.text.lines > 0 {
			f.begun[i+1] = f.starts[i] + uint32(c.text.lastLine)
		}
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
	out := make([]byte, 0, s.Len())
	for ; i < len(f.chunks) && f.starts[i] < s.End; i++ {
		from := max(s.Start, f.starts[i]) - f.starts[i]
		to := min(s.End, f.starts[i+1]) - f.starts[i]
		out = append(out, f.chunks[i].src[from:to]...)
	}
	return out
}
