package lint

// Records that the zone does not serve because they lie at or below a delegation.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var mxOccluded = &Rule{
	Name:     "mx-occluded",
	Severity: Warning,
	Doc: `An MX, or an address that one counts on, lies at or below a delegation. The zone's servers do not serve
it: they send those who ask to the servers of the child zone, and what is written here counts for nothing.`,
	Bad: `sub NS ns1.dns.net.
sub MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `sub MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 1034 §4.2.1", "RFC 2181 §5.4.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		if a := p.here(); a.Result == zonefile.Delegated {
			cut := p.Zone.Node(a.Cut).Of(zonefile.TypeNS)[0]
			for _, x := range p.Exchanges() {
				d := p.On(x.Record, "the MX of %s is not served: %s is delegated; put it into the child zone", quoted(p.Node.Name), quoted(a.Cut))
				d.Relate(cut, "the delegation")
			}
			return
		}
		for _, x := range p.Real() {
			checkHostOccluded(p, x)
		}
	},
}

// here is what the visited zone answers for the visited name's MX.
func (p *Pass) here() zonefile.Answer {
	if !p.run.contents.cutAbove(p.Zone, p.Node.Name) {
		return zonefile.Answer{Result: zonefile.Found}
	}
	a := p.Zone.Lookup(p.Node.Name, zonefile.TypeMX)
	p.seen.answer(p.Node.Name, a)
	return a
}

// checkHostOccluded reports an exchange whose address records stand here and are not served.
func checkHostOccluded(p *Pass, x *exchange) {
	h := x.found
	if h.Result != zonefile.Delegated {
		return
	}
	z := p.run.in.Deepest(h.Name)
	here := p.NodeAt(h.Name)
	i := slices.IndexFunc(here.Records, isAddress)
	if i < 0 || p.isServer(z, h.Cut, h.Name) {
		return
	}
	d := p.AtExchange(x, "the address of exchange %s is not served from here: %s is delegated; put the address into the child zone",
		quoted(x.host), quoted(h.Cut))
	d.Relate(here.Records[i], "the address that is not served")
}
