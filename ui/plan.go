package ui

// The plan of a move, from one mail host to another in the time that the TTLs take. It stays open while steps are made and
// saved; a step that is early asks first, and one of which nobody knows whether it is asks for the hour that decides it.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
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
	v := &planView{kit: k}
	v.present(p)
	return &planDialog{v, after}
}

func (d *planDialog) update(tea.KeyMsg) []action { return nil }

func (d *planDialog) bindings() []binding {
	unsaved, unchecked := "", ""
	if !d.doc.Modified() {
		unsaved = "nothing to save: the file has all this already"
	}
	if len(d.checks()) == 0 {
		unchecked = "there is nothing to tick here: that is asked on the page of the step to do now, and of the one before it"
	}
	unknown := ""
	if d.past.Begun.IsZero() {
		unknown = "nothing is remembered of this move yet: that begins when its first step is saved"
	}
	move := func(by int) func() []action {
		return func() []action {
			d.to(d.list.Cursor + by)
			return nil
		}
	}
	none := ""
	if len(d.kept) == 0 {
		none = nothingHas
	}
	list := []binding{
		unless(d.blocked(), d.keys.submit, d.apply).as("make this step's edits").briefly("enter make it"),
		unless(unsaved, d.keys.review, func() []action { return []action{d.after.saving(replan{d})} }).briefly("w save it"),
		unless(unchecked, d.keys.mark, d.tick).as("checked").briefly("space checked"),
		unless(d.unasked(), d.keys.world, d.asks).as("ask whether the checks hold").briefly("L ask"),
		unless(unchecked, d.keys.next, d.nextCheck).as("next check").briefly("-"),
		on(d.keys.Down, move(1)).as("next step").briefly("j/k step"), on(d.keys.Up, move(-1)).as("previous step").briefly("-"),
		does(d.keys.plan, pop{}, d.after.other).as("other hosts").briefly("M hosts"),
		unless(unknown, d.keys.remove, d.forgets).as("forget this move").briefly("d forget"),
		on(d.keys.saveCopy, func() []action { return []action{copyText{text: d.text()}} }).as("copy what is said of the step").briefly("y copy"),
		on(d.keys.PageDown, scrolls(&d.page, 5)).briefly("PgDn more"), on(d.keys.PageUp, scrolls(&d.page, -5)).briefly("-"),
		does(d.keys.dismiss, pop{}).as("close"), does(d.keys.leave, pop{}).as("close").briefly("-"),
		unless(none, d.keys.zoom, func() []action { d.zoomed = !d.zoomed; return nil }).as(zoomDoes(d.zoomed, "what is said of the step alone", "all steps")).briefly("z zoom"),
	}
	return append(list, d.listKeys(d.planView)...)
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
	case d.unsaved(s):
		return "the step before is not saved yet: w saves it, and then it has to reach all resolvers"
	}
	return ""
}

// unasked is why nothing is asked.
func (d *planDialog) unasked() string {
	switch s := d.table.StepChecks(d.doc.Now()); {
	case d.doc.Modified():
		return "not saved yet: w saves it, and then it can be asked who serves it"
	case s.Step.Number == 0:
		return "no step is saved yet: there is nothing to ask"
	case len(s.AskingKinds()) == 0:
		return "no program sees what this step has to be looked at for: a person does"
	}
	return ""
}

// asks asks the world what the checks of the step that was saved last want to know.
func (d *planDialog) asks() []action {
	s := d.table.StepChecks(d.doc.Now())
	return []action{askWorld{steps: &s, then: d.hears}}
}

// hears takes over what the world said of a step. Where all name servers were seen with it, that is remembered, and the hours of the plan
// count from then.
func (d *planDialog) hears(came document.StepChecks) (document.StepChecks, []action) {
	known, again, err := d.table.SeenEverywhere(came, d.doc.Now())
	if err != nil {
		return came, []action{say{d.show(err.Error()), levelError}}
	}
	for i, s := range again.Steps {
		if i < len(d.steps) && d.steps[i].State == s.State && s.State == preview.StepNow {
			d.steps[i].Step = s
		}
	}
	d.table, d.past, d.asked = again, again.Past(), &known
	return known, nil
}

// tick remembers that the check that has the mark is so, or that it is not, and goes on to the next.
func (d *planDialog) tick() []action {
	c := d.checks()[d.check]
	if err := d.past.Answer(c.number, d.doc.Now()); err != nil {
		return []action{say{d.show(err.Error()), levelError}}
	}
	d.toCheck() // what was ticked is seen, above the next
	d.check = (d.check + 1) % len(d.checks())
	return nil
}

// nextCheck moves the mark to the next check.
func (d *planDialog) nextCheck() []action {
	d.check = (d.check + 1) % len(d.checks())
	d.toCheck()
	return nil
}

// toCheck scrolls to the check that has the mark.
func (d *planDialog) toCheck() {
	d.body(d.width) // places it
	d.page.Offset = d.row
}

// apply makes the edits of a step; of one that is early, after a question. They are saved as all others are.
func (d *planDialog) apply() []action {
	s := d.step()
	if !s.Certain {
		return []action{push{newSinceDialog(d.planView, d.asksEarly, replan{d})}}
	}
	if d.early(s) {
		return d.asksEarly()
	}
	return d.makes()
}

// makes is the edits of the step under the cursor, and the plan after them.
func (d *planDialog) makes() []action {
	s := d.step()
	c := change{title: "step " + itoa(s.Number) + ": " + s.Title, stay: true, says: "step " + itoa(s.Number) + " is made", then: []action{replan{d}},
		edits: editsOf(s.Base, s.Edits)}
	return []action{c, makeStep{c.title, &d.table}}
}

// asksEarly says whose mail is at stake before the edits are made.
func (d *planDialog) asksEarly() []action {
	s := d.step()
	question := "Step " + itoa(s.Number) + " is early"
	if !s.Certain {
		question = "Step " + itoa(s.Number) + " may be early"
	}
	details := []string{d.whenText(s), d.show(s.Risk()) + "."}
	for _, m := range s.mail {
		details = append(details, d.show("It is the mail of "+preview.List(m.Domains, preview.Display)+"."))
	}
	return []action{push{&ask{kit: d.kit, question: question, details: details,
		answers: []answer{{"Cancel", nil}, {"Make it nevertheless", d.makes()}}}}}
}

// forgets asks before the move is forgotten.
func (d *planDialog) forgets() []action {
	return []action{push{&ask{kit: d.kit, question: "Forget this move",
		details: []string{"The zone stays as it is; what stood there before and since when each step is served is not known any more."},
		answers: []answer{{"Cancel", nil}, {"Forget it", []action{pop{}, forgetMove{}}}}}}}
}

// replan makes the plan of a dialog anew, after its edits were made or saved, if somebody looks at it.
type replan struct{ dialog *planDialog }

func (r replan) do(s stage) tea.Cmd {
	if s.top() != dialog(r.dialog) {
		return nil
	}
	return makePlan{r.dialog, r.dialog.table.Request}.do(s)
}

// taken shows the plan of the zone as it is now. One that cannot be made any more says why, and the last one stays.
func (d *planDialog) taken(p planned) []action {
	if p.err != nil {
		return []action{say{d.show(p.err.Error()), levelError}}
	}
	d.present(p)
	return nil
}
