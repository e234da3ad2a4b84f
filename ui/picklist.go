package ui

// Rows of a dialog that one goes through and chooses from: each may take several lines, all are searched and narrowed by all that they
// say.

import (
	"github.com/mailzone/mailzone/ui/draw"
)

// pickList is such rows, as far as they do not depend on what they are of.
type pickList struct {
	*kit
	list  draw.List
	only  string
	stood int // the row under the cursor before all were narrowed
	rows  func() int
	says  func(i int) string // all that a row says
}

// shown is the numbers of the rows that are shown.
func (l *pickList) shown() (out []int) {
	of := l.seeks(l.only)
	for i := range l.rows() {
		if l.only == "" || of.has(l.says(i)) {
			out = append(out, i)
		}
	}
	return out
}

func (l *pickList) narrowing() string { return l.only }

// narrow shows the rows that have a text.
func (l *pickList) narrow(text string) []action {
	if l.only == "" {
		l.stood = l.list.Cursor
	}
	l.only = text
	shown := l.shown()
	l.list.To(stays(shown, l.stood), 1, len(shown))
	return nil
}

// seek finds the next row that has a text.
func (l *pickList) seek(text string, back bool) func(*pace) func() {
	shown, of := l.shown(), l.seeks(text)
	i, ok := nextMatch(len(shown), l.list.Cursor, back, func(i int) bool { return of.has(l.says(shown[i])) })
	return sought(ok, func() { l.list.Cursor = i })
}

// under is the row under the cursor; ok is false for none.
func (l *pickList) under() (i int, ok bool) {
	if shown := l.shown(); l.list.Cursor < len(shown) {
		return shown[l.list.Cursor], true
	}
	return 0, false
}

// moving is the keys that move the cursor.
func (l *pickList) moving() []binding {
	n, k := len(l.shown()), l.keys
	first, last := "", ""
	if l.list.Cursor == 0 {
		first = "this is the first row"
	}
	if l.list.Cursor >= n-1 {
		last = "this is the last row"
	}
	to := func(i, dir int) func() []action {
		return func() []action { l.list.To(i, dir, n); return nil }
	}
	at, page := l.list.Cursor, max(l.list.Page-1, 1)
	return []binding{
		unless(last, k.Down, to(at+1, 1)).briefly("-"), unless(first, k.Up, to(at-1, -1)).briefly("-"),
		unless(last, k.PageDown, to(at+page, 1)).briefly("-"), unless(first, k.PageUp, to(at-page, -1)).briefly("-"),
		unless(last, k.Bottom, to(n-1, -1)).briefly("-"), unless(first, k.Top, to(0, 1)).briefly("-"),
	}
}

// viewRows draws the rows.
func (l *pickList) viewRows(width, height int, lines func(i int, cursor bool) []string) string {
	shown := l.shown()
	if len(shown) == 0 {
		return l.empty(nothingHas, width, height)
	}
	text, _ := l.list.ViewTall(width, height, len(shown), func(i int, cursor bool) []string { return lines(shown[i], cursor) })
	return text
}
