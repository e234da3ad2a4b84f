package wire

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/cellbuf"
)

// pieces are what the screens of the tests are made of: text, wide characters, marks, clusters on whose width terminals
// differ, colours.
var pieces = []string{
	"a", "b", "mx1.example.com.", " ", "    ", "              ", "192.0.2.10", "│", "─", "é", "e\u0301", "漢", "字", "メール",
	"😀", "\u260e\ufe0f", "👩\u200d💻", "\x1b[1m", "\x1b[7m", "\x1b[4m", "\x1b[31m", "\x1b[97;44m", "\x1b[38;5;200m", "\x1b[22m",
	"\x1b[48;2;1;2;3m", "\x1b[m", "\x1b[m", "\x1b[K", "\x1b[2m", "\x1b[39m", "\x1b[27;24m", "\x1b[4:3;58:5:9m", "\x1b[49m",
}

// compose fills a screen as bytes say: each byte is a piece, or goes to another place.
func compose(width, height int, program []byte) grid {
	s := &vt{screen: screen{grid: newGrid(width, height)}, bottom: height}
	for _, b := range program {
		if int(b) < 4*len(pieces) {
			s.write([]byte(pieces[int(b)%len(pieces)]))
		} else {
			s.move(int(b)*7%width, int(b)*3%height)
		}
	}
	return s.grid
}

// FuzzPaint: from any screen to any other.
func FuzzPaint(f *testing.F) {
	f.Add([]byte("hello"), []byte("world"), uint8(20), uint8(5), int8(0))
	f.Add([]byte{11, 12, 13, 200, 11, 17, 20, 12}, []byte{0, 11, 180, 12, 14, 15, 2}, uint8(7), uint8(4), int8(0))
	f.Add([]byte("The rows of this list move by one, or by some more"), []byte("x"), uint8(30), uint8(12), int8(1))
	f.Add([]byte("The rows of this list move by one, or by some more"), []byte("x"), uint8(30), uint8(12), int8(-3))
	f.Add([]byte{8, 9, 255, 160, 161, 162, 31, 28, 4, 4}, []byte{27, 21, 27, 255, 5, 5, 5}, uint8(1), uint8(1), int8(0))
	f.Fuzz(func(t *testing.T, from, to []byte, w, h uint8, by int8) {
		width, height := int(w)%40+1, int(h)%20+1
		have := compose(width, height, from)
		want := have.clone()
		want.scroll(0, height, int(by)%height, blank)
		for y, row := range compose(width, height, to) {
			if by == 0 || inked(row) > 0 && y%3 == 0 {
				copy(want[y], row)
			}
		}
		got := &vt{screen: screen{grid: have.clone()}, bottom: height}
		b := brush{width: width, style: cellbuf.Style{Bg: ansi.Red, Attrs: cellbuf.BoldAttr}} // what an earlier frame left
		got.pen = b.style
		b.lose()
		b.paint(have, want)
		b.pen(cellbuf.Style{})
		got.write(b.out)
		got.move(0, 0)
		same(t, got, &vt{screen: screen{grid: want}, bottom: height})
		if again := (brush{width: width}); len(b.out) > 0 {
			again.paint(want, want)
			if len(again.out) > 0 {
				t.Errorf("%q painted over the same screen", again.out)
			}
		}
	})
}

func TestPen(t *testing.T) {
	bold := cellbuf.Style{Attrs: cellbuf.BoldAttr}
	faint := cellbuf.Style{Attrs: cellbuf.BoldAttr | cellbuf.FaintAttr}
	red := cellbuf.Style{Attrs: cellbuf.BoldAttr, Fg: ansi.Red}
	curly := cellbuf.Style{UlStyle: cellbuf.CurlyUnderline, Bg: ansi.BrightBlue}
	var b brush
	for _, tt := range []struct {
		to   cellbuf.Style
		want string
	}{
		{bold, "\x1b[1m"},
		{red, "\x1b[31m"},
		{red, ""},
		{faint, "\x1b[0;1;2m"},
		{bold, "\x1b[0;1m"},
		{curly, "\x1b[0;4:3;104m"},
		{cellbuf.Style{}, "\x1b[m"},
		{cellbuf.Style{Attrs: cellbuf.ReverseAttr | cellbuf.StrikethroughAttr}, "\x1b[7;9m"},
	} {
		b.out = nil
		b.pen(tt.to)
		if string(b.out) != tt.want {
			t.Errorf("to %+v: %q, want %q", tt.to, b.out, tt.want)
		}
	}
}

