package zonefile

// The model: a zone is files of chunks and an index over them. It never changes, so whoever has one needs no lock.

import (
	"io"
	"iter"
	"sync"
	"sync/atomic"
)

// Options say how a zone is read.
type Options struct {
	// Origin is the name that relative names are relative to at the start of the file. Without one, a
	// file must state its own by $ORIGIN or absolute names.
	Origin Name
	// Open reads the file that an $INCLUDE names and returns the name it stands for; from is the file
	// that includes it. Without Open an $INCLUDE stays a row that was not read.
	Open func(path string, from *File) (name string, src []byte, err error)
}

// Zone is a zone in one or more files. It never changes: Apply returns another that shares what it can.
type Zone struct {
	opt   Options
	root  *File
	apex  Name
	soa   Record
	reads map[string]*read // what Options.Open gave, by includer and path

	older    *index // the index of an older version, to start from; nil if there was none
	viewOnce sync.Once
	seen     atomic.Pointer[view] // see seen.go
	families sync.Map             // of kinship to *family: see siblings.go

	crowds crowds

	after atomic.Value // the version that was made of it last: see Apply

	makersOnce sync.Once
	makers     map[*File]Record // see MadeBy

	commentedOnce sync.Once
	commented     map[Name][]Record // of rows: see CommentedOut
}

// crowds is the crowds of a version, as they are met.
type crowds struct {
	some  atomic.Bool
	names sync.Map // Name to *crowd
}

// read is a file that was read once and stays as it was.
type read struct {
	name  string
	texts []*text
	err   error
}

// Origin is the name of the zone: the owner of its SOA, or of a fragment the origin it was opened with.
// It is "" where neither is known.
func (z *Zone) Origin() Name { return z.apex }

// Name is the name that the zone is known by: the one that it was opened with, else its origin. Where the SOA belongs to
// another, as under an $ORIGIN without its last dot, named does not load the zone (BIND: "not at top of zone").
func (z *Zone) Name() Name {
	if z.opt.Origin == "" || z.opt.Origin == Root {
		return z.apex
	}
	return z.opt.Origin
}

// SOA is the zone's start of authority; false for a fragment, which has no serial to raise.
func (z *Zone) SOA() (Record, bool) { return z.soa, z.soa.z != nil }

// Root is the zone file itself.
func (z *Zone) Root() *File { return z.root }

// Files yields the zone file and all it includes, each before what it includes.
func (z *Zone) Files() iter.Seq[*File] {
	return func(yield func(*File) bool) { z.root.walk(yield) }
}

// allFiles is Files with the files that stand for a $GENERATE.
func (z *Zone) allFiles() iter.Seq[*File] {
	return func(yield func(*File) bool) { z.root.walkAll(yield) }
}

// walkAll yields f and what stands below its directives.
func (f *File) walkAll(yield func(*File) bool) bool {
	if !yield(f) {
		return false
	}
	for _, c := range f.chunks {
		if c.included != nil && !c.included.walkAll(yield) {
			return false
		}
	}
	return true
}

// walk yields f and what it includes.
func (f *File) walk(yield func(*File) bool) bool {
	if f.made {
		return true
	}
	if !yield(f) {
		return false
	}
	for _, c := range f.chunks {
		if c.included != nil && !c.included.walk(yield) {
			return false
		}
	}
	return true
}

// File finds a file of this version by its name; nil if there is none. A file that is included twice is
// found once.
func (z *Zone) File(name string) *File {
	for f := range z.Files() {
		if f.name == name {
			return f
		}
	}
	return nil
}

// WriteTo writes the zone file itself, without what it includes.
func (z *Zone) WriteTo(w io.Writer) (n int64, err error) {
	for _, c := range z.root.chunks {
		m, err := w.Write(c.src)
		if n += int64(m); err != nil {
			return n, err
		}
	}
	return n, nil
}
