package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// slowChecker is a named-checkzone that answers when the test lets it, and counts how often it is asked.
type slowChecker struct {
	asked int
	let   chan struct{}
	watch *server.Watch
	says  server.Opinion
}

func (c *slowChecker) ask(_ *zonefile.Zone, _ string, w *server.Watch) server.Opinion {
	c.asked++
	c.watch = w
	<-c.let
	if c.asked > 1 { // about the zone of before
		return server.Opinion{Asked: true}
	}
	c.says.Asked = true
	return c.says
}

// reviewing is an editor in which an edit is reviewed, and the command that asks named-checkzone.
func reviewing(t *testing.T, c *slowChecker) (*app, tea.Cmd) {
	t.Helper()
	a := hostingApp(t, 400)
	a.doc.Store.Opt.Named = c.ask
	for _, word := range splitKeys("j j tab +") {
		for _, k := range keysOf(t, word) {
			_, cmd := a.Update(k)
			drain(a, cmd)
		}
	}
	_, cmd := a.Update(runeKey('w'))
	batch, ok := cmd().(tea.BatchMsg)
	if !ok || len(batch) != 3 {
		t.Fatalf("not a comparison, a question and a bar: %T", cmd())
	}
	a.Update(batch[0]())
	return a, batch[1]
}

// While named-checkzone reads the zone the review is there, with a bar; nothing is saved before the answer, and one yes is
// enough.
func TestReviewBesideTheChecker(t *testing.T) {
	c := &slowChecker{let: make(chan struct{})}
	a, ask := reviewing(t, c)
	tells(t, a, "Review of 1 edit")
	tells(t, a, "NAMED asked, 0 s    1 text +2 -2")
	tells(t, a, "named-checkzone reads the zone  ░░░")
	close(c.let)
	drain(a, ask)
	tells(t, a, "NAMED ok    1 text +2 -2")
	if view := ansi.Strip(a.View()); strings.Contains(view, "░") || c.asked != 1 {
		t.Errorf("asked %d times:\n%s", c.asked, view)
	}
	_, cmd := a.Update(runeKey('w'))
	drain(a, cmd)
	if a.doc.Modified() {
		t.Error("it is not saved")
	}
}

// Who types ahead has the zone saved when named-checkzone has agreed, and not before; where it does not, a word has to be
// typed as always, and who goes back to editing has not agreed.
func TestAgreedBeforeTheChecker(t *testing.T) {
	for name, opinion := range map[string]server.Opinion{"OK": {Asked: true}, "refused": {Asked: true, Refused: true}} {
		c := &slowChecker{let: make(chan struct{}), says: opinion}
		a, ask := reviewing(t, c)
		_, cmd := a.Update(runeKey('w'))
		drain(a, cmd)
		tells(t, a, "saved when named-checkzone has read the zone; esc: back to editing")
		if !a.doc.Modified() {
			t.Error("saved before named-checkzone has answered")
		}
		close(c.let)
		drain(a, ask)
		if saved := !a.doc.Modified(); saved != (name == "OK") {
			t.Errorf("%s: saved: %v", name, saved)
		}
		if name != "OK" {
			tells(t, a, "named would not load this zone")
		}
	}
	c := &slowChecker{let: make(chan struct{})}
	a, ask := reviewing(t, c)
	a.Update(runeKey('w'))
	a.Update(tea.KeyMsg{Type: tea.KeyEsc})
	close(c.let)
	drain(a, ask)
	if !a.doc.Modified() {
		t.Error("saved though the review was left")
	}
}

// Esc goes back to editing at once, and ends the program that nobody waits for.
func TestEscEndsTheChecker(t *testing.T) {
	c := &slowChecker{let: make(chan struct{})}
	a, ask := reviewing(t, c)
	close(c.let)
	a.Update(tea.KeyMsg{Type: tea.KeyEsc})
	if a.top() != nil || a.running.busy {
		t.Fatal("the review does not end")
	}
	drain(a, ask)
	if a.top() != nil || !a.doc.Modified() {
		t.Error("an answer that comes late does something")
	}
	if o := server.AskNamed(a.doc.Zone(), t.TempDir(), c.watch); o.Asked {
		t.Error("named-checkzone is started for a review that was closed")
	}
}

