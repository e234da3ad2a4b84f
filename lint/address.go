package lint

// Addresses, and what networks they are in. Who can reach them is a table of package zonefile.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/miekg/dns"
)

// isAddress tells an A or AAAA record.
func isAddress(r zonefile.Record) bool {
	return r.Type() == zonefile.TypeA || r.Type() == zonefile.TypeAAAA
}

// network is the part of an address that a site's machines tend to share: /24, or /48 of IPv6.
func network(a netip.Addr) netip.Prefix {
	bits := 48
	if a.Is4() {
		bits = 24
	}
	p, _ := a.Prefix(bits) // fails only for a number of bits that is too large
	return p
}

// oneNetwork is the network that all of several hosts are in, by the family that they share; ok is false if
// there is none.
func oneNetwork(hosts [][]netip.Addr) (n netip.Prefix, ok bool) {
	var four, six []netip.Prefix
	for _, addresses := range hosts {
		for _, a := range addresses {
			list := &six
			if a.Is4() {
				list = &four
			}
			if p := network(a); !slices.Contains(*list, p) {
				*list = append(*list, p)
			}
			if len(*list) > 1 {
				return n, false
			}
		}
	}
	if len(four)+len(six) == 0 {
		return n, false
	}
	return append(four, six...)[0], true
}

// reverse is the name at which an address has its PTR record.
func reverse(a netip.Addr) zonefile.Name {
	n, _ := dns.ReverseAddr(a.String()) // fails only for what is no address
	return zonefile.Name(n)
}
