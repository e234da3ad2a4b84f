package ui

// A save, which the review has asked about. It runs beside the screen, for a disk may hang; what it could not foresee is
// asked when it comes back.

import (
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// write saves without another question: the review has asked.
type write struct {
	saving document.Saving
	then   []action
}

// do saves in a command: a disk may hang.
func (w write) do(s stage) tea.Cmd {
	if !s.work().begin(s, "saving...") {
		return nil
	}
	return func() tea.Msg {
		return wrote{w.saving.Run(), w.then}
	}
}

// wrote brings the end of a save, and what is done after it.
type wrote struct {
	document.Saved
	then []action
}

// take takes the end of a save over.
func (m wrote) take(s stage) tea.Cmd {
	s.work().end(s)
	k := s.tools()
	if m.Err != nil {
		text := k.doc.Store.Shortly(m.Err.Error())
		if errors.Is(m.Err, disk.ErrConflict) {
			return s.perform(askConflict(k, text)...)
		}
		if errors.Is(m.Err, disk.ErrInPlace) { // which was not foreseen, so the review has not asked
			s.push(k.askWord(inPlaceHeading, text, []action{write{m.Saving.InPlace(), m.then}}))
			return nil
		}
		s.tell(say{k.show(text), levelError})
		return nil
	}
	k.doc.Wrote(m.Before, m.Zone)
	out := s.outcome()
	out.done = append(out.done, m.Notes...)
	for _, r := range m.Results {
		out.done = append(out.done, r.Message)
		out.done = append(out.done, r.Notes...)
	}
	out.done, out.todo = append(out.done, out.todo...), nil
	text := "saved"
	if n, ok := m.Zone.Serial(); ok {
		text += fmt.Sprintf(", serial %d", n)
	}
	text += "; " + k.leftToDo()
	if p := m.Followed(); p.Any() {
		out.along = append(out.along, p)
		for _, line := range p.LeftToDo(k.doc.Now()) {
			text += ", " + line
		}
	}
	return s.perform(append([]action{say{k.show(text), levelGood}, renew{}}, m.then...)...)
}

// leftToDo is what is left to do after a save, as far as that is known.
func (k *kit) leftToDo() string {
	if k.demo {
		return "a copy of the sample, which no name server has"
	}
	return k.doc.Store.LeftToDo().String()
}
