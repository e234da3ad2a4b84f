package lint

// Names that take mail and have no SPF record.

import (
	"github.com/mailzone/mailzone/zonefile"
)

var spfMissing = &Rule{
	Name:     "spf-missing",
	Severity: Warning,
	Doc: `The zone's own name has an MX and no SPF record. Anybody can send in its name, and large receivers refuse
mail of domains without SPF. The same is told, as information, of each other name with an MX of its own: the SPF record
of the name above does not count for it.`,
	Bad: `@ MX 10 mx1
mx1 A 192.0.2.1
_dmarc TXT "v=DMARC1; p=reject"`,
	Good: `@ MX 10 mx1
@ TXT "v=spf1 mx -all"
mx1 A 192.0.2.1
_dmarc TXT "v=DMARC1; p=reject"`,
	Refs:   []string{"RFC 7208 §3", "RFC 7208 §10.1"},
	Visits: mxOwners,
	Lack:   true,
	Check: func(p *Pass) {
		all := p.Real()
		if len(all) == 0 || !p.run.public[p.zone] || len(p.spfRecords()) > 0 || p.hasLookalike() {
			return
		}
		if p.Node.Has(zonefile.TypeSPF) {
			return // spf-type-99
		}
		below := p.Node.Name != p.Zone.Origin()
		if below && (!p.run.opt.Info || !p.Node.Name.Within(p.Zone.Origin()) || p.run.contents.cutAbove(p.Zone, p.Node.Name)) {
			return
		}
		p.reportMissing(all[0], below)
	},
}

// reportMissing says that a name has no SPF record, of one below the zone's own as information.
func (p *Pass) reportMissing(x *exchange, below bool) {
	says, needs := "takes mail and has no SPF record", `add a TXT record that says who sends, as "v=spf1 mx -all"`
	if below {
		says, needs = "has an MX and no SPF record of its own", `if it sends, add one, as "v=spf1 mx -all"; if not, "v=spf1 -all"`
	}
	many := len(p.Real()) > spfLimit // receivers take nothing of a record with such an mx: spf-lookup-limit
	if many {
		needs = "add one that names hosts by ip4 and ip6, for mx leads to more exchanges than receivers take"
	}
	d := p.On(x.Record, "%s %s: %s", quoted(p.Node.Name), says, needs)
	if below && p.rule.severity == Warning {
		d.Severity = Info
	}
	if !many {
		d.Offer(addTXT(p.Node.Name, "add an SPF record for the exchanges", `"v=spf1 mx ~all"`))
	}
}
