package lint

// Names that take mail and have no SPF record.

import (
	"github.com/mailzone/mailzone/zonefile"
)

var spfMissing = &Rule{
	Name:     "spf-missing",
	Severity: Warning,
	Doc: `The zone's own name has an MX and no SPF record. Anybody can send in its name, and large receivers refuse
mail of domains without SPF.`,
	Bad: `@ MX 10 mx1
mx1 A 192.0.2.1
_dmarc TXT "v=DMARC1; p=reject"`,
	Good: `@ MX 10 mx1
@ TXT "v=spf1 mx -all"
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 7208 §3", "RFC 7208 §10.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		all := p.Real()
		if len(all) == 0 || p.Node.Name != p.Zone.Origin() || !p.run.public[p.zone] || len(p.spfRecords()) > 0 {
			return
		}
		if p.Node.Has(zonefile.TypeSPF) {
			return // spf-type-99
		}
		p.On(all[0].Record, `%s takes mail and has no SPF record: add a TXT record that says who sends, as "v=spf1 mx -all"`, quoted(p.Node.Name)).
			Offer(addTXT(p.Node.Name, "add an SPF record for the exchanges", `"v=spf1 mx ~all"`))
	},
}
