package ui

// What is said about one step of a plan: why it waits, the lines that it changes, whose mail goes elsewhere, what to check, what
// somebody else has to do, the way back.

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
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
	blank := strings.Repeat(" ", ansi.StringWidth(sign))
	for _, l := range draw.Wrap(p.show(text), p.width-labelWidth-ansi.StringWidth(sign)) {
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
			p.styled(label, "", "of "+p.written(l.Owner), p.Styles.Dim)
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

// waits says what the step waits for, and what is to be looked at before it.
func (p *stepPage) waits() {
	s := p.step()
	for _, note := range p.table.Notes {
		p.add("note", note)
	}
	switch {
	case s.State == preview.StepNow && p.unsaved(s):
		p.add("wait", "the step before is not saved: the wait begins when it is")
	case s.State == preview.StepNow && !s.Certain:
		p.add("wait", p.whenText(s))
	case s.State == preview.StepLater:
		p.add("wait", p.steps[s.Number-1].Why)
	case s.State == preview.StepNow && s.Number > 1 && s.Elapsed > 0:
		p.add("wait", p.since(s))
	case s.State == preview.StepDone && s.Number > 1 && s.Script != "":
		if why := p.steps[s.Number-1].Why; why != "" {
			p.add("waited", why)
		}
	}
}

// since says from when the wait of a step counts, and how that is known.
func (p *stepPage) since(s plannedStep) string {
	text := fmt.Sprintf("%s since %s", preview.Duration(s.Elapsed), p.clock(s.Since.Time))
	if s.Since.Evidence != "" {
		text += ": " + s.Since.Evidence
	}
	if _, why, ok := strings.Cut(p.steps[s.Number-1].Why, ": "); ok {
		text += "; " + why
	}
	return text
}

// rest is all but the change.
func (p *stepPage) rest() {
	s := p.step()
	for _, m := range s.mail {
		p.mailText(m)
	}
	if len(s.mail) == 0 && len(s.lines) > 0 {
		p.add("mail", "goes where it went before")
	}
	p.others()
}

// mailText is whose mail goes where, in sentences.
func (p *stepPage) mailText(m preview.StepMail) {
	p.add("mail", preview.List(m.Domains, p.written)+": "+m.Text)
	if m.Was != m.Is {
		p.add("", "before: "+m.Was)
		p.add("", "after:  "+m.Is)
	}
}

// others is what is said besides the change and the mail.
func (p *stepPage) others() {
	s := p.step()
	p.before(s)
	p.items(p.steps[0].Items)
	p.after(s)
	if s.Number == len(p.steps)-1 && s.Wait > 0 {
		p.add("then", s.Why)
	}
	if s.State == preview.StepDone && s.Script == "" && s.Number > 0 {
		p.add("", "done; the history, H in the panes, has what this save changed, and the way back")
	}
	if s.Script != "" {
		if s.Back.First != "" {
			p.add("back", "first "+s.Back.First)
		}
		p.add("back", "takes "+preview.Duration(s.Back.Seconds))
	}
}

// before is what somebody has to look at before the step to do now.
func (p *stepPage) before(s plannedStep) {
	label := "before"
	if p.asked != nil && p.asked.Next != nil && p.asked.Next.Number == s.Number {
		p.heardChecks(label)
		label = ""
	}
	for i, c := range p.checks() {
		if s.State != preview.StepDone {
			p.checkLine(label, c, i == p.check)
			label = ""
		}
	}
}

// after is what to look at when the step is saved: of the last one that was, with boxes for what somebody has to answer.
func (p *stepPage) after(s plannedStep) {
	label := "check"
	heard := p.asked != nil && p.asked.Step.Number == s.Number && s.State == preview.StepDone
	if heard {
		p.heardChecks(label)
		label = ""
	}
	for _, c := range s.Checks {
		if heard && c.Kind != preview.Said {
			continue
		}
		if s.State == preview.StepDone && c.Kind == preview.Said && len(p.checks()) > 0 {
			continue // below, with its box
		}
		p.styled(label, p.Glyphs.Bullet+" ", c.Text, p.Styles.Plain)
		label = ""
	}
	for i, c := range p.checks() {
		if s.State == preview.StepDone {
			p.checkLine(label, c, i == p.check)
			label = ""
		}
	}
}

// heardChecks is the checks that the world was asked about, each with what came: of one that holds in a line, of the others with who
// said what.
func (p *stepPage) heardChecks(label string) {
	now := p.doc.Now()
	for _, c := range p.asked.Checks {
		if c.Kind == preview.Said {
			continue
		}
		text := c.Text
		if until := c.Until(); c.State() == "waits" && !until.IsZero() {
			text += ": until " + p.clock(until)
		}
		p.styled(label, p.checkSign(c.State())+" ", text, p.Styles.Plain)
		label = ""
		for _, r := range c.Results {
			if r.State != "ok" && r.Host != "" {
				p.styled("", "  ", r.Who()+": "+saysOf(r, now), p.Styles.Dim)
			}
		}
	}
}

// checkLine is a check with its box.
func (p *stepPage) checkLine(label string, c openCheck, marked bool) {
	sign, style, text := "  [ ] ", p.Styles.Plain, c.Text
	if marked {
		sign, style, p.row = "> [ ] ", p.Styles.Key, len(p.rows)
	}
	if !c.Done.IsZero() {
		sign = strings.Replace(sign, "[ ]", "[x]", 1)
		text += " (" + p.clock(c.Done) + ")"
	}
	p.styled(label, sign, text, style)
}

// items lists, in the first step, what leads to the old host; in the others what somebody has to do before them.
func (p *stepPage) items(all []preview.Item) {
	s, n, yours := p.step(), 0, "yours"
	for _, item := range all {
		if s.Number > 0 && item.Before != s.Number {
			continue
		}
		if n++; n > mostShown {
			continue
		}
		label, text := item.Kind, item.Record.Place()+": "+item.Text
		if s.Number > 0 {
			label, yours = yours, ""
		} else if item.Before > 0 {
			text += fmt.Sprintf(" (before step %d)", item.Before)
		}
		p.add(label, text)
	}
	p.more(n)
}
