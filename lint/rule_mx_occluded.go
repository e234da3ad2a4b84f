package lint

// Records that the zone does not serve because they lie at or below a delegation, or below a DNAME.

import "github.com/mailzone/mailzone/zonefile"

var mxOccluded = &Rule{
	Name:     "mx-occluded",
	Severity: Warning,
	Doc: `An MX, or an address that one counts on, lies at or below a delegation. The zone's servers do not serve
it: they send those who ask to the servers of the child zone, and what is written here counts for nothing. Nor do they
serve an MX below a DNAME, which answers for all names below its own.`,
	Bad: `sub NS ns1.dns.net.
sub MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `sub MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 1034 §4.2.1", "RFC 2181 §5.4.1", "RFC 6672 §2.4"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		if cut, occluded := p.occludedBy(p.Node.Name); occluded {
			for _, x := range p.Exchanges() {
				reportOccluded(p, x, cut)
			}
			return
		}
		for _, x := range p.Real() {
			if address, occluded := p.occludedAddress(x); occluded {
				d := p.AtExchange(x, "the address of exchange %s is not served from here: %s is delegated; put the address into the child zone",
					quoted(x.host), quoted(x.found.Cut))
				d.Relate(address, "the address that is not served")
			}
		}
	},
}

// reportOccluded reports an MX that the record above it takes from the zone.
func reportOccluded(p *Pass, x *exchange, cut zonefile.Record) {
	if cut.Type() == zonefile.TypeDNAME {
		d := p.On(x.Record, "the MX of %s is not served: the DNAME of %s answers for all names below it; delete one of the two",
			quoted(p.Node.Name), quoted(cut.Owner()))
		d.Relate(cut, "the DNAME")
		return
	}
	d := p.On(x.Record, "the MX of %s is not served: %s is delegated; put it into the child zone", quoted(p.Node.Name), quoted(cut.Owner()))
	d.Relate(cut, "the delegation")
}
