package zonefile

// Several zones asked as one: what a server that has them all would say. The deepest zone that a name is in answers for
// it, and an alias is a new question, so that it leads from zone to zone; every look-up of the program goes this way.

import "slices"

// Zones is zones that are asked as one. It never changes.
type Zones struct {
	// Dead tells names whose servers do not answer; nil if all do.
	Dead func(Name) bool

	all    []*Zone
	byApex map[Name]*Zone // of several zones with one origin, as views of one zone are, the first
	own    *Zone          // goes before that one
}

// Together makes zones to be asked as one. Of several with one origin the first answers.
func Together(zones ...*Zone) Zones {
	zs := Zones{all: zones}
	if len(zones) < 2 { // as it mostly is
		return zs
	}
	zs.byApex = make(map[Name]*Zone, len(zones))
	for _, z := range zones {
		if zs.byApex[z.Origin()] == nil {
			zs.byApex[z.Origin()] = z
		}
	}
	return zs
}

// From is the zones as z sees them, one of them: of several with its origin it is z that answers.
func (zs Zones) From(z *Zone) Zones {
	zs.own = z
	return zs
}

// Deepest is the zone that answers for a name, the deepest that it is in; nil if it is in none.
func (zs Zones) Deepest(n Name) *Zone {
	if len(zs.all) == 1 {
		if z := zs.all[0]; z.apex != "" && n.Within(z.apex) {
			return z
		}
		return nil
	}
	for ; n != ""; n = n.Parent() {
		if z := zs.byApex[n]; z != nil {
			if zs.own != nil && zs.own.apex == n {
				return zs.own
			}
			return z
		}
	}
	return nil
}

// Lookup answers as a server of all the zones would, and follows aliases from zone to zone (RFC 1034 §4.3.2; RFC 5321
// §5.1: "the resulting name is processed as if it were the initial name").
func (zs Zones) Lookup(n Name, t Type) Answer {
	a := Answer{Name: n}
	for len(a.Via) <= MaxAliases {
		a.Records, a.Wildcard, a.Cut = nil, "", ""
		if zs.Dead != nil && zs.Dead(a.Name) {
			a.Zone, a.Result = nil, Silent
			return a
		}
		if a.Zone = zs.Deepest(a.Name); a.Zone == nil {
			a.Result = Outside
			return a
		}
		if !a.Zone.step(&a, t) {
			return a
		}
	}
	a.Result = endless(n, a.Via)
	return a
}

// endless says why the aliases of a name have no end.
func endless(n Name, via []Record) Result {
	seen := map[Name]bool{n: true}
	for _, r := range via {
		if n, _ = r.leads(n); seen[n] {
			return Circle
		}
		seen[n] = true
	}
	return TooLong
}

// Addresses asks for the A and the AAAA records of a host: found if it has either. The aliases of both are the same, so that
// they are followed once.
func (zs Zones) Addresses(n Name) Answer { return zs.Lookup(n, typeAddress) }

// With is the answer together with that to another type's question about the same name: found if either is.
func (a Answer) With(b Answer) Answer {
	if a.Result != Found && a.Result != NoData {
		return a
	}
	if a.Result == NoData {
		a.Result = b.Result // also where only the other question was answered
	}
	a.Records = slices.Concat(a.Records, b.Records)
	return a
}

// typeAddress stands for A and AAAA, where a question is about both: no record is of it (RFC 6895 §3.1).
const typeAddress Type = 0

// Lookup answers as an authoritative server of the zone alone would, and follows aliases inside the zone.
func (z *Zone) Lookup(n Name, t Type) Answer { return Zones{all: []*Zone{z}}.Lookup(n, t) }

// Addresses is what the zone alone says of a host's addresses.
func (z *Zone) Addresses(n Name) Answer { return Zones{all: []*Zone{z}}.Addresses(n) }

// NegativeTTL is how many seconds the answer that something does not exist is kept: the SOA's minimum, but not longer
// than the SOA itself (RFC 2308 §5); 0 if the zone has no SOA.
func (z *Zone) NegativeTTL() uint32 {
	if z == nil {
		return 0
	}
	soa, ok := z.SOA()
	if !ok {
		return 0
	}
	ttl := z.RRsetTTL(soa)
	if t, ok := soa.Token(soaMinimum); ok {
		if minimum, ok := ParseTTL(t.Text()); ok {
			return min(ttl, minimum)
		}
	}
	return ttl
}

// soaMinimum is which token of an SOA's data is its minimum (RFC 1035 §3.3.13).
const soaMinimum = 6
