package wire

// Terminals of every size: a window may be minimised to nothing and made large again, and stty takes any number.

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// ruler watches what a terminal of a size is sent: everything has to stay within it.
type ruler struct {
	vt
	beyond string
}

// measure obeys bytes, and notes the first that leads beyond the screen.
func (r *ruler) measure(p []byte) {
	columns, rows := r.size()
	for len(p) > 0 {
		seq, width, n, _ := ansi.DecodeSequence(p, ansi.NormalState, nil)
		q, isCSI := parseCSI(string(seq))
		text := width > 0 || seq[0] >= 0x80
		switch {
		case text && (columns == 0 || rows == 0),
			text && width > 0 && (r.wrap || r.x+width > columns),
			isCSI && !q.private && (q.final == 'H' || q.final == 'r') && (q.param(0, 1) > rows || q.param(1, 1) > max(columns, rows)):
			if r.beyond == "" {
				r.beyond = fmt.Sprintf("%q at %d,%d of %dx%d", seq, r.x, r.y, columns, rows)
			}
		}
		if columns > 0 && rows > 0 {
			r.token(string(seq), width)
		}
		p = p[max(n, 1):]
	}
}

// become is another size of the terminal.
func (r *ruler) become(width, height int) {
	r.grid = r.fit(width, height)
	r.top, r.bottom = 0, height
	r.move(r.x, r.y)
}

// anySize is a size: small, usual, or one that no screen has.
func anySize(rng *rand.Rand) (width, height int) {
	switch rng.IntN(8) {
	case 0:
		return 1 + rng.IntN(200), 1 + rng.IntN(70)
	case 1:
		return 80 * rng.IntN(2), 24 * rng.IntN(2)
	default:
		return rng.IntN(4), rng.IntN(4)
	}
}

// frame is what bubbletea writes for a view of some lines, which may have been made for another size.
func frame(rng *rand.Rand) string {
	lines := strings.Split(jumble(rng, 1+rng.IntN(30)), "\n")
	return ansi.CursorHomePosition + strings.Join(lines, ansi.EraseLineRight+"\r\n") + ansi.EraseScreenBelow +
		ansi.CursorPosition(0, len(lines))
}

// No size ends the writer, and nothing is sent that leads beyond the screen.
func TestEverySize(t *testing.T) {
	steps := 3000
	if testing.Short() {
		steps = 500
	}
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(seed, 2))
			width, height := 80, 24
			m := new(memory)
			w := &Writer{file: m, cursor: true, size: func() (int, int) { return width, height }}
			r := &ruler{vt: *newVT(width, height)}
			_, _ = w.WriteString(ansi.SetModeAltScreenSaveCursor + ansi.EraseEntireScreen + ansi.CursorHomePosition)
			for i := range steps {
				if rng.IntN(3) == 0 {
					width, height = anySize(rng)
					r.become(width, height)
				}
				_, _ = w.WriteString(frame(rng))
				r.measure(m.Bytes())
				m.Reset()
				if r.beyond != "" {
					t.Fatalf("step %d: %s", i, r.beyond)
				}
			}
			width, height = 40, 5
			r.become(width, height)
			_, _ = w.WriteString("\x1b[Hwhole again\x1b[K\r\n\x1b[J")
			r.measure(m.Bytes())
			if !strings.HasPrefix(r.String(), "whole again ") || strings.TrimSpace(r.String()) != "whole again" {
				t.Errorf("after all sizes it shows\n%s", &r.vt)
			}
		})
	}
}

// What a terminal tells about its size, one answer after the other, and what is drawn on.
func TestUsable(t *testing.T) {
	type size struct{ width, height int }
	for _, tt := range []struct {
		name       string
		told, want []size
	}{
		{"a terminal that never tells", []size{{0, 0}, {0, 0}}, []size{{80, 24}, {80, 24}}},
		{"one that tells later", []size{{0, 0}, {100, 30}, {0, 0}, {100, 30}}, []size{{80, 24}, {100, 30}, {0, 0}, {100, 30}}},
		{"no columns, no rows", []size{{0, 24}, {80, 0}, {1, 1}}, []size{{0, 0}, {0, 0}, {1, 1}}},
		{"more than any screen has", []size{{65535, 65535}, {80, 65535}}, []size{{mostColumns, mostRows}, {80, mostRows}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := new(Writer)
			for i, told := range tt.told {
				if width, height := w.usable(told.width, told.height); width != tt.want[i].width || height != tt.want[i].height {
					t.Errorf("%v: %dx%d, want %v", told, width, height, tt.want[i])
				}
			}
		})
	}
}

// A screen larger than what is drawn on is not scrolled as a whole: the rows below would come in.
func TestScrollsWithinItsPart(t *testing.T) {
	const width, height = 80, mostRows + 100
	m := new(memory)
	w := &Writer{file: m, cursor: true, size: func() (int, int) { return width, height }}
	r := &ruler{vt: *newVT(width, height)}
	_, _ = w.WriteString(ansi.SetModeAltScreenSaveCursor + ansi.EraseEntireScreen)
	for top := range 5 {
		_, _ = w.WriteString("\x1b[H" + strings.ReplaceAll(listing(width, mostRows, top, top, true), "\n", "\x1b[K\r\n"))
	}
	r.measure(m.Bytes())
	want := newVT(width, height)
	want.write([]byte(strings.ReplaceAll(listing(width, mostRows, 4, 4, true), "\n", "\x1b[K\r\n")))
	if got := r.String(); got != want.String() || r.beyond != "" {
		t.Errorf("%s\n--- got\n%s--- want\n%s", r.beyond, got, want)
	}
}

// Marks without number on one character cost no more than as many characters.
func TestManyMarks(t *testing.T) {
	for name, marks := range map[string]string{"combining": "\u0301", "no UTF-8": "\xa0"} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			w, _ := started(t)
			for range 4 {
				_, _ = w.WriteString("\x1b[Hx" + strings.Repeat(marks, 50_000))
			}
			if text := w.want.grid[0][0].text; len(text) > 1+mostMarks*len(marks) {
				t.Errorf("a cell has %d bytes", len(text))
			}
			if took := time.Since(start); took > patience {
				t.Errorf("%v", took)
			}
		})
	}
}