// A blank is blank in every style that has nothing to show where there is no ink, and in no other.
func TestBlank(t *testing.T) {
	for _, tt := range []struct {
		style cellbuf.Style
		blank bool
	}{
		{cellbuf.Style{}, true},
		{cellbuf.Style{Attrs: cellbuf.BoldAttr | cellbuf.FaintAttr | cellbuf.ItalicAttr}, true},
		{cellbuf.Style{Fg: ansi.Red, Attrs: cellbuf.SlowBlinkAttr}, true},
		{cellbuf.Style{Bg: ansi.Red}, false},
		{cellbuf.Style{Attrs: cellbuf.ReverseAttr}, false},
		{cellbuf.Style{Attrs: cellbuf.StrikethroughAttr}, false},
		{cellbuf.Style{UlStyle: cellbuf.CurlyUnderline}, false},
	} {
		if got := newCell(" ", 1, tt.style) == blank; got != tt.blank {
			t.Errorf("%+v: %t", tt.style, got)
		}
		b := brush{style: tt.style}
		b.eraseRight()
		if got := len(b.out) == len("\x1b[K"); got != tt.blank {
			t.Errorf("%+v: %q", tt.style, b.out)
		}
	}
}

// What goes is erased at once where that is shorter, also in front of what comes.
func TestErase(t *testing.T) {
	for _, tt := range []struct{ have, want, bytes string }{
		{"one two three", "one", "\x1b[K"},
		{"one two three", "one two", "\x1b[4C\x1b[K"},
		{"one 198.51.100.1 198.51.100.2", "one                         2", "\x1b[K\x1b[25C2"},
		{"one abc", "one    ", "    "},
		{"one ab cdefgh ij klmn", "one       gh             n", "\x1b[K\x1b[7Cgh\x1b[13Cn"},
		{"one abcdef the same as before and more of it", "one        the same as before and more of it", "       "},
	} {
		row := func(text string) grid {
			s := screen{grid: newGrid(60, 1)}
			for _, c := range text {
				s.put(string(c), 1)
			}
			return s.grid
		}
		b := brush{width: 60, x: 3}
		if b.paint(row(tt.have), row(tt.want)); string(b.out) != tt.bytes {
			t.Errorf("from %q to %q: %q, want %q", tt.have, tt.want, b.out, tt.bytes)
		}
	}
}

func TestMoveTo(t *testing.T) {
	for _, tt := range []struct {
		x, y, toX, toY int
		want           string
	}{
		{nowhere, nowhere, 0, 0, "\x1b[H"},
		{nowhere, nowhere, 5, 9, "\x1b[10;6H"},
		{5, 5, 5, 5, ""},
		{5, 5, 4, 5, "\b"},
		{5, 5, 6, 5, "\x1b[C"},
		{5, 5, 60, 5, "\x1b[55C"},
		{60, 5, 0, 5, "\r"},
		{60, 5, 0, 7, "\r\n\n"},
		{60, 5, 2, 6, "\x1b[7;3H"}, // no longer than CR LF CUF
		{60, 50, 2, 51, "\r\n\x1b[2C"},
		{60, 5, 2, 4, "\x1b[5;3H"},
		{60, 50, 58, 51, "\x1bD\b\b"},
		{60, 50, 59, 48, "\x1b[2A\b"},
		{80, 5, 79, 5, "\r\x1b[79C"}, // behind the last column CUB is not the same everywhere
		{80, 5, 0, 6, "\r\n"},
	} {
		b := brush{x: tt.x, y: tt.y, width: 80}
		b.moveTo(tt.toX, tt.toY)
		if string(b.out) != tt.want {
			t.Errorf("from %d,%d to %d,%d: %q, want %q", tt.x, tt.y, tt.toX, tt.toY, b.out, tt.want)
		}
	}
}
