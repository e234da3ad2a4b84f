package ui

// A plan is made beside the screen: thousands of names take a second, and who is asked since when the zone is served may take
// longer. What is remembered of the move is read each time anew, for others may save, too.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// makePlan makes the plan of a move; with no request, of the move that is under way.
type makePlan struct {
	forWhom planTaker
	request preview.Migration
}

// planTaker is who asks for plans.
type planTaker interface{ taken(p planned) []action }

func (m makePlan) do(s stage) tea.Cmd {
	k := s.tools()
	z, recall, now := k.doc.Zone(), k.doc.Store.AsksPast(k.doc.Saved), k.doc.Now
	show := writes(z, k.utf8)
	return longWork{"making the plan", func(pc *pace) result {
		p := planned{forWhom: m.forWhom, zone: z, past: recall()}
		if len(m.request.From)+len(m.request.To) == 0 {
			m.request = p.past.Request
		}
		if !p.asked(m.request) {
			return p // nothing is under way
		}
		p.table, p.err = p.past.Plan(z, m.request, now())
		pc.begin(len(p.table.Steps))
		for _, s := range p.table.Steps {
			if made, known := p.table.Made[s.Number]; known && s.State == preview.StepDone {
				s = made
			}
			p.steps = append(p.steps, plannedStep{s, s.Mail(show), document.ChangedLines(s.Base, s.Result)})
			if !pc.goesOn() {
				return nil
			}
		}
		return p
	}}.do(s)
}

// plannedStep is a step, with whose mail it sends elsewhere and the lines that it changes.
type plannedStep struct {
	preview.Step
	mail  []preview.StepMail
	lines []document.ChangedLine
}

// planned brings the plan of a version.
type planned struct {
	forWhom planTaker
	zone    *zonefile.Zone
	past    *document.Move
	table   document.Timetable
	steps   []plannedStep
	err     error
}

// asked tells whether a request names any host.
func (planned) asked(m preview.Migration) bool { return len(m.From)+len(m.To) > 0 }

// take hands the plan to who asked for it.
func (p planned) take(s stage) tea.Cmd {
	return s.perform(p.forWhom.taken(p)...)
}
