package lint

// What may stand in the name of a host (RFC 952, RFC 1123 §2.1). Each answer says what is wrong, so that messages can.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// labels is the labels of a name, in canonical text, the root's left out.
func labels(n zonefile.Name) []string {
	var out []string
	for ; n != zonefile.Root && n != ""; n = n.Parent() {
		out = append(out, n.Label())
	}
	return out
}

// notHostname says what keeps a name from being that of a host; "" if nothing does.
func notHostname(n zonefile.Name) string { return zonefile.HostnameProblem(n) }

// hasPort tells a host of which a label ends as if a port stood there: mail:2525.
func hasPort(n zonefile.Name) bool {
	for _, l := range labels(n) {
		if _, port, ok := strings.Cut(l, ":"); ok && port != "" && strings.Trim(port, digits) == "" {
			return true
		}
	}
	return false
}

// digits is the digits of ASCII.
const digits = "0123456789"

// numericTop tells a name whose last label is all digits: no top-level domain is (RFC 1123 §2.1).
func numericTop(n zonefile.Name) bool {
	if len(n) < 2 || strings.IndexByte(digits, n[len(n)-2]) < 0 { // nearly all
		return false
	}
	all := labels(n)
	return strings.Trim(all[len(all)-1], digits) == ""
}
