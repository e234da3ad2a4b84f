package ui

// What a user is told and asked before the first key: what warns, what earlier sessions left, who else is here. A zone
// that is read again is asked about again: who was here before may have gone, and others come.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// greet says what a user should know before the first key.
func greet(s stage) {
	k := s.tools()
	if k.doc.ReadOnly() != "" {
		s.tell(onlyRead(k))
		return
	}
	if w := append(slices.Clone(k.notes), k.doc.Store.Warnings()...); len(w) > 0 {
		s.tell(say{k.show(strings.Join(w, "; ")), levelInfo})
	}
}

// askFirst asks what has to be known before anything is edited: what earlier sessions left, who else is here.
func askFirst(s stage) {
	askInterrupted(s)
	if offerRecovery(s); s.top() == nil {
		s.perform(offerDrafts{}) // what it does is done at once: nothing is edited yet
	}
	askEditors(s)
}

// askEditors asks whether to edit a file that another editor has open.
func askEditors(s stage) {
	k := s.tools()
	others := k.doc.Store.Editors()
	if len(others) == 0 || k.doc.ReadOnly() != "" {
		return
	}
	d := &ask{kit: k, question: "Another editor has the file open: the save of one overwrites the other's"}
	for _, e := range others {
		d.details = append(d.details, k.show(e.String()))
	}
	d.answers = []answer{
		{"Look only", []action{lookOnly{others[0].String()}}},
		{"Edit it here, too", nil},
	}
	s.tell(say{})
	s.push(d)
}

// lookOnly edits nothing from here on.
type lookOnly struct{ why string }

func (a lookOnly) do(s stage) tea.Cmd { s.tools().doc.Store.LookOnly(a.why); return nil }
