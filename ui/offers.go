package ui

// What a new record starts with. The owner decides its type: nobody who stands on _dmarc wants an MX, and nobody knows by heart
// what such a record begins with. What is offered is a start, shown in the form before it is anything.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

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

// policyOffer is a policy of a domain, or of a host, as one begins with it: it asks nobody to refuse mail. Where no owner is
// given it has the usual one.
func (k *kit) policyOffer(kind policyKind, domain, owner zonefile.Name) offer {
	o := offer{owner, zonefile.TypeTXT, ""}
	if owner == "" {
		o.owner = kind.owner(domain)
	}
	to := "; rua=mailto:postmaster@" + strings.TrimSuffix(string(domain), ".")
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

// offering is the form for what is offered.
func (k *kit) offering(o offer) dialog {
	d := k.adding(o.owner, o.typ)
	if f, ok := d.(*form); ok && o.data != "" {
		f.begin(o.data)
	}
	return d
}

// addPolicy is the form for a policy that a domain has not, or the question which of several.
func (k *kit) addPolicy(domain zonefile.Name, lacks []policyKind) dialog {
	form := func(kind policyKind) dialog {
		if kind == policyTLSA {
			m := rowMaker{kit: k, z: k.doc.Zone(), name: domain}
			m.mx = m.exchangesOf()
			m.hosts = m.hostsOf()
			return k.offering(k.policyOffer(kind, m.ownHost(), ""))
		}
		return k.offering(k.policyOffer(kind, domain, ""))
	}
	if len(lacks) == 1 {
		return form(lacks[0])
	}
	d := &ask{kit: k, question: "Add which policy to " + k.show(string(domain)) + "?"}
	for i, kind := range lacks {
		d.answers = append(d.answers, answer{itoa(i+1) + " " + kind.String(), []action{pushMade{func() dialog { return form(kind) }}}})
	}
	return d
}

// pushMade puts a dialog on top that is made when it is wanted.
type pushMade struct{ dialog func() dialog }

func (a pushMade) do(s stage) tea.Cmd { s.push(a.dialog()); return nil }
