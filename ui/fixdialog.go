package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/lint"
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
	diff    []string
	err     error
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
	f.at, f.field, f.fields = i, 0, nil
	for _, need := range f.fix().Needs {
		f.fields = append(f.fields, f.newField(partData, needLabel(need), ""))
	}
	f.try()
}

// needLabel names what a fix asks.
func needLabel(f zonefile.Field) string {
	switch f {
	case zonefile.Address:
		return "address"
	case zonefile.Exchange:
		return "exchange"
	case zonefile.FieldTTL:
		return "TTL"
	case zonefile.FieldOwner:
		return "owner"
	}
	return "value"
}

// edits makes the fix.
func (f *fixDialog) edits(z *zonefile.Zone) ([]zonefile.Edit, error) {
	if z != f.problem.Zone {
		return nil, zonefile.ErrStale
	}
	var values []string
	for i := range f.fields {
		if f.fields[i].value() == "" {
			return nil, fmt.Errorf("type the %s that the record is to have", f.fields[i].label)
		}
		values = append(values, f.fields[i].value())
	}
	return f.fix().Edits(values...)
}

// try finds out what the fix would change.
func (f *fixDialog) try() { f.diff, f.err = f.outcome(f.edits) }

// outcome is what edits would change, in lines, or why they cannot be made.
func (k *kit) outcome(make func(*zonefile.Zone) ([]zonefile.Edit, error)) ([]string, error) {
	z := k.doc.zone()
	edits, err := make(z)
	if err != nil {
		return nil, err
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return nil, err
	}
	return editLines(z, next, edits), nil
}

// outcomeLines draws what outcome found. Where there is no room for all lines around a change, the change alone is left.
func (k *kit) outcomeLines(diff []string, err error, width, height int) []string {
	var out []string
	if err != nil {
		for _, l := range wrap(k.show(err.Error()), width-4) {
			out = append(out, k.line(width, false, span{"  " + l, k.styles.dim}))
		}
	}
	if len(diff) > height {
		diff = slices.DeleteFunc(slices.Clone(diff), func(l string) bool { return strings.HasPrefix(l, " ") })
	}
	if over := len(diff) - height; over > 0 && height > 0 {
		diff = append(slices.Clip(diff[:height-1]), " "+k.glyphs.more+" "+plural(over+1, "more line", "more lines"))
	}
	for _, l := range diff {
		out = append(out, k.line(width, false, append([]span{{" ", k.styles.plain}}, k.diffSpans(l)...)...))
	}
	return out
}

func (f *fixDialog) title() string { return "Fix: " + f.show(f.fix().Message) }

func (f *fixDialog) lines(width int) int {
	return len(wrap(f.show(f.problem.Message), width-4)) + len(f.fields) + max(len(f.diff), 1) + 1
}

func (f *fixDialog) update(msg tea.Msg) ([]action, tea.Cmd) {
	m, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil, nil
	}
	if actions, used := press(m, f.bindings()); used {
		return actions, nil
	}
	if f.field < len(f.fields) {
		f.typeInto(&f.fields[f.field], m)
		f.try()
	}
	return nil, nil
}

func (f *fixDialog) bindings() []binding {
	why := ""
	if f.err != nil {
		why = f.err.Error()
	}
	list := []binding{
		unless(why, f.keys.submit, f.apply).as("apply"),
		does(f.keys.close, pop{}).as("leave it"),
	}
	switch n := len(f.problem.Fixes); {
	case len(f.fields) > 1:
		list = append(list, on(f.keys.fieldNext, func() []action { f.field = (f.field + 1) % len(f.fields); return nil }))
	case n > 1:
		list = append(list, on(f.keys.next, func() []action { f.choose((f.at + 1) % n); return nil }).as("another fix"))
	}
	return list
}

// apply makes the change.
func (f *fixDialog) apply() []action {
	return []action{pop{}, change{title: f.show(f.fix().Message), make: f.edits}}
}

func (f *fixDialog) view(width, height int) string {
	var out []string
	for _, l := range wrap(f.show(f.problem.Message), width-4) {
		out = append(out, f.line(width, false, span{"  " + l, f.severity(f.problem.Severity)}))
	}
	for i := range f.fields {
		out = append(out, f.draw(&f.fields[i], width, i == f.field))
	}
	return block(append(out, f.outcomeLines(f.diff, f.err, width, height-len(out))...), width, height)
}
