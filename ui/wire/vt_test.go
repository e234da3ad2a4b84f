package wire

// The terminals of these tests: vt, which is quick, and in tmux_test.go a real one, which vt and the screen of this
// package are held against.

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// vt is a terminal: the screen of this package, and what it is sent beyond what bubbletea writes (DECSTBM, IND, RI, modes).
type vt struct {
	screen
	top, bottom int
	hidden      bool
	passed      []string // sequences that the screen of this package does not know
}

// newVT is a terminal that shows nothing.
func newVT(width, height int) *vt {
	return &vt{screen: screen{grid: newGrid(width, height)}, bottom: height}
}

// write obeys bytes.
func (v *vt) write(p []byte) {
	for len(p) > 0 {
		seq, width, n, _ := ansi.DecodeSequence(p, ansi.NormalState, nil)
		v.token(string(seq), width)
		p = p[max(n, 1):]
	}
}

func (v *vt) token(seq string, width int) {
	q, isCSI := parseCSI(seq)
	switch {
	case width > 0 || seq[0] >= 0x80:
		v.put(seq, width)
	case isCSI && q.private:
		v.mode(q)
		v.passed = append(v.passed, seq)
	case isCSI && q.final == 'r':
		v.margins(q.param(0, 1)-1, q.param(1, len(v.grid)))
		v.passed = append(v.passed, seq)
	case isCSI && v.csi(q):
	case seq == ansi.ReverseIndex && v.y == v.top:
		v.scroll(v.top, v.bottom, -1, v.erased())
		v.passed = append(v.passed, seq)
	case (seq == "\n" || seq == ansi.Index) && v.y == v.bottom-1:
		v.scroll(v.top, v.bottom, 1, v.erased())
	case seq == ansi.Index:
		v.move(v.x, v.y+1)
	case len(seq) == 1 && v.control(seq[0]):
	default:
		v.passed = append(v.passed, seq)
	}
}

// margins is DECSTBM.
func (v *vt) margins(top, bottom int) {
	if top >= 0 && bottom <= len(v.grid) && top+1 < bottom {
		v.top, v.bottom = top, bottom
		v.move(0, 0)
	}
}

func (v *vt) mode(q sequence) {
	switch q.param(0, 0) {
	case 25:
		v.hidden = q.final == 'l'
	case 1049:
		v.eraseScreen(2)
	}
}

// String is the text on the screen.
func (v *vt) String() string {
	var s strings.Builder
	for _, row := range v.grid {
		for _, c := range row {
			s.WriteString(c.text)
		}
		s.WriteByte('\n')
	}
	return s.String()
}

// same fails the test if two terminals differ in anything that can be seen.
func same(t *testing.T, got, want *vt) {
	t.Helper()
	if d := difference(got, want); d != "" {
		t.Fatal(d)
	}
}

// difference is where two terminals differ first, "" where they do not.
func difference(got, want *vt) string {
	for y := range want.grid {
		for x, w := range want.grid[y] {
			if g := got.grid[y][x]; g != w {
				return fmt.Sprintf("row %d, column %d: %+v, want %+v\n--- got\n%s--- want\n%s", y, x, g, w, got, want)
			}
		}
	}
	if got.hidden != want.hidden || !want.hidden && (got.x != want.x || got.y != want.y) || got.pen != want.pen {
		return fmt.Sprintf("cursor %d,%d hidden %t pen %+v, want %d,%d %t %+v", got.x, got.y, got.hidden, got.pen, want.x, want.y, want.hidden, want.pen)
	}
	return ""
}
