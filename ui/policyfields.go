package ui

// A policy by its fields, or as one text: the same record. Which fields there are, and what setting one changes, package policy
// knows; here they become fields of a form, and their changes edits. A record with faults opens as text, and what nobody
// touched stays byte for byte.

import (
	"errors"
	"unicode/utf8"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// kindHere is the policy that the form's record is, by its owner; false if it is none.
func (f *formRecord) kindHere() (policy.Kind, bool) {
	if kind, ok := policy.KindOf(f.typ.String()); ok {
		return kind, true
	}
	if f.typ != zonefile.TypeTXT {
		return 0, false
	}
	owner := f.owner()
	if !f.record.IsZero() && len(f.fields) == 0 {
		owner = f.record.Owner()
	}
	kind, _, ok := policyAt(owner)
	switch {
	case ok && kind != policyTLSA:
		return policy.Kind(kind), true
	case f.as.on:
		return f.as.kind, true
	}
	text, _ := f.wholeText()
	return policy.KindSPF, policy.KindSPF.Is(text)
}

// wholeText is the text that the form has now; false where what stands in the field is none.
func (f *formRecord) wholeText() (string, bool) {
	switch {
	case f.as.on:
		return f.policyText(), true
	case f.field(partText) != nil:
		return f.field(partText).final(), true
	case f.field(partData) != nil:
		_, isType := policy.KindOf(f.typ.String())
		switch d := f.field(partData); {
		case d.value() != d.was && isType:
			return d.value(), true
		case d.value() != d.was:
			return zonefile.Unquote(d.value())
		}
	}
	return f.recordText(), !f.record.IsZero()
}

// policyText is the text with what the fields changed in it.
func (f *formRecord) policyText() string {
	text := f.as.base
	for i, p := range f.as.kind.Fields() {
		if d := f.field(partPolicy - part(i)); d != nil && d.value() != d.was {
			text = policy.Apply(text, p.Set(text, d.value())...)
		}
	}
	return text
}

// follow makes fields follow others: what was begun by the owner that, and what was made of a paste what says how.
func (f *formRecord) follow() {
	if !f.as.on {
		return
	}
	owner := f.ownerText()
	was, is := f.as.kind.Begin(f.as.at), f.as.kind.Begin(owner)
	for i, p := range f.as.kind.Fields() {
		d := f.field(partPolicy - part(i))
		if d.value() == p.Get(was) && p.Get(was) != p.Get(is) {
			d.set(p.Get(is))
		}
		if d.made != "" && d.value() == d.made {
			d.made = p.Clean(f.policyText(), d.meant(d.pasted))
			d.set(d.made)
		}
	}
	f.as.at = owner
}

// policyData is it as a zone file has it.
func (f *formRecord) policyData() string {
	if f.as.kind.IsType() {
		return f.policyText()
	}
	return zonefile.Quote(f.policyText())
}

// policySetters makes the edits of the fields of a policy that were changed: of each its own octets alone. Where the text was
// typed anew meanwhile it is written as a whole.
func (f *formRecord) policySetters() (list []setter) {
	if !f.as.on || f.policyText() == f.recordText() {
		return nil
	}
	if f.as.base != f.recordText() || f.as.kind.IsType() {
		data := f.policyData()
		return []setter{func(z *zonefile.Zone, r zonefile.Record) ([]zonefile.Edit, error) {
			return z.Set(r, zonefile.FieldRData, data)
		}}
	}
	for i, p := range f.as.kind.Fields() {
		d := f.field(partPolicy - part(i))
		if d.value() == d.was {
			continue
		}
		list = append(list, func(_ *zonefile.Zone, r zonefile.Record) ([]zonefile.Edit, error) {
			text, _ := r.Joined()
			return r.TextEdits(textChanges(p.Set(text, d.value()))...), nil
		})
	}
	return list
}

// fieldsOfRecord is the fields of the policy that the edited record is; nil if it has none.
func (f *formRecord) fieldsOfRecord() []field {
	kind, ok := f.kindHere()
	if text := f.recordText(); ok && kind.Hinders(text) == "" {
		return f.policyFields(kind, text)
	}
	return nil
}

// textChanges is changes of a text as those of a record that holds it.
func textChanges(list []policy.Change) (out []zonefile.TextChange) {
	for _, c := range list {
		out = append(out, zonefile.TextChange{Start: c.Start, End: c.End, New: c.New})
	}
	return out
}

// begun is the fields of a new record of a type of its own; nil of other types.
func (f *formRecord) begun(owner string) []field {
	kind, ok := policy.KindOf(f.typ.String())
	if !ok {
		return nil
	}
	return f.policyFields(kind, kind.Begin(owner))
}

// policyFields shows a text by its fields.
func (f *formRecord) policyFields(kind policy.Kind, text string) (list []field) {
	f.as = asFields{on: true, kind: kind, base: text}
	for i, p := range kind.Fields() {
		list = append(list, f.partOf(p, partPolicy-part(i), text, f.policyText))
	}
	return list
}

// idle tells a field that takes no row: it is empty, and nobody would look at it.
func (f *formRecord) idle(i int) bool {
	d := f.fields[i]
	return i != f.at && d.part.ofPolicy() && d.value() == "" && f.as.kind.Fields()[partPolicy-d.part].Idle(f.policyText())
}

// textField is a text as one field: joined, if its bytes can be typed; else as the file has it.
func (f *formRecord) textField(text string, toks []zonefile.Token) field {
	if !utf8.ValidString(text) || onOneLine(text) != text {
		d := f.newField(partData, "data", joinTokens(toks))
		if text != f.recordText() {
			was := d.was
			d = f.newField(partData, "data", zonefile.Quote(text))
			d.was = was
		}
		return d
	}
	d := f.newField(partText, "text", text)
	d.was, d.finish, d.note, d.check = f.recordText(), unquoted, textNote, f.checkText
	return d
}

// checkText wants a text: whoever takes all of one away means the record, or has lost what stood there. One that is empty stays.
func (f *formRecord) checkText(text string) error {
	switch {
	case text != "" || !f.record.IsZero() && f.recordText() == "":
		return nil
	case f.record.IsZero():
		return errors.New("what the record says")
	}
	return errors.New("nothing is left of it: esc, then d deletes the record")
}

// toText shows the policy as one text.
func (f *formRecord) toText() {
	var toks []zonefile.Token
	if !f.record.IsZero() {
		toks = f.record.RData()
	}
	owner := f.ownerText()
	one := f.dataField(f.as.kind, f.policyText(), toks)
	f.as = asFields{}
	f.put(owner, []field{one})
}

// dataField is a text of a kind as one field.
func (f *formRecord) dataField(kind policy.Kind, text string, toks []zonefile.Token) field {
	if !kind.IsType() {
		return f.textField(text, toks)
	}
	d := f.newField(partData, "data", text)
	d.was = f.recordText()
	return d
}

// toFields shows the text by its fields.
func (f *formRecord) toFields() {
	kind, _ := f.kindHere()
	text, _ := f.wholeText()
	owner := f.ownerText()
	f.put(owner, f.policyFields(kind, text))
}

// put puts fields into the place of those of the data. The owner of a new record follows.
func (f *formRecord) put(owner string, list []field) {
	var out []field
	for _, d := range f.fields {
		if d.part == partTTL {
			out = append(append(out, f.ownerFields(owner)...), list...)
		}
		if d.part == partOwner && f.record.IsZero() {
			continue
		}
		if d.part > partPolicy && d.part != partText && d.part != partData {
			out = append(out, d)
		}
	}
	f.fields = out
}

// whyNoFields is why the text cannot be shown by fields.
func (f *formRecord) whyNoFields() string {
	kind, ok := f.kindHere()
	if !ok {
		return "this record has no fields"
	}
	text, ok := f.wholeText()
	if !ok {
		return "no fields: this is no text in quotes"
	}
	if why := kind.Hinders(text); why != "" {
		return "no fields: " + why
	}
	return ""
}
