package ui

// The last look before a save: text, mail, problems, and what named says. Nothing is written that was not shown here. What
// takes long, which named-checkzone does in a big zone, goes on beside the review, and ends with it.

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// reviewDialog shows what a save would do, in three parts: the text, the delivery before and after, the
// problems that come and go. Nothing is written without it.
type reviewDialog struct {
	*kit
	saving document.Saving
	report report
	part   int
	page   draw.Page
	named  *checker
	then   []action        // done after a save
	agreed func() []action // what was asked for while the review waits; nil if nothing
}

// title names the dialog.
func (d *reviewDialog) title() string {
	return "Review of " + zonefile.Plural(d.doc.Edits(), "edit", "edits") + ", " + d.report.serial
}

func (d *reviewDialog) lines(int) int { return 1000 } // all there is

// parts is the titles of the three parts.
func (d *reviewDialog) parts() []string {
	r := d.report
	added, removed := 0, 0
	for _, l := range r.diff {
		switch {
		case strings.HasPrefix(l, "+++"), strings.HasPrefix(l, "---"):
		case strings.HasPrefix(l, "+"):
			added++
		case strings.HasPrefix(l, "-"):
			removed++
		}
	}
	return []string{
		fmt.Sprintf("1 TEXT +%d -%d", added, removed),
		fmt.Sprintf("2 DELIVERY %d", len(r.routes)),
		"3 PROBLEMS " + d.problemsInShort(),
		"4 NAMED " + d.named.inShort(),
	}
}

// problemsInShort counts the problems that come and go.
func (d *reviewDialog) problemsInShort() string {
	if d.unexamined() {
		return "..."
	}
	f := d.doc.Findings
	return fmt.Sprintf("%d new, %d gone", count(f.Came, lint.Warning), count(f.Went, lint.Warning))
}

// unexamined tells whether the problems of the version are not known yet.
func (d *reviewDialog) unexamined() bool { return d.doc.Stale() || !d.doc.Findings.Checked }