// Esc gives the editor back and stays said: whatever comes later of a review that was left opens nothing and saves nothing.
func TestNothingOpensAfterEsc(t *testing.T) {
	for name, changed := range map[string]bool{"compared": false, "the file has changed": true} {
		c := &slowChecker{let: make(chan struct{})}
		close(c.let)
		a := hostingApp(t, 400)
		a.doc.Store.Opt.Named = c.ask
		for _, k := range keysOf(t, `"jj"`) {
			a.Update(k)
		}
		a.focus(paneRecords)
		_, cmd := a.Update(runeKey('+'))
		drain(a, cmd)
		_, cmd = a.Update(runeKey('w'))
		batch, ok := cmd().(tea.BatchMsg)
		if !ok {
			t.Fatalf("%T", cmd())
		}
		tells(t, a, "Review of 1 edit")
		tells(t, a, "1 of 3: looking at the file and the text")
		a.Update(runeKey('w'))
		a.Update(tea.KeyMsg{Type: tea.KeyEsc})
		for _, later := range batch {
			msg := later()
			if m, ok := msg.(compared); ok {
				if m.files.Changed = changed; !changed && m.report != nil {
					t.Errorf("%s: it is compared to the end though nobody waits", name)
				}
				msg = m
			}
			_, cmd := a.Update(msg)
			drain(a, cmd)
		}
		if a.top() != nil || !a.doc.Modified() {
			t.Errorf("%s: %T is open, modified: %t", name, a.top(), a.doc.Modified())
		}
	}
}

// A key that is pressed while a review is compared is not lost: w w saves when all is known.
func TestAgreedBeforeTheComparison(t *testing.T) {
	a := hostingApp(t, 400)
	a.doc.Store.Opt.Named = func(*zonefile.Zone, string, *server.Watch) server.Opinion { return server.Opinion{Asked: true} }
	a.Update(runeKey('j'))
	a.focus(paneRecords)
	_, cmd := a.Update(runeKey('+'))
	drain(a, cmd)
	_, cmd = a.Update(runeKey('w'))
	_, second := a.Update(runeKey('w'))
	tells(t, a, "saved when it has been compared with the file; esc: back to editing")
	drain(a, second)
	drain(a, cmd)
	if a.doc.Modified() || a.top() != nil {
		t.Error("it is not saved")
	}
}

// BenchmarkReview is what a review costs itself: one preference in a zone of 100,001 names, from w to the page.
func BenchmarkReview(b *testing.B) {
	a := hostingApp(b, 100_000)
	a.Update(runeKey('j'))
	a.focus(paneRecords)
	_, cmd := a.Update(runeKey('+'))
	drain(a, cmd)
	saved, st, rules := a.doc.Saved, a.doc.Store, a.doc.Examining(a.doc.Saved)
	for b.Loop() {
		sv, err := a.doc.Prepare(a.doc.Now())
		if err != nil {
			b.Fatal(err)
		}
		d := newReview(a.kit, sv, nil)
		d.report = newReport(saved, sv, st, rules, true, d.far)
		d.view(80, 22)
	}
}

// A review costs what the edits cost: in a zone that has 16 times as many names it allocates no more than twice as much.
func TestReviewOfAnEditInABigZone(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a big zone")
	}
	allocated := func(customers int) float64 {
		a := hostingApp(t, customers)
		for _, word := range splitKeys("j j tab +") {
			for _, k := range keysOf(t, word) {
				_, cmd := a.Update(k)
				drain(a, cmd)
			}
		}
		saved, st, rules := a.doc.Saved, a.doc.Store, a.doc.Examining(a.doc.Saved)
		return testing.AllocsPerRun(5, func() {
			sv, err := a.doc.Prepare(a.doc.Now())
			if err != nil {
				t.Fatal(err)
			}
			newReport(saved, sv, st, rules, true, &pace{})
		})
	}
	if few, many := allocated(1_000), allocated(16_000); many > 2*few {
		t.Errorf("%.0f allocations in a zone of 1,000 customers, %.0f in one of 16,000", few, many)
	}
}

// What keeps the name server from loading the zone is seen at once, where its part of the review is below the last row.
func TestRefusalIsInSight(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "checker: refuses\n", []byte(lawZone))
	u.types("home enter home J w")
	if lines := u.lines(); !strings.Contains(strings.Join(lines[3:5], " "), "bad owner name") {
		t.Errorf("why named would not load the zone is not below its verdict:\n%s", u.screen())
	}
	u.types("4")
	if text := u.screen(); strings.Count(text, "bad owner name") != 1 {
		t.Errorf("it is said twice on one screen:\n%s", text)
	}
}
