package document

// The problems of a version in the order of its files, so that one can go from each to the next and come by all of them, once. What
// was fixed and what came are no matter: a place in a file has a next one whatever the version.

import (
	"cmp"
	"slices"

	"github.com/mailzone/mailzone/lint"
)

// Stop is a problem on the way through the files.
type Stop struct {
	Problem *lint.Diagnostic // nil where there is none
	N, Of   int              // which one it is, from 1, and how many there are
}

// Beside is the problem next to one, or the one before it, going round. Where that one is none of the version, it is the first that
// begins at a place or behind it, or the last before it. Information does not count.
func (f Findings) Beside(from *lint.Diagnostic, at Spot, back bool) Stop {
	total := 0
	for _, list := range f.places {
		total += len(list)
	}
	if total == 0 {
		return Stop{}
	}
	n, is := f.before(from, at)
	switch {
	case back:
		n += total - 1
	case is:
		n++
	}
	s := f.stop(n % total)
	s.Of = total
	return s
}

// before is how many problems stand before one; where that is none of the version, before a place.
func (f Findings) before(of *lint.Diagnostic, at Spot) (n int, is bool) {
	if of != nil {
		at = Spot{of.File.Name(), of.Span.Start}
	}
	for _, name := range f.inOrder() {
		list := f.places[name]
		if name != at.File {
			n += len(list)
			continue
		}
		i, _ := slices.BinarySearchFunc(list, at.Off, func(p place, at uint32) int { return cmp.Compare(p.start, at) })
		for j := i; of != nil && j < len(list) && list[j].start == at.Off; j++ {
			if f.Problems[list[j].problem] == of {
				return n + j, true
			}
		}
		return n + i, false
	}
	return n, false
}

// stop is problem n in the order of the files, from 0.
func (f Findings) stop(n int) Stop {
	at := n
	for _, name := range f.inOrder() {
		if list := f.places[name]; at < len(list) {
			return Stop{Problem: f.Problems[list[at].problem], N: n + 1}
		}
		at -= len(f.places[name])
	}
	return Stop{}
}

// inOrder is the names of the files, each once: the zone file, and what it includes as it does.
func (f Findings) inOrder() (names []string) {
	for file := range f.Zone.Files() {
		if !slices.Contains(names, file.Name()) {
			names = append(names, file.Name())
		}
	}
	return names
}
