package ui

// A review of a big change that is narrowed: beside the screen, and without losing the place.

import (
	"slices"
	"testing"
)

// The review of a change of a big zone is narrowed beside the screen: enter waits, esc leaves all rows, and what is shown in the end
// is what it shows of a small one.
func TestNarrowingABigReview(t *testing.T) {
	a := bigApp(t, liveWords+1)
	drain(a, a.Init())
	l := &later{a: a}
	for _, keys := range []string{`home *`, `: "ttl 2h" enter`, `w`, `& "n777"`} {
		l.press(t, keys)
		l.comes(false)
	}
	d := a.dialogs[0].(*reviewDialog)
	if d.report == nil || d.report.lines <= liveWords || d.page.only != "" {
		t.Fatalf("a review of so many lines is narrowed while one types:\n%s", a.View())
	}
	gate := make(chan struct{})
	a.held = func() { <-gate }
	before := d.page.rows[0].n
	l.press(t, `enter`)
	if _, waits := a.top().(*waitDialog); !waits {
		t.Fatalf("enter does not wait:\n%s", a.View())
	}
	l.press(t, `esc`)
	close(gate)
	l.comes(false)
	if a.top() != dialog(d) || d.page.only != "" || d.page.rows[0].n != before {
		t.Fatalf("after esc the review is another:\n%s", a.View())
	}
	a.held = nil
	l.press(t, `& "n777" enter`)
	l.comes(false)
	shown := func() (all []string) {
		for i := range d.page.rows[0].n {
			all = append(all, d.page.rows[0].at(i).text())
		}
		return all
	}
	got := shown()
	d.page.beside, d.page.made = lagging[rowsMade, narrowedRows]{}, rowsMade{}
	a.View()
	if !d.page.late || d.page.rows[0].n != reviewParts+1 {
		t.Errorf("so many rows are looked through on the spot:\n%s", a.View())
	}
	l.resize(a.width, a.height)
	l.comes(false)
	if want := shown(); d.page.only != "n777" || len(got) <= reviewParts || len(got) > 100 || !slices.Equal(got, want) {
		t.Errorf("%q is shown, not %q", got, want)
	}
}

// Who narrowed a review keeps the place when the window gets another size, and when something is known later: what was found is
// in sight until the same is found again.
func TestNarrowedReviewKeepsThePlace(t *testing.T) {
	a := bigApp(t, liveWords+1)
	drain(a, a.Init())
	l := &later{a: a}
	for _, keys := range []string{`home *`, `: "ttl 2h" enter`, `w`, `& "n777" enter`} {
		l.press(t, keys)
		l.comes(false)
	}
	d := a.top().(*reviewDialog)
	for _, keys := range []string{"j j", "j j j j j", "2 j", "3 j", "3 j j j"} {
		l.press(t, keys)
		at := d.page.under(d.page.column)
		for _, size := range [][2]int{{81, 24}, {120, 40}, {60, 15}, {40, 10}, {200, 50}, {80, 24}} {
			l.resize(size[0], size[1])
			now := d.page.under(d.page.column)
			l.comes(false)
			for _, is := range []stood{now, d.page.under(d.page.column)} {
				if is.on.part != at.on.part || is.on.head != at.on.head || is.on.whole() != at.on.whole() {
					t.Fatalf("%s: the cursor was on %q, at %v it is on %q:\n%s", keys, at.on.whole(), size, is.on.whole(), a.View())
				}
			}
			if d.page.late || d.page.only != "n777" {
				t.Fatalf("at %v other rows are shown:\n%s", size, a.View())
			}
		}
		before := d.page.rows
		d.page.made.busy = !d.page.made.busy // as if a verdict had come
		if a.View(); d.page.rows[0].n != before[0].n || d.page.under(d.page.column).on.whole() != at.on.whole() {
			t.Fatalf("a verdict moves the cursor:\n%s", a.View())
		}
	}
}
