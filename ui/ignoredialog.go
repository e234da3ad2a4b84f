package ui

// Silencing a problem is an edit of the file: a comment with a day and a reason that all who open it can read.

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// ignoreDialog silences a problem with a comment in the file: for a while, or for good, and why.
type ignoreDialog struct {
	*kit
	problem lint.Diagnostic
	fields  []field // the last day, the reason
	at      int
	file    bool // for the whole file, not for one record alone
	diff    []string
	err     error
	sheet   sheet
}

// ignoreDays is for how long a problem is silenced unless the user says otherwise.
const ignoreDays = 30

// newIgnoreDialog is a dialog for a problem. The reason of an ignore whose last day is past is offered again.
func newIgnoreDialog(k *kit, problem lint.Diagnostic) *ignoreDialog {
	d := &ignoreDialog{kit: k, problem: problem, file: problem.OfFile()}
	old, _ := problem.Overdue(d.file)
	until := k.newField(partData, "until", k.doc.Now().AddDate(0, 0, ignoreDays).Format(time.DateOnly))
	until.note = d.untilNote
	d.fields = []field{until, k.newField(partData, "reason", old.Reason)}
	d.try()
	return d
}

// untilNote says how far away the last day is.
func (d *ignoreDialog) untilNote(text string) string {
	day, err := time.Parse(time.DateOnly, text)
	switch days := int(day.Sub(d.today()).Hours() / 24); {
	case text == "":
		return "empty: for good"
	case err != nil:
		return "a day as 2026-12-01"
	case days < 0:
		return "is past"
	default:
		return day.Format("Monday") + ", in " + zonefile.Plural(days, "day", "days")
	}
}

// today is the day without its hours.
func (d *ignoreDialog) today() time.Time {
	day, _ := time.Parse(time.DateOnly, d.doc.Now().Format(time.DateOnly))
	return day
}

// edits writes the comment.
func (d *ignoreDialog) edits(z *zonefile.Zone) ([]zonefile.Edit, error) {
	if z != d.problem.Zone {
		return nil, zonefile.ErrStale
	}
	until := d.fields[0].value()
	if day, err := time.Parse(time.DateOnly, until); err == nil && day.Before(d.today()) {
		return nil, fmt.Errorf("%s is past: an ignore counts up to its day", until)
	}
	return lint.Ignore(d.problem, lint.Silence{Until: until, Reason: d.fields[1].value(), File: d.file})
}

// try finds out what the comment would be.
func (d *ignoreDialog) try() { d.diff, d.err = d.outcome(d.edits) }

// takesText says that a question mark is typed here.
func (*ignoreDialog) takesText() {}

func (d *ignoreDialog) title() string {
	if d.file {
		return "Ignore " + d.problem.Rule.Name + " in the whole file"
	}
	return "Ignore " + d.problem.Rule.Name + " at this record"
}

func (d *ignoreDialog) lines(width int) int {
	return len(draw.Wrap(d.asWritten(d.problem.Message), width-4)) + len(d.fields) + len(d.outcomeRows(d.diff, d.err, width, 1<<20)) + 1
}

func (d *ignoreDialog) update(m tea.KeyMsg) []action {
	d.sheet.read = false
	d.typeInto(&d.fields[d.at], m)
	d.try()
	return nil
}

func (d *ignoreDialog) bindings() []binding {
	why, only, other := "", "", "whole file"
	if d.err != nil {
		why = d.err.Error()
	}
	if d.problem.OfFile() {
		only = "this belongs to no record: only the whole file can ignore it"
	}
	if d.file {
		other = "this record"
	}
	turn := func(step int) func() []action {
		return func() []action {
			d.at, d.sheet.read = (d.at+step+len(d.fields))%len(d.fields), false
			return nil
		}
	}
	list := append([]binding{unless(why, d.keys.submit, d.apply).as("ignore")}, d.keys.ofSheet(&d.sheet)...)
	return append(list,
		on(d.keys.fieldNext, turn(1)), on(d.keys.fieldPrev, turn(-1)).briefly("-"),
		unless(only, d.keys.nextType, func() []action { d.file = !d.file; d.try(); return nil }).as(other),
		does(d.keys.dismiss, pop{}).as("change nothing"),
	)
}

// apply makes the change.
func (d *ignoreDialog) apply() []action {
	return []action{pop{}, change{title: "ignore " + d.problem.Rule.Name, edits: d.edits}}
}

func (d *ignoreDialog) view(width, height int) string {
	var out []string
	for _, l := range draw.Wrap(d.asWritten(d.problem.Message), width-4) {
		out = append(out, d.Line(width, false, draw.Ink("  "+l, d.severity(d.problem.Severity))))
	}
	at := len(out) + d.at
	for i := range d.fields {
		out = append(out, d.draw(&d.fields[i], width, i == d.at))
	}
	return d.sheet.view(append(out, d.outcomeRows(d.diff, d.err, width, height-len(out))...), at, at+1, width, height)
}
