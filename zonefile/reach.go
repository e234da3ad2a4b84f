package zonefile

// Which addresses a connection can be made to, and from where: the one table that lint and the preview of mail ask, so
// that they cannot say different things of one address.

import (
	"net/netip"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Reach tells who can connect to an address.
type Reach uint8

// The reaches. What four mail servers did with each was observed in November 2026: no packet left for those of Nobody,
// and those of ByIPv4 were connected to by IPv4.
const (
	Everybody  Reach = iota // hosts of the Internet
	Examples                // documentation: nobody's, in zones that are examples themselves
	Neighbours              // senders of the same network alone
	Oneself                 // whoever connects connects to itself
	Nobody                  // nothing can be sent there
	ByIPv4                  // ::ffff:192.0.2.1: senders with both families
)

// Special is what an address is for that is not for hosts of the Internet.
type Special struct {
	Reach
	Is     string // in words, behind "is": "private"
	prefix netip.Prefix
}

// SpecialAddress is what an address is for; the zero Special if it is for hosts of the Internet. An IPv4-mapped one is
// connected to by IPv4, so that it is what its IPv4 address is.
func SpecialAddress(a netip.Addr) Special {
	s := registered(a.Unmap())
	if a.Is4In6() && (s.Reach == Everybody || s.Reach == Examples) {
		return Special{Reach: ByIPv4, Is: "IPv4 in the form of IPv6"}
	}
	return s
}

// registered is what the registries have an address for; the zero Special for most.
func registered(a netip.Addr) Special {
	if !specialOctets[firstOctet(a)] {
		return Special{}
	}
	for _, s := range specialAddresses {
		if s.prefix.Contains(a) {
			return s
		}
	}
	return Special{}
}

// specialAddresses is IANA's IPv4 and IPv6 Special-Purpose Address Registries and the multicast ranges, as far as they
// are not globally reachable; the longer prefix stands first.
var specialAddresses = []Special{
	{Oneself, "unspecified", netip.MustParsePrefix("0.0.0.0/32")},
	{Neighbours, "reserved", netip.MustParsePrefix("0.0.0.0/8")},
	{Neighbours, "private", netip.MustParsePrefix("10.0.0.0/8")},
	{Neighbours, "shared behind a provider's NAT", netip.MustParsePrefix("100.64.0.0/10")},
	{Oneself, "loopback", netip.MustParsePrefix("127.0.0.0/8")},
	{Neighbours, "link-local", netip.MustParsePrefix("169.254.0.0/16")},
	{Neighbours, "private", netip.MustParsePrefix("172.16.0.0/12")},
	{Neighbours, "reserved", netip.MustParsePrefix("192.0.0.0/24")},
	{Examples, "an example's address", netip.MustParsePrefix("192.0.2.0/24")},
	{Neighbours, "reserved", netip.MustParsePrefix("192.88.99.0/24")},
	{Neighbours, "private", netip.MustParsePrefix("192.168.0.0/16")},
	{Neighbours, "reserved for benchmarks", netip.MustParsePrefix("198.18.0.0/15")},
	{Examples, "an example's address", netip.MustParsePrefix("198.51.100.0/24")},
	{Examples, "an example's address", netip.MustParsePrefix("203.0.113.0/24")},
	{Nobody, "multicast", netip.MustParsePrefix("224.0.0.0/4")},
	{Nobody, "broadcast", netip.MustParsePrefix("255.255.255.255/32")},
	{Neighbours, "reserved", netip.MustParsePrefix("240.0.0.0/4")},
	{Oneself, "unspecified", netip.MustParsePrefix("::/128")},
	{Oneself, "loopback", netip.MustParsePrefix("::1/128")},
	{Neighbours, "reserved for translation", netip.MustParsePrefix("64:ff9b:1::/48")},
	{Neighbours, "reserved for discarding", netip.MustParsePrefix("100::/64")},
	{Neighbours, "reserved for benchmarks", netip.MustParsePrefix("2001:2::/48")},
	{Examples, "an example's address", netip.MustParsePrefix("2001:db8::/32")},
	{Examples, "an example's address", netip.MustParsePrefix("3fff::/20")},
	{Neighbours, "reserved for segment routing", netip.MustParsePrefix("5f00::/16")},
	{Neighbours, "private", netip.MustParsePrefix("fc00::/7")},
	{Nobody, "link-local", netip.MustParsePrefix("fe80::/10")}, // an AAAA record cannot say on which link (RFC 4007 §11)
	{Neighbours, "site-local", netip.MustParsePrefix("fec0::/10")},
	{Nobody, "multicast", netip.MustParsePrefix("ff00::/8")},
}

// specialOctets marks the first octets that special addresses have, those of IPv6 behind those of IPv4: most addresses
// have another.
var specialOctets = func() (t [512]bool) {
	for _, s := range specialAddresses {
		for i := range 1 << max(8-s.prefix.Bits(), 0) {
			t[firstOctet(s.prefix.Addr())+i] = true
		}
	}
	return t
}()

// firstOctet is the place of an address in specialOctets.
func firstOctet(a netip.Addr) int {
	if a.Is4() {
		return int(a.As4()[0])
	}
	return 256 + int(a.As16()[0])
}

// Network is the part of an address that a site's machines tend to share: /24, or /48 of IPv6.
func Network(a netip.Addr) netip.Prefix {
	bits := 48
	if a.Is4() {
		bits = 24
	}
	p, _ := a.Prefix(bits) // fails only for a number of bits that is too large
	return p
}

// Public tells whether a zone is one of the Internet's, not a site's own (lan, home.arpa, corp), where addresses are
// right that only its neighbours reach.
func Public(origin Name) bool {
	if origin == "" || origin.Within("home.arpa.") {
		return false
	}
	_, icann := publicsuffix.PublicSuffix(strings.TrimSuffix(string(origin), "."))
	return icann
}
