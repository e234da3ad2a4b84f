package ui

// Panes that follow a cursor, and the row of keys, are drawn when it rests: while a key is held down, on a slow line, only the
// list that it moves in costs bytes. What is known of where the user is changes at once, so that no key acts on what was there
// before.

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/ui/draw"
)

// keyRest is how long no key comes before a cursor rests. A key that is held down comes again sooner: 30 times a second, on the
// console of Linux 11 times.
const keyRest = 100 * time.Millisecond

// wake is the panes as they were drawn when a cursor began to move.
type wake struct {
	*kit
	moves int // how often the cursor has moved: only the last movement comes to rest
	drawn [paneCount]drawn
	row   rowOfKeys
}

// rowOfKeys is the row of keys as it was drawn for a pane.
type rowOfKeys struct {
	text  string
	width int
	of    pane
}

// drawn is a pane at some size.
type drawn struct {
	text          string
	width, height int
}

// rested tells that no key came for a while.
type rested struct{ moves int }

// pressed is what becomes of a key: after one that moves a cursor in a pane, the panes that follow wait for the rest.
func (w *wake) pressed(m tea.KeyMsg, inPane bool) tea.Cmd {
	w.moving = w.rest > 0 && inPane && moves(m, &w.keys.Moving)
	if !w.moving {
		return nil
	}
	w.moves++
	n := w.moves
	return tea.Tick(w.rest, func(time.Time) tea.Msg { return rested{n} })
}

// moves tells whether a key moves the cursor of a list.
func moves(m tea.KeyMsg, k *draw.Moving) bool {
	return key.Matches(m, k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom)
}

// calm is what becomes of a rest.
func (w *wake) calm(m rested) { w.moving = w.moving && m.moves != w.moves }

// view draws a pane, or leaves it as it was while the cursor of another moves.
func (w *wake) view(n pane, c component, width, height int) string {
	d := &w.drawn[n]
	if !w.moving || n == w.focused || d.width != width || d.height != height {
		*d = drawn{c.view(width, height), width, height}
	}
	return d.text
}

// keyRow draws the row of keys, or leaves it as it was while the cursor of its pane moves: what can be done differs from row to row.
func (w *wake) keyRow(width int, row func() string) string {
	if d := w.row; !w.moving || d.of != w.focused || d.width != width {
		w.row = rowOfKeys{row(), width, w.focused}
	}
	return w.row.text
}
