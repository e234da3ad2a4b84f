package ui

// The record that a form is about, and what stands in its fields.

import (
	"slices"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// formRecord is the fields of a form, and which one has the cursor.
type formRecord struct {
	*kit
	record zonefile.Record // the one that is edited; zero for a new one
	like   zonefile.Record // the one that a new one starts as; zero for none
	typ    zonefile.Type
	fields []field
	at     int
	as     asFields

	offered string // what a new record is called in the bar of types
	about   string // the name for which types were tried
	typed   bool   // into the data: what was typed is not thrown away for another owner
}

// asFields is the policy that a form shows by its fields.
type asFields struct {
	on    bool
	kind  policy.Kind
	base  string // the text that the fields change
	owner string // and the owner; "" where it is one field
	at    string // the owner by which the record was begun
}

// formFields is the fields of a form that make a record.
type formFields struct {
	formRecord
	doubtful bool // the exchange is probably no name of this zone, by what the rules say of it
	others   int  // lines that have the address or the host of the record, too; 0 where that is not counted
}

// setter makes the edits of one field of a record.
type setter func(*zonefile.Zone, zonefile.Record) ([]zonefile.Edit, error)

// owner is the name in the owner's field, the one that is edited if it does not parse.
func (f *formRecord) owner() zonefile.Name {
	if n, err := zonefile.ParseName(f.ownerText(), f.origin()); err == nil {
		return n
	}
	return f.kit.name
}

// origin is what names in the fields are relative to.
func (f *formRecord) origin() zonefile.Name {
	if !f.record.IsZero() {
		return f.record.Origin()
	}
	return f.doc.Zone().Origin()
}

// ownerText is the owner as it stands in the form; of a copy without one it is the old one's.
func (f *formRecord) ownerText() string {
	text := f.value(partOwner)
	switch {
	case f.as.owner != "":
		text = f.as.owner
	case text == "" && !f.like.IsZero():
		return f.like.Owner().In(f.origin())
	}
	for i, p := range f.as.kind.OwnerFields() {
		if d := f.field(partOwnerField - part(i)); d != nil && p.Check(text, d.value()) == nil {
			text = policy.Apply(text, p.Set(text, d.value())...)
		}
	}
	return text
}

// recordText is what the record that is edited says, as policies are read: a text, or the data of a type of its own; "" of a
// new one.
func (f *formRecord) recordText() string {
	if f.record.IsZero() {
		return ""
	}
	if _, ok := policy.KindOf(f.typ.String()); ok {
		return f.record.RDataText()
	}
	text, _ := f.record.Joined()
	return text
}

// called is what a form says that its record is.
func (f *formRecord) called() string {
	if f.as.on {
		return f.as.kind.String()
	}
	return f.typ.String()
}

// index is where the field of a part stands; -1 if the form has none.
func (f *formRecord) index(p part) int {
	return slices.IndexFunc(f.fields, func(d field) bool { return d.part == p })
}

// field is the field of a part; nil if the form has none.
func (f *formRecord) field(p part) *field {
	if i := f.index(p); i >= 0 {
		return &f.fields[i]
	}
	return nil
}

// value is the value of a part; "" if the form has none.
func (f *formRecord) value(p part) string {
	if d := f.field(p); d != nil {
		return d.value()
	}
	return ""
}
