package ui

// Saving, reading again, and the end of the program.

import (
	"github.com/mailzone/mailzone/document"

	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile/disk"
)

// reviewed brings the review of a save.
type reviewed struct{ dialog *reviewDialog }

func (m reviewed) take(s stage) tea.Cmd {
	s.work().end(s)
	s.push(m.dialog)
	return nil
}

// review shows what a save would write; then is done after it.
type review struct{ then []action }

// do goes on to what follows where there is nothing to write.
func (r review) do(s stage) tea.Cmd {
	k, then := s.tools(), r.then
	modified := k.doc.Modified()
	switch {
	case s.work().busy: // says so
	case !modified && len(then) > 0:
		return s.perform(then...)
	case !modified:
		s.tell(say{"nothing to save: the file has all this already", levelInfo})
		return nil
	case k.doc.ReadOnly() != "": // since it was read again
		return s.perform(askConflict(k, k.doc.ReadOnly())...)
	}
	if !s.work().begin(s, "comparing with the file...") {
		return nil
	}
	sv, err := k.doc.Prepare(k.doc.Now())
	if err != nil {
		s.work().end(s)
		s.tell(say{disk.Untouched.String() + ": " + k.show(err.Error()), levelError})
		return nil
	}
	d := &reviewDialog{kit: k, saving: sv, then: then}
	saved, st, onDisk := k.doc.Saved, k.doc.Store, k.doc.OnDisk
	rules := k.doc.Examining(saved)
	return func() tea.Msg {
		d.report = newReport(saved, sv.Zone, st, rules, onDisk)
		return reviewed{d}
	}
}

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
	text := "saved"
	if n, ok := m.Zone.Serial(); ok {
		text += fmt.Sprintf(", serial %d", n)
	}
	if cmd := k.doc.Store.ReloadCommand(m.Zone); cmd != "" {
		text += "; left to do: " + cmd
	}
	return s.perform(append([]action{say{k.show(text), levelGood}, renew{}}, m.then...)...)
}

// reload reads the file again.
type reload struct{ force bool }

func (r reload) do(s stage) tea.Cmd {
	if !s.work().busy && !r.force && s.tools().doc.Modified() {
		s.tell(say{"there are edits that are not saved: :w saves them, :e! throws them away", levelError})
		return nil
	}
	return restart(s, false, nil)
}

// quit ends the program, after a question if there are edits.
type quit struct{ force bool }

func (q quit) do(s stage) tea.Cmd {
	k := s.tools()
	if s.work().busy {
		s.tell(waiting())
		return nil
	}
	if q.force || !k.doc.Modified() {
		return tea.Quit
	}
	d := &ask{kit: k, question: "There are edits that are not saved"}
	for _, t := range k.doc.Titles() {
		d.details = append(d.details, k.Glyphs.Bullet+" "+t)
	}
	if n := len(d.details); n > 5 {
		d.details = append(d.details[:4:4], fmt.Sprintf("%s and %d more", k.Glyphs.Bullet, n-4))
	}
	d.answers = []answer{
		{"Cancel", nil},
		{"Save", []action{review{then: []action{quit{}}}}},
		{"Discard", []action{quit{force: true}}},
	}
	s.push(d)
	return nil
}
