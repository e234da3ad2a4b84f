package lint

// Lines are looked at in parts of files, so that of a file in which every line is wrong few findings are held at a time.

import (
	"iter"

	"github.com/mailzone/mailzone/zonefile"
)

// partSize is how many bytes of lines are looked at, at a time.
const partSize = 1 << 16

// part is some text of a file; the zero part stands for all text of the zone.
type part struct {
	file *zonefile.File
	span zonefile.Span
}

// parts cuts a span of a file into parts; an empty one is one part.
func parts(f *zonefile.File, s zonefile.Span) iter.Seq[part] {
	return func(yield func(part) bool) {
		for s.Len() > partSize {
			cut := s.Start + partSize
			if !yield(part{f, zonefile.Span{Start: s.Start, End: cut}}) {
				return
			}
			s.Start = cut
		}
		yield(part{f, s})
	}
}
