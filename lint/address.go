package lint

// Addresses: which of them senders on the Internet can reach, by IANA's registries of special-purpose addresses, and
// what networks they are in.

import (
	"net/netip"
	"slices"

	"golang.org/x/net/publicsuffix"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/miekg/dns"
)

// kindOfAddress is what an address is for, if it is not for the Internet.
type kindOfAddress struct {
	prefix netip.Prefix
	is     string
}

// documentation is what the addresses of examples are for.
const documentation = "an example's address"

// specialAddresses is IANA's IPv4 and IPv6 Special-Purpose Address Registries and the multicast ranges, as
// far as they are not globally reachable; the longer prefix stands first.
var specialAddresses = []kindOfAddress{
	{netip.MustParsePrefix("0.0.0.0/8"), "unspecified"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},
	{netip.MustParsePrefix("100.64.0.0/10"), "shared behind a provider's NAT"},
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.0.0.0/24"), "reserved"},
	{netip.MustParsePrefix("192.0.2.0/24"), documentation},
	{netip.MustParsePrefix("192.88.99.0/24"), "reserved"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("198.18.0.0/15"), "reserved for benchmarks"},
	{netip.MustParsePrefix("198.51.100.0/24"), documentation},
	{netip.MustParsePrefix("203.0.113.0/24"), documentation},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"},
	{netip.MustParsePrefix("::/128"), "unspecified"},
	{netip.MustParsePrefix("::1/128"), "loopback"},
	{netip.MustParsePrefix("::ffff:0:0/96"), "an IPv4 address in the form of IPv6"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "reserved for translation"},
	{netip.MustParsePrefix("100::/64"), "reserved for discarding"},
	{netip.MustParsePrefix("2001:2::/48"), "reserved for benchmarks"},
	{netip.MustParsePrefix("2001:db8::/32"), documentation},
	{netip.MustParsePrefix("3fff::/20"), documentation},
	{netip.MustParsePrefix("5f00::/16"), "reserved for segment routing"},
	{netip.MustParsePrefix("fc00::/7"), "private"},
	{netip.MustParsePrefix("fe80::/10"), "link-local"},
	{netip.MustParsePrefix("fec0::/10"), "site-local"},
	{netip.MustParsePrefix("ff00::/8"), "multicast"},
}

// special is what an address is for, if not for the Internet; "" if it is.
func special(a netip.Addr) string {
	for _, s := range specialAddresses {
		if s.prefix.Contains(a) {
			return s.is
		}
	}
	return ""
}

// public tells whether a zone is one of the Internet's, not a site's own (lan, home.arpa, corp).
func public(origin zonefile.Name) bool {
	if origin == "" || origin.Within("home.arpa.") {
		return false
	}
	_, icann := publicsuffix.PublicSuffix(bare(origin))
	return icann
}

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
