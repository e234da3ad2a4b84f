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

// review shows what a save would write. With nothing to write it goes on to what follows.
func (a *app) review(then []action) tea.Cmd {
	switch {
	case a.busy:
		a.message = a.wait()
		return nil
	case !a.doc.modified() && len(then) > 0:
		return a.perform(then...)
	case !a.doc.modified():
		a.message = say{"nothing to save: the file has all this already", levelInfo}
		return nil
	case a.doc.readOnly() != "": // since it was read again
		return a.perform(a.askConflict(a.doc.readOnly())...)
	}
	sv, err := a.doc.prepare(a.doc.now())
	if err != nil {
		a.message = say{disk.Untouched.String() + ": " + a.show(err.Error()), levelError}
		return nil
	}
	d := &reviewDialog{kit: a.kit, saving: sv, then: then}
	saved, st, onDisk := a.doc.saved, a.doc.store, a.doc.onDisk
	rules := a.doc.examining(saved)
	a.busy = true
	a.message = say{"comparing with the file...", levelInfo}
	return func() tea.Msg {
		d.report = newReport(saved, sv.zone, st, rules, onDisk)
		return reviewed{d}
	}
}

// wait is the message while a save is compared or written.
func (a *app) wait() say { return say{"wait: the file is being compared or saved", levelInfo} }

// write saves in a command: a disk may hang.
func (a *app) write(w write) tea.Cmd {
	if a.busy {
		a.message = a.wait()
		return nil
	}
	a.busy = true
	a.message = say{"saving...", levelInfo}
	return func() tea.Msg {
		s := w.saving.run()
		s.then = w.then
		return s
	}
}

// finish takes the end of a save over.
func (a *app) finish(s saved) []action {
	a.busy = false
	if s.err != nil {
		text := a.doc.store.shortly(s.err.Error())
		if errors.Is(s.err, disk.ErrConflict) {
			return a.askConflict(text)
		}
		return []action{say{a.show(text), levelError}}
	}
	a.doc.wrote(s.before, s.zone)
	for _, r := range s.results {
		a.done = append(a.done, r.Message)
		a.done = append(a.done, r.Notes...)
	}
	text := "saved"
	if n, ok := s.zone.Serial(); ok {
		text += fmt.Sprintf(", serial %d", n)
	}
	if cmd := a.doc.store.reloadCommand(s.zone); cmd != "" {
		text += "; left to do: " + cmd
	}
	return append([]action{say{a.show(text), levelGood}, renew{}}, s.then...)
}

// reload reads the file again.
func (a *app) reload(force bool) tea.Cmd {
	if a.busy {
		a.message = a.wait()
		return nil
	}
	if a.doc.modified() && !force {
		a.message = say{"there are edits that are not saved: :w saves them, :e! throws them away", levelError}
		return nil
	}
	return a.restart(false, nil)
}

// quit ends the program, after a question if there are edits.
func (a *app) quit(force bool) tea.Cmd {
	if a.busy {
		a.message = a.wait()
		return nil
	}
	if force || !a.doc.modified() {
		return tea.Quit
	}
	d := &ask{kit: a.kit, question: "There are edits that are not saved"}
	for _, t := range a.doc.titles() {
		d.details = append(d.details, a.glyphs.bullet+" "+t)
	}
	if n := len(d.details); n > 5 {
		d.details = append(d.details[:4:4], fmt.Sprintf("%s and %d more", a.glyphs.bullet, n-4))
	}
	d.answers = []answer{
		{"Cancel", nil},
		{"Save", []action{review{then: []action{quit{}}}}},
		{"Discard", []action{quit{force: true}}},
	}
	return a.perform(push{d})
}
