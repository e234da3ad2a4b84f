package lint

// Rules that compare a zone with what it was when it was opened.

import (
	"bytes"
	"iter"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// before is the zone as it was opened; nil if nothing is known of that, or if it is the same.
func (p *Pass) before() *zonefile.Zone {
	if old := p.run.against[p.Zone.Origin()]; old != p.Zone {
		return old
	}
	return nil
}

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

var soaSerialNotRaised = &Rule{
	Name:     "soa-serial-not-raised",
	Severity: Error,
	Doc: `The zone was changed and its serial was not raised. Secondary servers see no change and go on serving the
old records.`,
	Bad: `; when it was opened: www A 192.0.2.2
www A 192.0.2.1`,
	Good: `; when it was opened: www A 192.0.2.2
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h
www A 192.0.2.1`,
	Refs:   []string{"RFC 1982 §3.2", "RFC 1035 §3.3.13"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		old := p.before()
		now, ok := p.Zone.SOA()
		if old == nil || !ok || sameText(old, p.Zone) {
			return
		}
		n, ok1 := p.Zone.Serial()
		o, ok2 := old.Serial() // of a fragment there is none
		if ok1 && ok2 && !zonefile.SerialLess(o, n) {
			p.At(now, int(zonefile.Serial), "the zone has changed and serial %d is not above %d: secondaries keep the old records, raise it", n, o)
		}
	},
}

// sameText tells whether two zones have the same text, be their files called what they are.
func sameText(a, b *zonefile.Zone) bool {
	if a.Root().Name() == b.Root().Name() {
		return a.Same(b)
	}
	next, stop := iter.Pull(b.Files())
	defer stop()
	for f := range a.Files() {
		other, ok := next()
		if !ok || f.Size() != other.Size() || !bytes.Equal(f.Bytes(), other.Bytes()) {
			return false
		}
	}
	_, more := next()
	return !more
}

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

var mxNameNegativelyCached = &Rule{
	Name:     "mx-name-negatively-cached",
	Severity: Info,
	Doc: `An exchange is a name that is new in the zone. Who asked for it before remembers that it does not exist, for
as long as the SOA says.`,
	Bad: `; when it was opened: www A 192.0.2.9
@ MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `; when it was opened: mx1 A 192.0.2.1
@ MX 10 mx1
mx1 A 192.0.2.1
mx1 AAAA 2001:db8::1
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Refs:   []string{"RFC 2308 §5"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		old := p.before()
		if old == nil {
			return
		}
		for _, x := range p.Real() {
			if x.host.Within(p.Zone.Origin()) && p.Exists(x.host) && old.Lookup(x.host, zonefile.TypeANY).Result == zonefile.NoName {
				p.AtExchange(x, "exchange %s is a new name: who asked before may take it as missing for up to %s", quoted(x.host), ttl(negativeTTL(old)))
			}
		}
	},
}

// negativeTTL is how long a name is remembered as missing: the smaller of the SOA's TTL and its minimum
// (RFC 2308 §5).
func negativeTTL(z *zonefile.Zone) uint32 {
	soa, ok := z.SOA()
	if !ok {
		return 0
	}
	t, _ := times(soa)
	return min(t.minimum, soa.TTL())
}

var mtaSTSStaleID = &Rule{
	Name:     "mta-sts-stale-id",
	Severity: Warning,
	Doc: `The MX records of a domain with MTA-STS were changed, and the id of its record was not. Senders go on with
the policy that they know, and do not deliver to exchanges that it does not list.`,
	Bad: `; when it was opened: _mta-sts TXT "v=STSv1; id=1"
@ MX 10 mx1
mx1 A 192.0.2.1
_mta-sts TXT "v=STSv1; id=1"
mta-sts A 192.0.2.2
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Good: `; when it was opened: _mta-sts TXT "v=STSv1; id=1"
@ MX 10 mx1
mx1 A 192.0.2.1
_mta-sts TXT "v=STSv1; id=2"
mta-sts A 192.0.2.2
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Refs:   []string{"RFC 8461 §3.3"},
	Visits: stsOwners,
	Check: func(p *Pass) {
		old := p.before()
		if old == nil {
			return
		}
		domain := p.Node.Name.Parent()
		p.NodeAt(domain) // visit again when its MX changes
		now, was := versionRecords(p.Node, "STSv1"), versionRecords(old.Node(p.Node.Name), "STSv1")
		if len(now) == 0 || len(was) == 0 || sameHosts(hostsAt(p.Zone, domain), hostsAt(old, domain)) {
			return
		}
		n, _ := findTag(tags(now[0].text), "id")
		o, _ := findTag(tags(was[0].text), "id")
		if n.value == o.value && n.end > 0 {
			p.AtText(now[0], n.start, n.end, "the MX of %s has changed and id %s has not: senders keep the old policy, change both", quoted(domain), quoteText(n.value))
		}
	},
}

// sameHosts tells whether two lists hold the same names.
func sameHosts(a, b []zonefile.Name) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

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
						Offer(deletion(p.Zone, "delete the address", false, addresses...))
				}
			}
		}
	},
}

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
		if !ok || sendsNothing(v.text) {
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
