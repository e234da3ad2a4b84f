package wire

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// The law of the writer: after every write the terminal shows what bubbletea's own bytes would have made it show.
func TestWriterShowsTheSame(t *testing.T) {
	seeds := uint64(4)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			plain := record(t, shuffled(rand.New(rand.NewPCG(seed, 0)), 150))
			ours := through(plain)
			want, got := newVT(80, 24), newVT(80, 24)
			for i, p := range plain {
				if p.width != len(want.grid[0]) || p.height != len(want.grid) {
					want.resize(p.width, p.height)
					got.resize(p.width, p.height)
				}
				want.write([]byte(p.bytes))
				got.write([]byte(ours[i].bytes))
				same(t, got, want)
			}
		})
	}
}

// resize changes the size of a terminal as most do in the alternate screen.
func (v *vt) resize(width, height int) {
	v.grid = v.fit(width, height)
	v.top, v.bottom = 0, height
	v.move(v.x, v.y)
}

// started is a writer that bubbletea has brought to the alternate screen of 40x5, and the file below it.
func started(t *testing.T) (*Writer, *memory) {
	t.Helper()
	m := new(memory)
	w := &Writer{file: m, cursor: true, size: func() (int, int) { return 40, 5 }}
	for _, s := range []string{ansi.HideCursor, ansi.SetModeAltScreenSaveCursor, ansi.EraseEntireScreen, ansi.CursorHomePosition} {
		if _, err := w.WriteString(s); err != nil {
			t.Fatal(err)
		}
	}
	m.Reset()
	return w, m
}

// What each write sends to a terminal of 40x5 after the writes before it.
func TestWriterSends(t *testing.T) {
	const osc52 = "\x1b]52;c;aGVsbG8=\a"
	for _, tt := range []struct {
		name   string
		writes [][2]string // what is written and what is sent
	}{
		{"only what changed", [][2]string{
			{"\x1b[Hhello\x1b[K\r\nworld\x1b[K", "\x1b[Hhello\r\nworld"},
			{"\x1b[Hhello\x1b[K\r\nworth\x1b[K", "\b\bth"},
			{"\x1b[Hhello\x1b[K\r\nworth\x1b[K", ""},
			{"\x1b[H\x1b[J", "\x1b[H\x1b[K\x1bD\x1b[K"},
		}},
		{"an unchanged gap of one column is written again", [][2]string{
			{"\x1b[Habcdefgh", "\x1b[Habcdefgh"},
			{"\x1b[HabXdXfgh", "\x1b[6DXdX"},
		}},
		{"colours", [][2]string{
			{"\x1b[H\x1b[1;31mred\x1b[m plain", "\x1b[H\x1b[1;31mred \x1b[mplain"},
			{"\x1b[H\x1b[1;32mred\x1b[m plain", "\r\x1b[1;32mred\x1b[m"},
		}},
		{"what is no painting goes through in its place", [][2]string{
			{"\x1b[Ha" + osc52 + "b\x1b[?1002h\x1b[?1006h\x1b]2;title\x1b\\c\x1b[6n\x1b[ q", "\x1b[Ha" + osc52 + "b\x1b[?1002h\x1b[?1006h\x1b]2;title\x1b\\c\x1b[6n\x1b[ q"},
		}},
		{"a sequence in pieces", [][2]string{
			{"\x1b", ""}, {"[", ""}, {"H\xe6\xbc", "\x1b[H"[:0]}, {"\xa2\x1b]52;c;", "\x1b[H漢"}, {"aGVsbG8=\a", osc52},
		}},
		{"a clear is sent", [][2]string{
			{"\x1b[Hhello", "\x1b[Hhello"},
			{"\x1b[2J", "\x1b[m\x1b[2J"},
			{"\x1b[H", ""},
			{"hello", "\x1b[Hhello"},
		}},
		{"after an unknown sequence everything is painted", [][2]string{
			{"\x1b[Hhello", "\x1b[Hhello"},
			{"\x1b[2L", "\x1b[2L\x1b[m\x1b[2J\x1b[Hhello"},
		}},
		{"a visible cursor is put in its place", [][2]string{
			{"\x1b[?25h\x1b[Hab\r\ncd", "\x1b[?25h\x1b[Hab\r\ncd"},
			{"\x1b[HaX\x1b[3;3H", "\x1b[A\bX\x1b[2B"},
			{"\x1b[2;2H", "\x1b[A\b"},
		}},
		{"outside the alternate screen everything goes through", [][2]string{
			{"\x1b[?1049lhello\x1b[2K\r\x1b[?25h", "\x1b[?1049lhello\x1b[2K\r\x1b[?25h"},
			{"hello", "hello"},
		}},
		{"a wide character is replaced as a whole", [][2]string{
			{"\x1b[H漢字x", "\x1b[H漢字x"},
			{"\x1b[H漢abx", "\b\b\bab"},
			{"\x1b[H漢字x", "\b\b字"},
		}},
		{"a row whose width is in doubt is painted as bubbletea does", [][2]string{
			{"\x1b[H👩\u200d💻 abc", "\x1b[H👩\u200d💻 abc\x1b[K"},
			{"\x1b[H👩\u200d💻 abd", "\x1b[H👩\u200d💻 abd\x1b[K"},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, m := started(t)
			for _, write := range tt.writes {
				m.Reset()
				n, err := w.WriteString(write[0])
				if n != len(write[0]) || err != nil {
					t.Fatalf("%q: %d, %v", write[0], n, err)
				}
				if m.String() != write[1] {
					t.Errorf("%q: sent %q, want %q", write[0], m, write[1])
				}
			}
		})
	}
}

