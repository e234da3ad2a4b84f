package lint

// Addresses, and what networks they are in. Who can reach them is a table of package zonefile.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// isAddress tells an A or AAAA record.
func isAddress(r zonefile.Record) bool {
	return r.Type() == zonefile.TypeA || r.Type() == zonefile.TypeAAAA
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
			if p := zonefile.Network(a); !slices.Contains(*list, p) {
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

// reverse is the name at which an address has its PTR record (RFC 1035 §3.5, RFC 3596 §2.5).
func reverse(a netip.Addr) zonefile.Name {
	var b strings.Builder
	for _, octet := range slices.Backward(a.AsSlice()) {
		if a.Is4() {
			fmt.Fprintf(&b, "%d.", octet)
		} else {
			fmt.Fprintf(&b, "%x.%x.", octet&0xf, octet>>4)
		}
	}
	if a.Is4() {
		return zonefile.Name(b.String() + "in-addr.arpa.")
	}
	return zonefile.Name(b.String() + "ip6.arpa.")
}
