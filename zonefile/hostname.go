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

// HostOwnerProblem says what keeps a name from being the owner of A, AAAA and MX records, by BIND's own exceptions: a wildcard stands for
// names of hosts (RFC 4592 §2.1.1), and so do gc._msdcs of an Active Directory's forest and the zones below it (BIND: check-names).
func HostOwnerProblem(n Name) string {
	if n.IsWildcard() {
		n = n.Parent()
	}
	if rest, ok := strings.CutPrefix(string(n), "gc._msdcs."); ok && HostnameProblem(Name(rest)) == "" {
		return ""
	}
	return HostnameProblem(n)
}

// CheckNames is the first name of a record that has to be a host's and cannot be, and what keeps it from that; named refuses the zone
// unless it is told otherwise (BIND: check-names). The text is "" where nothing does.
func CheckNames(r Record) (n Name, why string) {
	switch t := r.Type(); t {
	case TypeA, TypeAAAA, TypeMX:
		if why := HostOwnerProblem(r.Owner()); why != "" || t != TypeMX {
			return r.Owner(), why
		}
	case TypeNS, TypeSRV:
	default:
		return "", ""
	}
	n, _ = r.Target()
	return n, HostnameProblem(n)
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
