package ui

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// A text of any letters in rows of any width: no row but one of a single letter is wider, none is empty, and a word is broken only
// where it is wider than a row. From each place up and down lead one row further, and there is always a way back.
func TestRowsOfLongTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(18, 5))
	for range 20000 {
		var b strings.Builder
		for range 1 + r.IntN(80) {
			b.WriteString([]string{"a", "b", "漢", " ", "é", "1234567", "  "}[r.IntN(7)])
		}
		text, width := []rune(b.String()), 2+r.IntN(30)
		starts := append(rowStarts(text, width), len(text))
		for i, start := range starts[:len(starts)-1] {
			row := text[start:starts[i+1]]
			seen := strings.TrimRight(string(row), " ")
			if w := ansi.StringWidth(seen); w > width && len([]rune(seen)) > 1 || len(row) == 0 && len(text) > 0 {
				t.Fatalf("%q in rows of %d: row %d is %q", b.String(), width, i, string(row))
			}
			if i > 0 && text[start-1] != ' ' && text[start] != ' ' && strings.Contains(string(text[starts[i-1]:start]), " ") {
				t.Fatalf("%q in rows of %d: a word is broken before %q", b.String(), width, string(row))
			}
		}
	}
}

// Up and down go through the rows, and stop at the ends.
func TestMoveInRows(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	f := u.app.kit.newField(partText, "text", strings.Repeat("word ", 60))
	f.input.SetCursor(3)
	for _, by := range []int{1, -1, 1} {
		n := 0
		for f.moveRow(by, 80) {
			n++
		}
		if n != 4 || f.input.Position()%5 != 3 {
			t.Errorf("%d rows by %d, then at %d", n, by, f.input.Position())
		}
	}
	if f.input.SetValue("short"); f.moveRow(1, 80) {
		t.Error("a short text has rows")
	}
}
