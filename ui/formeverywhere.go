package ui

// The same change in all lines that have the address or the host which a form changes. The form offers it where other lines have
// it and R would not refuse the new one. It is off at first: who changes one record means that one. With it, enter opens the list
// of R, and what else was typed into the form is done with its lines, as one undo. In a big zone nobody counts while somebody
// types: there the list says how many lines they are.

import (
	"slices"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// valuePart is the field of the address or of the host that the record that is edited has; false if it has no such field.
func (f *formFields) valuePart() (part, bool) {
	if f.record.IsZero() {
		return 0, false
	}
	_, address := f.record.Addr()
	host, leads := f.record.Target()
	i := slices.IndexFunc(f.fields, func(d field) bool { return d.part >= 0 && (address || d.hosts != nil) })
	if i < 0 || !address && (!leads || host == zonefile.Root) {
		return 0, false
	}
	return f.fields[i].part, true
}

// respread is the change of the address or the host that the form makes; false where it makes none that could be made everywhere.
func (f *formFields) respread() (c replacement, ok bool) {
	p, ok := f.valuePart()
	if !ok || f.field(p).err() != nil {
		return c, false
	}
	c.from = subjectOf(f.record)
	to, err := readSubject(f.field(p).value(), f.origin(), c.from.isAddress())
	c.to = to
	return c, err == nil && f.fixed(c.from) == "" && f.free(c.from, c.to) == nil
}

// countOthers counts the other lines that the old address or host stands in, once, where the zone is small.
func (f *formFields) countOthers() {
	if _, ok := f.valuePart(); !ok || !f.doc.Small() {
		return
	}
	in := references.Among{Zones: []*zonefile.Zone{f.doc.Zone()}}
	if of := subjectOf(f.record); of.isAddress() {
		f.others = in.UsesOfAddress(of.address).Writes - 1
	} else {
		f.others = in.UsesOfName(of.name).Writes - 1
	}
}

// askEverywhere adds the switch, or takes it away.
func (f *formFields) askEverywhere() {
	words := ""
	if _, ok := f.respread(); ok && !f.doc.Small() {
		words = "in all lines that have the old one: enter lists them"
	} else if ok && f.others > 0 {
		words = "in " + zonefile.Plural(f.others, "line", "lines") + " more: enter lists them"
	}
	f.switches(partEverywhere, "everywhere", words)
}

// switches adds a switch before the TTL, with what it says; "" takes it away.
func (f *formFields) switches(p part, label, words string) {
	at := f.index(p)
	switch {
	case words != "" && at < 0:
		d := f.newField(p, label, "")
		d.chooses([]policy.Choice{{Value: "on", Words: words}})
		before := f.index(partTTL)
		f.fields = slices.Insert(f.fields, before, d)
		if f.at >= before {
			f.at++
		}
	case words == "" && at >= 0:
		f.fields = slices.Delete(f.fields, at, at+1)
		if f.at > at {
			f.at--
		}
	}
}

// everywhere is the change that the switch wants; false where it is off.
func (f *formFields) everywhere() (replacement, bool) {
	if f.value(partEverywhere) == "" {
		return replacement{}, false
	}
	return f.respread()
}

// still is the form as it stands, which nobody types into: the lines are changed beside the screen.
func (f *formFields) still() *formFields {
	g := *f
	g.fields = slices.Clone(f.fields)
	for i := range g.fields {
		g.fields[i].input.SetValue(f.fields[i].input.Value())
	}
	return &g
}

// everywhereLines is the lines of the change as far as the form shows what it does: in a big zone those of the list are enough.
func (f *formFields) everywhereLines() ([]references.Line, error) {
	c, ok := f.everywhere()
	if !ok || !f.doc.Small() {
		return nil, nil
	}
	list, err := c.finds(references.Among{Zones: []*zonefile.Zone{f.doc.Zone()}})
	return list.Lines, err
}

// linesSetter changes lines; the value that the form changes is in one of them.
func linesSetter(lines []references.Line) setter {
	return func(z *zonefile.Zone, _ zonefile.Record) ([]zonefile.Edit, error) { return references.Edits(z, lines) }
}
