package ui

// Law 2 of the screen: a free row belongs to the sentence above it; and no pane has rows that it does not need beside one that
// is cut. Both on random zones, at random sizes.

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

// rowRuns is how many random zones are drawn.
const rowRuns = 40

// resized is the screen at another size.
func (u *user) resized(w, h int) {
	u.width, u.height = w, h
	u.send(tea.WindowSizeMsg{Width: w, Height: h})
	u.app.View()
}

// randomUser is a user of a random zone.
func randomUser(t *testing.T, seed uint64) (*user, *zoneMaker) {
	m := &zoneMaker{rand.New(rand.NewPCG(seed, 5)), false, map[string]bool{}}
	t.Chdir(t.TempDir())
	return newUser(t, "", m.zone()), m
}

// Nothing that is said is cut while its pane has a row left, whether it has the keys or not.
func TestFreeRowsBelongToSentences(t *testing.T) {
	drawn := 0
	for seed := range uint64(rowRuns) {
		u, m := randomUser(t, seed)
		for range 12 {
			u.resized(40+m.IntN(161), 10+m.IntN(50))
			u.types([]string{"1", "2", "1 tab tab", "2 tab", "home j j"}[m.IntN(5)] + strings.Repeat(" j", m.IntN(4)))
			for _, name := range []string{"names", "records", "lower", "right", "corner"} {
				at, err := u.app.region(name)
				if err != nil || u.showsSource(at) { // the file's own lines are scrolled
					continue
				}
				drawn++
				if line := cutAboveFree(u.lines()[at.Y:at.Y+at.H], at); line != "" {
					t.Fatalf("seed %d, %dx%d, %s has rows left, and cuts %q:\n%s", seed, u.width, u.height, name, line, u.screen())
				}
			}
		}
	}
	if drawn < rowRuns*12 {
		t.Errorf("only %d panes were looked at", drawn)
	}
}

// Why a pane has no row is whole at every size, in every pane.
func TestWhyNothingIsShownIsWhole(t *testing.T) {
	for seed := range uint64(rowRuns) {
		u, m := randomUser(t, seed)
		u.resized(40+m.IntN(41), 10+m.IntN(15))
		for _, to := range []string{"1", "2", "3", "tab", "tab"} {
			u.types(to + ` & "zzzz" enter`)
			at := u.app.where(u.app.layout(), u.app.focused)
			if line := cutAboveFree(u.lines()[at.Y:at.Y+at.H], at); line != "" || at.H == 0 {
				t.Fatalf("seed %d, %dx%d, after %s it says %q:\n%s", seed, u.width, u.height, to, line, u.screen())
			}
		}
	}
}

// showsSource tells whether a part of the screen shows the file.
func (u *user) showsSource(at draw.Rect) bool {
	source := u.app.where(u.app.layout(), paneSource)
	return source.H > 0 && source.X == at.X && source.Y >= at.Y && source.Y < at.Y+at.H
}

// cutEnd is what a text ends with that is cut; a name that is too long for its column has lost its middle.
var cutEnd = regexp.MustCompile(`…( |$)`)

// cutAboveFree is a line that is cut in a part of a pane whose last row is empty; a rule across the pane ends a part.
func cutAboveFree(lines []string, at draw.Rect) string {
	cut, last := "", ""
	for _, l := range lines {
		text := strings.TrimRight(ansi.Cut(l, at.X, at.X+at.W), " ")
		if strings.HasPrefix(text, "────────") {
			if last == "" && cut != "" {
				return cut
			}
			cut = ""
		}
		if last = text; cutEnd.MatchString(text) {
			cut = text
		}
	}
	if last != "" {
		return ""
	}
	return cut
}

// fill is what a pane has of the rows that it could fill: some are free, or it is cut.
type fill struct{ has, could int }

func (f fill) free() int { return max(f.has-f.could, 0) }
func (f fill) cut() bool { return f.could > f.has }

// worst is the fill of panes that have the same rows: the fullest.
func worst(fills ...fill) fill {
	out := fills[0]
	for _, f := range fills {
		out.could = max(out.could, f.could)
	}
	return out
}

// The border between two panes stands where neither is cut while the other has rows to spare, for every name of the zone; and it
// does not move with the cursor.
func TestBordersMove(t *testing.T) {
	moved := map[int]bool{}
	for seed := range uint64(rowRuns) {
		u, m := randomUser(t, seed)
		for range 6 {
			u.resized(80+m.IntN(121), 20+m.IntN(50))
			l := u.app.layout()
			moved[l.Names.H] = true
			records, delivery := fill{has: l.Records.H}, fill{}
			for _, r := range u.app.doc.Findings.Names {
				u.app.choose(r.Name)
				u.app.View()
				if now := u.app.layout(); now != l {
					t.Fatalf("seed %d, %dx%d: the panes move with the cursor", seed, u.width, u.height)
				}
				slot := l.Lower
				if l.Columns() == 3 {
					slot = l.Right
				}
				records.could = max(records.could, len(u.app.records.rows)+1)
				delivery = worst(fill{slot.Body.H, len(u.app.deliveryRows(u.app.delivery.route(), slot.Body.W, 1000))}, delivery)
			}
			upper := worst(records, fill{l.Names.H, len(u.app.names.rows()) + 1})
			where := fmt.Sprintf("seed %d, %dx%d", seed, u.width, u.height)
			if l.Columns() == 3 {
				checkBorder(t, where+", at the right", delivery, u.problemsIn(l.Corner), 4, draw.LeastLower)
				checkBorder(t, where, upper, fill{l.Lower.Body.H, u.app.doc.Zone().Root().Lines()}, 4, draw.LeastLower)
				continue
			}
			problems := l.Lower
			if l.Columns() == 2 {
				problems = l.Right
			}
			checkBorder(t, where, upper, worst(delivery, u.problemsIn(problems)), 4, draw.LeastLower)
		}
	}
	if len(moved) < 10 {
		t.Errorf("the border stood in %d places only", len(moved))
	}
}

// problemsIn is how full the problems are.
func (u *user) problemsIn(s draw.Slot) fill {
	return fill{s.Body.H, u.app.problems.lines(u.app.doc.Findings, s.Body.W, 1000)}
}

// checkBorder looks at a border between an upper part and a lower one, which keep at least so many rows.
func checkBorder(t *testing.T, where string, upper, lower fill, leastUpper, leastLower int) {
	t.Helper()
	if upper.free() > 0 && lower.cut() && upper.has > leastUpper {
		t.Errorf("%s: the upper part has %d rows of which %d are free, the lower one lacks %d", where, upper.has, upper.free(), lower.could-lower.has)
	}
	if lower.free() > 0 && upper.cut() && lower.has > leastLower {
		t.Errorf("%s: the lower part has %d rows of which %d are free, the upper one lacks %d", where, lower.has, lower.free(), upper.could-upper.has)
	}
}
