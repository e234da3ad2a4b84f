package ui

// A form for a new record follows its type, whoever says it: the bar, or the owner as long as nothing else was typed. The record is
// begun anew; what was typed of TTL and comment stays.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// adapt makes the fields follow the type, and the type the owner as long as nothing else was typed; it asks for an address
// where an exchange has none. It tells whether the type is another one, or the TTL.
func (f *formFields) adapt() (changed bool) {
	if f.record.IsZero() {
		changed = f.adaptType(strings.ToUpper(f.value(partType))) || f.adaptToOwner()
	}
	f.askAddress()
	f.askRaise()
	return f.copyTTL() || changed
}

// copyTTL keeps the TTL of a record that is duplicated for a new RRset. One that is there has its own, which all would get else. It
// tells whether the TTL is another one now.
func (f *formFields) copyTTL() bool {
	d := f.field(partTTL)
	if f.like.IsZero() || d.value() != "" && d.value() != f.likeTTL() {
		return false
	}
	was, is := d.value(), f.likeTTL()
	if len(f.doc.Zone().RRset(f.owner(), f.typ)) > 0 {
		is = ""
	}
	d.set(is)
	return is != was
}

// likeTTL is the TTL of the record that a new one starts as, where its line or another one of its RRset states one.
func (f *formRecord) likeTTL() string {
	served := f.like.Zone().RRsetTTL(f.like)
	if _, stated := f.like.StatedTTL(); stated || served != f.like.TTL() {
		return zonefile.FormatTTL(served)
	}
	return ""
}

// adaptType begins a record of another type for the same name.
func (f *formFields) adaptType(name string) bool {
	if name == f.offered || !isType(name) {
		return false
	}
	f.about = f.domainText()
	domain, err := zonefile.ParseName(f.about, f.origin())
	if err != nil {
		domain = f.kit.name
	}
	o, ok := f.offerOf(name, domain)
	if ok {
		f.offered = name
		f.restart(o)
	}
	return ok
}

// chooseType takes the next type of the bar, or the one before.
func (f *formFields) chooseType(by int) {
	all, d := commonTypes(), f.field(partType)
	at := slices.Index(all, f.offered)
	if at < 0 && by < 0 {
		at = 0
	}
	d.set(all[(at+by+len(all))%len(all)])
	d.fresh = true
	f.adapt()
}

// typeInTheBar types into the bar: the first letter takes the place of what stood there.
func (f *formFields) typeInTheBar() {
	if d := f.field(partType); d.fresh {
		d.fresh = false
		d.set("")
	}
}

// adaptToOwner begins what the name that was typed is for.
func (f *formFields) adaptToOwner() bool {
	d := f.field(partOwner)
	if d == nil || f.typed || d.err() != nil {
		return false
	}
	o, ok := f.offerFor(f.owner())
	if !ok || o.called() == f.offered {
		return false
	}
	f.offered = o.called()
	f.restart(o)
	return true
}

// restart makes the fields anew.
func (f *formFields) restart(o offer) {
	old := f.fields
	f.typ, f.typed, f.like = o.typ, false, zonefile.Record{}
	f.fields = f.newFields(o.owner.In(f.origin()))
	f.keep(old, partTTL, partComment)
	f.beginWith(o.data)
}

// beginWith fills the data of a new record with what it starts with.
func (f *formFields) beginWith(data string) {
	d := f.field(partText)
	if d == nil || data == "" {
		return
	}
	d.set(data)
	d.input.CursorEnd()
	if f.whyNoFields() == "" {
		f.toFields()
		f.offered = f.as.kind.String()
		f.field(partType).set(f.offered)
	}
}

// domainText is the name that the form is about, whatever the type: of a policy the domain that has it.
func (f *formFields) domainText() string {
	if f.as.owner != "" {
		for i, p := range f.as.kind.OwnerFields() {
			if text := f.value(partOwnerField - part(i)); p.Name && text != p.Get(f.as.owner) {
				return text
			}
		}
		if f.about != "" {
			return f.about
		}
	}
	if _, domain, ok := policyAt(f.owner()); ok {
		return domain.In(f.origin())
	}
	return f.ownerText()
}

// keep takes values over from other fields.
func (f *formFields) keep(old []field, parts ...part) {
	for _, d := range old {
		if slices.Contains(parts, d.part) {
			*f.field(d.part) = d
		}
	}
}
