package lint

// Addresses that no sender on the Internet can reach, from IANA's registries of special-purpose addresses.

import (
	"net/netip"

	"golang.org/x/net/publicsuffix"

	"github.com/mailzone/mailzone/zonefile"
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

var mxTargetSpecialAddress = &Rule{
	Name:     "mx-target-special-address",
	Severity: Warning,
	Doc: `An exchange has an address that senders on the Internet cannot reach: loopback, private, link-local,
unspecified, multicast, reserved, or one that exists for examples only.`,
	Bad: `@ MX 10 mx1
mx1 A 192.168.1.25`,
	Good: `@ MX 10 mx1
mx1 A 62.96.4.25`,
	Refs:   []string{"RFC 6890", "RFC 5737", "RFC 3849", "RFC 1918"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		if !p.run.public[p.zone] {
			return
		}
		for _, x := range p.Real() {
			reportSpecial(p, x)
		}
	},
}

// reportSpecial reports an exchange's first address that is not one of the Internet's.
func reportSpecial(p *Pass, x *exchange) {
	for _, r := range x.found.records {
		a, ok := r.Addr()
		is := special(a)
		switch {
		case !ok || is == "":
			continue
		case is == documentation:
			p.AtExchange(x, "exchange %s has an example's address, %s: replace it", quoted(x.host), a).Relate(r, "the address")
		default:
			p.AtExchange(x, "exchange %s has the address %s, which is %s: no sender on the Internet can reach it", quoted(x.host), a, is).
				Relate(r, "the address")
		}
		return
	}
}
