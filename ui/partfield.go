package ui

// The field of a form for a part of a text that package policy knows: what it checks and says, and what becomes of what was
// pasted, is asked of the text as it is in the form by then.

import (
	"errors"

	"github.com/mailzone/mailzone/policy"
)

// partOf is the field of a form for a part of a text; now is the text as the form has it.
func (f *formRecord) partOf(p policy.Field, at part, text string, now func() string) field {
	d := f.newField(at, p.Label, p.Get(text))
	if p.Choices != nil {
		d.chooses(p.Choices)
	}
	if p.Host {
		f.takesHost(&d, f.origin())
	} else if p.Name {
		d.note = nameNote(f.origin())
	}
	note := d.note
	d.check = f.checkPolicy(p, d.was, now)
	d.finish = func(text string) string { return p.Clean(now(), asciiName(text)) }
	d.note = func(text string) string {
		if note != nil {
			return note(text)
		}
		return p.Note(now(), text)
	}
	return d
}

// checkPolicy wants a value of a field of a policy. What the record has stays, whatever it is.
func (f *formRecord) checkPolicy(p policy.Field, was string, now func() string) func(string) error {
	return func(text string) error {
		switch {
		case text == "" && f.record.IsZero() && p.Needed != "":
			return errors.New(p.Needed)
		case text == was:
			return nil
		case p.Check(now(), text) == nil && (p.Name || p.Host):
			return checkName(f.origin())(text)
		}
		return p.Check(now(), text)
	}
}
