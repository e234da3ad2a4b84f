package ui

import (
	"github.com/mailzone/mailzone/ui/draw"

	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// The mouse, where the user asked for it: a click chooses, a second one opens, the wheel scrolls.

// clicker is a pane whose rows can be clicked: y counts from its first line.
type clicker interface{ click(y int) []action }

// pressed is the last click, to know a double one by.
type pressed struct {
	pane pane
	row  int
	when time.Time
}

// doubleClick is how fast a second click must follow.
const doubleClick = 400 * time.Millisecond

// followMouse follows the mouse over the main screen. Dialogs are for the keyboard.
func (a *app) followMouse(m tea.MouseMsg) []action {
	if len(a.dialogs) > 0 {
		return nil
	}
	l := draw.Arrange(a.width, a.height)
	p, y, ok := a.paneAt(l, m.X, m.Y)
	switch {
	case m.Button == tea.MouseButtonWheelUp && ok:
		return a.wheel(p, tea.KeyUp)
	case m.Button == tea.MouseButtonWheelDown && ok:
		return a.wheel(p, tea.KeyDown)
	case m.Button != tea.MouseButtonLeft || m.Action != tea.MouseActionPress:
		return nil
	case m.Y == l.Tabs.Y:
		return a.clickTab(l, m.X)
	case !ok:
		return nil
	}
	return a.click(p, y)
}

// pointer is what is known of the mouse.
type pointer struct {
	on   bool
	last pressed
}

// switchMouse turns the mouse on or off. While it is on the terminal's own selection needs shift.
func (a *app) switchMouse() tea.Cmd {
	if a.pointer.on = !a.pointer.on; a.pointer.on {
		a.message = say{"the mouse chooses; :mouse again gives it back to the terminal", levelInfo}
		return tea.EnableMouseCellMotion
	}
	a.message = say{"the mouse is the terminal's", levelInfo}
	return tea.DisableMouse
}

// paneAt is the pane at a cell, and the line of it.
func (a *app) paneAt(l draw.Layout, x, y int) (p pane, line int, ok bool) {
	inside := func(r draw.Rect) bool { return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H }
	switch {
	case l.Single && inside(l.Lower):
		return a.focused, y - l.Lower.Y, true
	case inside(l.Names):
		return paneNames, y - l.Names.Y, true
	case inside(l.Records):
		return paneRecords, y - l.Records.Y, true
	case inside(l.Lower):
		return a.lower, y - l.Lower.Y, true
	}
	return 0, 0, false
}

// wheel scrolls a pane by some rows.
func (a *app) wheel(p pane, k tea.KeyType) []action {
	const rows = 3
	var out []action
	for range rows {
		out = append(out, a.component(p).update(tea.KeyMsg{Type: k})...)
	}
	return out
}

// click chooses a row; a second click on it opens it.
func (a *app) click(p pane, y int) []action {
	c, ok := a.component(p).(clicker)
	if !ok {
		return []action{focus{p}}
	}
	out := append([]action{focus{p}}, c.click(y)...)
	now := pressed{p, y, a.doc.Now()}
	double := now.pane == a.pointer.last.pane && now.row == a.pointer.last.row && now.when.Sub(a.pointer.last.when) < doubleClick
	if a.pointer.last = now; double {
		a.pointer.last = pressed{}
		actions, _ := press(tea.KeyMsg{Type: tea.KeyEnter}, a.component(p).bindings())
		out = append(out, actions...)
	}
	return out
}

// clickTab goes to the tab at a column.
func (a *app) clickTab(l draw.Layout, x int) []action {
	at, first := 1, paneDelivery
	titles := a.tabNames()
	if l.Single {
		at, first, titles = 0, paneNames, a.singleNames()
	}
	for i, t := range titles {
		if at += len(t) + 2; x < at {
			return []action{focus{first + pane(i)}}
		}
		if !l.Single {
			at++
		}
	}
	return nil
}

func (p *names) click(y int) []action {
	if p.list.Click(y-1, len(p.rows())) {
		return p.chosen()
	}
	return nil
}

func (p *records) click(y int) []action {
	if p.list.Click(y-1, len(p.rows)) {
		return p.chosen()
	}
	return nil
}

func (p *delivery) click(y int) []action {
	p.list.Click(y, len(p.rows))
	return nil
}

func (p *problems) click(y int) []action {
	if p.list.Click(y, len(p.rows())) {
		return p.chosen()
	}
	return nil
}

func (p *source) click(y int) []action {
	if p.list.Click(y, p.text().Lines()) {
		return p.chosen()
	}
	return nil
}
