package ui

// What is remembered of a move, and what is not any more: a step that was made is remembered with its save, whoever asks for that.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
)

// makeStep notes that a change is a step of a plan.
type makeStep madeStep

func (m makeStep) do(s stage) tea.Cmd { s.tools().made = madeStep(m); return nil }

// asStep is a save; where the change of a step is among what it saves, it is remembered as that step.
func (k *kit) asStep(sv document.Saving) document.Saving {
	if k.made.plan == nil || !slices.Contains(k.doc.Titles(), k.made.title) {
		return sv
	}
	return sv.Of(k.made.plan)
}

// forgetMove ends the move that is under way.
type forgetMove struct{}

func (forgetMove) do(s stage) tea.Cmd {
	k := s.tools()
	was, err := k.doc.Store.ForgetMove()
	switch {
	case err != nil:
		s.complain(err)
	case was:
		s.tell(say{"the move is forgotten; the zone is as it was", levelGood})
	default:
		s.tell(say{"no move was remembered", levelInfo})
	}
	return nil
}
