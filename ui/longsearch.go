package ui

// A search goes on beside the screen, for a pane may have millions of rows; where it leads to is gone to when it has been found.

import tea "github.com/charmbracelet/bubbletea"

// searcher is a pane that can be searched.
type searcher interface {
	// seek is how to find the next row that has a text, beside the screen: by then it reads nothing that changes. What it
	// returns goes there; nil if no row has it.
	seek(text string, back bool) func(p *pace) (goes func())
}

// sought is how to find what is found already, where rows are few; goes goes there.
func sought(found bool, goes func()) func(*pace) func() {
	return func(*pace) func() {
		if !found {
			return nil
		}
		return goes
	}
}

// nextMatch is nextMatch among rows that may be very many.
func (p *pace) nextMatch(n, from int, back bool, ok func(int) bool) (int, bool) {
	p.begin(n)
	i, found := nextMatch(n, from, back, func(i int) bool { return !p.goesOn() || ok(i) })
	return i, found && !p.stopped.Load()
}

// searching is the search of a component for a text.
func searching(k *kit, text string, c component, seek func(*pace) func()) longWork {
	return longWork{"looking for " + k.show(text), func(p *pace) result { return soughtFor{c, text, seek(p)} }}
}

// soughtFor is what came of a search.
type soughtFor struct {
	in   component
	text string
	goes func() // nil: nothing was found
}

// take goes there, and the other panes follow.
func (m soughtFor) take(s stage) tea.Cmd {
	if m.goes == nil {
		s.tell(say{"not found here: " + s.tools().show(m.text), levelInfo})
		return nil
	}
	m.goes()
	if c, ok := m.in.(interface{ chosen() []action }); ok {
		return s.perform(c.chosen()...)
	}
	return nil
}
