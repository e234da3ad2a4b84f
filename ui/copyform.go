package ui

// A record once more: a form for a new one that starts as the old one. Its owner is left empty, for that is what is typed first; who
// wants another record of the same name goes on from there. An owner that says what the record is for stands by its parts.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// newCopyForm is a form for a new record that starts as another one.
func newCopyForm(k *kit, r zonefile.Record) *form {
	f := &form{formFields: formFields{formRecord: formRecord{kit: k, typ: r.Type(), like: r}}}
	owner := r.Owner().In(f.origin())
	f.fields = f.newFields(owner)
	f.startAs(r, owner)
	f.typed = true // the type is the old one's, whatever the new owner is for
	if d := f.field(partOwner); d != nil {
		d.set("")
	}
	f.at = slices.IndexFunc(f.fields, func(d field) bool { return d.part == partOwner || d.part <= partOwnerField })
	f.try()
	return f
}

// startAs fills the fields with what a record has.
func (f *form) startAs(r zonefile.Record, owner string) {
	d, err := r.Copy()
	if err != nil { // it says what it says: names that are relative to another origin are seen in the line below
		d.RData = r.RDataText()
	}
	f.copyTTL()
	f.field(partComment).set(strings.TrimSpace(strings.TrimPrefix(d.Comment, ";")))
	text, isText := r.Joined()
	kind, isKind := policy.KindOf(f.typ.String())
	switch words := d.Words(); {
	case isKind && kind.Hinders(d.RData) == "":
		f.put(owner, f.policyFields(kind, d.RData))
	case isText && (r.Type() == zonefile.TypeTXT || r.Type() == zonefile.TypeSPF):
		f.put(owner, []field{f.textField(text, r.RData())})
		if f.whyNoFields() == "" {
			f.toFields()
			f.offered = f.as.kind.String()
			f.field(partType).set(f.offered)
		}
	case !isKind && len(words) == len(f.typ.FieldNames()) && !slices.ContainsFunc(words, f.unfit):
		for i, word := range words {
			f.field(part(i)).set(word)
		}
	default:
		f.as = asFields{}
		f.fields = slices.DeleteFunc(f.fields, func(d field) bool { return d.part >= 0 })
		f.put(owner, []field{f.newField(partData, "data", d.RData)})
	}
}

// unfit tells a word that a field cannot hold as it is.
func (f *form) unfit(word string) bool {
	d := f.newField(partData, "", word)
	return d.fixed
}
