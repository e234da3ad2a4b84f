package ui

// The migration plan: from one mail host to another, step by step, in the time that the TTLs take.

import (
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// plannedStep is a step, and whose mail it sends elsewhere.
type plannedStep struct {
	preview.Step
	mail []preview.Summary
}

// planDialog shows the steps, and all about the one under the cursor.
type planDialog struct {
	*kit
	steps []plannedStep
	from  time.Time // what the times are counted from
	list  draw.List
	page  draw.Page // of what is said about the step
	other action    // asks for another move
}

// newPlanDialog starts at the step that is to be done now; other asks for another move.
func newPlanDialog(k *kit, steps []plannedStep, other action) *planDialog {
	d := &planDialog{kit: k, steps: steps, from: k.doc.Now(), other: other}
	for i, s := range steps {
		if s.State == preview.StepNow {
			d.list.Cursor = i
		}
	}
	return d
}

func (d *planDialog) title() string {
	m := d.migration
	return "Move mail from " + d.show(preview.Display(m.From)) + " to " + d.show(preview.Display(m.To))
}

func (d *planDialog) lines(int) int { return 1000 } // all there is

func (d *planDialog) update(tea.KeyMsg) []action { return nil }

func (d *planDialog) bindings() []binding {
	s := d.steps[d.list.Cursor]
	why := d.doc.ReadOnly()
	switch {
	case why != "":
	case s.State == preview.StepDone:
		why = "this step is done"
	case s.State == preview.StepLater:
		why = "the steps before it come first, each with its waiting time"
	case len(s.Edits) == 0:
		why = "there is nothing to change in this step"
	case s.Elapsed > 0 && d.doc.Modified():
		why = "the step before is not saved yet: w saves it, and then it has to reach all resolvers"
	}
	move := func(by int) func() []action {
		return func() []action { d.page.Top(); d.list.To(d.list.Cursor+by, by, len(d.steps)); return nil }
	}
	return []binding{
		unless(why, d.keys.submit, func() []action { return d.apply(s.Step) }).as("make this step's edits"),
		on(d.keys.Down, move(1)).as("next step").briefly("j/k other step"), on(d.keys.Up, move(-1)).as("previous step").briefly("-"),
		on(d.keys.PageDown, scrolls(&d.page, 5)).briefly("PgUp/PgDn scroll"), on(d.keys.PageUp, scrolls(&d.page, -5)).briefly("-"),
		does(d.keys.plan, pop{}, d.other).as("other hosts"),
		does(d.keys.dismiss, pop{}).as("close"), does(d.keys.leave, pop{}).as("close"),
	}
}

// apply makes the edits of a step. They are saved as all others are.
func (d *planDialog) apply(s preview.Step) []action {
	c := change{title: "step " + itoa(s.Number) + ": " + s.Title, stay: true}
	c.edits = func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z != s.Base {
			return nil, zonefile.ErrStale
		}
		return s.Edits, nil
	}
	return []action{pop{}, c}
}

// view draws the steps, and under them what is to be known about one.
func (d *planDialog) view(width, height int) string {
	n := len(d.steps)
	top := d.list.View(width, min(n, height), n, func(i int, cursor bool) string { return d.stepLine(d.steps[i].Step, width, cursor) })
	if height <= n+1 {
		return top
	}
	body := d.about(d.steps[d.list.Cursor], width)
	room := height - n - 1
	shown := d.page.Visible(body, room)
	rule := d.Rule(width)
	if more := d.page.Below(body, room); more > 0 {
		text := " " + zonefile.Plural(more, "more line", "more lines") + " "
		rule = d.Rule(width-len(text)-1) + text + d.Rule(1)
	}
	return top + "\n" + d.Styles.Dim.Render(rule) + "\n" + draw.Block(shown, width, room)
}

