package preview

// What a sender finds out about one host: its addresses, whether it is the sender itself, and which of
// its addresses the sender can use.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// resolve looks up a host's addresses (RFC 5321 §5.1). A host that the loaded zones do not know is kept,
// not checked.
func (r *route) resolve(c *candidate) Reason {
	switch {
	case c.Name == zonefile.Root:
		return NullMX
	case isLiteral(c.Name):
		return IPLiteral
	case !isHostname(c.Name):
		return NotHostname
	}
	a := r.addresses(c.Name)
	c.Canonical, c.Via, c.Status = a.Name, a.Via, OK
	if len(a.Via) > 0 {
		c.Status = Alias
	}
	c.Fault = r.q.Faults.host(c.Name, a.Name)
	switch {
	case a.Result == zonefile.Silent:
		r.temporary = true
		return DeadDelegation
	case a.Result.Endless():
		r.temporary = true
		return endless(a.Result)
	case !known(a.Result):
		r.typedIn(c)
	case a.Result == zonefile.NoName:
		return NoSuchName
	case a.Result != zonefile.Found:
		return NoAddress
	}
	for _, rr := range a.Records {
		if ip, ok := rr.Addr(); ok {
			c.Addresses = append(c.Addresses, Address{IP: ip, Record: rr, Fault: r.q.Faults.address(ip, r.networks, c.Fault)})
		}
	}
	if c.Record.IsZero() && len(a.Records) > 0 {
		c.Record = a.Records[0]
	}
	if len(a.Records) > 0 && len(c.Addresses) == 0 { // what they have is no address, as 192.0.2.300
		return NoAddress
	}
	return ""
}

// typedIn takes the addresses of a host outside the loaded zones from the query.
func (r *route) typedIn(c *candidate) {
	ips, ok := r.q.Outside[c.Canonical]
	if !ok {
		ips = r.q.Outside[c.Name]
	}
	if len(ips) == 0 {
		c.Status = NotChecked
	}
	for _, ip := range ips {
		ip = ip.Unmap()
		c.Addresses = append(c.Addresses, Address{IP: ip, Fault: r.q.Faults.address(ip, r.networks, c.Fault)})
	}
}

// isLiteral tells a name that is an address.
func isLiteral(n zonefile.Name) bool {
	_, is := zonefile.AddressInName(n, zonefile.Root)
	return is
}

// isHostname tells a name that senders look up as that of a host: of letters, digits, hyphens and underscores. Four of
// four servers pass over a dot inside a label; hyphens and underscores nobody minds.
func isHostname(n zonefile.Name) bool {
	for i := range len(n) {
		switch c := n[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_', c == '.':
		default:
			return false
		}
	}
	return true
}

// identity is what the sender goes by when it looks for itself among the hosts.
type identity struct {
	name    zonefile.Name
	addrs   map[netip.Addr]bool
	profile Profile
}

// identity finds out the sender's own addresses where only its name is given.
func (r *route) identity() identity {
	s := identity{name: r.q.Sender.Name, profile: r.q.Sender.Profile}
	if s.name == "" && len(r.q.Sender.Addrs) == 0 {
		return s
	}
	s.addrs = map[netip.Addr]bool{}
	for _, ip := range r.q.Sender.Addrs {
		s.addrs[ip.Unmap()] = true
	}
	if len(s.addrs) > 0 {
		return s
	}
	for _, rr := range r.addresses(s.name).Records {
		if ip, ok := rr.Addr(); ok {
			s.addrs[ip.Unmap()] = true
		}
	}
	return s
}

// localhost is this machine on every machine (RFC 6761 §6.3).
const localhost zonefile.Name = "localhost."

// is tells whether a host is the sender: by name, by address, or because the host is every machine's
// own (RFC 5321 §5.1: "an address or name of the sender").
func (s identity) is(h Host) bool {
	for _, n := range []zonefile.Name{h.Name, h.Canonical} {
		if n != "" && n == s.name {
			return true
		}
	}
	return s.isEverybody(h) || slices.ContainsFunc(h.Addresses, func(a Address) bool { return s.addrs[a.IP.Unmap()] && !s.profile.ignores(a.IP) })
}

// isEverybody tells a host that is this machine on every machine, unless the sender's server does not look at it.
func (s identity) isEverybody(h Host) bool {
	if h.Name.Within(localhost) || h.Canonical.Within(localhost) {
		return s.profile != EximDebian
	}
	return slices.ContainsFunc(h.Addresses, func(a Address) bool {
		return zonefile.SpecialAddress(a.IP).Reach == zonefile.Oneself && !s.profile.ignores(a.IP)
	})
}

// reach marks the addresses that the sender has to skip.
func (r *route) reach(c *candidate) Reason {
	if r.listed == nil {
		r.listed = map[netip.Addr]bool{}
	}
	ignored := c.Name.Within(localhost) && r.d.Profile == EximDebian // it has the addresses of this machine, and no others
	usable, reachable, nobody := c.Status == NotChecked && !ignored, c.Status == NotChecked && !ignored, true
	for i := range c.Addresses {
		a := &c.Addresses[i]
		a.Skip = r.skip(a.IP)
		reachable = reachable || a.Skip != SkipUnreachable
		nobody = nobody && zonefile.SpecialAddress(a.IP).Reach == zonefile.Nobody && !r.d.Profile.ignores(a.IP)
		if a.Skip == "" {
			r.listed[a.IP], usable = true, true
		}
	}
	r.drawn = append(r.drawn, found{c.preference, c.Name, c.Addresses})
	switch {
	case usable:
		return ""
	case reachable:
		return NoUsableAddress
	}
	r.unreachable = r.unreachable || nobody && !ignored
	return Unreachable
}

// skip is why the sender does not use an address.
func (r *route) skip(ip netip.Addr) Skip {
	switch {
	case zonefile.SpecialAddress(ip).Reach == zonefile.Nobody, r.d.Profile.ignores(ip):
		return SkipUnreachable
	case !r.q.Sender.uses(ip):
		return SkipFamily
	case r.listed[ip]:
		return SkipDuplicate
	}
	return ""
}
