package ui

// The plan of a move, from one mail host to another in the time that the TTLs take. It stays open while steps are made and
// saved; a step that is early, or of which nobody knows whether it is, asks first.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// planDialog is a plan with its keys.
type planDialog struct {
	*planView
	after afterPlan
}

// afterPlan is what lies above the plan and is reached from it.
type afterPlan struct {
	other  action                      // asks for another move
	saving func(then ...action) action // looks at the edits and saves them
}

// newPlanDialog starts at the step that is to be done now.
func newPlanDialog(k *kit, p planned, after afterPlan) *planDialog {
	v := &planView{kit: k, move: p.move, ticked: map[preview.Check]bool{}}
	v.present(p.steps)
	return &planDialog{v, after}
}

func (d *planDialog) update(tea.KeyMsg) []action { return nil }

func (d *planDialog) bindings() []binding {
	unsaved := ""
	if !d.doc.Modified() {
		unsaved = "nothing to save: the file has all this already"
	}
	unchecked := ""
	if len(d.step().Checks) == 0 {
		unchecked = "this step has nothing to check"
	}
	move := func(by int) func() []action {
		return func() []action {
			d.page.Top()
			d.check = 0
			d.list.To(d.list.Cursor+by, by, len(d.steps))
			return nil
		}
	}
	return []binding{
		unless(d.blocked(), d.keys.submit, d.apply).as("make this step's edits").briefly("enter make it"),
		unless(unsaved, d.keys.review, func() []action { return []action{d.after.saving(replan{d})} }).briefly("w save it"),
		unless(unchecked, d.keys.mark, d.tick).as("checked").briefly("space checked"),
		unless(unchecked, d.keys.next, d.nextCheck).as("next check"),
		on(d.keys.Down, move(1)).as("next step").briefly("j/k step"), on(d.keys.Up, move(-1)).as("previous step").briefly("-"),
		does(d.keys.plan, pop{}, d.after.other).as("other hosts"),
		on(d.keys.saveCopy, func() []action { return []action{copyText{d.text()}} }).as("copy what is said of the step").briefly("y copy"),
		on(d.keys.PageDown, scrolls(&d.page, 5)).briefly("PgDn more"), on(d.keys.PageUp, scrolls(&d.page, -5)).briefly("-"),
		does(d.keys.dismiss, pop{}).as("close"), does(d.keys.leave, pop{}).as("close").briefly("-"),
	}
}

// blocked is why the step under the cursor cannot be made; "" if it can, or asks first.
func (d *planDialog) blocked() string {
	s := d.step()
	switch why := d.doc.ReadOnly(); {
	case why != "":
		return why
	case s.State == preview.StepDone:
		return "this step is done"
	case s.State == preview.StepLater:
		return "the steps before it come first, each with its waiting time"
	case len(s.Edits) == 0:
		return "there is nothing to change in this step"
	case d.doc.Modified() && s.Elapsed > 0:
		return "the step before is not saved yet: w saves it, and then it has to reach all resolvers"
	}
	return ""
}

// tick ticks the check that has the mark, or takes the tick back, and goes on to the next.
func (d *planDialog) tick() []action {
	c := d.step().Checks[d.check]
	d.ticked[c] = !d.ticked[c]
	return d.nextCheck()
}

// nextCheck moves the mark to the next check.
func (d *planDialog) nextCheck() []action {
	d.check = (d.check + 1) % len(d.step().Checks)
	return nil
}

// apply makes the edits of a step; of one that is early, after a question. They are saved as all others are.
func (d *planDialog) apply() []action {
	s := d.step()
	c := change{title: "step " + itoa(s.Number) + ": " + s.Title, stay: true, then: []action{replan{d}}}
	c.edits = func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z != s.Base {
			return nil, zonefile.ErrStale
		}
		return s.Edits, nil
	}
	if s.Certain && !d.early(s) {
		return []action{c}
	}
	details := []string{d.whenText(s), d.show(s.Risk()) + "."}
	for _, m := range s.mail {
		details = append(details, d.show("It is the mail of "+m.Names()+"."))
	}
	question := "Step " + itoa(s.Number) + " is early"
	if !s.Certain {
		question = "Step " + itoa(s.Number) + " may be early"
	}
	return []action{push{&ask{kit: d.kit, question: question, details: details,
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
	k := s.tools()
	z, now := k.doc.Zone(), k.doc.Now()
	return func() tea.Msg {
		steps, err := preview.Plan(z, m.move, preview.Past{Now: now}) // of the time before, nothing is known here
		p := planned{forWhom: m.forWhom, zone: z, move: m.move, err: err}
		for _, s := range steps {
			p.steps = append(p.steps, plannedStep{s, s.Mail(k.short), document.ChangedLines(s.Base, s.Result)})
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
