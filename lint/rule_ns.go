package lint

// Rules about name servers: without DNS all mail bounces.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var nsTargetCNAME = &Rule{
	Name:     "ns-target-cname",
	Severity: Error,
	Doc: `A name server is an alias. Resolvers need not follow one; BIND refuses to load a zone whose own name servers
are aliases.`,
	Bad: `@ NS ns1
@ NS ns2.dns.org.
ns1 CNAME web
web A 192.0.2.1`,
	Good: `@ NS web
@ NS ns2.dns.org.
web A 192.0.2.1`,
	Refs:   []string{"RFC 2181 §10.3", "RFC 1912 §2.4"},
	Visits: nsOwners,
	Check: eachServer(func(p *Pass, r zonefile.Record, server zonefile.Name, h *host) {
		if !h.Aliased() {
			return
		}
		d := p.At(r, 0, "name server %s is an alias of %s: name the host itself", quoted(server), quoted(h.Name))
		d.Relate(h.Via[0], "the alias")
		if !h.missing() {
			safe := !h.elsewhere && !p.isServer(p.Zone, p.Node.Name, h.Name)
			d.Offer(setField("replace the alias by its target", safe, r, zonefile.Target, nameText(r, zonefile.Target, h.Name)).since(h.Via...))
		}
	}),
}

// eachServer is a Check that is called for every name server of the visited name; target-missing-dot speaks of the others.
func eachServer(check func(p *Pass, r zonefile.Record, server zonefile.Name, h *host)) func(*Pass) {
	return func(p *Pass) {
		for _, r := range p.Node.Of(zonefile.TypeNS) {
			if server, ok := r.Target(); ok && !p.hasDotless(r, 0) {
				check(p, r, server, p.Host(server))
			}
		}
	}
}

var nsTargetNoAddress = &Rule{
	Name:     "ns-target-no-address",
	Severity: Error,
	Doc: `A name server is a name of this zone without an address, or one below its own delegation without glue.
Nobody can reach it; BIND refuses a zone whose own name servers have none.`,
	Bad: `@ NS ns1
@ NS ns2.dns.org.`,
	Good: `@ NS ns1
@ NS ns2.dns.org.
ns1 A 192.0.2.1`,
	Refs:   []string{"RFC 1912 §2.3", "RFC 1034 §4.2.1"},
	Visits: nsOwners,
	Check: eachServer(func(p *Pass, r zonefile.Record, server zonefile.Name, h *host) {
		lacksGlue := p.lacksGlue(server)
		if h.missing() && !h.Aliased() || lacksGlue {
			d := p.At(r, 0, "name server %s has no address: add an A or AAAA record", quoted(server))
			if (!h.elsewhere || lacksGlue) && notHostname(server) == "" {
				d.Offer(addAddress(r, server))
			}
		}
	}),
}

// lacksGlue tells a server below the delegation to it that has no address here, whatever DNS says.
func (p *Pass) lacksGlue(server zonefile.Name) bool {
	here := p.run.loaded(server, zonefile.TypeA)
	return here.Result == zonefile.Delegated && here.Cut == p.Node.Name &&
		!slices.ContainsFunc(p.NodeAt(server).Records, isAddress) && !p.run.mightHold(server)
}

// servers is the name servers of the zone itself; nil when another name is visited.
func (p *Pass) servers() []zonefile.Record {
	if p.Node.Name != p.Zone.Origin() {
		return nil
	}
	return p.Node.Of(zonefile.TypeNS)
}

var nsMissing = &Rule{
	Name:     "ns-missing",
	Severity: Error,
	Doc:      `The zone has no name server of its own: no NS record stands at its name. BIND refuses the zone.`,
	Bad:      "@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h",
	Good: `@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h
@ NS ns1.dns.net.
@ NS ns2.dns.org.`,
	Refs:   []string{"RFC 1034 §4.2.1", "BIND: has no NS records"},
	Visits: soaOwners,
	Lack:   true,
	Check: func(p *Pass) {
		soa, ok := p.Zone.SOA()
		if p.run.misnamed[p.zone] {
			return // zone-name: they may stand at the zone's name
		}
		if ok && soa.Owner() == p.Node.Name && len(p.servers()) == 0 {
			p.On(soa, "%s has no NS record: BIND refuses the zone, add one for each of its name servers", quoted(p.Zone.Origin()))
		}
	},
}

var nsSingle = &Rule{
	Name:     "ns-single",
	Severity: Warning,
	Doc: `The zone has one name server only. When it is down, the domain is gone, and its mail with it: senders that
cannot find the MX give up in the end.`,
	Bad: "@ NS ns1.dns.net.",
	Good: `@ NS ns1.dns.net.
@ NS ns2.dns.org.`,
	Refs:   []string{"RFC 2182 §5", "RFC 1034 §4.1"},
	Visits: nsOwners,
	Lack:   true,
	Check: func(p *Pass) {
		all := p.servers()
		several := func(r zonefile.Record) bool { return !sameTarget(all[0], r) } // one that stands twice is one
		if len(all) > 0 && !slices.ContainsFunc(all[1:], several) && p.run.public[p.zone] {
			p.At(all[0], 0, "%s is served by one name server only: add a second one in another network", quoted(p.Zone.Origin()))
		}
	},
}

var nsSameNetwork = &Rule{
	Name:     "ns-same-network",
	Severity: Warning,
	Doc: `All name servers of the zone are in one network (/24, or /48 of IPv6). One fault of it takes the domain
away, and its mail with it: without DNS all mail bounces, so servers in different networks are essential.`,
	Bad: `@ NS ns1
@ NS ns2
ns1 A 192.0.2.1
ns2 A 192.0.2.2`,
	Good: `@ NS ns1
@ NS ns2
ns1 A 192.0.2.1
ns2 A 198.51.100.2`,
	Refs:   []string{"RFC 2182 §3.1"},
	Visits: nsOwners,
	Lack:   true,
	Check: func(p *Pass) {
		all := p.servers()
		if !p.run.public[p.zone] {
			return
		}
		var hosts [][]netip.Addr
		for _, r := range all {
			server, _ := r.Target()
			h := p.Host(server)
			if h.Result != zonefile.Found {
				return
			}
			hosts = append(hosts, h.addresses)
		}
		if n, one := oneNetwork(hosts); one && len(all) > 1 {
			p.At(all[0], 0, "all name servers of %s are in the network %s: one fault of it takes the domain away", quoted(p.Zone.Origin()), n)
		}
	},
}
