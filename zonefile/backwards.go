package zonefile

// Addresses read backwards, as reverse zones name them (RFC 1035 §3.5, RFC 3596 §2.5): one label for each octet of IPv4, one for
// each half of an octet of IPv6, the last part first. What has other labels, as the zones that RFC 2317 delegates within a network,
// is a name like all others: no address is made up for it.

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// The zones that all reverse zones are below.
const (
	reverse4 Name = "in-addr.arpa."
	reverse6 Name = "ip6.arpa."
)

// Backwards is the name at which an address has its PTR record.
func Backwards(a netip.Addr) Name {
	var b strings.Builder
	for _, octet := range slices.Backward(a.AsSlice()) {
		if a.Is4() {
			fmt.Fprintf(&b, "%d.", octet)
		} else {
			fmt.Fprintf(&b, "%x.%x.", octet&0xf, octet>>4)
		}
	}
	if a.Is4() {
		return Name(b.String()) + reverse4
	}
	return Name(b.String()) + reverse6
}

// IsBackwards tells a name among the reverse zones.
func (n Name) IsBackwards() bool { return n.Within(reverse4) || n.Within(reverse6) }

// reversed is how addresses of a family are read backwards.
type reversed struct {
	zone       Name // of the whole family
	bits, base int  // of a label
	most       int  // labels of an address
}

// Network is the address that a name stands for, or with fewer labels the network: 192.0.2.0/24 for 2.0.192.in-addr.arpa. A name
// with any other label stands for none.
func (n Name) Network() (netip.Prefix, bool) {
	for _, f := range []reversed{{reverse4, 8, 10, 4}, {reverse6, 4, 16, 32}} {
		if n.Below(f.zone) {
			return f.network(n)
		}
	}
	return netip.Prefix{}, false
}

// network reads the labels of a name, of which the last part of the address is the first.
func (f reversed) network(n Name) (netip.Prefix, bool) {
	var octets [16]byte
	labels := n.Labels() - f.zone.Labels()
	if labels > f.most {
		return netip.Prefix{}, false
	}
	for i := labels - 1; i >= 0; i, n = i-1, n.Parent() {
		part, err := strconv.ParseUint(n.Label(), f.base, f.bits)
		if err != nil || strconv.FormatUint(part, f.base) != n.Label() {
			return netip.Prefix{}, false
		}
		at := i * f.bits
		octets[at/8] |= byte(part) << (8 - f.bits - at%8)
	}
	a := netip.AddrFrom16(octets)
	if f.most == 4 {
		a = netip.AddrFrom4([4]byte(octets[:4]))
	}
	return netip.PrefixFrom(a, labels*f.bits), true
}
