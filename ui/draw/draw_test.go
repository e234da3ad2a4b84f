package draw

import (
	"strings"
	"testing"

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
		if got := strings.Join(p.Visible(rows, 3), ""); got != tt.want || p.Below(rows, 3) != tt.left {
			t.Errorf("by %d: %s and %d below, want %s and %d", tt.by, got, p.Below(rows, 3), tt.want, tt.left)
		}
	}
	if got := p.Visible(rows[:2], 3); len(got) != 2 {
		t.Errorf("of two rows %d are shown", len(got))
	}
	if got := p.Visible(rows, -1); len(got) != 0 {
		t.Errorf("%d rows where there is no room", len(got))
	}
}

// The parts of the main screen never lie on one another, and fill it, whatever its size.
func TestArrangeFillsTheScreen(t *testing.T) {
	for w := MinWidth; w < 140; w += 7 {
		for h := MinHeight; h < 60; h += 3 {
			l := Arrange(w, h)
			parts := []Rect{l.Title, l.Tabs, l.Lower, l.Help}
			if !l.Single {
				parts = append(parts, l.Names, l.Records)
			}
			cells := 0
			for i, a := range parts {
				cells += a.W * a.H
				for _, b := range parts[i+1:] {
					if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
						t.Fatalf("%dx%d: %v lies on %v", w, h, a, b)
					}
				}
			}
			if free := w*h - cells; free < 0 || free > l.Names.H { // the line between names and records
				t.Errorf("%dx%d: %d cells are nobody's", w, h, free)
			}
		}
	}
}
