package ui

// The forms for what is offered at a name, and the question which of several policies it is to be.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
)

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
