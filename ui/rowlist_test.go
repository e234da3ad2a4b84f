package ui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// randomLine is a line of a zone file, now and then one that is long, or has what a terminal does not show.
func randomLine(r *rand.Rand) string {
	b := &strings.Builder{}
	for range r.IntN(24) {
		b.WriteString([]string{"cust", "MX", "\t", "  ", " 10 ", "ä", "\x01", "\xff", `"a b"`, "-", "mx.example.", "漢", strings.Repeat("k", 90)}[r.IntN(13)])
	}
	return b.String() + []string{"\n", "\r\n", ""}[r.IntN(3)]
}

// Law: as many rows as are counted are made of changed lines, whatever stands in them and however wide the screen is; no row is
// wider than that, no number is cut, and each line is found by what stands in it.
func TestRowsOfChangedLines(t *testing.T) {
	a := hostingApp(t, 2)
	r := rand.New(rand.NewPCG(16, 3))
	for range 300 {
		b := &reviewRows{kit: a.kit, width: 50 + r.IntN(100), digits: 6}
		var all []*textChange
		for range 1 + r.IntN(5) {
			c := &textChange{Replaced: document.Replaced{Was: 1 + r.IntN(200_000), Now: 1 + r.IntN(200_000)}, owner: "a.example.", said: r.IntN(2) == 0}
			for range r.IntN(3) {
				c.Gone = append(c.Gone, randomLine(r))
			}
			for range r.IntN(3) + 1 - min(len(c.Gone), 1) {
				c.Come = append(c.Come, randomLine(r))
			}
			b.later(c)
			all = append(all, c)
			if r.IntN(2) == 0 {
				b.foldRow("fold", "a row that is there", false)
			}
		}
		for i := range b.list.parts {
			if s := &b.list.parts[i]; len(s.made()) != s.n {
				t.Fatalf("width %d: %d rows are counted of %q, and %d made", b.width, s.n, s.of.says(nil, b), len(s.rows))
			}
		}
		text := ""
		for i := range b.list.n {
			if row := b.list.at(i).text(); ansi.StringWidth(row) > b.width-markWidth {
				t.Fatalf("width %d: %q", b.width, row)
			}
			text += b.list.at(i).text() + "\n"
		}
		for _, c := range all {
			for i := range c.Come {
				if !strings.Contains(text, fmt.Sprint(c.Now+i)) {
					t.Fatalf("%d is not in\n%s", c.Now+i, text)
				}
				if line := b.show(expandTabs(zonefile.TrimLineEnd(c.Come[i]))); strings.TrimSpace(line) != "" && len(b.list.holding(b.seeks(line), nil)) == 0 {
					t.Fatalf("width %d: %q is not found in\n%s", b.width, line, text)
				}
			}
		}
	}
}

// What is searched is the sentence and not the row: a phrase that the end of a row parts is found where its sentence begins.
func TestSearchOfSentences(t *testing.T) {
	a := hostingApp(t, 2)
	b := &reviewRows{kit: a.kit, width: 30}
	b.wrapped(reviewRow{}, "one", a.Styles.Plain)
	b.wrapped(reviewRow{}, "senders that cached the old MX go to mx1 for up to a day", a.Styles.Plain)
	b.wrapped(reviewRow{}, "senders are others", a.Styles.Plain)
	for text, want := range map[string][]int{
		"senders": {1, 4}, "the old MX go to mx1": {1}, "cached  the OLD": {1}, "go to": {2}, "one senders": nil,
	} {
		if got := b.list.holding(b.seeks(text), nil); !slices.Equal(got, want) {
			t.Errorf("%q is found at %v, want %v", text, got, want)
		}
	}
}

// nextOf goes round, in both directions.
func TestNextOf(t *testing.T) {
	rows := []int{2, 5, 9}
	for from, want := range map[int][2]int{0: {2, 9}, 2: {5, 9}, 3: {5, 2}, 5: {9, 2}, 9: {2, 5}, 11: {2, 9}} {
		if got := [2]int{nextOf(rows, from, false), nextOf(rows, from, true)}; got != want {
			t.Errorf("from %d: %v, want %v", from, got, want)
		}
	}
}

// A review of every name makes the rows that are looked at, and no others, also where one goes to its end, back, and to another
// width: a key would wait for all of them. A patch of so many is not copied, and it is said where it is to be had.
func TestReviewOfAllNamesMakesFewRows(t *testing.T) {
	a := hostingApp(t, 3000)
	err := a.doc.Change(document.Change{Title: "all", Stay: true, Make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		all := slices.DeleteFunc(slices.Collect(z.Records()), func(r zonefile.Record) bool { return r.Type() != zonefile.TypeMX })
		return z.SetAll(all, zonefile.Preference, func(r zonefile.Record) string { return fmt.Sprint(len(r.Owner())*100 + int(r.Span().Start%100)) })
	}})
	if err != nil {
		t.Fatal(err)
	}
	drain(a, examine(a))
	_, cmd := a.Update(runeKey('w'))
	drain(a, cmd)
	d, ok := a.top().(*reviewDialog)
	if !ok {
		t.Fatalf("%T", a.top())
	}
	made := 0
	count := func() {
		for _, column := range d.page.rows {
			for _, s := range column.parts {
				if s.of != nil && s.rows != nil {
					made++
				}
			}
		}
	}
	a.View()
	count()
	for _, k := range "Gg" {
		a.Update(runeKey(k))
		a.View()
	}
	a.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	a.View()
	count()
	if all := d.report.lines; all < 3000 || made > 300 {
		t.Errorf("%d of %d rows are made", made, all)
	}
	a.Update(runeKey('y'))
	tells(t, a, "terminals take 8192: mailzone history --show 1 has it once saved")
}

// Law: a search unfolds exactly where the text is found then, and nothing for a text that is not there.
func TestSearchUnfoldsWhatIsThere(t *testing.T) {
	for _, size := range []string{"80x24", "120x40"} {
		for _, text := range []string{"nowhere", "300", "of each", "mx1.example.com", "IPv6", "shop", "@", "12", "ns1 IN"} {
			d := searched(t, size)
			want := d.folded()(d.seeks(text), &pace{})
			turns, goes := d.page.turns, d.seek(text, false)(&pace{})
			if goes != nil {
				goes()
			}
			if goes != nil != want || !want && d.page.turns != turns {
				t.Errorf("%s: %q is there: %t; found, and unfolded for it, it is not so", size, text, want)
			}
			d = searched(t, size)
			if d.unfoldAll(); len(d.page.rows.found(d.seeks(text), &pace{})) > 0 != want {
				t.Errorf("%s: %q is said to be there: %t; with all unfolded it is not so", size, text, want)
			}
		}
	}
}

// searched is a review of several edits.
func searched(t *testing.T, size string) *reviewDialog {
	u := sizedAt(t, place{keys: `home * : "ttl 300" enter w`}, size)
	u.app.View()
	return u.app.top().(*reviewDialog)
}
