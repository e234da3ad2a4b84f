package ui

// How a plan is opened: the move that is under way, if one is remembered, else the form that asks for one. And what is told of
// it without a form: since when the zone is served, and that a move is to be forgotten.

import (
	tea "github.com/charmbracelet/bubbletea"
)

// openPlan shows the plan that is under way, or asks for a move.
type openPlan struct{ saving func(then ...action) action }

// do asks at once where nothing is remembered, so that what is typed behind the key goes into the form.
func (o openPlan) do(s stage) tea.Cmd {
	if !s.tools().doc.Store.Remembers() {
		return askPlan(o).do(s)
	}
	return makePlan{forWhom: &planOpening{s.tools(), o.saving}}.do(s)
}

// planOpening goes on when it is known whether a move is under way.
type planOpening struct {
	*kit
	saving func(then ...action) action
}

// taken goes on to the plan, or to the form.
func (d *planOpening) taken(p planned) []action {
	form := []action{askPlan{d.saving}}
	switch {
	case p.err != nil: // the move that is remembered cannot go on
		return append(form, migrate{p.past.Request}, say{d.show(p.err.Error()), levelError})
	case len(p.steps) == 0 && len(p.past.Notes) > 0:
		return append(form, say{d.show(p.past.Notes[0]), levelError})
	case len(p.steps) == 0:
		return form
	}
	show := []action{migrate{p.table.Request}, push{newPlanDialog(d.kit, p, afterPlan{askPlan{d.saving}, d.saving})}}
	if p.table.Ended {
		show = append(show, migrate{}, say{"the last step holds everywhere: the move is done, and not remembered any more", levelGood})
	}
	return show
}

// takesText says that a question mark is typed in the form.
func (*planForm) takesText() {}
