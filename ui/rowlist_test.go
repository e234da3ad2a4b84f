package ui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

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
			if s := &b.list.parts[i]; len(b.list.rowsOf(s)) != s.n {
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
				if line := b.show(expandTabs(zonefile.TrimLineEnd(c.Come[i]))); strings.TrimSpace(line) != "" && len(b.list.holding(seeks(line))) == 0 {
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
		if got := b.list.holding(seeks(text)); !slices.Equal(got, want) {
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
