package lint

// What is worth knowing about how the MX of a name spreads over hosts, addresses and networks.

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var mxEqualPreference = &Rule{
	Name:     "mx-equal-preference",
	Severity: Info,
	NoFault:  true,
	Doc: `Exchanges have the same preference. Senders try them in random order, which spreads the load; the order of
the lines means nothing. It is no fault: equal numbers are right for hosts that are equal, different ones where one
is to be tried first.

Equal hosts stand in for each other, too: a sender that finds one down tries the next. Different numbers do not
relieve a host: one that is slow and still takes mail keeps it; a worse one gets mail when the better ones take none.

A cluster can be built in two ways. Of hosts with equal numbers the sender draws one. Of one host with several
addresses DNS decides, by the order of its answer, which address is tried first.

An MX has no weight and no port: no number gives one of several equal hosts more, and senders connect to port 25.
Weights and ports are those of SRV records, which mail servers do not ask for.`,
	Bad: `@ MX 10 mx1
@ MX 10 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Good: `; one host first, the other while that is down
@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2
; a cluster of one name
lists MX 10 farm
farm A 192.0.2.3
farm A 192.0.2.4`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		if !mayBeEqual(p.Tried()) {
			return
		}
		seen := map[uint16][]*exchange{}
		for _, x := range p.Tried() {
			seen[x.preference] = append(seen[x.preference], x)
		}
		for _, tier := range seen {
			if len(tier) < 2 {
				continue
			}
			var names []string
			for _, x := range tier {
				names = append(names, quoted(x.host))
			}
			p.On(tier[0].Record, "%s have preference %d: senders try them in random order, not as listed", zonefile.List(names, "and"), tier[0].preference)
		}
	},
}

// mayBeEqual tells whether two of some exchanges may have one preference. Its no is sure.
func mayBeEqual(all []*exchange) bool {
	if len(all) > fewRecords {
		return true
	}
	for i, x := range all {
		for _, y := range all[:i] {
			if x.preference == y.preference {
				return true
			}
		}
	}
	return false
}

var mxSingle = &Rule{
	Name:     "mx-single",
	Severity: Info,
	Doc: `Mail goes to one host only. While it is down, senders keep the mail and try again, for days; a second host
would take it. Providers that put many machines behind one name are known and left out.`,
	Bad: `@ MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.3.2`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: mxOwners,
	Lack:   true,
	Check: func(p *Pass) {
		all := p.Tried()
		if len(all) != 1 || manyMachines(all[0].host) || p.misspelt(all[0]) ||
			all[0].noHostname() || all[0].localhost() || all[0].found.missing() { // it takes none, other rules say why
			return
		}
		if h := p.Host(all[0].host); h.Result == zonefile.Found && len(h.addresses) > 2 {
			return
		}
		p.AtExchange(all[0], "%s is the only host that takes mail for %s: while it is down, senders keep the mail", quoted(all[0].host), quoted(p.Node.Name))
	},
}

// manyMachines tells the names of providers that have many machines behind one name.
func manyMachines(host zonefile.Name) bool {
	for _, provider := range []zonefile.Name{
		"mail.protection.outlook.com.", "mail.protection.office365.us.", "mx.microsoft.", "smtp.google.com.",
		"amazonaws.com.", "amazonses.com.", "mx.yandex.net.", "mx.yandex.ru.", "mx.sendgrid.net.", "mimecast.com.",
		"mail.mailgun.org.", "inbound.postmarkapp.com.", "mxthunder.net.", "mx.cloudflare.net.",
	} {
		if host.Within(provider) {
			return true
		}
	}
	return false
}

var mxSharedAddress = &Rule{
	Name:     "mx-shared-address",
	Severity: Info,
	Doc: `Two exchanges have the same address: when that machine is down, both are. The second one adds no
redundancy.`,
	Bad: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.1`,
	Good: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		if !mayShare(p.Real()) {
			return
		}
		var s sharing
		for _, x := range p.Real() {
			if y, ok := s.add(x); ok {
				p.AtExchange(x, "exchange %s has the address %s of %s: when it is down, both are", quoted(x.host), y.address, quoted(y.with.host)).
					Relate(y.with.Record, "the other exchange")
			}
		}
	},
}