// A list that scrolls costs the line that comes in, wherever it scrolls to.
func TestWriterScrolls(t *testing.T) {
	var slides []slide
	for _, top := range []int{0, 1, 2, 5, 4, 3, 0} {
		slides = append(slides, slide{view: listing(80, 24, top, top, true)})
	}
	sent := through(record(t, slides))
	frames := slices.DeleteFunc(sent, func(w written) bool { return !strings.Contains(w.bytes, "\x1b[2;23r") })
	if len(frames) != len(slides)-1 {
		t.Fatalf("%d frames scrolled, want %d: %v", len(frames), len(slides)-1, sent)
	}
}

// What a terminal did not take is sent again.
func TestWriterAfterAnError(t *testing.T) {
	w, m := started(t)
	broken := &refusing{}
	w.file = broken
	if _, err := w.WriteString("\x1b[Hhello"); err == nil {
		t.Fatal("no error")
	}
	w.file = m
	_, _ = w.WriteString("\x1b[H")
	if want := "\x1b[m\x1b[2J\x1b[Hhello"; m.String() != want {
		t.Errorf("sent %q, want %q", m, want)
	}
}

// refusing is a terminal that takes nothing.
type refusing struct{ memory }

func (*refusing) Write([]byte) (int, error) { return 0, fmt.Errorf("refused") }

// FuzzWriter: no bytes make it fail, and what it sends shows what they show, as long as their effect is known.
func FuzzWriter(f *testing.F) {
	f.Add("\x1b[Hhello\x1b[K\r\n\x1b[1;31mworld\x1b[m\x1b[J", uint8(7))
	f.Add("a\x1b[", uint8(1))
	f.Add("\x1b[38;5;1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7m漢\x1b[99999999999999999999C", uint8(3))
	f.Add("\x1b[?1049l\x1b[?1049hx\tz\b\b\x9b\xff\x00", uint8(2))
	f.Fuzz(func(t *testing.T, s string, step uint8) {
		w, m := started(t)
		want := &vt{screen: screen{grid: newGrid(40, 5)}, bottom: 5, hidden: true}
		got := &vt{screen: screen{grid: newGrid(40, 5)}, bottom: 5, hidden: true}
		for chunk := range slices.Chunk([]byte(s), int(step)+1) {
			_, _ = w.Write(chunk)
		}
		got.write(m.Bytes())
		want.write([]byte(s))
		known := len(want.passed) == 0 && len(w.rest) == 0
		if known && (isASCII(s) || int(step) > len(s) && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)) {
			same(t, got, want) // a cluster of characters is only known as one if it comes in one write
		}
	})
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}
