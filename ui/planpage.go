package ui

// What is said about one step of a plan: why it waits, the lines that it changes, whose mail goes elsewhere, what to check, what
// somebody else has to do, the way back.

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// stepPage collects what is said about a step, each with a label before it.
type stepPage struct {
	*planView
	width int
	rows  []string
	text  strings.Builder // the same for the clipboard
}

// labelWidth is how wide the labels are, with the blanks around them.
const labelWidth = 9

// add says something under a label. What is wrapped goes on under its text.
func (p *stepPage) add(label, text string) { p.styled(label, "", text, p.Styles.Plain) }

// styled is add with a sign before the text, in a style.
func (p *stepPage) styled(label, sign, text string, style lipgloss.Style) {
	fmt.Fprintf(&p.text, "%-8s%s%s\n", label, sign, text)
	blank := strings.Repeat(" ", len(sign))
	for _, l := range draw.Wrap(p.show(text), p.width-labelWidth-len(sign)) {
		p.rows = append(p.rows, p.Line(p.width, false, draw.Ink(" "+p.Fit(label, labelWidth-1), p.Styles.Dim), draw.Ink(sign, style), draw.Ink(l, style)))
		label, sign = "", blank
	}
}

// more says how many were left out.
func (p *stepPage) more(n int) {
	if n -= mostShown; n > 0 {
		p.add("", fmt.Sprintf("and %d more: mailzone plan lists them", n))
	}
}

// text is all that is said about the step under the cursor, for the clipboard.
func (d *planView) text() string {
	p := &stepPage{planView: d, width: 1 << 10}
	p.changes()
	p.rest()
	return p.text.String()
}

// changes is the lines that the step takes out and puts in, with their numbers.
func (p *stepPage) changes() {
	s, label := p.step(), "change"
	root := s.Base.Root().Name()
	for _, l := range s.lines[:min(len(s.lines), mostShown)] {
		if l.File != root {
			p.add(label, "in "+l.File)
			label, root = "", l.File
		}
		if l.Owner != "" {
			p.styled(label, "", "of "+p.short(l.Owner), p.Styles.Dim)
			label = ""
		}
		style := p.Styles.Removed
		if l.Sign == "+" {
			style = p.Styles.Added
		}
		p.styled(label, fmt.Sprintf("%s%4d  ", l.Sign, l.Number), expandTabs(l.Text), style)
		label = ""
	}
	p.more(len(s.lines))
	if len(s.lines) == 0 && s.Number > 0 && s.State != preview.StepDone {
		p.add("change", "nothing is to be changed in this step")
	}
}

// waits says what the step waits for, and what comes of it where it is done at once.
func (p *stepPage) waits() {
	s := p.step()
	switch {
	case s.State == preview.StepNow && !s.Certain:
		p.add("when", p.whenText(s))
	case s.State == preview.StepLater:
		p.add("wait", p.steps[s.Number-1].Why)
	case s.State == preview.StepNow && s.Number > 1 && s.Elapsed > 0:
		p.add("wait", p.since(s))
	}
	if s.State == preview.StepNow && s.Number > 1 {
		p.open(p.steps[s.Number-1])
	}
}

// since says from when the wait of a step counts, and how that is known.
func (p *stepPage) since(s plannedStep) string {
	text := fmt.Sprintf("%s since %s", preview.Duration(s.Elapsed), preview.Clock(s.Since.Time, p.doc.Now()))
	if s.Since.Evidence != "" {
		text += ": " + s.Since.Evidence
	}
	if why := p.steps[s.Number-1].Why; why != "" {
		text += "; " + why
	}
	return text
}

// open tells of the step before how many of its checks nobody has ticked.
func (p *stepPage) open(before plannedStep) {
	n := 0
	for _, c := range before.Checks {
		if !p.ticked[c] {
			n++
		}
	}
	if n > 0 {
		p.add("before", fmt.Sprintf("%s of step %d: k shows them", zonefile.Plural(n, "open check", "open checks"), before.Number))
	}
}

// rest is all but the change.
func (p *stepPage) rest() {
	s := p.step()
	for _, m := range s.mail {
		p.add("mail", m.Names()+": "+m.Text)
		if m.Was != m.Is {
			p.add("", "before: "+m.Was)
			p.add("", "after:  "+m.Is)
		}
	}
	if len(s.mail) == 0 && len(s.lines) > 0 {
		p.add("mail", "goes where it went before")
	}
	p.items(p.steps[0].Items)
	label := "check"
	for i, c := range s.Checks {
		p.checkLine(label, c, i == p.check)
		label = ""
	}
	if s.Number == len(p.steps)-1 && s.Wait > 0 {
		p.add("then", s.Why)
	}
	if s.Script != "" {
		if s.Back.First != "" {
			p.add("back", "first "+s.Back.First)
		}
		p.add("back", "takes "+preview.Duration(s.Back.Seconds))
	}
}

// checkLine is a check with its box.
func (p *stepPage) checkLine(label string, c preview.Check, marked bool) {
	box, mark := "[ ] ", "  "
	if p.ticked[c] {
		box = "[x] "
	}
	style := p.Styles.Plain
	if marked {
		mark, style = "> ", p.Styles.Key
	}
	p.styled(label, mark+box, c.Text, style)
}

// items lists, in the first step, what leads to the old host; in the others what somebody has to do before them.
func (p *stepPage) items(all []preview.Item) {
	s, n := p.step(), 0
	for _, item := range all {
		if s.Number > 0 && item.Before != s.Number {
			continue
		}
		if n++; n > mostShown {
			continue
		}
		label, text := item.Kind, item.Record.Place()+": "+item.Text
		if s.Number > 0 {
			label = "yours"
		} else if item.Before > 0 {
			text += fmt.Sprintf(" (before step %d)", item.Before)
		}
		p.add(label, text)
	}
	p.more(n)
}
