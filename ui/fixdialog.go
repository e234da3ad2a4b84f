package ui

// A fix is shown as a diff before it is made: nobody has to trust a sentence.

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// fixDialog shows what a fix would change, and makes it. A fix that must ask first asks here; a problem
// with several fixes lets one choose.
type fixDialog struct {
	*kit
	problem lint.Diagnostic
	at      int     // of the problem's fixes
	fields  []field // what the fix must ask
	field   int
	leftOut string // of what was pasted
	diff    []string
	err     error
	sheet   sheet
}

// newFixDialog is a dialog for a problem with at least one fix.
func newFixDialog(k *kit, d lint.Diagnostic) *fixDialog {
	f := &fixDialog{kit: k, problem: d}
	f.choose(0)
	return f
}

// fix is the fix that is chosen.
func (f *fixDialog) fix() lint.Fix { return f.problem.Fixes[f.at] }

// choose takes another of the fixes.
func (f *fixDialog) choose(i int) {
	f.at, f.field, f.fields, f.sheet = i, 0, nil, sheet{}
	for _, need := range f.fix().Needs {
		f.fields = append(f.fields, f.asked(need))
	}
	f.try()
}

// asked is the field for what a fix must ask.
func (f *fixDialog) asked(need zonefile.Field) field {
	d := f.newField(partData, needLabel(need), "")
	switch need {
	case zonefile.Address:
		d.check = checkAnyAddress
	case zonefile.Exchange, zonefile.FieldOwner:
		origin := f.doc.Zone().Origin()
		if row := f.doc.Row(document.At(f.problem.File.Name(), f.problem.Span.Start)); !row.IsZero() {
			origin = row.Origin()
		}
		f.takesHost(&d, origin)
	}
	return d
}

// needLabel names what a fix asks.
func needLabel(f zonefile.Field) string {
	switch f {
	case zonefile.Address:
		return "address"
	case zonefile.Exchange, zonefile.FieldOwner:
		return "host name"
	case zonefile.FieldTTL:
		return "TTL"
	}
	return "value"
}

// edits makes the fix in the newest version, which may be a later one than that of the problem.
func (f *fixDialog) edits(z *zonefile.Zone) ([]zonefile.Edit, error) {
	var values []string
	for i := range f.fields {
		if f.fields[i].value() == "" {
			return nil, fmt.Errorf("type the %s first: then what changes is shown here", f.fields[i].label)
		}
		if err := f.fields[i].err(); err != nil {
			return nil, fmt.Errorf("%s: %w", f.fields[i].label, err)
		}
		values = append(values, f.fields[i].final())
	}
	return f.fix().Edits(z, values...)
}

// try finds out what the fix would change.
func (f *fixDialog) try() { f.diff, f.err = f.outcome(f.edits) }

func (f *fixDialog) title() string { return "Fix: " + f.asWritten(f.fix().Message) }

func (f *fixDialog) lines(width int) int {
	return len(draw.Wrap(f.asWritten(f.problem.Message), width-4)) + len(f.fields) + len(f.outcomeRows(f.diff, f.err, width, 1<<20)) + 1
}

func (f *fixDialog) update(m tea.KeyMsg) []action {
	if f.field < len(f.fields) {
		f.sheet.read, f.leftOut = false, f.typeInto(&f.fields[f.field], m)
		f.fields[f.field].typedAnew()
		f.try()
	}
	return nil
}

func (f *fixDialog) bindings() []binding {
	why := ""
	if f.err != nil {
		why = f.err.Error()
	}
	list := []binding{
		unless(why, f.keys.submit, f.apply).as("apply"),
	}
	list = append(append(list, f.keys.ofSheet(&f.sheet)...), does(f.keys.dismiss, pop{}).as("leave it"))
	if f.field < len(f.fields) && f.fields[f.field].suggestion() != "" {
		list = append([]binding{on(f.keys.complete, func() []action { f.fields[f.field].complete(); f.try(); return nil })}, list...)
	}
	if len(f.fields) > 1 {
		return append(list, on(f.keys.fieldNext, func() []action { f.field = (f.field + 1) % len(f.fields); return nil }))
	}
	n, alone := len(f.problem.Fixes), ""
	if n == 1 {
		alone = "there is no other fix for this"
	}
	list = append(list, unless(alone, f.keys.next, func() []action { f.choose((f.at + 1) % n); return nil }).as("another fix"))
	return list
}

// apply makes the change.
func (f *fixDialog) apply() []action {
	return []action{pop{}, change{title: f.asWritten(f.fix().Message), about: f.name, edits: f.edits}}
}

func (f *fixDialog) view(width, height int) string {
	var out []string
	for _, l := range draw.Wrap(f.asWritten(f.problem.Message), width-4) {
		out = append(out, f.Line(width, false, draw.Ink("  "+l, f.severity(f.problem.Severity))))
	}
	for i := range f.fields {
		out = append(out, f.draw(&f.fields[i], width, i == f.field))
	}
	if f.leftOut != "" {
		out = append(out, f.Line(width, false, draw.Ink("  "+f.leftOut, f.Styles.Err)))
	}
	return f.sheet.view(append(out, f.outcomeRows(f.diff, f.err, width, height-len(out))...), 0, 1, width, height)
}
