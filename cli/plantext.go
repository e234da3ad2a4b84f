package cli

// A plan as people read it: each step with its hour, its change as a diff, whose mail goes elsewhere, what to check, and
// the way back.

import (
	"fmt"
	"strings"
	"time"

	"github.com/mailzone/mailzone/preview"
)

// clock is how hours of a plan are written.
const clock = "2 Jan 2006 15:04"

// printMove prints what kind of move the plan is of.
func (p *program) printMove(m preview.Migration, steps []preview.Step) {
	fmt.Fprintln(p.out, p.show(m.Text(steps[0].Kind)))
}

// printStep prints a step for people.
func (p *program) printStep(s preview.Step, now time.Time, script bool) error {
	fmt.Fprintf(p.out, "%d  %s [%s]\n", s.Number, p.show(s.Title), s.State)
	for _, item := range s.Items {
		due := ""
		if item.Before > 0 {
			due = fmt.Sprintf(", before step %d", item.Before)
		}
		fmt.Fprintf(p.out, "     %s: %s (%s%s)\n", p.show(item.Record.Place()), p.show(item.Text), item.Kind, due)
	}
	for _, q := range s.Questions {
		fmt.Fprintf(p.out, "   %s\n", p.show(q.Text))
	}
	if s.Script == "" {
		if s.Number > 0 && s.State != preview.StepDone {
			fmt.Fprintln(p.out, "   nothing is to be changed")
		}
		return nil
	}
	fmt.Fprintf(p.out, "   %s\n", when(s, now))
	if err := p.printStepChange(s, script); err != nil {
		return err
	}
	for _, c := range preview.Summarize(s.Changes()) {
		fmt.Fprintf(p.out, "   mail of %s: %s\n", p.show(c.Names()), p.show(c.Text()))
	}
	for _, check := range s.Checks {
		fmt.Fprintf(p.out, "   check: %s\n", p.show(check.Text))
	}
	if s.Wait > 0 {
		fmt.Fprintf(p.out, "   then wait %s\n", p.show(s.Why))
	}
	if s.Back.First != "" {
		fmt.Fprintf(p.out, "   the way back: first %s\n", p.show(s.Back.First))
	}
	fmt.Fprintf(p.out, "   the way back takes %s\n", preview.Duration(s.Back.Seconds))
	return nil
}

// printStepChange prints what a step changes: as lines of the file, or as a script for apply.
func (p *program) printStepChange(s preview.Step, script bool) error {
	const indent = "     "
	if !script {
		return p.printDiffLines(s.Base, s.Edits, indent)
	}
	for line := range strings.Lines(s.Script) {
		fmt.Fprintf(p.out, "%s%s\n", indent, p.show(strings.TrimRight(line, "\n")))
	}
	return nil
}

// when says from when on a step may be saved.
func when(s preview.Step, now time.Time) string {
	at := now.Add(time.Duration(s.Earliest) * time.Second).Format(clock)
	switch {
	case s.State == preview.StepLater:
		return at + " or later"
	case !s.Certain, s.Earliest > 0:
		return tooEarly(s, now)
	}
	return "now"
}

// tooEarly says of a step that its time has not come, or that nobody knows whether it has.
func tooEarly(s preview.Step, now time.Time) string {
	at := now.Add(time.Duration(s.Earliest) * time.Second).Format(clock)
	if !s.Certain {
		return fmt.Sprintf("certain from %s on: it is not known since when the name servers give what step %d made", at, s.Number-1)
	}
	return fmt.Sprintf("not before %s, in %s", at, preview.Duration(s.Earliest))
}
