package lint

// What a zone was when it was opened. Rules about changes ask here, and are silent where nothing is known of that.

import (
	"github.com/mailzone/mailzone/zonefile"
)

// before is the zone as it was opened; nil if nothing is known of that, or if it is the same.
func (p *Pass) before() *zonefile.Zone { return p.run.opened(p.Zone) }

// setOfHosts is hostsAt to be asked about.
func setOfHosts(z *zonefile.Zone, n zonefile.Name) map[zonefile.Name]bool {
	set := map[zonefile.Name]bool{}
	for _, host := range hostsAt(z, n) {
		set[host] = true
	}
	return set
}

// hostsAt is the exchanges of a name in a zone, null MX left out.
func hostsAt(z *zonefile.Zone, n zonefile.Name) []zonefile.Name {
	var out []zonefile.Name
	for _, r := range z.RRset(n, zonefile.TypeMX) {
		if host, ok := r.Target(); ok && host != zonefile.Root {
			out = append(out, host)
		}
	}
	return out
}

// mxNames gives every name of a zone that has an MX, once.
func mxNames(z *zonefile.Zone) map[zonefile.Name]bool {
	owners := map[zonefile.Name]bool{}
	for r := range z.Records() {
		if r.Type() == zonefile.TypeMX {
			owners[r.Owner()] = true
		}
	}
	return owners
}

// anchor is a record at which something about a name can be said that may have no records left.
func (p *Pass) anchor(n zonefile.Name) zonefile.Record {
	node := p.Zone.Node(n)
	if mx := node.Of(zonefile.TypeMX); len(mx) > 0 {
		return mx[0]
	}
	if len(node.Records) > 0 {
		return node.Records[0]
	}
	if soa, ok := p.Zone.SOA(); ok {
		return soa
	}
	for r := range p.Zone.Records() {
		return r
	}
	return zonefile.Record{}
}
