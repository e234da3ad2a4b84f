package preview

// In which step of a migration a zone is: read from its records, domain by domain.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// split is a domain's MX records by whose they are.
type split struct {
	from, to, others []zonefile.Record
}

// all is the records that a migration is about; none if the domain has no part in it.
func (x split) all() []zonefile.Record { return append(slices.Clip(x.from), x.to...) }

// split sorts the MX records of a domain.
func (p *planner) split(z *zonefile.Zone, d zonefile.Name) split {
	var x split
	for _, r := range z.RRset(d, zonefile.TypeMX) {
		switch t, _ := r.Target(); {
		case t == p.To:
			x.to = append(x.to, r)
		case p.old(t):
			x.from = append(x.from, r)
		default:
			x.others = append(x.others, r)
		}
	}
	return x
}

// best is the best preference of some MX records.
func best(mx []zonefile.Record) uint16 {
	least := ^uint16(0)
	for _, r := range mx {
		if p, ok := r.Preference(); ok {
			least = min(least, p)
		}
	}
	return least
}

// phase is the step that a domain has to do next.
func (p *planner) phase(z *zonefile.Zone, d zonefile.Name) int {
	x := p.split(z, d)
	mx := x.all()
	switch {
	case len(mx) == 0:
		return finished
	case len(p.missing(z)) > 0, len(x.to) == 0 && !p.prepared(z, d):
		return stepPrepare
	case len(x.to) == 0:
		return stepAdd
	case len(x.from) > 0 && best(x.to) >= best(x.from):
		return stepSwap
	case len(x.from) > 0:
		return stepRemove
	case z.RRsetTTL(mx[0]) < longTTL:
		return stepRaise
	case p.cleaning(z, d) != "":
		return stepClean
	}
	return finished
}

// prepared tells whether a domain is ready for the new host.
func (p *planner) prepared(z *zonefile.Zone, d zonefile.Name) bool {
	return z.RRsetTTL(z.RRset(d, zonefile.TypeMX)[0]) <= shortTTL && p.allowing(z, d) == ""
}

// missing is the addresses of the new host that the zone lacks; none where the host is outside it.
func (p *planner) missing(z *zonefile.Zone) []netip.Addr {
	if p.lacking.zone != z {
		p.lacking = lacking{z, p.findMissing(z)}
	}
	return p.lacking.addresses
}

// lacking is the addresses that a version of the zone lacks: every domain asks.
type lacking struct {
	zone      *zonefile.Zone
	addresses []netip.Addr
}

// findMissing looks the new host up.
func (p *planner) findMissing(z *zonefile.Zone) []netip.Addr {
	if r := z.Lookup(p.To, zonefile.TypeA).Result; r == zonefile.Outside || r == zonefile.Delegated {
		return nil
	}
	have := hostAddresses(z, p.To)
	return slices.DeleteFunc(slices.Clone(p.Addrs), func(ip netip.Addr) bool {
		return slices.ContainsFunc(have, func(r zonefile.Record) bool { a, ok := r.Addr(); return ok && a == ip.Unmap() })
	})
}
