package ui

// The migration plan: from one mail host to another, step by step, in the time that the TTLs take.

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// plannedStep is a step, and whose mail it sends elsewhere.
type plannedStep struct {
	preview.Step
	mail []preview.Summary
}

// planDialog shows the steps, and all about the one under the cursor. It stays open while steps are made and saved.
type planDialog struct {
	*kit
	move  preview.Migration
	steps []plannedStep
	from  time.Time // what the times are counted from
	list  draw.List
	page  draw.Page // of what is said about the step
	after afterPlan
}

// afterPlan is what lies above the plan and is reached from it.
type afterPlan struct {
	other  action                      // asks for another move
	saving func(then ...action) action // looks at the edits and saves them
}

// newPlanDialog starts at the step that is to be done now.
func newPlanDialog(k *kit, p planned, after afterPlan) *planDialog {
	d := &planDialog{kit: k, move: p.move, after: after}
	d.present(p.steps)
	return d
}

// present shows steps, the one that is to be done now first.
func (d *planDialog) present(steps []plannedStep) {
	d.steps, d.from = steps, d.doc.Now()
	d.page.Top()
	for i, s := range steps {
		if s.State == preview.StepNow {
			d.list.Cursor = i
		}
	}
}

func (d *planDialog) title() string { return d.show(d.move.Text(d.steps[0].Kind)) }

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
	case d.doc.Modified() && s.Elapsed > 0:
		why = "the step before is not saved yet: w saves it, and then it has to reach all resolvers"
	}
	unsaved := ""
	if !d.doc.Modified() {
		unsaved = "nothing to save: the file has all this already"
	}
	move := func(by int) func() []action {
		return func() []action { d.page.Top(); d.list.To(d.list.Cursor+by, by, len(d.steps)); return nil }
	}
	return []binding{
		unless(why, d.keys.submit, func() []action { return d.apply(s) }).as("make this step's edits"),
		unless(unsaved, d.keys.review, func() []action { return []action{d.after.saving(replan{d})} }),
		on(d.keys.Down, move(1)).as("next step").briefly("j/k other step"), on(d.keys.Up, move(-1)).as("previous step").briefly("-"),
		on(d.keys.PageDown, scrolls(&d.page, 5)).briefly("PgUp/PgDn scroll"), on(d.keys.PageUp, scrolls(&d.page, -5)).briefly("-"),
		does(d.keys.plan, pop{}, d.after.other).as("other hosts"),
		does(d.keys.dismiss, pop{}).as("close"), does(d.keys.leave, pop{}).as("close"),
	}
}

// apply makes the edits of a step; of one that is early, after a question. They are saved as all others are.
func (d *planDialog) apply(s plannedStep) []action {
	c := change{title: "step " + itoa(s.Number) + ": " + s.Title, stay: true, then: []action{replan{d}}}
	c.edits = func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z != s.Base {
			return nil, zonefile.ErrStale
		}
		return s.Edits, nil
	}
	if s.Certain && s.Earliest == 0 {
		return []action{c}
	}
	details := []string{d.show(d.whenText(s.Step)), "Until then resolvers may have answers from before step " + itoa(s.Number-1) + ": mail may bounce, or go where nobody takes it."}
	for _, m := range s.mail {
		details = append(details, d.show("It is the mail of "+m.Names()+"."))
	}
	return []action{push{&ask{kit: d.kit, question: "Step " + itoa(s.Number) + " is early", details: details,
		answers: []answer{{"Cancel", nil}, {"Make it nevertheless", []action{c}}}}}}
}

// replan makes the plan of a dialog anew, after its edits were made or saved.
type replan struct{ dialog *planDialog }

func (r replan) do(s stage) tea.Cmd { return makePlan{r.dialog, r.dialog.move}.do(s) }

// taken shows the plan of the zone as it is now. One that cannot be made any more says why, and the last one stays.
func (d *planDialog) taken(p planned) []action {
	if p.err != nil {
		return []action{say{d.show(p.err.Error()), levelError}}
	}
	d.present(p.steps)
	return nil
}

