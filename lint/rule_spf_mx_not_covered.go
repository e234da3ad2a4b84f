package lint

// An exchange with an address that it did not have, and that the domain's SPF record does not let send.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

var spfMXNotCovered = &Rule{
	Name:     "spf-mx-not-covered",
	Severity: Warning,
	Doc: `A new exchange, or one whose addresses changed, has an address that the domain's SPF record does not let
send. If that host sends mail as well, as most do (answers, bounces, forwards), its mail fails.`,
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
		old, all := p.before(), p.spfRecords()
		if old == nil || len(all) == 0 || len(rivals(all)) > 0 || all[0].spf.PassesNobody() {
			return
		}
		c := coverage{p: p, was: opened{old, p}, v: all[0]}
		for _, x := range p.Real() {
			for _, a := range x.found.addresses {
				c.check(x, a)
			}
		}
	},
}

// coverage compares the addresses of a name's exchanges with its SPF record, now and as it was opened.
type coverage struct {
	p     *Pass
	was   opened
	v     txtValue
	hosts map[zonefile.Name]bool // the exchanges that the name had
	had   map[netip.Addr]zonefile.Name
	gone  []*policy.Term // name an address each that is no exchange's any more
}

// look reads what was there before; most names that are visited have nothing new.
func (c *coverage) look() {
	if c.hosts != nil {
		return
	}
	c.hosts, c.had = setOfHosts(c.was.zone, c.p.Node.Name), map[netip.Addr]zonefile.Name{}
	for host := range c.hosts {
		list, _ := c.was.addressesAt(host)
		for _, a := range list {
			c.had[a] = host
		}
	}
	c.findGone()
}

// findGone finds the terms that name an address which an exchange had, and which neither that host nor an exchange has now.
func (c *coverage) findGone() {
	now := map[netip.Addr]bool{}
	for _, x := range c.p.Real() {
		for _, a := range x.found.addresses {
			now[a] = true
		}
	}
	for i := range c.v.spf.Terms {
		t := &c.v.spf.Terms[i]
		a := t.Network.Addr()
		host, had := c.had[a]
		if had && t.Network.IsSingleIP() && !now[a] && !slices.Contains(c.p.Host(host).addresses, a) {
			c.gone = append(c.gone, t)
		}
	}
}

// check reports an address of an exchange that is new, and that SPF surely does not let send.
func (c *coverage) check(x *exchange, a netip.Addr) {
	c.look()
	if _, had := c.had[a]; had || c.hosts[x.host] && !c.sent(x.host) || mayCover(c.p, c.p.Node.Name, c.v, a) {
		return
	}
	what := "the address %s of the new exchange %s"
	if c.hosts[x.host] {
		what = "the new address %s of exchange %s"
	}
	d := c.p.AtExchange(x, what+" is not in the SPF record of %s: add it if the host sends mail", a, quoted(x.host), quoted(c.p.Node.Name))
	d.Relate(c.v.Record, "the SPF record")
	d.Offer(c.adding(a))
}

// sent tells whether SPF may have let an exchange send before. One whose addresses it did not name sends by another host,
// and one whose addresses were elsewhere has none that is known to be new.
func (c *coverage) sent(host zonefile.Name) bool {
	list, known := c.was.addressesAt(host)
	if !known {
		return false
	}
	v, ok := c.was.spfAt(c.p.Node.Name)
	if ok && v.spf.PassesNobody() {
		return false
	}
	return !ok || len(list) == 0 || slices.ContainsFunc(list, func(a netip.Addr) bool {
		return mayCover(c.was, c.p.Node.Name, v, a)
	})
}

// adding lets an address send, in the place of one that is gone where the record names that. More may send then.
func (c *coverage) adding(a netip.Addr) Fix {
	term := policy.SPFTerm(a)
	i := slices.IndexFunc(c.gone, func(t *policy.Term) bool { return t.Network.Addr().Is4() == a.Is4() })
	if i < 0 {
		return changeText("add "+term+" to the SPF record", false, c.v, c.v.spf.Insert(0, term))
	}
	t := c.gone[i]
	if t.Text[0] == t.Qualifier {
		term = string(t.Qualifier) + term
	}
	return changeText("write "+term+" in the place of "+t.Text, false, c.v, policy.Change{Span: t.Span, New: term})
}
