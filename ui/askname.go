package ui

// The new name of what is to change everywhere, or the new address. What stands against it is said while one types: a name that is
// there already, with its records.

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/ui/draw"
)

// askNew asks what something is to become.
type askNew struct{ of subject }

func (a askNew) do(s stage) tea.Cmd {
	k := s.tools()
	d := &nameDialog{kit: k, of: a.of, field: k.newField(partData, "new name", "")}
	if origin := k.doc.Zone().Origin(); a.of.isAddress() {
		d.field.label, d.field.check = "new address", checkAnyAddress
	} else {
		d.field.check, d.field.note, d.field.finish = checkName(origin), nameNote(origin), asciiName
	}
	s.push(d)
	return nil
}

// nameDialog asks for a name or an address.
type nameDialog struct {
	*kit
	of      subject
	field   field
	against error // what stands against what is typed
	leftOut string
}

// takesText says that a question mark is typed here.
func (*nameDialog) takesText() {}

func (d *nameDialog) title() string { return "Change " + d.calls(d.of) + " everywhere" }

func (d *nameDialog) lines(width int) int { return 1 + max(len(d.says(width)), 3) }

func (d *nameDialog) update(m tea.KeyMsg) []action {
	d.leftOut = d.typeInto(&d.field, m)
	d.field.left, d.against = false, nil
	if to, err := d.typed(); err == nil {
		d.against = d.free(d.of, to)
	}
	return nil
}

// typed is what is typed.
func (d *nameDialog) typed() (subject, error) {
	text := d.field.final()
	if text == "" {
		return subject{}, errors.New("type it first")
	}
	if err := d.field.check(text); err != nil {
		return subject{}, err
	}
	return readSubject(text, d.doc.Zone().Origin(), d.of.isAddress())
}

func (d *nameDialog) bindings() []binding {
	return []binding{on(d.keys.submit, d.submit).as("the lines that change").briefly("enter the lines"), does(d.keys.dismiss, pop{}).as("change nothing")}
}

// submit shows the lines that would change.
func (d *nameDialog) submit() []action {
	d.field.left = true
	to, err := d.typed()
	if d.against = err; err == nil {
		d.against = d.free(d.of, to)
	}
	if d.against != nil {
		return nil
	}
	return []action{changeEverywhere{replacement{from: d.of, to: to}}}
}

// says is what stands against it, or what enter does.
func (d *nameDialog) says(width int) []string {
	text := "Enter shows each line that changes, before anything does."
	if d.leftOut != "" {
		text = d.leftOut
	}
	if d.against != nil {
		text = d.against.Error()
	}
	return draw.Wrap(d.show(text), width-4)
}

func (d *nameDialog) view(width, height int) string {
	return draw.Block(d.underField(&d.field, d.says(width), d.against != nil || d.leftOut != "", width), width, height)
}
