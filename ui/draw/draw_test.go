package draw

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// picture is a drawing as a reader sees it: no styles, blanks at the ends of lines left out.
func picture(s string) string {
	var out []string
	for l := range strings.SplitSeq(ansi.Strip(s), "\n") {
		out = append(out, strings.TrimRight(l, " "))
	}
	return strings.Join(out, "\n")
}

func TestLineHasItsWidth(t *testing.T) {
	p := NewPen(true, true)
	for _, text := range []string{"", "abc", "abcdefghijkl", "äöü", "日本語日本語", "e\u0301e\u0301"} {
		for width := range 12 {
			for _, cursor := range []bool{false, true} {
				line := p.Line(width, cursor, Ink(text, p.Styles.Key), Ink(" "+text, p.Styles.Dim))
				if got := ansi.StringWidth(line); got != width {
					t.Errorf("%q at %d, cursor %t: %d cells", text, width, cursor, got)
				}
			}
		}
	}
}

func TestListKeepsTheCursorInSight(t *testing.T) {
	skip := func(i int) bool { return i%4 == 0 } // headings
	l := List{Skip: skip}
	draw := func(i int, cursor bool) string {
		mark := " "
		if cursor {
			mark = ">"
		}
		return mark + strings.Repeat("x", i)
	}
	for _, tt := range []struct {
		to, dir int
		want    string
	}{
		{0, 1, "\n>x\n xx"},
		{3, 1, " x\n xx\n>xxx"},
		{4, 1, " xxx\n xxxx\n>xxxxx"},
		{9, -1, " xxxxxxx\n xxxxxxxx\n>xxxxxxxxx"},
		{8, -1, ">xxxxxxx\n xxxxxxxx\n xxxxxxxxx"},
		{0, -1, "\n>x\n xx"},
	} {
		l.To(tt.to, tt.dir, 10)
		if got := picture(l.View(20, 3, 10, draw)); got != tt.want {
			t.Errorf("to %d:\n%s\nwant\n%s", tt.to, got, tt.want)
		}
	}
	if got := l.More(10); got != "2/10" {
		t.Errorf("the window is said to be at %s", got)
	}
}

func TestPageShowsNoMoreThanThereIs(t *testing.T) {
	rows := strings.Split("abcdefghij", "")
	var p Page
	for _, tt := range []struct {
		by   int
		want string
		left int
	}{{0, "abc", 7}, {2, "cde", 5}, {100, "hij", 0}, {-1, "ghi", 1}, {-100, "abc", 7}} {
		p.Scroll(tt.by)
		if got := strings.Join(p.Visible(rows, 3), ""); got != tt.want || p.Below(len(rows), 3) != tt.left {
			t.Errorf("by %d: %s and %d below, want %s and %d", tt.by, got, p.Below(len(rows), 3), tt.want, tt.left)
		}
	}
	if got := p.Visible(rows[:2], 3); len(got) != 2 {
		t.Errorf("of two rows %d are shown", len(got))
	}
	if got := p.Visible(rows, -1); len(got) != 0 {
		t.Errorf("%d rows where there is no room", len(got))
	}
}

// The parts of the main screen never lie on one another, and fill it, whatever its size and however many names there are.
func TestArrangeFillsTheScreen(t *testing.T) {
	for w := MinWidth; w < 240; w += 7 {
		for h := MinHeight; h < 60; h += 3 {
			for _, n := range []Need{{}, {Names: 12, Width: 30}, {Names: 1000, Width: 100}, {Names: 5, Records: 9, Delivery: 40, Problems: 2, Source: 400}, {Records: 30, Problems: 50}, {Zoom: true}} {
				checkArrangement(t, w, h, n)
			}
		}
	}
}

// checkArrangement looks at one size.
func checkArrangement(t *testing.T, w, h int, n Need) {
	l := Arrange(w, h, n)
	parts := []Rect{l.Title, l.Message, l.Help}
	for _, s := range []Slot{l.Lower, l.Right, l.Corner} {
		if parts = append(parts, s.Tabs, s.Body); s.Body.H < 0 || s.Tabs.H > 0 && s.Body.H < 3 {
			t.Errorf("%dx%d, %v: a pane has %d rows", w, h, n, s.Body.H)
		}
	}
	if !l.Single {
		parts = append(parts, l.Names, l.Records)
	}
	between, cells := 0, 0
	for i, a := range parts {
		cells += a.W * a.H
		if a.X > 0 {
			between += a.H // the line at the left of it
		}
		for _, b := range parts[i+1:] {
			if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Fatalf("%dx%d, %v: %v lies on %v", w, h, n, a, b)
			}
		}
	}
	if l.Columns() == 2 {
		between-- // the titles go through
	}
	if free := w*h - cells; free != between {
		t.Errorf("%dx%d, %v: %d cells are nobody's, and %d are lines", w, h, n, free, between)
	}
}

// What is put together has the width of the screen in every row.
func TestComposeHasTheWidth(t *testing.T) {
	p := NewPen(false, true)
	got := p.Compose(9, 3, Part{Rect{4, 0, 3, 2}, "cde\nfgh"}, Part{Rect{0, 0, 3, 3}, "abc\nabc\nabc"})
	if want := []string{"abc│cde  ", "abc│fgh  ", "abc      "}; ansi.Strip(strings.Join(got, "\n")) != strings.Join(want, "\n") {
		t.Errorf("composed: %q", got)
	}
}

// What is left of a name that is cut is its beginning and its end.
func TestMiddle(t *testing.T) {
	p, plain := NewPen(false, true), NewPen(false, false)
	for _, tt := range []struct {
		pen        Pen
		text, want string
		width      int
	}{{p, "acme-acme10023", "acme-acme10023", 14}, {p, "acme-acme10023", "acme-…10023", 11}, {plain, "acme-acme10023", "acme-~10023", 11},
		{p, "日本語日本語", "日…本語", 7}, {p, "abcdef", "a…", 2}, {p, "abcdef", "a", 1}, {p, "abcdef", "", 0}} {
		got := tt.pen.Middle(tt.text, tt.width)
		if got != tt.want || ansi.StringWidth(got) > tt.width {
			t.Errorf("%q in %d cells: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

// A mark stays on its letter, no line is wider than it may be, and nothing but blanks is lost.
func TestWrapKeepsMarks(t *testing.T) {
	pieces := []string{"e", "e\u0301", "a\u0327\u0301", " ", "-", "漢", "漢\u0301", "é", "👩", "x", "long-word"}
	r := rand.New(rand.NewPCG(7, 7))
	for range 3000 {
		var b strings.Builder
		for range 1 + r.IntN(30) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		text, width := strings.TrimSpace(b.String()), 2+r.IntN(20)
		lines := Wrap(text, width)
		for _, l := range lines {
			if first, _ := utf8.DecodeRuneInString(l); unicode.IsMark(first) || ansi.StringWidth(l) > width {
				t.Fatalf("%q in %d columns: %q", text, width, lines)
			}
		}
		if bare := strings.ReplaceAll(text, " ", ""); strings.ReplaceAll(strings.Join(lines, ""), " ", "") != bare {
			t.Fatalf("%q in %d columns: %q", text, width, lines)
		}
	}
}
