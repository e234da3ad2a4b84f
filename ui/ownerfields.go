package ui

// The owner of a record by its parts, where they say what it is for: the host and the port of a TLSA, the service of an SRV, the
// selector of a key.

import (
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// ownerFields is the fields of a new record's owner; none of one that is edited, which has its field.
func (f *formRecord) ownerFields(owner string) (list []field) {
	if !f.record.IsZero() {
		return nil
	}
	if !f.as.on || f.as.kind.OwnerHinders(owner) != "" {
		return []field{f.ownerField(owner)}
	}
	f.as.owner, f.as.at = owner, owner
	for i, p := range f.as.kind.OwnerFields() {
		list = append(list, f.partOf(p, partOwnerField-part(i), owner, f.ownerText))
	}
	return list
}

// ownerField is the owner of a new record as one field.
func (f *formRecord) ownerField(owner string) field {
	d := f.newField(partOwner, "owner", owner)
	d.check, d.note, d.finish = checkName(f.origin()), nameNote(f.origin()), owning(f.origin())
	d.was = ""
	if !f.like.IsZero() {
		f.orSame(&d)
	}
	return d
}

// orSame lets the owner of a copy be empty: it is the old one then.
func (f *formRecord) orSame(d *field) {
	check, note := d.check, d.note
	d.check = func(text string) error {
		if text == "" {
			return nil
		}
		return check(text)
	}
	d.note = func(text string) string {
		if text == "" {
			return "empty: the same, " + f.written(f.like.Owner())
		}
		return note(text)
	}
}

// ownerFor is the owner that a new record of the form's type has where another was meant for one: a host for its certificate.
func (f *formRecord) ownerFor(owner string) string {
	kind, ok := policy.KindOf(f.typ.String())
	if !ok {
		return owner
	}
	if n, err := zonefile.ParseName(owner, f.origin()); err == nil && kind == policy.KindTLSA {
		if host, ok := f.ownExchange(n); ok {
			owner = host.In(f.origin())
		}
	}
	return kind.OwnerOf(owner)
}

// ownExchange is the first exchange of a name that has an address in the zone.
func (k *kit) ownExchange(n zonefile.Name) (zonefile.Name, bool) {
	z := k.doc.Zone()
	for _, tier := range z.Tiers(n) {
		for _, r := range tier {
			if host, ok := r.Target(); ok && z.Addresses(host).Result == zonefile.Found && !z.Addresses(host).Aliased() {
				return host, true
			}
		}
	}
	return "", false
}
