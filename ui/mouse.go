package ui

// The mouse, where the user asked for it: a click chooses, a second one opens, the wheel scrolls.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

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

// pointer is what is known of the mouse.
type pointer struct {
	on   bool
	last pressed
}

// follow follows the mouse over the panes.
func (m *pointer) follow(p *panes, l draw.Layout, ev tea.MouseMsg) []action {
	n, y, ok := p.paneAt(l, ev.X, ev.Y)
	switch {
	case ev.Button == tea.MouseButtonWheelUp && ok:
		return wheel(p.component(n), tea.KeyUp)
	case ev.Button == tea.MouseButtonWheelDown && ok:
		return wheel(p.component(n), tea.KeyDown)
	case ev.Button != tea.MouseButtonLeft || ev.Action != tea.MouseActionPress:
		return nil
	case ok:
		return m.click(p, n, y)
	}
	return clickTab(p, l, ev.X, ev.Y)
}

// toggle turns the mouse on or off. While it is on the terminal's own selection needs shift.
func (m *pointer) toggle() (say, tea.Cmd) {
	if m.on = !m.on; m.on {
		return say{"the mouse chooses; :mouse again gives it back to the terminal", levelInfo}, tea.EnableMouseCellMotion
	}
	return say{"the mouse is the terminal's", levelInfo}, tea.DisableMouse
}

// wheel scrolls a pane by some rows.
func wheel(c component, k tea.KeyType) []action {
	const rows = 3
	var out []action
	for range rows {
		out = append(out, c.update(tea.KeyMsg{Type: k})...)
	}
	return out
}

// click chooses a row; a second click on it opens it.
func (m *pointer) click(p *panes, n pane, y int) []action {
	c, ok := p.component(n).(clicker)
	if !ok {
		return []action{focus{n}}
	}
	out := append([]action{focus{n}}, c.click(y)...)
	last, now := m.last, pressed{n, y, p.doc.Now()}
	double := now.pane == last.pane && now.row == last.row && now.when.Sub(last.when) < doubleClick
	if m.last = now; double {
		m.last = pressed{}
		actions, _ := press(tea.KeyMsg{Type: tea.KeyEnter}, p.component(n).bindings())
		out = append(out, actions...)
	}
	return out
}

// clickTab goes to the tab at a cell.
func clickTab(p *panes, l draw.Layout, x, y int) []action {
	for _, s := range p.placed(l) {
		if !s.at.Tabs.Holds(x, y) {
			continue
		}
		titles, _ := p.titles(l, s)
		for _, t := range titles {
			if from := s.at.Tabs.X + t.x; x >= from && x < from+ansi.StringWidth(t.text)+2 {
				return []action{focus{t.pane}}
			}
		}
	}
	return nil
}
