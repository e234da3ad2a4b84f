package ui

// The last look before a save: what named says, text, mail, problems. Nothing is written that was not shown here. The page is
// there at once, and what takes long, comparing much or asking named-checkzone, goes on beside it and ends with it: nothing
// opens later, and a key that is pressed meanwhile is not lost.

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// reviewDialog is a review that somebody has to agree to.
type reviewDialog struct {
	*reviewView
	then   []action        // done after a save
	agreed func() []action // what was asked for while the review waits; nil if nothing
}

// newReview is the review of a save.
func newReview(k *kit, sv document.Saving, then []action) *reviewDialog {
	v := &reviewView{kit: k, saving: sv, named: newChecker(k), far: &pace{}, page: reviewPage{opened: map[string]bool{}}}
	return &reviewDialog{reviewView: v, then: then}
}

// waits is what has to happen before the zone can be saved; "" if it can.
func (d *reviewDialog) waits() string {
	switch {
	case d.report == nil:
		return "it has been compared with the file"
	case d.unexamined():
		return "the zone has been examined"
	case d.named.busy():
		return "named-checkzone has read the zone"
	}
	return ""
}

// agree saves: at once, or when nothing has to be waited for any more, so that who types ahead is not kept waiting.
func (d *reviewDialog) agree(then []action) []action {
	until := d.waits()
	if until == "" {
		return d.write(then)
	}
	d.agreed = func() []action { return d.write(then) }
	return []action{say{"saved when " + until + "; esc: back to editing", levelInfo}}
}

// goOn does what was asked for, once nothing has to be waited for.
func (d *reviewDialog) goOn(s stage) tea.Cmd {
	if d.agreed == nil || d.waits() != "" {
		return nil
	}
	do := d.agreed
	d.agreed = nil
	return s.perform(do()...)
}

// wait draws the bar again after a while.
func (d *reviewDialog) wait() tea.Cmd {
	if d.rest == 0 { // nobody looks at what goes on beside the screen
		return nil
	}
	return tea.Tick(barStep, func(time.Time) tea.Msg { return advanced{d} })
}

// advanced draws the bar anew.
type advanced struct{ dialog *reviewDialog }

func (m advanced) take(stage) tea.Cmd {
	if m.dialog.closed || m.dialog.waits() == "" {
		return nil
	}
	return m.dialog.wait()
}

func (d *reviewDialog) bindings() []binding {
	k, p := d.keys, &d.page
	to := func(part int) func() []action {
		return func() []action {
			if p.alone > 0 {
				p.alone = part + 1
				d.refresh(p.width)
			}
			d.page.goTo(part)
			return nil
		}
	}
	next, before := (d.here().part+1)%reviewParts, (d.here().part+reviewParts-1)%reviewParts
	why, enters := "", d.here().enterDoes(d.page.alone > 0)
	if enters == "" {
		why, enters = "nothing is behind this row: enter unfolds what is alike, and goes to a line or a problem", "unfold"
	}
	return []binding{
		on(k.review, func() []action { return d.agree(d.then) }).as("write"),
		on(k.dismiss, d.back).as(d.backTo()),
		unless(d.doc.Store.CannotReload(d.doc.Zone()), k.serve, func() []action { return d.agree([]action{serve{d.then}}) }).briefly("r write and reload"),
		unless(d.isAt(textPart), k.tab1, to(textPart)).as("text").briefly("-"), unless(d.isAt(deliveryPart), k.tab2, to(deliveryPart)).as("delivery").briefly("-"),
		unless(d.isAt(problemPart), k.tab3, to(problemPart)).as("problems").briefly("-"), unless(d.isAt(namedPart), k.tab4, to(namedPart)).as("what named says").briefly("-"),
		on(k.next, to(next)).as("next part").briefly("1-4 tab part"), on(k.prev, to(before)).as("previous part").briefly("-"),
		on(k.tabRight, to(next)).as("next part").briefly("-"), on(k.tabLeft, to(before)).as("previous part").briefly("-"),
		on(k.search, func() []action { return []action{push{newSearchPrompt(d.kit)}} }).as("find in the review").briefly("/ find"),
		does(k.again, search{}).briefly("-"), does(k.back, search{back: true}).briefly("-"),
		unless(d.noPatch(), k.saveCopy, d.copyPatch).as("copy the patch").briefly("y copy"),
		unless(why, k.enter, d.enter).as(enters),
		on(k.zoom, func() []action { d.zoomPart(); return nil }).as(d.zoomDoes()).briefly("z zoom"),
		on(k.filter, d.askOnly).as("only rows with").briefly("& only"),
		on(k.leave, d.giveUp).as("back to editing").briefly("-"),
	}
}

