package lint

// A new exchange that sends mail from an address that the domain's SPF record does not list.

import (
	"net/netip"
)

var spfMXNotCovered = &Rule{
	Name:     "spf-mx-not-covered",
	Severity: Warning,
	Doc: `A new exchange has an address that the domain's SPF record does not let send. If that host sends mail as
well, as most do (answers, bounces, forwards), its mail fails.`,
	Bad: `; when it was opened: @ MX 10 mx1
@ MX 10 mx1
@ MX 20 mx2
@ TXT "v=spf1 ip4:192.0.2.1 -all"
mx1 A 192.0.2.1
mx2 A 192.0.2.2
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Good: `; when it was opened: @ MX 10 mx1
@ MX 10 mx1
@ MX 20 mx2
@ TXT "v=spf1 mx -all"
mx1 A 192.0.2.1
mx2 A 192.0.2.2
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Refs:   []string{"RFC 7208 §4.6"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		old := p.before()
		if old == nil {
			return
		}
		was := setOfHosts(old, p.Node.Name)
		v, ok := p.spfAt(p.Node.Name)
		if !ok || v.spf.PassesNobody() {
			return
		}
		for _, x := range p.Real() {
			if was[x.host] {
				continue
			}
			for _, a := range x.found.addresses {
				checkCovered(p, v, x, a)
			}
		}
	},
}

// checkCovered reports a new exchange's address that SPF surely does not cover.
func checkCovered(p *Pass, v txtValue, x *exchange, a netip.Addr) {
	e := spfMatch{p: p, addr: a}
	if e.covers(p.Node.Name, v) || e.unsure {
		return
	}
	p.AtExchange(x, "the address %s of the new exchange %s is not in the SPF record of %s: add it if the host sends mail", a, quoted(x.host), quoted(p.Node.Name)).
		Relate(v.Record, "the SPF record")
}
