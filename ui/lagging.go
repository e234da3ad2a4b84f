package ui

// Lists that lag are caught up with beside the screen, as their panes ask for it, or while a key waits for one of them.

import (
	tea "github.com/charmbracelet/bubbletea"
)

// catchUp makes the list that is wanted beside the screen, if it is another than the one that is shown, and then does what follows.
func (l *lagging[B, L]) catchUp(r recipe[B, L], follows func() []action) tea.Cmd {
	switch {
	case !l.lags(r):
		l.forget()
		return nil
	case r.few || l.under != nil && l.under.basis == r.basis:
		return nil
	}
	l.forget()
	m := &making[B]{basis: r.basis}
	l.under = m
	return func() tea.Msg {
		list := r.cook(&m.pace)
		return caughtUp{func(s stage) tea.Cmd {
			if l.under != m {
				return nil
			}
			l.set(m.basis, list)
			return s.perform(follows()...)
		}}
	}
}

// caughtUp brings a list that was made beside the screen.
type caughtUp struct{ shows func(stage) tea.Cmd }

func (m caughtUp) take(s stage) tea.Cmd { return m.shows(s) }

// laggard is a component with a list that lags.
type laggard interface {
	catchUp() tea.Cmd
	making() func(*pace) (shows func()) // how the list that is wanted is made; nil where it is there
}

// makeList makes the list that was asked for by a key, which waits for it. Esc brings back what was wanted before.
type makeList struct {
	of   laggard
	what string
	then func() []action // what follows
	back func() []action // what is wanted again where nobody waits
}

func (a makeList) do(s stage) tea.Cmd {
	work := a.of.making()
	if work == nil {
		return s.perform(a.then()...)
	}
	return longWork{a.what, func(p *pace) result { return listMade{a, work(p)} }}.orElse(s, a.back)
}

// listMade brings it.
type listMade struct {
	makeList
	shows func()
}

func (m listMade) take(s stage) tea.Cmd {
	m.shows()
	return s.perform(m.then()...)
}
