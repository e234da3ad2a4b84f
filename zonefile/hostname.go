package zonefile

// What may stand in the name of a host (RFC 952, RFC 1123 §2.1). The answer says what is wrong, so that messages can.

import (
	"net/netip"
	"strings"
)

// AddressInName is the address that stands where the name of a host is wanted, whole or below an origin, as it is written and without the
// dot that a name ends in. MX, NS and their like take none (RFC 1035 §3.3.9, RFC 5321 §5.1).
func AddressInName(n, origin Name) (netip.Addr, bool) {
	for _, text := range []string{strings.TrimSuffix(string(n), "."), strings.TrimSuffix(string(n), "."+string(origin))} {
		if a, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
			return a, true
		}
	}
	return netip.Addr{}, false
}

// HostnameProblem says what keeps a name from being that of a host; "" if nothing does.
func HostnameProblem(n Name) string {
	if isHostname(string(n)) {
		return ""
	}
	for ; n != Root && n != ""; n = n.Parent() {
		if why := labelProblem(n.Label()); why != "" {
			return why
		}
	}
	return ""
}

// isHostname is HostnameProblem for the names that nothing is wrong with, without any allocation.
func isHostname(n string) bool {
	edge := true // at the start of a label
	for i := 0; i < len(n); i++ {
		c := n[i]
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			edge = false
		case c == '-':
			if edge || n[i+1] == '.' {
				return false
			}
		case c == '.':
			edge = true
		default:
			return false
		}
	}
	return true
}

// labelProblem says what is wrong with one label.
func labelProblem(l string) string {
	for i := 0; i < len(l); i++ {
		switch c := l[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
		case c == '\\' && i+1 < len(l):
			return `"` + l + `" holds an escaped character`
		default:
			return `"` + l + `" holds "` + string(c) + `"`
		}
	}
	if strings.HasPrefix(l, "-") || strings.HasSuffix(l, "-") {
		return `"` + l + `" starts or ends in a hyphen`
	}
	return ""
}
