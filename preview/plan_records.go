package preview

// The MX records of a move: which domains have part in it, and whose the hosts are.

import (
	"math"

	"github.com/mailzone/mailzone/zonefile"
)

// split is a domain's MX records by whose they are.
type split struct {
	from, to, others []zonefile.Record
}

// all is the records that a move is about; none if the domain has no part in it.
func (x split) all() []zonefile.Record {
	return append(append([]zonefile.Record(nil), x.from...), x.to...)
}

// split sorts the MX records of a domain.
func (p *planner) split(z *zonefile.Zone, d zonefile.Name) split {
	var x split
	for _, r := range z.RRset(d, zonefile.TypeMX) {
		switch t, _ := r.Target(); {
		case p.newcomer(t) >= 0:
			x.to = append(x.to, r)
		case p.old(t):
			x.from = append(x.from, r)
		default:
			x.others = append(x.others, r)
		}
	}
	return x
}

// moving is the domains that move, in one version of the zone: those that are named, and what is made out of a wildcard
// among them where a host comes to be known. An address changes for all, whatever is named.
func (p *planner) moving(z *zonefile.Zone) []zonefile.Name {
	if known, ok := p.domains[z]; ok {
		return known
	}
	if first := p.first(); p.kind == BackupRemoved && z != first { // whose MX is gone has its SPF left
		return p.moving(first)
	}
	var out []zonefile.Name
	given, seen := map[zonefile.Name]bool{}, map[zonefile.Name]bool{}
	for _, d := range p.Domains {
		given[d] = true
	}
	for r := range z.Records() {
		d := r.Owner()
		if r.Type() != zonefile.TypeMX || r.Foreign() || seen[d] || len(given) > 0 && p.kind != SameHost && !given[d] && !p.made(d, given) {
			continue
		}
		t, ok := r.Target()
		if ok && (p.old(t) || p.newcomer(t) >= 0 || len(p.From) == 0 && !r.IsNullMX()) {
			seen[d] = true
			out = append(out, d)
		}
	}
	p.domains[z] = out
	return out
}

// first is the oldest version that is known.
func (p *planner) first() *zonefile.Zone {
	if p.past.Before != nil {
		return p.past.Before
	}
	return p.version(0, p.start)
}

// version is the first from a number on of which it is known what it was.
func (p *planner) version(from int, base *zonefile.Zone) *zonefile.Zone {
	for _, v := range p.past.Versions[from:] {
		if v.Zone != nil {
			return v.Zone
		}
	}
	return base
}

// samePreference leaves a preference as it is.
func samePreference(r zonefile.Record) uint16 {
	n, _ := r.Preference()
	return n
}

// best and worst are the ends of the preferences of records; of none, worst is below best.
func best(mx []zonefile.Record) int {
	least := math.MaxInt
	for _, r := range mx {
		least = min(least, int(samePreference(r)))
	}
	return least
}

func worst(mx []zonefile.Record) int {
	most := -1
	for _, r := range mx {
		most = max(most, int(samePreference(r)))
	}
	return most
}

// ttl is the TTL that an RRset is served with; 0 if there is none.
func (p *planner) ttl(z *zonefile.Zone, n zonefile.Name, t zonefile.Type) uint32 {
	if set := z.RRset(n, t); len(set) > 0 {
		return z.RRsetTTL(set[0])
	}
	return 0
}

// made tells whether a name takes part in the move because it came out of a wildcard that is given: it is a new host's
// name or stands between that and the wildcard.
func (p *planner) made(d zonefile.Name, given map[zonefile.Name]bool) bool {
	bare := d
	if d.IsWildcard() {
		bare = d.Parent()
	}
	for _, h := range p.To {
		if !h.Name.Within(bare) {
			continue
		}
		for n := bare; n != "" && n != zonefile.Root; n = n.Parent() {
			if n != bare && given[n.Wildcard()] {
				return true
			}
		}
	}
	return false
}
