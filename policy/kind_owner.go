package policy

// The owners of each kind: which of them say what the record is for, and how a new one is made.

// owners is how the owners of the kind are made; no fields where they have no parts.
func (k Kind) owners() ownerRow {
	switch k {
	case KindDKIM:
		return ownerRow{dkimOwner, "mail._domainkey", "_domainkey"}
	case KindTLSA:
		return ownerRow{tlsaOwner, "_25._tcp", ""}
	case KindSRV:
		return ownerRow{srvOwner, "_submissions._tcp", ""}
	}
	return ownerRow{}
}

// OwnerFields is what of an owner of the kind is set by itself; none where its owner has no parts.
func (k Kind) OwnerFields() []Field { return k.owners().fields }

// OwnerOf is the owner that a record of the kind has for a domain, as it was typed: itself where it is one.
func (k Kind) OwnerOf(domain string) string {
	o := k.owners()
	if o.fields == nil || k.OwnerHinders(domain) == "" {
		return domain
	}
	return joinOwner(o.begins, domain)
}

// OwnerHinders is why an owner cannot be shown by its parts; "" where it can.
func (k Kind) OwnerHinders(owner string) string {
	p, o := partsOf(owner), k.owners()
	middle := lower(p.middle.Of(owner))
	first := p.first.Of(owner)
	switch {
	case o.fields == nil:
		return "this owner has no parts"
	case !p.ok || o.middle != "" && middle != o.middle || o.middle == "" && !p.service(owner):
		return "the owner does not start as " + o.begins
	case k == KindTLSA && !isNumber(first[1:], 1<<16-1), k == KindDKIM && checkSelector("", first) != nil:
		return "the owner does not start as " + o.begins
	}
	return ""
}
