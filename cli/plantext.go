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
	p.line(3, p.show(t.Request.Text(t.Steps[0].Kind)))
	if !t.Begun.IsZero() {
		p.line(6, fmt.Sprintf("   under way since %s", preview.Clock(t.Begun.Local(), now)))
	}
}

// printStep prints a step for people. What it changes is printed by a function; none if that is shown elsewhere.
func (p *program) printStep(t document.Timetable, s preview.Step, now time.Time, change func(preview.Step) error) error {
	p.line(3, fmt.Sprintf("%d  %s [%s]", s.Number, p.paint(strong, p.show(s.Title)), p.paint(stateStyle[s.State], stateText(s))))
	p.printDone(t, s, now)
	p.printItems(s.Items)
	for _, q := range s.Questions {
		p.line(6, fmt.Sprintf("   %s", p.show(q.Text)))
	}
	if made, known := t.Made[s.Number]; known && s.State == preview.StepDone {
		p.printBack(made)
	}
	if s.Number == 0 || s.State == preview.StepDone {
		return nil
	}
	if s.Script == "" {
		fmt.Fprintln(p.out, "   nothing is to be changed")
		p.printAfter(s)
		return nil
	}
	p.line(6, fmt.Sprintf("   %s", when(s, now)))
	if change != nil {
		if err := change(s); err != nil {
			return err
		}
	}
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
		p.line(8, fmt.Sprintf("     %s: %s (%s%s)", p.show(item.Record.Place()), p.show(item.Text), item.Kind, due))
	}
}

// printDone prints of a step that was saved when that was, and of the next one since when the name servers have it; and what
// to look at in between.
func (p *program) printDone(t document.Timetable, s preview.Step, now time.Time) {
	if at, known := t.Saved[s.Number]; known && s.State == preview.StepDone {
		p.line(6, fmt.Sprintf("   saved %s", preview.Clock(at.Local(), now)))
	}
	for i, c := range t.Checks {
		switch {
		case c.Step != s.Number || s.State != preview.StepDone:
		case c.Done.IsZero():
			p.line(6, fmt.Sprintf("   open: %s (--done %d)", p.show(c.Text), i+1))
		default:
			p.line(6, fmt.Sprintf("   done %s: %s", preview.Clock(c.Done.Local(), now), p.show(c.Text)))
		}
	}
	if s.State == preview.StepNow && s.Since.Certain {
		p.line(6, fmt.Sprintf("   what step %d made is served since %s: %s", s.Number-1, preview.Clock(s.Since.Time.Local(), now), p.show(s.Since.Evidence)))
	}
}

// stepChange prints what a step changes, as lines of the file or as a script for apply, and where mail goes then.
func (p *program) stepChange(script bool) func(preview.Step) error {
	const indent = "     "
	return func(s preview.Step) error {
		if !script {
			p.printDiffLines(s.Base, s.Edits, indent)
			p.printStepMail(s)
			return nil
		}
		for line := range strings.Lines(s.Script) {
			fmt.Fprintf(p.out, "%s%s\n", indent, p.show(strings.TrimRight(line, "\n"))) // it is copied
		}
		p.printStepMail(s)
		return nil
	}
}

// printStepMail prints whose mail a step sends elsewhere, and the hosts in the order in which they are tried before and after.
func (p *program) printStepMail(s preview.Step) {
	all := s.Mail(preview.Display)
	for _, m := range all {
		p.line(6, fmt.Sprintf("   mail of %s: %s", p.show(m.Names()), p.show(m.Text)))
		if m.Was != m.Is {
			p.line(8, fmt.Sprintf("     before: %s", p.show(m.Was)))
			p.line(8, fmt.Sprintf("     after:  %s", p.show(m.Is)))
		}
	}
	if len(all) == 0 {
		fmt.Fprintln(p.out, "   mail goes where it went before")
	}
}

// printAfter prints what comes after a step: checks, the wait, the way back.
func (p *program) printAfter(s preview.Step) {
	for _, check := range s.Checks {
		p.line(6, fmt.Sprintf("   check: %s", p.show(check.Text)))
	}
	switch {
	case s.Wait > 0 && s.Last():
		p.line(6, fmt.Sprintf("   it holds everywhere after %s", p.show(s.Why)))
	case s.Wait > 0:
		p.line(6, fmt.Sprintf("   then wait %s", p.show(s.Why)))
	}
	if s.Script != "" {
		p.printBack(s)
	}
}

// printBack prints how a step is undone.
func (p *program) printBack(s preview.Step) {
	if s.Back.First != "" {
		p.line(6, fmt.Sprintf("   the way back: first %s", p.show(s.Back.First)))
	}
	p.line(6, fmt.Sprintf("   the way back takes %s", preview.Duration(s.Back.Seconds)))
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
