package ui

// A list that takes the longer to make the bigger the zone is lags: it is made beside the screen from what does not change, and
// until it is there the one before it stays, with its cursor. What is wanted meanwhile counts, not what was wanted when it began.
// One that is short is made when it is looked at.

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
