package ui

// A name once more: all that it has, at a new name. The lines that come stand under it while it is typed, before there is an edit, and
// so does what stands against it.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// copyDialog asks for the name that a copy is to have.
type copyDialog struct {
	*kit
	from    zonefile.Name
	field   field
	added   []string // that come
	against error    // why they do not
	leftOut string
}

// newCopyDialog asks for the name of a copy of the name that is shown.
func newCopyDialog(k *kit) *copyDialog {
	d := &copyDialog{kit: k, from: k.name, field: k.newField(partData, "new name", "")}
	origin := k.doc.Zone().Origin()
	d.field.check, d.field.note, d.field.finish = checkName(origin), nameNote(origin), asciiName
	return d
}

// takesText says that a question mark is typed here.
func (*copyDialog) takesText() {}

func (d *copyDialog) title() string { return "Duplicate " + d.written(d.from) }

func (d *copyDialog) lines(width int) int {
	return 1 + len(d.says(width)) + max(len(d.doc.Zone().Copied(d.from)), len(d.outcomeRows(d.added, nil, width, 1<<20)))
}

func (d *copyDialog) update(m tea.KeyMsg) []action {
	d.leftOut = d.typeInto(&d.field, m)
	d.field.left = false
	d.try()
	return nil
}

// try finds out what would come.
func (d *copyDialog) try() {
	d.added, d.against = nil, nil
	if d.field.value() != "" && d.field.err() == nil {
		d.added, d.against = d.outcome(d.edits)
		d.added = slices.DeleteFunc(d.added, func(l string) bool { return !strings.HasPrefix(l, "+") })
	}
}

// to is the new name.
func (d *copyDialog) to() (zonefile.Name, error) {
	return zonefile.ParseName(d.field.final(), d.doc.Zone().Origin())
}

// edits makes the copy.
func (d *copyDialog) edits(z *zonefile.Zone) ([]zonefile.Edit, error) {
	to, err := d.to()
	if err != nil {
		return nil, err
	}
	return z.CopyName(d.from, to)
}

func (d *copyDialog) bindings() []binding {
	return []binding{on(d.keys.submit, d.submit).as("duplicate").briefly("enter duplicate"), does(d.keys.dismiss, pop{}).as("change nothing")}
}

// submit makes the copy if nothing stands against it.
func (d *copyDialog) submit() []action {
	d.field.leave()
	d.try()
	to, err := d.to()
	if d.field.err() != nil || d.against != nil || err != nil {
		return nil
	}
	title := "duplicate " + d.written(d.from) + " as " + d.written(to)
	return []action{pop{}, change{title: title, about: to, edits: d.edits,
		named: func(document.Edited) []string { return []string{title} },
		find:  func(z *zonefile.Zone) zonefile.Record { return firstOf(z, to) }, then: []action{selectName{to}}}}
}

// firstOf is the first record of a name.
func firstOf(z *zonefile.Zone, n zonefile.Name) (r zonefile.Record) {
	if all := z.Node(n).Records; len(all) > 0 {
		r = all[0]
	}
	return r
}

// says is what stands against it, or what a copy is.
func (d *copyDialog) says(width int) []string {
	text := zonefile.Plural(len(d.doc.Zone().Copied(d.from)), "record", "records") + ", and what leads to " + d.written(d.from) + " goes on leading there"
	switch {
	case d.leftOut != "":
		text = d.leftOut
	case d.against != nil:
		text = d.against.Error()
	case d.from == d.doc.Zone().Origin():
		text += "; its SOA and its NS are of the zone alone"
	case d.doc.Zone().HasBelow(d.from):
		text += "; names below it are not duplicated"
	}
	return draw.Wrap(d.show(text), width-4)
}

func (d *copyDialog) view(width, height int) string {
	out := d.underField(&d.field, d.says(width), d.against != nil || d.leftOut != "", width)
	return draw.Block(append(out, d.outcomeLines(d.added, nil, width, height-len(out))...), width, height)
}
