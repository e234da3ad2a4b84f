package ui

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// The rows that are found without being kept are those that a list of them all has, folded, unfolded and narrowed.
func TestProblemRows(t *testing.T) {
	z := zonefile.Parse("z", []byte("@ SOA ns1 h 1 1h 1h 1w 1h\n"), zonefile.Options{Origin: "example.com."})
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 11))
		rule := &lint.Rule{Name: "some"}
		var list []*lint.Diagnostic
		var begins []int32
		opened := map[problemKind]bool{}
		for k := range r.IntN(12) {
			begins = append(begins, int32(len(list)))
			for range 1 + r.IntN(4) {
				list = append(list, &lint.Diagnostic{Zone: z, File: z.Root(), Rule: rule, Message: itoa(k), Severity: lint.Error - lint.Severity(k/6)})
			}
			opened[problemKind{rule, itoa(k)}] = r.IntN(2) == 0
		}
		s := kindsOf(list, begins)
		if r.IntN(2) == 0 {
			s.choose(func(*lint.Diagnostic) bool { return r.IntN(3) > 0 })
		}
		s.unfold(opened)

		row := 0
		next := func(first *lint.Diagnostic, n int, folds, open, inside bool) {
			got := s.row(row)
			if got.list[0] != first || len(got.list) != n || got.folds != folds || got.open != open || got.inside != inside {
				t.Fatalf("seed %d, row %d is %+v", seed, row, got)
			}
			row++
		}
		for i := 0; i < len(s.list); {
			n := 1
			for i+n < len(s.list) && s.list[i+n].Message == s.list[i].Message {
				n++
			}
			open := n > 1 && opened[keyOf(s.list[i], false)]
			next(s.list[i], n, n > 1, open, false)
			for _, d := range s.list[i : i+n] {
				if open {
					next(d, 1, false, false, true)
				}
			}
			i += n
		}
		if row != s.count() {
			t.Fatalf("seed %d: %d rows, want %d", seed, s.count(), row)
		}
	}
}

// A row of problems that are alike has the place of the first of them, however full and narrow the pane is.
func TestAlikeRowsSayWhose(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", twentyNames())
	u.types(`home * : "repoint aspmx.provider.example. nohost" enter`)
	p, rows := u.app.problems, 0
	s := p.shown()
	for width := 50; width <= 90; width += 5 {
		c := p.columns(s, width)
		for i := range s.count() {
			r := s.row(i)
			if !r.folds {
				continue
			}
			rows++
			if text := strings.Join(p.rowLines(r, c, 1, false), "\n"); !strings.Contains(text, lineOf(r.list[0])) {
				t.Errorf("%d columns: no place is told:\n%s", width, text)
			}
		}
	}
	if rows < 9 {
		t.Errorf("only %d rows", rows)
	}
}

// By rule each problem stands once, with those of its rule, the rules as their worst problems come.
func TestProblemsByRule(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", twentyNames())
	u.types(`home * : "repoint aspmx.provider.example. nohost" enter`)
	all := u.app.doc.Findings.Problems
	s := rulesOf(all)
	var rules []*lint.Rule
	seen := map[*lint.Diagnostic]bool{}
	for i := range s.count() {
		r := s.row(i)
		for _, d := range r.list {
			if seen[d] || d.Rule != r.list[0].Rule {
				t.Fatalf("row %d: %s is there twice, or with others", i, d)
			}
			seen[d] = true
		}
		rules = append(rules, r.list[0].Rule)
	}
	var want []*lint.Rule
	for _, d := range all {
		if !slices.Contains(want, d.Rule) {
			want = append(want, d.Rule)
		}
	}
	if len(seen) != len(all) || !slices.Equal(rules, want) {
		t.Errorf("%d problems of %d, rules in another order", len(seen), len(all))
	}
	for i := range s.list {
		if r := s.row(s.rowOf(i)); !slices.Contains(r.list, s.list[i]) {
			t.Errorf("problem %d is not in its row", i)
		}
	}
}
