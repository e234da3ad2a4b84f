package cli

// A plan as people read it: each step with its hour, its change as a diff, where mail goes before and after, what to check,
// and the way back. An hour is never told earlier than it is.

import (
	"fmt"
	"strings"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
)

// printMove prints what kind of move the plan is of.
func (p *program) printMove(t document.Timetable, now time.Time) {
	fmt.Fprintln(p.out, p.show(t.Request.Text(t.Steps[0].Kind)))
	if !t.Begun.IsZero() {
		fmt.Fprintf(p.out, "   under way since %s\n", preview.Clock(t.Begun.Local(), now))
	}
}

// printStep prints a step for people.
func (p *program) printStep(t document.Timetable, s preview.Step, now time.Time, script bool) error {
	fmt.Fprintf(p.out, "%d  %s [%s]\n", s.Number, p.show(s.Title), p.paint(stateStyle[s.State], stateText(s)))
	p.printDone(t, s, now)
	p.printItems(s.Items)
	for _, q := range s.Questions {
		fmt.Fprintf(p.out, "   %s\n", p.show(q.Text))
	}
	if s.Number == 0 || s.State == preview.StepDone {
		return nil
	}
	if s.Script == "" {
		fmt.Fprintln(p.out, "   nothing is to be changed")
		p.printAfter(s)
		return nil
	}
	fmt.Fprintf(p.out, "   %s\n", when(s, now))
	if err := p.printStepChange(s, script); err != nil {
		return err
	}
	p.printStepMail(s)
	p.printAfter(s)
	return nil
}

// stateText is the state of a step. "now" is said only where that is certain.
func stateText(s preview.Step) string {
	if s.State == preview.StepNow && s.Number > 0 && (!s.Certain || s.Earliest > 0) {
		return "next"
	}
	return string(s.State)
}

// printItems prints what a move has to think of: what somebody has to do, with the step before which that is.
func (p *program) printItems(items []preview.Item) {
	for _, item := range items {
		due := ""
		if item.Before > 0 {
			due = fmt.Sprintf(", before step %d", item.Before)
		}
		fmt.Fprintf(p.out, "     %s: %s (%s%s)\n", p.show(item.Record.Place()), p.show(item.Text), item.Kind, due)
	}
}

// printDone prints of a step that was saved when that was, and of the next one since when the name servers have it; and what
// to look at in between.
func (p *program) printDone(t document.Timetable, s preview.Step, now time.Time) {
	if at, known := t.Saved[s.Number]; known && s.State == preview.StepDone {
		fmt.Fprintf(p.out, "   saved %s\n", preview.Clock(at.Local(), now))
	}
	for i, c := range t.Checks {
		switch {
		case c.Step != s.Number || s.State != preview.StepDone:
		case c.Done.IsZero():
			fmt.Fprintf(p.out, "   open: %s (--done %d)\n", p.show(c.Text), i+1)
		default:
			fmt.Fprintf(p.out, "   done %s: %s\n", preview.Clock(c.Done.Local(), now), p.show(c.Text))
		}
	}
	if s.State == preview.StepNow && s.Since.Certain {
		fmt.Fprintf(p.out, "   what step %d made is served since %s: %s\n", s.Number-1, preview.Clock(s.Since.Time.Local(), now), p.show(s.Since.Evidence))
	}
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

// printStepMail prints whose mail a step sends elsewhere, and the hosts in the order in which they are tried before and after.
func (p *program) printStepMail(s preview.Step) {
	all := s.Mail(preview.Display)
	for _, m := range all {
		fmt.Fprintf(p.out, "   mail of %s: %s\n", p.show(m.Names()), p.show(m.Text))
		if m.Was != m.Is {
			fmt.Fprintf(p.out, "     before: %s\n     after:  %s\n", p.show(m.Was), p.show(m.Is))
		}
	}
	if len(all) == 0 {
		fmt.Fprintln(p.out, "   mail goes where it went before")
	}
}

// printAfter prints what comes after a step: checks, the wait, the way back.
func (p *program) printAfter(s preview.Step) {
	for _, check := range s.Checks {
		fmt.Fprintf(p.out, "   check: %s\n", p.show(check.Text))
	}
	if s.Wait > 0 {
		fmt.Fprintf(p.out, "   then wait %s\n", p.show(s.Why))
	}
	if s.Script == "" {
		return
	}
	if s.Back.First != "" {
		fmt.Fprintf(p.out, "   the way back: first %s\n", p.show(s.Back.First))
	}
	fmt.Fprintf(p.out, "   the way back takes %s\n", preview.Duration(s.Back.Seconds))
}

// when says from when on a step may be saved.
func when(s preview.Step, now time.Time) string {
	switch {
	case s.State == preview.StepLater:
		return preview.Clock(s.From(now), now) + " or later"
	case !s.Certain, s.Earliest > 0:
		return tooEarly(s, now)
	}
	return "now"
}

// tooEarly says of a step that its time has not come, or that nobody knows whether it has.
func tooEarly(s preview.Step, now time.Time) string {
	at := s.From(now)
	if !s.Certain {
		return fmt.Sprintf("certain from %s on: it is not known since when the name servers give what step %d made", preview.Clock(at, now), s.Number-1)
	}
	return fmt.Sprintf("not before %s, in %s", preview.Clock(at, now), preview.Until(at, now))
}
