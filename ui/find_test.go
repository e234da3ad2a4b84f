package ui

import (
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// A first letter that most rows have is not counted to the end: it is said that there are more, and the end of the list leads to them.
// A letter more finds what it finds, however far away it is.
func TestFindRestsInABigZone(t *testing.T) {
	a := bigApp(t, 20_000)
	drain(a, a.Init())
	l := &later{a: a}
	l.press(t, `/ "n"`)
	l.comes(false)
	d := a.top().(*finder)
	first := d.finds.Count()
	if d.finds.All() || first < enoughAtFirst.rows || first > 2*enoughAtFirst.rows || !strings.Contains(a.View(), "or more") {
		t.Fatalf("%d rows are found, all %v:\n%s", first, d.finds.All(), a.View())
	}
	d.rows.list.Cursor = d.count() - 1
	l.press(t, "ctrl+n")
	l.comes(false)
	if d.finds.Count() <= first {
		t.Errorf("at the end of the list no more than %d are looked for", first)
	}
	for range 2 + 80_000/enoughAtFirst.rows {
		d.rows.list.Cursor = d.count() - 1
		l.press(t, "ctrl+n")
		l.comes(false)
	}
	if !d.finds.All() || d.finds.Count() < 60_000 || strings.Contains(a.View(), "or more") {
		t.Errorf("in the end %d rows are found, all %v:\n%s", d.finds.Count(), d.finds.All(), a.View())
	}
	l.press(t, `"19999"`)
	l.comes(false)
	if !d.finds.All() || d.finds.Count() != 4 || !strings.Contains(a.View(), "of 4") {
		t.Errorf("n19999 is found %d times:\n%s", d.finds.Count(), a.View())
	}
	l.press(t, "esc")
	for f := range a.doc.Zone().Files() {
		if f.Size() < 1<<20 {
			t.Errorf("the zone is small: %d bytes", f.Size())
		}
	}
}

// A text that stands all over a zone, some hundred times, rests when much was read for it: it is said that there are more, and the end
// of the list leads to all of them.
func TestFindRestsWhereMuchIsRead(t *testing.T) {
	was := enoughAtFirst
	t.Cleanup(func() { enoughAtFirst = was })
	enoughAtFirst.read = 1 << 17
	a := bigApp(t, 20_000)
	drain(a, a.Init())
	l := &later{a: a}
	l.press(t, `/ "199"`)
	l.comes(false)
	d := a.top().(*finder)
	first := d.finds.Count()
	if d.finds.All() || first < enoughAtFirst.fewer || first >= enoughAtFirst.rows || !strings.Contains(a.View(), "or more") {
		t.Fatalf("%d rows are found, all %v:\n%s", first, d.finds.All(), a.View())
	}
	for range 100 {
		d.rows.list.Cursor = d.count() - 1
		l.press(t, "ctrl+n")
		l.comes(false)
	}
	whole := d.doc.Zone().Find(zonefile.NewSearch("199"), zonefile.Row{}, nil).Look(func(int, int) bool { return false })
	if !d.finds.All() || d.finds.Count() != whole.Count() || strings.Contains(a.View(), "or more") {
		t.Errorf("in the end %d rows are found of %d, all %v:\n%s", d.finds.Count(), whole.Count(), d.finds.All(), a.View())
	}
}
