package ui

// The recovery log is written in commands: a disk may hang, and no key waits for it.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
)

// keep writes the recovery log in a command.
func keep(doc *document.Session) tea.Cmd {
	j := &doc.Journal
	return func() tea.Msg {
		if err := j.Flush(); err != nil {
			return unkept{err}
		}
		return nil
	}
}

// unkept says that the recovery log could not be written. Editing goes on.
type unkept struct{ err error }

func (m unkept) take(s stage) tea.Cmd { s.complain(m.err); return nil }

// renew begins the recovery log anew and examines the zone, after a save.
type renew struct{}

// do keeps edits that were made while the save ran: they are in the new log again.
func (renew) do(s stage) tea.Cmd {
	doc := s.tools().doc
	if !doc.Modified() {
		s.complain(doc.Journal.Reset())
		return examine(s)
	}
	if doc.Journal.Keeps() {
		s.complain(doc.TakeLogOver())
	}
	return tea.Batch(keep(doc), examine(s))
}
