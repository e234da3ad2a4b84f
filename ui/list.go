package ui

// A cursor over rows that are not kept: only those in sight are asked for, so a million cost what ten cost.

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// moving is the keys that move a cursor.
type moving struct {
	up, down, left, right, pageUp, pageDown, top, bottom key.Binding
}

// list is a cursor over numbered rows. It knows nothing of the rows and draws only those that can be
// seen, so a list of a million costs what a list of ten costs.
type list struct {
	cursor, offset int
	page           int              // how many rows the last drawing had room for: what PgDn moves by
	skip           func(i int) bool // rows that the cursor passes over; nil if there are none
}

// move follows a key; false if it is none of a list's.
func (l *list) move(msg tea.KeyMsg, k *moving, n int) bool {
	switch {
	case key.Matches(msg, k.up):
		l.to(l.cursor-1, -1, n)
	case key.Matches(msg, k.down):
		l.to(l.cursor+1, 1, n)
	case key.Matches(msg, k.pageUp):
		l.to(l.cursor-max(l.page-1, 1), -1, n)
	case key.Matches(msg, k.pageDown):
		l.to(l.cursor+max(l.page-1, 1), 1, n)
	case key.Matches(msg, k.top):
		l.to(0, 1, n)
	case key.Matches(msg, k.bottom):
		l.to(n-1, -1, n)
	default:
		return false
	}
	return true
}

// to puts the cursor at row i, or at the next one in a direction where it may stand.
func (l *list) to(i, dir, n int) {
	i = max(min(i, n-1), 0)
	for _, d := range []int{dir, -dir} {
		for j := i; j >= 0 && j < n; j += d {
			if l.skip == nil || !l.skip(j) {
				l.cursor = j
				return
			}
		}
	}
	l.cursor = i
}

// scroll moves the window so that the cursor is in it. Rows above the cursor that it passes over, such as
// a heading, stay in sight at the top.
func (l *list) scroll(height, n int) {
	l.page = height
	first := l.cursor
	for first > 0 && l.skip != nil && l.skip(first-1) && l.cursor-first < 2 {
		first--
	}
	if first < l.offset {
		l.offset = first
	}
	if l.cursor >= l.offset+height {
		l.offset = l.cursor - height + 1
	}
	l.offset = max(min(l.offset, n-height), 0)
}

// view draws the rows that a height has room for.
func (l *list) view(width, height, n int, draw func(i int, cursor bool) string) string {
	l.cursor = max(min(l.cursor, n-1), 0)
	l.scroll(height, n)
	lines := make([]string, 0, height)
	for i := l.offset; i < n && len(lines) < height; i++ {
		lines = append(lines, draw(i, i == l.cursor))
	}
	return block(lines, width, height)
}

// click puts the cursor at a row, counted from the first that can be seen; false if there is none.
func (l *list) click(y, n int) bool {
	i := l.offset + y
	if y < 0 || i >= n || l.skip != nil && l.skip(i) {
		return false
	}
	l.cursor = i
	return true
}

// more tells where in a long list the window is, "" when all of it can be seen.
func (l *list) more(n int) string {
	if n <= l.page || l.page == 0 {
		return ""
	}
	return strconv.Itoa(l.cursor+1) + "/" + strconv.Itoa(n)
}

// beside puts two blocks of equal height side by side.
func beside(left, between, right string) string {
	a, b := strings.Split(left, "\n"), strings.Split(right, "\n")
	for i := range a {
		if i < len(b) {
			a[i] += between + b[i]
		}
	}
	return strings.Join(a, "\n")
}
