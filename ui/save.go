package ui

import (
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile/disk"
)

// Saving, reading again, and the end of the program.

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
	modified := k.doc.modified()
	switch {
	case s.work().busy: // says so
	case !modified && len(then) > 0:
		return s.perform(then...)
	case !modified:
		s.tell(say{"nothing to save: the file has all this already", levelInfo})
		return nil
	case k.doc.readOnly() != "": // since it was read again
		return s.perform(askConflict(k, k.doc.readOnly())...)
	}
	if !s.work().begin(s, "comparing with the file...") {
		return nil
	}
	sv, err := k.doc.prepare(k.doc.now())
	if err != nil {
		s.work().end(s)
		s.tell(say{disk.Untouched.String() + ": " + k.show(err.Error()), levelError})
		return nil
	}
	d := &reviewDialog{kit: k, saving: sv, then: then}
	saved, st, onDisk := k.doc.saved, k.doc.store, k.doc.onDisk
	rules := k.doc.examining(saved)
	return func() tea.Msg {
		d.report = newReport(saved, sv.zone, st, rules, onDisk)
		return reviewed{d}
	}
}

// write saves without another question: the review has asked.
type write struct {
	saving saving
	then   []action
}

// do saves in a command: a disk may hang.
func (w write) do(s stage) tea.Cmd {
	if !s.work().begin(s, "saving...") {
		return nil
	}
	return func() tea.Msg {
		return wrote{w.saving.run(), w.then}
	}
}

// wrote brings the end of a save, and what is done after it.
type wrote struct {
	saved
	then []action
}

// take takes the end of a save over.
func (m wrote) take(s stage) tea.Cmd {
	s.work().end(s)
	k := s.tools()
	if m.err != nil {
		text := k.doc.store.shortly(m.err.Error())
		if errors.Is(m.err, disk.ErrConflict) {
			return s.perform(askConflict(k, text)...)
		}
		if errors.Is(m.err, disk.ErrInPlace) { // which was not foreseen, so the review has not asked
			s.push(k.askWord(inPlaceHeading, text, []action{write{m.saving.inPlace(), m.then}}))
			return nil
		}
		s.tell(say{k.show(text), levelError})
		return nil
	}
	k.doc.wrote(m.before, m.zone)
	out := s.outcome()
	out.done = append(out.done, m.notes...)
	for _, r := range m.results {
		out.done = append(out.done, r.Message)
		out.done = append(out.done, r.Notes...)
	}
	text := "saved"
	if n, ok := m.zone.Serial(); ok {
		text += fmt.Sprintf(", serial %d", n)
	}
	if cmd := k.doc.store.reloadCommand(m.zone); cmd != "" {
		text += "; left to do: " + cmd
	}
	return s.perform(append([]action{say{k.show(text), levelGood}, renew{}}, m.then...)...)
}

// reload reads the file again.
type reload struct{ force bool }

func (r reload) do(s stage) tea.Cmd {
	if !s.work().busy && !r.force && s.tools().doc.modified() {
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
	if q.force || !k.doc.modified() {
		return tea.Quit
	}
	d := &ask{kit: k, question: "There are edits that are not saved"}
	for _, t := range k.doc.titles() {
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
