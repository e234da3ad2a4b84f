package lint

// Zones that are loaded together with the zone above them: that has to lead to them.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var childNotDelegated = &Rule{
	Name:     "child-not-delegated",
	Severity: Warning,
	Doc: `A zone and one below it are both loaded, and the upper one has no NS records at the name of the lower one.
Servers that hold only the upper zone answer that the names of the lower one do not exist, and mail to them is
returned. Where both have NS records that differ, it is information.`,
	Bad: `; sub.example.com. is loaded, too
www A 192.0.2.1`,
	Good: `; sub.example.com. is loaded, too
sub NS ns1.dns.net.
sub NS ns2.dns.org.`,
	Refs:   []string{"RFC 1034 §4.2.1", "RFC 1912 §2.3"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		for _, child := range p.run.children[p.Zone.Origin()] {
			apex := child.Origin()
			here, there := p.Zone.RRset(apex, zonefile.TypeNS), child.RRset(apex, zonefile.TypeNS)
			switch above := p.Zone.Lookup(apex, zonefile.TypeNS); {
			case len(there) == 0 || above.Result == zonefile.Delegated && above.Cut != apex || above.Aliased():
			case len(here) == 0:
				reportUndelegated(p, child, there)
			case p.run.opt.Info && !slices.Equal(serverNames(here), serverNames(there)):
				d := p.On(here[0], "the zone %s has other NS records itself: %s lead there", quoted(apex), zonefile.List(serverNames(there), "and"))
				d.Severity = min(d.Severity, Info)
				d.Relate(there[0], "in the zone itself")
			}
		}
	},
}

// reportUndelegated reports a zone that the one above it does not lead to, at the start of that.
func reportUndelegated(p *Pass, child *zonefile.Zone, servers []zonefile.Record) {
	soa, ok := p.Zone.SOA()
	if !ok || p.run.unknown[p.Zone].holds(string(child.Origin())) {
		return
	}
	d := p.On(soa, "the zone %s is not delegated here: servers of %s alone say that its names do not exist, copy its NS records",
		quoted(child.Origin()), quoted(p.Zone.Origin()))
	d.Relate(servers[0], "its name servers")
	d.Offer(delegate(child.Origin(), servers))
}

// delegate copies the NS records of a zone into the one above it. Which of them need an address there is not known.
func delegate(child zonefile.Name, servers []zonefile.Record) Fix {
	return Fix{
		Message: "copy the NS records of " + string(child),
		Make: func(z *zonefile.Zone, _ []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			var steps []func(*zonefile.Zone) ([]zonefile.Edit, error)
			for _, server := range serverNames(servers) {
				steps = append(steps, func(z *zonefile.Zone) ([]zonefile.Edit, error) {
					return z.Add(zonefile.Draft{Owner: child, Type: zonefile.TypeNS, RData: server})
				})
			}
			return zonefile.Chain(z, steps...)
		},
	}
}

// serverNames is what records lead to, each once, in order.
func serverNames(records []zonefile.Record) (names []string) {
	for _, r := range records {
		if n, ok := r.Target(); ok {
			names = append(names, string(n))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