// waits is what has to happen before the zone can be saved; "" if it can.
func (d *reviewDialog) waits() string {
	switch {
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

// giveUp ends what is asked for the review.
func (d *reviewDialog) giveUp() []action {
	d.named.stop()
	return []action{pop{}}
}

func (d *reviewDialog) update(tea.KeyMsg) []action { return nil }

func (d *reviewDialog) bindings() []binding {
	show := func(part int) func() []action {
		return func() []action { d.part = (part + 4) % 4; d.page.Top(); return nil }
	}
	return append([]binding{
		on(d.keys.review, func() []action { return d.agree(d.then) }).as("write"),
		unless(d.doc.Store.CannotReload(d.doc.Zone()), d.keys.serve, func() []action {
			return d.agree([]action{serve{d.then}})
		}).briefly("r reload too"),
		on(d.keys.dismiss, d.giveUp).as("back to editing"),
		on(d.keys.tab1, show(0)).as("text").briefly("1-4 parts"), on(d.keys.tab2, show(1)).as("delivery").briefly("-"),
		on(d.keys.tab3, show(2)).as("problems").briefly("-"),
		on(d.keys.tab4, show(3)).as("named-checkzone").briefly("-"),
		on(d.keys.next, func() []action { return show(d.part + 1)() }).as("next part").briefly("-"),
		on(d.keys.prev, func() []action { return show(d.part - 1)() }).as("previous part").briefly("-"),
		on(d.keys.tabRight, func() []action { return show(d.part + 1)() }).as("next part").briefly("-"),
		on(d.keys.tabLeft, func() []action { return show(d.part - 1)() }).as("previous part").briefly("-"),
		on(d.keys.leave, d.giveUp).as("back to editing").briefly("-"),
		on(d.keys.saveCopy, func() []action {
			return []action{copyText{document.EditsPatch(d.doc.Saved, d.saving.Edits, d.utf8)}}
		}).as("copy the patch").briefly("y copy"),
	}, d.keys.scrolling(&d.page)...)
}

// write saves, after a typed word if the zone gets errors that it did not have, and after a question if
// the old file has to be written into. Then is done after the save.
func (d *reviewDialog) write(then []action) []action {
	d.saving.Notes = d.report.unseen
	if t := d.named.says.Text; t != "" {
		d.saving.Notes = append(slices.Clip(d.saving.Notes), t)
	}
	save := []action{pop{}, write{d.saving, then}}
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

// view draws the titles of the parts and the one that is chosen.
func (d *reviewDialog) view(width, height int) string {
	spans := []draw.Span{draw.Ink(" ", d.Styles.Plain)}
	for i, t := range d.parts() {
		style := d.Styles.Dim
		if i == d.part {
			style = d.Styles.Title
		}
		spans = append(spans, draw.Ink(" "+t+" ", style), draw.Ink("  ", d.Styles.Plain))
	}
	out := []string{d.Line(width, false, spans...), d.named.progress(width)}
	return draw.Block(append(out, d.page.Visible(d.body(width), height-2)...), width, height)
}

// body is the lines of the part that is chosen.
func (d *reviewDialog) body(width int) []string {
	switch d.part {
	case 1:
		return d.deliveryPart(width)
	case 2:
		return d.problemPart(width)
	case 3:
		return d.named.part(width)
	}
	var out []string
	for _, l := range d.report.diff {
		out = append(out, d.Line(width, false, d.diffSpans(l)...))
	}
	return out
}

// deliveryPart draws routes side by side.
func (d *reviewDialog) deliveryPart(width int) []string {
	if len(d.report.routes) == 0 {
		return []string{d.Line(width, false, draw.Ink("  The mail of every name goes where it went before.", d.Styles.Plain))}
	}
	var out []string
	half := (width - 2) / 2
	for _, c := range d.report.routes {
		out = append(out, d.Line(width, false, draw.Ink(" "+d.Fit(d.show(string(c.Domain)), half-1), d.Styles.Head), draw.Ink("", d.Styles.Plain)))
		left, right := d.routeLines(c.Before()), d.routeLines(c.After())
		out = append(out, d.Line(width, false, draw.Ink(d.Fit("   before", half), d.Styles.Dim), draw.Ink("   after", d.Styles.Dim)))
		for i := range max(len(left), len(right)) {
			out = append(out, d.Line(width, false, draw.Ink(d.Fit("   "+at(left, i), half), d.Styles.Removed),
				draw.Ink(d.Fit("   "+at(right, i), width-half), d.Styles.Added)))
		}
		for _, text := range append(c.Sentences, c.Stale.Text) {
			for _, l := range draw.Wrap(d.show(text), width-6) {
				out = append(out, d.Line(width, false, draw.Ink("   "+l, d.Styles.Plain)))
			}
		}
		out = append(out, d.Line(width, false))
	}
	return out
}

// routeLines is a route in lines: a number for each tier, = for one of several equal hosts.
func (k *kit) routeLines(d preview.Delivery) []string {
	var out []string
	for i, t := range d.Tiers {
		for j, h := range t.Hosts {
			sign, share := itoa(i+1)+" ", ""
			if j > 0 {
				sign = " ="
			}
			if len(t.Hosts) > 1 {
				share = "  " + percent(h.Share)
			}
			out = append(out, sign+" "+k.short(h.Name)+share)
		}
	}
	if len(out) == 0 {
		return draw.Wrap(k.show(d.Text), 34)
	}
	return out
}

// problemPart draws what is new, what is gone (mended, or ignored from now on), and counts the rest.
func (d *reviewDialog) problemPart(width int) []string {
	var out []string
	add := func(title string, list []lint.Diagnostic) {
		if len(list) == 0 {
			return
		}
		out = append(out, d.Line(width, false, draw.Ink(" "+title, d.Styles.Head)))
		for _, p := range list {
			for i, l := range draw.Wrap(d.show(p.Message), width-8) {
				sign := "  "
				if i == 0 {
					sign = p.Severity.Letter() + " "
				}
				out = append(out, d.Line(width, false, draw.Ink("   "+sign, d.severity(p.Severity)), draw.Ink(l, d.Styles.Plain)))
			}
		}
		out = append(out, d.Line(width, false))
	}
	for _, text := range d.report.unseen {
		for _, l := range draw.Wrap(d.show(text), width-4) {
			out = append(out, d.Line(width, false, draw.Ink("  "+l, d.Styles.Warn)))
		}
	}
	if d.unexamined() {
		return append(out, d.Line(width, false, draw.Ink(" examining the zone...", d.Styles.Dim)))
	}
	f := d.doc.Findings
	add("NEW", f.Came)
	add("GONE", f.Went)
	stay := len(f.Serious()) - count(f.Came, lint.Warning)
	rest := zonefile.Plural(stay, "problem that was there before is", "problems that were there before are") + " still there"
	if stay == 0 {
		rest = "no other problem"
	}
	if !f.Full {
		rest += "; rules that count over all names are not done yet"
	}
	return append(out, d.Line(width, false, draw.Ink(" "+rest, d.Styles.Dim)))
}

// review shows what a save would write; then is done after it.
type review struct{ then []action }

// do goes on to what follows where there is nothing to write.
func (r review) do(s stage) tea.Cmd {
	k, then := s.tools(), r.then
	modified := k.doc.Modified()
	switch {
	case s.work().busy: // says so
	case !modified && len(then) > 0:
		return s.perform(then...)
	case !modified:
		s.tell(say{"nothing to save: the file has all this already", levelInfo})
		return nil
	case k.doc.ReadOnly() != "": // since it was read again
		return s.perform(askConflict(k, k.doc.ReadOnly())...)
	}
	if !s.work().begin(s, "comparing with the file...") {
		return nil
	}
	sv, err := k.doc.Prepare(k.doc.Now())
	if err != nil {
		s.work().end(s)
		s.tell(say{disk.Untouched.String() + ": " + k.show(err.Error()), levelError})
		return nil
	}
	d := &reviewDialog{kit: k, saving: k.asStep(sv), then: then, named: newChecker(k)}
	saved, st, look := k.doc.Saved, k.doc.Store, k.doc.Look()
	rules := k.doc.Examining(saved)
	return func() tea.Msg {
		m := reviewed{dialog: d, files: look.Run()} // who is to lose the file to another program is told before reading on
		if !m.files.Changed {
			d.report = newReport(saved, sv.Zone, st, rules)
		}
		return m
	}
}

// reviewed brings the review of a save, and what its files hold now.
type reviewed struct {
	dialog *reviewDialog
	files  document.Looked
}

// take shows the review, and asks named-checkzone beside it.
func (m reviewed) take(s stage) tea.Cmd {
	s.work().end(s)
	d := m.dialog
	if m.files.Changed {
		d.doc.Saw(m.files)
		return s.perform(askConflict(d.kit, changedElsewhere(d.kit))...)
	}
	s.push(d)
	return d.named.ask(d.doc.Store, d.doc.Saved, d.saving.Zone)
}
