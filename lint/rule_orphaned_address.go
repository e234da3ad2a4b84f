package lint

// Addresses that stay behind when the MX that led to them is gone.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var orphanedAddress = &Rule{
	Name:     "orphaned-address",
	Severity: Info,
	Doc: `The host was an exchange when the file was opened, and no MX of the zone leads to it any more. Its address
stays behind.`,
	Bad: `; when it was opened: @ MX 20 mx2
@ MX 10 mx1
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Good: `; when it was opened: @ MX 20 mx2
@ MX 10 mx1
@ MX 30 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Refs:   []string{"RFC 1912 §2.3"},
	Visits: wholeZone,
	Lack:   true,
	Census: true,
	Check: func(p *Pass) {
		old := p.before()
		if old == nil {
			return
		}
		used, told := exchangesOf(p.run.zones), map[zonefile.Name]bool{}
		var aliased map[zonefile.Name]bool
		for owner := range mxNames(old) {
			for _, host := range hostsAt(old, owner) {
				if used[host] || told[host] {
					continue
				}
				told[host] = true
				addresses := slices.DeleteFunc(slices.Clone(p.Zone.Node(host).Records), func(r zonefile.Record) bool { return !isAddress(r) })
				if len(addresses) == 0 {
					continue
				}
				if aliased == nil { // a look-up of each exchange: only where something may be told
					aliased = p.endsOfAliases(used)
				}
				if !aliased[host] {
					p.On(addresses[0], "no MX leads to %s any more: delete its address if the host does nothing else", quoted(host)).
						Offer(deletion("delete the address", false, addresses...))
				}
			}
		}
	},
}

// exchangesOf is the exchanges of all names of some zones.
func exchangesOf(zones []*zonefile.Zone) map[zonefile.Name]bool {
	used := map[zonefile.Name]bool{}
	for _, z := range zones {
		for r := range z.Records() {
			if host, ok := r.Target(); ok && r.Type() == zonefile.TypeMX {
				used[host] = true
			}
		}
	}
	return used
}

// endsOfAliases is the names that exchanges are aliases of: wrong as that is, mail goes there.
func (p *Pass) endsOfAliases(exchanges map[zonefile.Name]bool) map[zonefile.Name]bool {
	ends := map[zonefile.Name]bool{}
	for host := range exchanges {
		if h := p.run.host(host); h.Aliased() {
			ends[h.Name] = true
		}
	}
	return ends
}
