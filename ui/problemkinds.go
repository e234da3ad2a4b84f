package ui

// What is alike is said once: the rows of the problems, of which one may stand for many. None is kept, so that problems that are
// all different cost a key no more than ten do.

import (
	"slices"
	"sort"

	"github.com/mailzone/mailzone/lint"
)

// problemKind is what is the same of problems that are alike.
type problemKind struct {
	rule *lint.Rule
	said string
}

// keyOf is what is the same of problems that stand together: what they say, or only their rule.
func keyOf(d *lint.Diagnostic, byRule bool) problemKind {
	if byRule {
		return problemKind{rule: d.Rule}
	}
	return problemKind{d.Rule, d.OfEach()}
}

// key is what is the same of those that stand together with a problem.
func (s *shownProblems) key(d *lint.Diagnostic) problemKind { return keyOf(d, s.byRule) }

// problemRow is a row: a problem, or several that are alike.
type problemRow struct {
	list   []*lint.Diagnostic
	folds  bool // it stands for several
	open   bool // they stand below it
	inside bool // it is one of them
	byRule bool // of one rule, and not all alike
}

// shownProblems is the problems that are shown.
type shownProblems struct {
	byRule bool // those of one rule stand together
	list   []*lint.Diagnostic
	begins []int32      // where those of each kind begin
	open   []openedKind // of which each is shown, in their order
}

// openedKind is a kind, the row that stands for it, and how many rows stand below that.
type openedKind struct{ kind, row, below int }

// kindsOf is problems, the first ones of those of which it is known where each kind begins, and one row for each kind.
func kindsOf(list []*lint.Diagnostic, begins []int32) shownProblems {
	n, _ := slices.BinarySearch(begins, int32(len(list)))
	return shownProblems{list: list, begins: begins[:n]}
}

// rulesOf is problems with those of one rule together, the rules as their worst problems come.
func rulesOf(list []*lint.Diagnostic) shownProblems {
	s := shownProblems{byRule: true, list: make([]*lint.Diagnostic, len(list))}
	size := map[*lint.Rule]int32{}
	var rules []*lint.Rule
	for _, d := range list {
		if size[d.Rule]++; size[d.Rule] == 1 {
			rules = append(rules, d.Rule)
		}
	}
	next, from := map[*lint.Rule]int32{}, int32(0)
	for _, r := range rules {
		s.begins = append(s.begins, from)
		next[r], from = from, from+size[r]
	}
	for _, d := range list {
		s.list[next[d.Rule]] = d
		next[d.Rule]++
	}
	return s
}

// endOf is where those of a kind end.
func endOf(begins []int32, kind, all int) int {
	if kind+1 < len(begins) {
		return int(begins[kind+1])
	}
	return all
}

// choose leaves problems out.
func (s *shownProblems) choose(ok func(*lint.Diagnostic) bool) {
	var list []*lint.Diagnostic
	var begins []int32
	for k := range s.begins {
		from := len(list)
		for _, d := range s.kind(k) {
			if ok(d) {
				list = append(list, d)
			}
		}
		if len(list) > from {
			begins = append(begins, int32(from))
		}
	}
	s.list, s.begins = list, begins
}

// unfold shows each problem of some kinds.
func (s *shownProblems) unfold(opened map[problemKind]bool) {
	below := 0
	for k := range s.begins {
		if list := s.kind(k); len(list) > 1 && opened[s.key(list[0])] {
			s.open = append(s.open, openedKind{k, k + below, len(list)})
			below += len(list)
		}
	}
}

// kind is the problems of a kind.
func (s *shownProblems) kind(k int) []*lint.Diagnostic {
	return s.list[s.begins[k]:endOf(s.begins, k, len(s.list))]
}

// count is how many rows there are.
func (s *shownProblems) count() int {
	n := len(s.begins)
	for _, o := range s.open {
		n += o.below
	}
	return n
}

// row is a row.
func (s *shownProblems) row(i int) problemRow {
	kind := i
	for _, o := range s.open {
		switch {
		case i < o.row:
			return s.folded(kind)
		case i == o.row:
			return problemRow{list: s.kind(o.kind), folds: true, open: true, byRule: s.byRule}
		case i <= o.row+o.below:
			at := int(s.begins[o.kind]) + i - o.row - 1
			return problemRow{list: s.list[at : at+1], inside: true, byRule: s.byRule}
		}
		kind -= o.below
	}
	return s.folded(kind)
}

// rowOf is the row of a problem, by its number in the list: of one that is folded the row that stands for it.
func (s *shownProblems) rowOf(i int) int {
	kind := sort.Search(len(s.begins), func(k int) bool { return int(s.begins[k]) > i }) - 1
	row := kind
	for _, o := range s.open {
		switch {
		case o.kind < kind:
			row += o.below
		case o.kind == kind:
			return row + 1 + i - int(s.begins[kind])
		}
	}
	return row
}

// folded is the row of a kind of which not each is shown.
func (s *shownProblems) folded(kind int) problemRow {
	list := s.kind(kind)
	return problemRow{list: list, folds: len(list) > 1, byRule: s.byRule}
}

// firstInfo is the row at which information begins.
func (s *shownProblems) firstInfo() int {
	return sort.Search(s.count(), func(i int) bool { return s.row(i).list[0].Severity == lint.Info })
}
