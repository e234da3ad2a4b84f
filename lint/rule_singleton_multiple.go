package lint

// Two records where there can be one.

var singletonMultiple = &Rule{
	Name:     "singleton-multiple",
	Severity: Error,
	Doc: `A zone has two SOA records, or a name has two DNAME records, that say different things. There can be one,
and named refuses the zone. Equal ones load: duplicate-record speaks of those.`,
	Bad: `sub DNAME example.net.
sub DNAME example.org.`,
	Good:   "sub DNAME example.net.",
	Refs:   []string{"RFC 1035 §5.2", "RFC 6672 §2.4", "BIND: multiple RRs of singleton type"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		for m := range p.Zone.Multiples() {
			d := p.On(m.Later, "%s", m.String())
			d.Relate(m.First, "the first one")
			d.Offer(deletion("delete this record", false, m.Later))
		}
	},
}
