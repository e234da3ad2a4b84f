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
	Census: true,
	Check: func(p *Pass) {
		old := p.before()
		if old == nil {
			return
		}
		used := map[zonefile.Name]bool{}
		for r := range p.Zone.Records() {
			if r.Type() == zonefile.TypeMX {
				host, _ := r.Target()
				used[host] = true
			}
		}
		for owner := range mxNames(old) {
			for _, host := range hostsAt(old, owner) {
				if used[host] {
					continue
				}
				used[host] = true
				if addresses := slices.DeleteFunc(p.Zone.Node(host).Records, func(r zonefile.Record) bool { return !isAddress(r) }); len(addresses) > 0 {
					p.On(addresses[0], "no MX leads to %s any more: delete its address if the host does nothing else", quoted(host)).
						Offer(deletion("delete the address", false, addresses...))
				}
			}
		}
	},
}
