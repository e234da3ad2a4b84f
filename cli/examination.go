package cli

// What is found in zones, on its way to who prints it: it is counted, and notes are left out for who wants none.

import (
	"iter"

	"github.com/mailzone/mailzone/lint"
)

// examination is what is found in zones, counted while it is printed.
type examination struct {
	found iter.Seq[*lint.Diagnostic]
	begin func() // called before the first is told, if there is one
	hide  bool   // notes are counted, and not told
	sum   summary
}

// told is what is to be printed.
func (x *examination) told() iter.Seq[*lint.Diagnostic] {
	return func(yield func(*lint.Diagnostic) bool) {
		for d := range x.found {
			if x.hide && d.Severity == lint.Info {
				x.sum.notes++
				continue
			}
			if x.begin != nil {
				x.begin()
				x.begin = nil
			}
			if x.sum.add(d); !yield(d) {
				return
			}
		}
	}
}
