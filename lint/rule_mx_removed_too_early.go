package lint

// An exchange that was taken out while senders still hold the old answer: they go on to send to it.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var mxRemovedTooEarly = &Rule{
	Name:     "mx-removed-too-early",
	Severity: Warning,
	Doc: `An exchange was taken out. Those who asked before keep the old answer for its TTL, and send there until
then: keep that server running, or leave it in as the least preferred until mail no longer comes.`,
	Bad: `; when it was opened: @ MX 20 mx.isp.net.
@ MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `; when it was opened: @ MX 20 mx.isp.net.
@ MX 10 mx1
@ MX 30 mx.isp.net.
mx1 A 192.0.2.1
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Refs:   []string{"RFC 1034 §3.6"},
	Visits: wholeZone,
	Census: true,
	Check: func(p *Pass) {
		old := p.before()
		if old == nil {
			return
		}
		for owner := range mxNames(old) {
			now := setOfHosts(p.Zone, owner)
			gone := slices.DeleteFunc(hostsAt(old, owner), func(host zonefile.Name) bool { return now[host] || !reachable(old, host) })
			if len(gone) > 0 {
				reportRemoved(p, owner, gone, old.RRsetTTL(old.RRset(owner, zonefile.TypeMX)[0]))
			}
		}
	},
}

// reachable tells whether mail may have gone to an exchange: one of the zone itself had an address.
func reachable(z *zonefile.Zone, host zonefile.Name) bool {
	for _, t := range []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA} {
		if r := z.Lookup(host, t).Result; r != zonefile.NoData && r != zonefile.NoName {
			return true
		}
	}
	return false
}

// soonOver is a TTL after which nobody needs to be told to wait.
const soonOver = 300

// reportRemoved reports exchanges that are gone.
func reportRemoved(p *Pass, owner zonefile.Name, hosts []zonefile.Name, t uint32) {
	at := p.anchor(owner)
	if t <= soonOver || at.IsZero() {
		return
	}
	for _, host := range hosts {
		p.On(at, "exchange %s of %s is gone, but for %s others remember it and send there: keep that server running",
			quoted(host), quoted(owner), ttl(t))
	}
}
