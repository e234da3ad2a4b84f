package ui

// A plan as it is shown: its steps, the one under the cursor, and from when on each may be made. No hour is told earlier than it
// is, and "NOW" stands only where it is certain.

import (
	"cmp"
	"strings"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// planView is the steps of a plan, and all about the one under the cursor.
type planView struct {
	*kit
	past  *document.Move // what is known of the time before
	table document.Timetable
	steps []plannedStep
	made  time.Time // what the times of the steps are counted from
	list  draw.List
	page  draw.Page            // of what is said about the step
	check int                  // the check that space ticks
	asked *document.StepChecks // what the world said of the step that was saved last; nil: nobody asked
	row   int                  // where that stands on the page

	only   string // steps of which it is said; "" for all
	kept   []int  // those steps, by their numbers in steps
	stood  int    // the step under the cursor before all were narrowed
	width  int    // of the last picture
	zoomed bool   // what is said about the step has all the room
}

// to goes to a row, and to the beginning of what is said about its step.
func (d *planView) to(row int) {
	d.page.Top()
	d.check = 0
	d.list.To(row, row-d.list.Cursor, len(d.kept))
}

// mostShown is how many lines and records of a step are shown: the command shows all, and so does the review.
const mostShown = 50

// present shows a plan, the step that is to be done now first. Of a step that is done by now a plan says nothing any more: what
// was said before stays.
func (d *planView) present(p planned) {
	for i, s := range p.steps {
		if i < len(d.steps) && s.State == preview.StepDone && s.Number > 0 && s.Script == "" {
			p.steps[i] = d.steps[i]
			p.steps[i].State, p.steps[i].Earliest = preview.StepDone, 0
		}
		if s.State == preview.StepNow || s.State == preview.StepDone && i == len(p.steps)-1 {
			d.list.Cursor = i
		}
	}
	d.past, d.table, d.steps, d.made, d.check = p.past, p.table, p.steps, d.doc.Now(), 0
	d.asked = nil
	d.only, d.kept = "", nil
	for i := range d.steps {
		d.kept = append(d.kept, i)
	}
	d.page.Top()
}

// unsaved tells whether a step has to wait for one that is made and not saved.
func (d *planView) unsaved(s plannedStep) bool {
	return s.State == preview.StepNow && s.Elapsed > 0 && d.doc.Modified()
}

// openCheck is a check that somebody has to answer, by its number.
type openCheck struct {
	document.Answer
	number int
}

// checks is what somebody has to look at on the page of the step under the cursor: on that of the last step that was saved, and
// of the one to do now.
func (d *planView) checks() []openCheck {
	var out []openCheck
	for i, c := range d.past.Checks {
		if s := d.step(); c.Step == s.Number || s.State == preview.StepNow && s.Number > 0 && !d.unsaved(s) {
			out = append(out, openCheck{c, i})
		}
	}
	return out
}

// title is the move, as short as it can be said: a row is all there is.
func (d *planView) title() string {
	r, kind := d.table.Request, d.steps[0].Kind
	sides := r.Sides(kind, d.written)
	if len(r.From) > 0 && len(r.To) > 0 && kind != preview.SameHost {
		sides = strings.Replace(sides, " to ", " "+d.Glyphs.Arrow+" ", 1)
	}
	text := map[preview.Kind]string{preview.SameHost: "New address of ", preview.BackupAdded: "New backup ", preview.BackupRemoved: "Removal of "}[kind]
	return cmp.Or(text, "Move ") + sides + d.moved()
}

// moved is how many names the move is of, as far as they lead to the old host still.
func (d *planView) moved() string {
	domains, aliases := 0, 0
	for _, i := range d.steps[0].Items {
		switch i.Kind {
		case "mx", "wildcard":
			domains++
		case "alias":
			aliases++
		}
	}
	switch {
	case domains == 0:
		return ""
	case aliases == 0:
		return ": " + zonefile.Plural(domains, "domain", "domains")
	}
	return ": " + zonefile.Plural(domains, "domain", "domains") + ", " + zonefile.Plural(aliases, "alias", "aliases")
}

func (d *planView) lines(int) int { return 1000 } // all there is

// aside stands at the right of the title: when the move began, and when it ends, at the earliest; one of the two where there is
// no room for both.
func (d *planView) aside(room int) string {
	at := ""
	for _, s := range d.steps[1:] {
		if s.State != preview.StepDone && len(s.Edits) > 0 {
			at = d.clock(s.From(d.made))
		}
	}
	ends := "ends " + at + " or later"
	switch {
	case at == "":
		return "all steps are done"
	case d.past.Begun.IsZero():
		return ends
	}
	started := "started " + d.clock(d.past.Begun)
	if both := started + ", " + ends; len(both) <= room {
		return both
	}
	return started
}

// brief is what a step does, in few words.
func (d *planView) brief(s plannedStep) string {
	return d.table.Request.Brief(s.Step, d.written, d.Glyphs.Arrow)
}

// step is the one under the cursor; where none is shown the first of all.
func (d *planView) step() plannedStep {
	if d.list.Cursor < len(d.kept) {
		return d.steps[d.kept[d.list.Cursor]]
	}
	return d.steps[0]
}

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
	hour := d.clock(s.From(d.made))
	before, behind := "not before ", " or later"
	if width < draw.FullWidth {
		before, behind = "", ""
	}
	switch {
	case s.Number == 0:
		return ""
	case s.State == preview.StepDone:
		return d.doneText(s, width)
	case len(s.Edits) == 0:
		return "nothing to do"
	case s.State == preview.StepLater, d.unsaved(s):
		return hour + behind
	case !s.Certain:
		return "not certain"
	case d.early(s):
		return before + hour
	}
	return "NOW"
}

// clock is an hour as the clock on the wall tells it.
func (d *planView) clock(t time.Time) string {
	now := d.doc.Now()
	return preview.Clock(t.In(now.Location()), now)
}

// doneText is when a step was saved, as far as that is known.
func (d *planView) doneText(s plannedStep, width int) string {
	at, known := d.table.Saved[s.Number]
	switch {
	case !known || at.IsZero():
		return "done"
	case width < draw.FullWidth:
		return "done " + at.In(d.made.Location()).Format("2 Jan")
	}
	return "saved " + d.clock(at) + at.Format(":05")
}

// whenText says in a sentence from when on a step may be saved.
func (d *planView) whenText(s plannedStep) string {
	at := s.From(d.made).Format("Monday, 2 January 15:04")
	switch {
	case !s.Certain:
		return "nobody knows since when the name servers give what stands in the file: if they do by now, this step is not early from " + at + " on"
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
	case d.steps[len(d.steps)-1].State == preview.StepDone && d.past.Remembered() && !d.table.Ended:
		return "done; remembered until the last step holds everywhere; M plans another move"
	case s.State != preview.StepNow || s.Number == 0:
		return ""
	case !s.Certain:
		return "not known whether this step is early: enter asks"
	case d.early(s):
		return "this step is early by " + preview.Until(s.From(d.made), d.doc.Now()) + ": enter asks first"
	}
	return ""
}
