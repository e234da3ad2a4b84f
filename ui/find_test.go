package ui

import (
	"fmt"
	"regexp"
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

// A line that is higher than the page is read whole: ctrl+n goes on in it before it leaves it, ctrl+p back, and so do whole pages.
func TestFindShowsALineThatIsHigherThanThePage(t *testing.T) {
	t.Chdir(t.TempDir())
	key := ""
	for i := range 120 {
		key += fmt.Sprintf("part%03d", i)
	}
	zone := "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n NS ns1\nns1 A 192.0.2.53\ns1._domainkey TXT ( \"v=DKIM1; p=\"\n"
	for ; key != ""; key = key[min(len(key), 210):] {
		zone += " \"" + key[:min(len(key), 210)] + "\"\n"
	}
	u := newUser(t, "", []byte(zone+" )\ns2._domainkey TXT \"v=DKIM1; p=\"\n"))
	for _, size := range [][2]int{{40, 10}, {60, 15}, {80, 24}} {
		for _, keys := range [][2]string{{"ctrl+n", "ctrl+p"}, {"pgdown", "pgup"}} {
			u.resized(size[0], size[1])
			u.types(`home / "dkim1"`)
			number := func() int { u.app.View(); return u.app.top().(*finder).number() }
			seen := map[string]bool{}
			for presses := 0; number() == 0; presses++ {
				for _, part := range regexp.MustCompile(`part\d\d\d`).FindAllString(strings.ReplaceAll(regexp.MustCompile(`"? *\n *"?`).ReplaceAllString(u.screen(), ""), `" "`, ""), -1) {
					seen[part] = true
				}
				if strings.Contains(u.screen(), "…") || presses > 200 {
					t.Fatalf("%v: after %d presses:\n%s", size, presses, u.screen())
				}
				u.types(keys[0])
			}
			if len(seen) < 110 { // others are parted at the end of a row
				t.Errorf("%v, %s: %d of 120 parts are seen", size, keys[0], len(seen))
			}
			u.types(keys[1])
			if number() != 0 || !strings.Contains(u.screen(), "s1._domainkey") && size[0] > 40 {
				t.Errorf("%v, %s: the line before is not shown from its beginning:\n%s", size, keys[1], u.screen())
			}
			u.types("esc")
		}
	}
}