// write saves, after a typed word if the zone gets errors that it did not have, and after a question if
// the old file has to be written into. Then is done after the save.
func (d *reviewDialog) write(then []action) []action {
	d.saving.Notes = d.report.unseen
	if t := d.named.says.Text; t != "" {
		d.saving.Notes = append(slices.Clip(d.saving.Notes), t)
	}
	save := []action{leave{d}, pop{}, write{d.saving.Along(d.report.along.Pointing), then}}
	switch {
	case d.named.says.Blocks:
		return []action{push{d.askWord(d.named.verdict(), d.named.reason(), save)}}
	case count(d.doc.Findings.Came, lint.Error) > 0:
		return []action{push{d.askWord(zonefile.Plural(count(d.doc.Findings.Came, lint.Error), "new error", "new errors")+": mail may be lost",
			"The third part of the review shows what is new.", save)}}
	case d.report.inPlace != "":
		return []action{push{d.askWord(inPlaceHeading, d.report.inPlace, save)}}
	}
	return save
}

// leave ends what goes on for a review.
type leave struct{ review *reviewDialog }

func (l leave) do(stage) tea.Cmd { l.review.giveUp(); return nil }

// review shows what a save would write; then is done after it.
type review struct{ then []action }

// do goes on to what follows where there is nothing to write.
func (r review) do(s stage) tea.Cmd {
	k, then := s.tools(), r.then
	modified := k.doc.Modified()
	switch {
	case s.work().busy:
		s.tell(waiting())
		return nil
	case !modified && len(then) > 0:
		return s.perform(then...)
	case !modified:
		s.tell(say{"nothing to save: the file has all this already", levelInfo})
		return nil
	case k.doc.ReadOnly() != "": // since it was read again
		return s.perform(askConflict(k, k.doc.ReadOnly())...)
	}
	sv, err := k.doc.Prepare(k.doc.Now())
	if err != nil {
		s.tell(say{disk.Untouched.String() + ": " + k.show(err.Error()), levelError})
		return nil
	}
	d := newReview(k, k.asStep(sv), then)
	s.push(d)
	saved, st, look, rules := k.doc.Saved, k.doc.Store, k.doc.Look(), k.doc.Examining(k.doc.Saved)
	return tea.Batch(func() tea.Msg {
		m := compared{dialog: d, files: look.Run()} // who is to lose the file to another program is told before reading on
		if !m.files.Changed {
			m.report = newReport(saved, d.saving, st, rules, k.utf8, d.far)
		}
		return m
	}, d.named.ask(st, saved, sv.Zone), d.wait())
}

// compared brings what a save would change, and what its files hold now.
type compared struct {
	dialog *reviewDialog
	report *report
	files  document.Looked
}

// take shows it; of a review that was closed nobody wants to know it.
func (m compared) take(s stage) tea.Cmd {
	d := m.dialog
	if m.files.Changed {
		d.doc.Saw(m.files)
	}
	switch {
	case d.closed:
		return nil
	case m.files.Changed:
		for s.top() != nil && s.top() != dialog(d) {
			s.pop()
		}
		return s.perform(append(d.giveUp(), askConflict(d.kit, d.doc.ElsewhereWhy())...)...)
	case m.report == nil:
		return nil
	}
	d.report = m.report
	return goOn(s)
}
