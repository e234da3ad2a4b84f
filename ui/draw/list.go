package draw

// A cursor over rows that are not kept: only those in sight are asked for, so a million cost what ten cost.

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Moving is the keys that move a cursor.
type Moving struct {
	Up, Down, Left, Right, PageUp, PageDown, Top, Bottom key.Binding
}

// List is a cursor over numbered rows. It knows nothing of the rows and draws only those that can be
// seen, so a list of a million costs what a list of ten costs.
type List struct {
	Cursor, Offset int
	Page           int              // how many rows the last drawing had room for: what PgDn moves by
	Skip           func(i int) bool // rows that the cursor passes over; nil if there are none
}

// Move follows a key; false if it is none of a list's.
func (l *List) Move(msg tea.KeyMsg, k *Moving, n int) bool {
	switch {
	case key.Matches(msg, k.Up):
		l.To(l.Cursor-1, -1, n)
	case key.Matches(msg, k.Down):
		l.To(l.Cursor+1, 1, n)
	case key.Matches(msg, k.PageUp):
		l.To(l.Cursor-max(l.Page-1, 1), -1, n)
	case key.Matches(msg, k.PageDown):
		l.To(l.Cursor+max(l.Page-1, 1), 1, n)
	case key.Matches(msg, k.Top):
		l.To(0, 1, n)
	case key.Matches(msg, k.Bottom):
		l.To(n-1, -1, n)
	default:
		return false
	}
	return true
}

// To puts the cursor at row i, or at the next one in a direction where it may stand.
func (l *List) To(i, dir, n int) {
	i = max(min(i, n-1), 0)
	for _, d := range []int{dir, -dir} {
		for j := i; j >= 0 && j < n; j += d {
			if l.Skip == nil || !l.Skip(j) {
				l.Cursor = j
				return
			}
		}
	}
	l.Cursor = i
}

// Scroll moves the window so that the cursor is in it. Rows above the cursor that it passes over, such as
// a heading, stay in sight at the top.
func (l *List) Scroll(height, n int) {
	l.Page = height
	first := l.Cursor
	for first > 0 && l.Skip != nil && l.Skip(first-1) && l.Cursor-first < 2 {
		first--
	}
	if first < l.Offset {
		l.Offset = first
	}
	if l.Cursor >= l.Offset+height {
		l.Offset = l.Cursor - height + 1
	}
	l.Offset = max(min(l.Offset, n-height), 0)
}

// View draws the rows that a height has room for.
func (l *List) View(width, height, n int, draw func(i int, cursor bool) string) string {
	l.Cursor = max(min(l.Cursor, n-1), 0)
	l.Scroll(height, n)
	lines := make([]string, 0, height)
	for i := l.Offset; i < n && len(lines) < height; i++ {
		lines = append(lines, draw(i, i == l.Cursor))
	}
	return Block(lines, width, height)
}

// ViewTall is View of rows that have several lines: all of those of the row under the cursor are in sight. From is the lines at which
// the rows begin that can be seen.
func (l *List) ViewTall(width, height, n int, draw func(i int, cursor bool) []string) (text string, from []int) {
	l.Cursor = max(min(l.Cursor, n-1), 0)
	first, room := l.Cursor, height // the first row from which the cursor's can be seen
	tall := func(i int) int { return len(draw(i, i == l.Cursor)) }
	for room -= tall(first); first > 0 && first > l.Offset && room >= tall(first-1); first-- {
		room -= tall(first - 1)
	}
	end := l.Cursor + 1
	for ; end < n && room >= tall(end); end++ {
		room -= tall(end)
	}
	for ; end == n && first > 0 && room >= tall(first-1); first-- { // no row is left empty while there are others
		room -= tall(first - 1)
	}
	l.Offset = first
	var lines []string
	for i := first; i < n && len(lines) < height; i++ {
		from = append(from, len(lines))
		lines = append(lines, draw(i, i == l.Cursor)...)
	}
	l.Page = len(from)
	return Block(lines, width, height), from
}

// Click puts the cursor at a row, counted from the first that can be seen; false if there is none.
func (l *List) Click(y, n int) bool {
	i := l.Offset + y
	if y < 0 || i >= n || l.Skip != nil && l.Skip(i) {
		return false
	}
	l.Cursor = i
	return true
}

// More tells where in a long list the window is, "" when all of it can be seen.
func (l *List) More(n int) string {
	if n <= l.Page || l.Page == 0 {
		return ""
	}
	return strconv.Itoa(l.Cursor+1) + "/" + strconv.Itoa(n)
}

// Beside puts two blocks of equal height side by side.
func Beside(left, between, right string) string {
	a, b := strings.Split(left, "\n"), strings.Split(right, "\n")
	for i := range a {
		if i < len(b) {
			a[i] += between + b[i]
		}
	}
	return strings.Join(a, "\n")
}
