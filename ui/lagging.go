package ui

// A list that takes the longer to make the bigger the zone is lags: it is made beside the screen from what does not change, and
// until it is there the one before it stays, with its cursor. What is wanted meanwhile counts, not what was wanted when it began.
// One that is short is made when it is looked at.

import (
	tea "github.com/charmbracelet/bubbletea"
)

// lagging is what a pane shows of what it is made from, its basis.
type lagging[B comparable, L any] struct {
	basis B
	list  L
	under *making[B] // what is being made beside the screen; nil: nothing is
}

// making is a list that is being made beside the screen.
type making[B comparable] struct {
	pace
	basis B
}

// recipe is how a list is made.
type recipe[B comparable, L any] struct {
	basis B
	few   bool          // this takes no longer than a key may
	cook  func(*pace) L // reads what does not change, and ends early where nobody waits for it any more
}

// look is the list as it is shown: as it is wanted, if that is soon made.
func (l *lagging[B, L]) look(r recipe[B, L]) *L {
	if r.few && l.basis != r.basis {
		l.set(r.basis, r.cook(&pace{}))
	}
	return &l.list
}

// set shows a list. Another that is being made is not waited for.
func (l *lagging[B, L]) set(basis B, list L) {
	l.basis, l.list = basis, list
	l.forget()
}

// forget ends what is being made.
func (l *lagging[B, L]) forget() {
	if l.under != nil {
		l.under.stopped.Store(true)
	}
	l.under = nil
}

// lags tells whether another list is wanted than the one that is shown.
func (l *lagging[B, L]) lags(r recipe[B, L]) bool { return l.basis != r.basis }

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

// made is how the list that is wanted is made while somebody waits for it, and what shows it then; nil where it is there.
func (l *lagging[B, L]) made(r recipe[B, L]) func(*pace) func() {
	if !l.lags(r) {
		return nil
	}
	return func(p *pace) func() {
		list := r.cook(p)
		return func() { l.set(r.basis, list) }
	}
}

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
