package ui

// A plan as it is shown: its steps, the one under the cursor, and from when on each may be made. No hour is told earlier than it
// is, and "NOW" stands only where it is certain.

import (
	"fmt"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
)

// planView is the steps of a plan, and all about the one under the cursor.
type planView struct {
	*kit
	move   preview.Migration
	steps  []plannedStep
	made   time.Time // what the times of the steps are counted from
	list   draw.List
	page   draw.Page // of what is said about the step
	check  int       // the check that space ticks
	ticked map[preview.Check]bool
}

// plannedStep is a step, with whose mail it sends elsewhere and the lines that it changes.
type plannedStep struct {
	preview.Step
	mail  []preview.StepMail
	lines []document.ChangedLine
}

// mostShown is how many lines and records of a step are shown: the command shows all, and so does the review.
const mostShown = 50

// present shows steps, the one that is to be done now first. Of a step that is done by now the plan says nothing any more:
// what it said before stays.
func (d *planView) present(steps []plannedStep) {
	for i, s := range steps {
		if i < len(d.steps) && s.State == preview.StepDone && s.Number > 0 && s.Script == "" {
			steps[i] = d.steps[i]
			steps[i].State, steps[i].Earliest = preview.StepDone, 0
		}
		if s.State == preview.StepNow {
			d.list.Cursor = i
		}
	}
	d.steps, d.made, d.check = steps, d.doc.Now(), 0
	d.page.Top()
}

func (d *planView) title() string {
	return d.move.Headline(d.steps[0].Kind, d.short)
}

func (d *planView) lines(int) int { return 1000 } // all there is

// aside stands at the right of the title: when the move ends, at the earliest.
func (d *planView) aside() string {
	last := d.steps[len(d.steps)-1]
	if last.State == preview.StepDone {
		return "all steps are done"
	}
	return "ends " + preview.Clock(last.From(d.made), d.doc.Now()) + " or later"
}

// step is the one under the cursor.
func (d *planView) step() plannedStep { return d.steps[d.list.Cursor] }

// early tells whether the time of a step has not come.
func (d *planView) early(s plannedStep) bool {
	return d.made.Add(time.Duration(s.Earliest) * time.Second).After(d.doc.Now())
}

// whenWidth is the room for hours.
func (d *planView) whenWidth(width int) int {
	if width < draw.FullWidth {
		return 14
	}
	return 25
}

// when is the state of a step, and its hour. Where there is little room the hour alone stands for "or later".
func (d *planView) when(s plannedStep, width int) string {
	hour := preview.Clock(s.From(d.made), d.doc.Now())
	before, behind := "not before ", " or later"
	if width < draw.FullWidth {
		before, behind = "", ""
	}
	switch {
	case s.Number == 0:
		return ""
	case s.State == preview.StepDone:
		return "done"
	case s.State == preview.StepLater:
		return hour + behind
	case !s.Certain:
		return "not certain"
	case d.early(s):
		return before + hour
	}
	return "NOW"
}

// whenText says in a sentence from when on a step may be saved.
func (d *planView) whenText(s plannedStep) string {
	at := s.From(d.made).Format("Monday, 2 January 15:04")
	switch {
	case !s.Certain:
		return fmt.Sprintf("not known: since when do the name servers give what step %d made? Certain from %s on", s.Number-1, at)
	case d.early(s):
		return "not before " + at + ", in " + preview.Until(s.From(d.made), d.doc.Now())
	}
	return ""
}

// status says what enter does with the step under the cursor, where that is not to make it at once.
func (d *planView) status() string {
	s := d.step()
	switch {
	case d.doc.Modified():
		return "not saved yet: w saves it"
	case s.State != preview.StepNow || s.Number == 0:
		return ""
	case !s.Certain:
		return "it is not known whether this step is early: enter asks first"
	case d.early(s):
		return "this step is early by " + preview.Until(s.From(d.made), d.doc.Now()) + ": enter asks first"
	}
	return ""
}