// makePlan makes a plan beside the screen: thousands of names take a second.
type makePlan struct {
	forWhom planTaker
	move    preview.Migration
}

// planTaker is a dialog that asks for plans.
type planTaker interface {
	dialog
	taken(p planned) []action
}

func (m makePlan) do(s stage) tea.Cmd {
	z, now := s.tools().doc.Zone(), s.tools().doc.Now()
	return func() tea.Msg {
		steps, err := preview.Plan(z, m.move, preview.Past{Now: now}) // of the time before, nothing is known here
		p := planned{forWhom: m.forWhom, zone: z, move: m.move, err: err}
		for _, s := range steps {
			p.steps = append(p.steps, plannedStep{s, preview.Summarize(s.Changes())})
		}
		return p
	}
}

// planned brings the plan of a version.
type planned struct {
	forWhom planTaker
	zone    *zonefile.Zone
	move    preview.Migration
	steps   []plannedStep
	err     error
}

// take hands the plan to the dialog that asked for it, if it is still there.
func (p planned) take(s stage) tea.Cmd {
	if s.top() != dialog(p.forWhom) {
		return nil
	}
	return s.perform(p.forWhom.taken(p)...)
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
	at := d.from.Add(seconds(s.Earliest)).Format("2 Jan 15:04")
	switch {
	case s.State == preview.StepDone:
	case s.State == preview.StepLater:
		state, style = at, d.Styles.Plain
	case !s.Certain:
		state, style = "not certain", d.Styles.Plain
	case s.Earliest > 0:
		state, style = "not yet", d.Styles.Plain
	default:
		state, style = "NOW", d.Styles.Good
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
	at := d.from.Add(seconds(s.Earliest)).Format(clock)
	switch {
	case s.State == preview.StepLater:
		return at + " or later, in " + roughly(s.Earliest) + " if the step now is saved and reloaded at its time"
	case !s.Certain:
		return fmt.Sprintf("not known: since when do the name servers give what step %d made? Certain from %s on", s.Number-1, at)
	case s.Earliest > 0:
		return "not before " + at + ", in " + roughly(s.Earliest)
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
	styled := func(label, text string, style lipgloss.Style) {
		for i, l := range draw.Wrap(d.show(text), width-12) {
			if i > 0 {
				label = ""
			}
			out = append(out, d.Line(width, false, draw.Ink(" "+d.Fit(label, 10), d.Styles.Dim), draw.Ink(l, style)))
		}
	}
	add := func(label, text string) { styled(label, text, d.Styles.Plain) }
	if text := d.whenText(s.Step); text != "" {
		add("when", text)
	}
	for _, m := range s.mail {
		add("mail", m.Names()+": "+m.Text())
	}
	for _, item := range s.Items[:min(len(s.Items), mostShown)] {
		text := item.Text
		if item.Before > 0 {
			text += fmt.Sprintf(" (before step %d)", item.Before)
		}
		add(item.Kind, text)
	}
	lines := document.ChangedLines(s.Base, s.Result)
	for _, l := range lines[:min(len(lines), mostShown)] {
		style := d.Styles.Removed
		switch l[0] {
		case '+':
			style = d.Styles.Added
		case '@':
			style = d.Styles.Plain
		}
		styled("change", l[:1]+expandTabs(l[1:]), style)
	}
	if more := max(len(s.Items), len(lines)) - mostShown; more > 0 {
		add("", fmt.Sprintf("and %d more: mailzone plan lists them", more))
	}
	for _, c := range s.Checks {
		add("check", c.Text)
	}
	if s.Wait > 0 {
		add("then wait", s.Why)
		if s.Back.First != "" {
			add("way back", "first "+s.Back.First)
		}
		add("way back", "holds everywhere after "+roughly(s.Back.Seconds))
	}
	if s.Script == "" && len(s.Items) == 0 {
		add("", "nothing is to be changed in this step")
	}
	return out
}
