package ui

// What a new record starts with. The owner decides its type: nobody who stands on _dmarc wants an MX, and nobody knows by heart
// what such a record begins with. What is offered is a start, shown in the form before it is anything.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// offer is what a form for a new record starts with.
type offer struct {
	owner zonefile.Name
	typ   zonefile.Type
	data  string // "" for what the type usually has
}

// offerAt is what a new record at a name probably is: what the name is for, an address beside an address, else an MX. Where a
// row is of no name, as a directive, it is the name that is shown.
func (k *kit) offerAt(r zonefile.Record, owner zonefile.Name) offer {
	if !owner.Within(k.doc.Zone().Origin()) {
		owner = k.name
	}
	if o, ok := k.offerFor(owner); ok {
		return o
	}
	if !r.IsZero() {
		switch r.Type() {
		case zonefile.TypeA, zonefile.TypeAAAA, zonefile.TypeTXT:
			return offer{owner, r.Type(), ""}
		}
	}
	if k.reverse() {
		return offer{owner, zonefile.TypePTR, ""}
	}
	return offer{owner, zonefile.TypeMX, ""}
}

// offerFor is what a name with an underscore is for; false of other names.
func (k *kit) offerFor(owner zonefile.Name) (offer, bool) {
	kind, domain, ok := policyAt(owner)
	label, above := owner.Label(), owner.Parent()
	switch {
	case ok:
		return k.policyOffer(kind, domain, owner), true
	case label == "_domainkey":
		return k.policyOffer(policyDKIM, above, ""), true
	case strings.HasPrefix(label, "_") && strings.HasPrefix(above.Label(), "_"):
		return offer{owner, zonefile.TypeSRV, ""}, true
	}
	return offer{}, false
}

// called is what is offered, as the bar of types has it.
func (o offer) called() string {
	for kind := range policyCount {
		if kind != policyTLSA && kind.is(o.data) {
			return kind.String()
		}
	}
	return o.typ.String()
}

// offerOf is what the bar of types has under a name, for a domain or host; false of what is no type and no policy.
func (k *kit) offerOf(name string, domain zonefile.Name) (offer, bool) {
	for kind := range policyCount {
		if strings.EqualFold(name, kind.String()) && kind != policyTLSA {
			return k.policyOffer(kind, domain, ""), true
		}
	}
	t, ok := zonefile.ParseType(name)
	return offer{domain, t, ""}, ok
}

// policyOffer is a policy of a domain, or of a host, as one begins with it: it asks nobody to refuse mail. Where no owner is
// given it has the usual one.
func (k *kit) policyOffer(kind policyKind, domain, owner zonefile.Name) offer {
	o := offer{owner, zonefile.TypeTXT, ""}
	if owner == "" {
		o.owner = kind.owner(domain)
	}
	to := "; rua=mailto:postmaster@" + strings.TrimSuffix(string(k.readsMail(domain)), ".")
	switch kind {
	case policySPF:
		o.data = "v=spf1 mx ~all"
	case policyDMARC:
		o.data = "v=DMARC1; p=none" + to
	case policyDKIM:
		if o.data = "v=DKIM1; k=rsa; p="; owner == "" {
			o.owner = "mail." + o.owner
		}
	case policyMTASTS:
		o.data = "v=STSv1; id=" + k.doc.Now().UTC().Format("20060102150405")
	case policyTLSRPT:
		o.data = "v=TLSRPTv1" + to
	case policyTLSA:
		o.typ = zonefile.TypeTLSA
	}
	return o
}

// readsMail is a domain, or the next one above it in the zone that has an MX: nobody reads reports at a name that gets no mail.
func (k *kit) readsMail(domain zonefile.Name) zonefile.Name {
	z := k.doc.Zone()
	for n := domain; n.Within(z.Origin()) && n != zonefile.Root; n = n.Parent() {
		if len(z.RRset(n, zonefile.TypeMX)) > 0 {
			return n
		}
	}
	return domain
}
