package preview

// How a new host comes to be known: its addresses, and what a wildcard said of names that exist from then on.
//
// A name that only a wildcard covered exists once a host stands at it or below it, and the wildcard answers for it no
// more, nor for the names below it (RFC 4592 §2.2.1, §3.3.1). Mail for all these would bounce, so the wildcard's
// records are given to them in the same edit.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// hostAddresses is the address records of a host of the zone.
func hostAddresses(z *zonefile.Zone, n zonefile.Name) []zonefile.Record {
	return append(slices.Clip(z.RRset(n, zonefile.TypeA)), z.RRset(n, zonefile.TypeAAAA)...)
}

// addressTypes is the types of records that hold addresses, each once.
func addressTypes(addrs []netip.Addr) []zonefile.Type {
	var out []zonefile.Type
	for _, t := range []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA} {
		if slices.ContainsFunc(addrs, func(ip netip.Addr) bool { return zonefile.AddressType(ip) == t }) {
			out = append(out, t)
		}
	}
	return out
}

// standing is the addresses of one family that a name is found at, by a wildcard or an alias too.
func standing(z *zonefile.Zone, n zonefile.Name, t zonefile.Type) []netip.Addr {
	var out []netip.Addr
	for _, r := range z.Addresses(n).Records {
		if ip, ok := r.Addr(); ok && r.Type() == t {
			out = append(out, ip.Unmap())
		}
	}
	return out
}

// ownOrCovered is the addresses of a host, its own or those of a wildcard that covers it; none of an alias of its own.
func ownOrCovered(z *zonefile.Zone, n zonefile.Name) (out []netip.Addr) {
	for _, t := range []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA} {
		if a := z.Lookup(n, t); !a.Aliased() || a.Via[0].Owner().IsWildcard() {
			out = append(out, standing(z, n, t)...)
		}
	}
	return out
}

// inside tells whether the zone holds the addresses of a host.
func (p *planner) inside(z *zonefile.Zone, host zonefile.Name) bool {
	a := z.Lookup(host, zonefile.TypeA)
	if a.Aliased() { // of a wildcard's alias: it is one no more once it has an address
		return host.Within(z.Origin())
	}
	return a.Result != zonefile.Outside && a.Result != zonefile.Delegated
}

// missing is the addresses that the new hosts are to have and the zone lacks; of a host that keeps its name none are,
// they are swapped. A version is looked at once: every domain asks.
func (p *planner) missing(z *zonefile.Zone) []hostAddress {
	if p.kind == SameHost {
		return nil
	}
	found, known := p.lacking[z]
	if known {
		return found
	}
	for _, h := range p.To {
		if !p.inside(z, h.Name) {
			continue
		}
		have := hostAddresses(z, h.Name)
		for _, ip := range h.Addrs {
			if !slices.ContainsFunc(have, func(r zonefile.Record) bool { a, ok := r.Addr(); return ok && a == ip.Unmap() }) {
				found = append(found, hostAddress{h.Name, ip.Unmap()})
			}
		}
		if p.Replace && len(p.surplus(z, h)) > 0 { // what is there too much is not as it is to be, either
			found = append(found, hostAddress{host: h.Name})
		}
	}
	p.lacking[z] = found
	return found
}

// surplus is the address records of a new host that are not among those that it is to have.
func (p *planner) surplus(z *zonefile.Zone, h MailHost) []zonefile.Record {
	if len(h.Addrs) == 0 || p.kind == SameHost || !p.inside(z, h.Name) {
		return nil
	}
	return slices.DeleteFunc(hostAddresses(z, h.Name), func(r zonefile.Record) bool {
		a, ok := r.Addr()
		return !ok || slices.ContainsFunc(h.Addrs, func(ip netip.Addr) bool { return ip.Unmap() == a })
	})
}

// hostScript makes the new hosts known.
func (p *planner) hostScript(z *zonefile.Zone) string {
	var b strings.Builder
	missing := p.missing(z)
	for _, h := range p.To {
		if slices.ContainsFunc(missing, func(a hostAddress) bool { return a.host == h.Name }) {
			b.WriteString(p.uncovered(z, h.Name))
		}
		if p.Replace {
			for _, r := range p.surplus(z, h) {
				fmt.Fprintf(&b, "update delete %s %s %s\n", r.Owner(), r.Type(), r.RDataText())
			}
		}
	}
	for _, a := range missing {
		if a.ip.IsValid() {
			fmt.Fprintf(&b, "update add %s %d %s %s\n", a.host, p.addressTTL(z, a), zonefile.AddressType(a.ip), a.ip)
		}
	}
	return b.String()
}

// addressTTL is the TTL of an address that comes: that of those beside it.
func (p *planner) addressTTL(z *zonefile.Zone, a hostAddress) uint32 {
	if ttl := p.ttl(z, a.host, zonefile.AddressType(a.ip)); ttl > 0 {
		return ttl
	}
	return addressTTL
}

// uncovered gives the records of the wildcard that covers a host's name to all names that it covers no longer once the
// host stands there.
func (p *planner) uncovered(z *zonefile.Zone, host zonefile.Name) string {
	if z.Exists(host) {
		return ""
	}
	var between []zonefile.Name // that come to exist with the host, which is the first
	n := host
	for ; n != z.Origin() && !z.Exists(n); n = n.Parent() {
		between = append(between, n)
	}
	covering := z.Node(n.Wildcard())
	if len(covering.Records) == 0 {
		return ""
	}
	var b strings.Builder
	for _, n := range between {
		if n != host {
			give(&b, n, covering, func(zonefile.Type) bool { return true })
		} else if mx := z.Lookup(host, zonefile.TypeMX); mx.Aliased() && mx.Result == zonefile.Found {
			give(&b, n, zonefile.Node{Records: mx.Records}, func(zonefile.Type) bool { return true })
		} else {
			give(&b, n, covering, func(t zonefile.Type) bool {
				return t != zonefile.TypeA && t != zonefile.TypeAAAA && t != zonefile.TypeCNAME
			})
		}
		give(&b, n.Wildcard(), covering, func(zonefile.Type) bool { return true })
	}
	return b.String()
}

// give writes records of a node for another name. Those that part zones and those that signers make are no wildcard's
// to give (RFC 4592 §4).
func give(b *strings.Builder, n zonefile.Name, node zonefile.Node, of func(zonefile.Type) bool) {
	ttls := map[zonefile.Type]uint32{}
	for _, r := range node.Records {
		if _, known := ttls[r.Type()]; !known {
			ttls[r.Type()] = r.Zone().RRsetTTL(r)
		}
		switch t := r.Type(); {
		case r.Foreign() || !of(t):
		case t == zonefile.TypeNS, t == zonefile.TypeDNAME, t == zonefile.TypeDS, t == zonefile.TypeSOA, t == zonefile.TypeRRSIG, t == zonefile.TypeNSEC:
		default:
			fmt.Fprintf(b, "update add %s %d %s %s\n", n, ttls[t], t, absolute(r))
		}
	}
}

// absolute is the data of a record in which a name stands for itself, as a script has it.
func absolute(r zonefile.Record) string { return r.CanonicalRData() }