// mayShare tells whether an address may stand twice among those of some exchanges. Its no is sure: most names have few,
// and they are compared with each other.
func mayShare(all []*exchange) bool {
	var room [fewRecords]netip.Addr
	seen := room[:0]
	for _, x := range all {
		for _, a := range x.found.addresses {
			if len(seen) == fewRecords || slices.Contains(seen, a) {
				return true
			}
			seen = append(seen, a)
		}
	}
	return false
}

// sharing is which hosts share addresses, as the exchanges of a name are gone through.
type sharing struct {
	first map[netip.Addr]*exchange        // the first that has an address
	hosts map[zonefile.Name]sharedAddress // what the hosts so far share with the first of the others
}

// sharedAddress is an address that a host has in common with another exchange; the zero value is none.
type sharedAddress struct {
	with    *exchange
	address netip.Addr
}

// add tells what an exchange shares with one before it.
func (s *sharing) add(x *exchange) (sharedAddress, bool) {
	if s.first == nil {
		s.first, s.hosts = map[netip.Addr]*exchange{}, map[zonefile.Name]sharedAddress{}
	}
	found, known := s.hosts[x.host]
	if known {
		return found, found.with != nil
	}
	for _, a := range x.found.addresses {
		y := s.first[a]
		if y == nil {
			s.first[a] = x
			continue
		}
		if found.with == nil || y.number < found.with.number {
			found = sharedAddress{y, a}
		}
		if s.hosts[y.host].with == nil {
			s.hosts[y.host] = sharedAddress{x, a}
		}
	}
	s.hosts[x.host] = found
	return found, found.with != nil
}

var mxSameNetwork = &Rule{
	Name:     "mx-same-network",
	Severity: Info,
	Doc: `All exchanges are in one network (/24, or /48 of IPv6). One cut line or one broken router takes all of
them away at once.`,
	Bad: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Good: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 198.51.100.2`,
	Refs:   []string{"RFC 2182 §3.1"},
	Visits: mxOwners,
	Lack:   true,
	Check: func(p *Pass) {
		hosts, ok := p.hostAddresses()
		if !ok || len(hosts) < 2 {
			return
		}
		if n, one := oneNetwork(hosts); one {
			p.On(p.Real()[0].Record, "all exchanges of %s are in the network %s: one fault of it takes all of them away", quoted(p.Node.Name), n)
		}
	},
}

var mxNoIPv6 = &Rule{
	Name:     "mx-no-ipv6",
	Severity: Info,
	Doc:      `No exchange has an IPv6 address. Senders that have IPv6 only cannot deliver.`,
	Bad: `@ MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `@ MX 10 mx1
mx1 A 192.0.2.1
mx1 AAAA 2001:db8::1`,
	Refs:   []string{"RFC 3974 §3"},
	Visits: mxOwners,
	Lack:   true,
	Check: func(p *Pass) {
		hosts, ok := p.hostAddresses()
		hasIPv6 := func(host []netip.Addr) bool { return slices.ContainsFunc(host, netip.Addr.Is6) }
		if !ok || len(hosts) == 0 || slices.ContainsFunc(hosts, hasIPv6) {
			return
		}
		p.On(p.Real()[0].Record, "no exchange of %s has an IPv6 address: add AAAA records where the hosts have one", quoted(p.Node.Name))
	},
}

var mxDuplicateTarget = &Rule{
	Name:     "mx-duplicate-target",
	Severity: Warning,
	Doc: `The same exchange stands at two preferences. Senders use the better one; some ask the same host twice
before they go on. Whoever wrote it meant another host, or forgot to delete the old line.`,
	Bad: `@ MX 10 mx1
@ MX 20 mx1
mx1 A 192.0.2.1`,
	Good: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		for _, x := range p.Real() {
			best := p.best(x.host)
			if best.preference == x.preference {
				continue
			}
			d := p.AtExchange(x, "exchange %s stands at preference %d already: only that counts, delete this record", quoted(x.host), best.preference)
			d.Relate(best.Record, "the better preference")
			d.Offer(deletion(fmt.Sprintf("delete the record with preference %d", x.preference), true, x.Record))
		}
	},
}
