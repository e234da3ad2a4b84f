package ui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
)

// From wherever one starts, ] comes by every problem once, in the order of the file, and [ by the same ones backwards; the cursor is at
// the problem each time, in a list that shows it.
func TestNextProblemComesByAll(t *testing.T) {
	for seed := range uint64(10) {
		rnd := rand.New(rand.NewPCG(seed, 21))
		t.Chdir(t.TempDir())
		u := newUser(t, "", (&zoneMaker{rnd, seed%2 == 0, map[string]bool{}}).zone())
		all := u.app.doc.Findings.Serious()
		order := slices.Clone(all)
		slices.SortStableFunc(order, func(a, b *lint.Diagnostic) int { return int(a.Span.Start) - int(b.Span.Start) })
		u.types([]string{"home", "home j j enter", "1", "2 j", "3 G"}[rnd.IntN(5)])
		var seen []*lint.Diagnostic
		for range order {
			u.types("]")
			seen = append(seen, u.app.stop.problem)
			if err := atProblem(u.app, u.app.stop.problem); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
		}
		first := slices.Index(order, seen[0])
		if want := append(slices.Clone(order[first:]), order[:first]...); !slices.Equal(seen, want) {
			t.Errorf("seed %d: ] comes by %v, not %v", seed, seen, want)
		}
		for i := len(seen) - 2; i >= 0; i-- {
			if u.types("["); u.app.stop.problem != seen[i] {
				t.Errorf("seed %d: [ does not go back to problem %d", seed, i)
			}
		}
	}
}

// atProblem is how the panes are not at a problem.
func atProblem(a *app, d *lint.Diagnostic) error {
	switch a.focused {
	case paneRecords:
		if r := a.records.row().row(); r.IsZero() || r != a.doc.Row(document.At(d.File.Name(), d.Span.Start)) {
			return fmt.Errorf("%s: the records are at %q", d, r.Text())
		}
		if rows := a.names.rows(); rows[a.names.list.Cursor].Name != a.name {
			return fmt.Errorf("%s: the names are at %s", d, rows[a.names.list.Cursor].Name)
		}
	case paneProblems:
		if !slices.Contains(a.problems.at().list, d) {
			return fmt.Errorf("%s: the problems are elsewhere", d)
		}
	case paneSource:
		if line := d.Position().Line; a.source.here() != line {
			return fmt.Errorf("%s: the source is at line %d", d, a.source.here())
		}
	default:
		return fmt.Errorf("%s: no pane that shows it has the keys", d)
	}
	return nil
}

// Going on from one problem to the next finds the one that stands beside the cursor, whatever happened meanwhile.
func TestNextProblemAfterAnEdit(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	u.types("home")
	for range 6 {
		u.types("]")
	}
	next := u.app.stop.problem
	u.types("[ d ]")
	if d := u.app.stop.problem; d.Message != next.Message {
		t.Errorf("after the record before it was deleted the next problem is %s, not %s", d, next)
	}
}