// stepLine draws one step: its state, when it may be done, what it is for.
func (d *planDialog) stepLine(s preview.Step, width int, cursor bool) string {
	mark := "  "
	if cursor {
		mark = d.Glyphs.Mark + " "
	}
	state, style := "done", d.Styles.Dim
	switch s.State {
	case preview.StepNow:
		state, style = "NOW", d.Styles.Good
	case preview.StepLater:
		state, style = d.from.Add(seconds(s.Earliest)).Format("2 Jan 15:04"), d.Styles.Plain
	}
	const timeWidth = 13
	return d.Line(width, cursor, draw.Ink(mark, d.Styles.Key), draw.Ink(itoa(s.Number)+" ", d.Styles.Key),
		draw.Ink(d.Fit(state, timeWidth), style), draw.Ink(d.show(s.Title), style))
}

// seconds is a time of that many.
func seconds(n uint32) time.Duration { return time.Duration(n) * time.Second }

// whenText says from when on a step may be saved.
func (d *planDialog) whenText(s preview.Step) string {
	const clock = "Monday, 2 January 15:04"
	switch {
	case s.State == preview.StepLater:
		return d.from.Add(seconds(s.Earliest)).Format(clock) + ", in " + roughly(s.Earliest) + ": if the step now is saved and reloaded now"
	case s.Elapsed > 0 && s.Beyond != "":
		return fmt.Sprintf("now, if step %d was saved before %s (%s ago), and since then %s has passed", s.Number-1,
			d.from.Add(-seconds(s.Elapsed)).Format(clock), roughly(s.Elapsed), s.Beyond)
	case s.Elapsed > 0:
		return fmt.Sprintf("now, if step %d was saved before %s (%s ago)", s.Number-1,
			d.from.Add(-seconds(s.Elapsed)).Format(clock), roughly(s.Elapsed))
	}
	return ""
}

// roughly is a time in the largest unit that fits, rounded up: nobody is to be early.
func roughly(n uint32) string {
	const minute, hour, day = 60, 60 * 60, 24 * 60 * 60
	switch {
	case n > 3*day:
		return fmt.Sprintf("%d days", (n+day-1)/day)
	case n > 2*hour:
		return fmt.Sprintf("%d h", (n+hour-1)/hour)
	}
	return fmt.Sprintf("%d min", (n+minute-1)/minute)
}

// mostShown is how many records and edits of a step are shown: the command shows all, and so does the review.
const mostShown = 50

// about is what is to be known about a step.
func (d *planDialog) about(s plannedStep, width int) []string {
	var out []string
	add := func(label, text string, raw bool) {
		for i, l := range draw.Wrap(d.show(text), width-12) {
			if i > 0 {
				label = ""
			}
			style := d.Styles.Plain
			if raw {
				style = d.Styles.Added
			}
			out = append(out, d.Line(width, false, draw.Ink(" "+d.Fit(label, 10), d.Styles.Dim), draw.Ink(l, style)))
		}
	}
	if text := d.whenText(s.Step); text != "" {
		add("when", text, false)
	}
	for _, m := range s.mail {
		add("mail", m.Names()+": "+m.Text(), false)
	}
	for _, item := range s.Items[:min(len(s.Items), mostShown)] {
		add(item.Kind, item.Text, false)
	}
	lines := strings.FieldsFunc(s.Script, func(r rune) bool { return r == '\n' })
	for _, l := range lines[:min(len(lines), mostShown)] {
		add("edit", l, true)
	}
	if more := max(len(s.Items), len(lines)) - mostShown; more > 0 {
		add("", fmt.Sprintf("and %d more: mailzone plan lists them", more), false)
	}
	for _, c := range s.Checks {
		add("check", c, false)
	}
	if s.Wait > 0 {
		add("then wait", s.Why, false)
		add("way back", "holds everywhere after "+roughly(s.Rollback), false)
	}
	if s.Script == "" && len(s.Items) == 0 {
		add("", "nothing is to be changed in this step", false)
	}
	return out
}
