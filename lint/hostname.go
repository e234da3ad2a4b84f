package lint

// What may stand in the name of a host (RFC 952, RFC 1123 §2.1). Each answer says what is wrong, so that messages can.

import (
	"fmt"
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

// notHostname says what keeps a name from being that of a host (RFC 952, RFC 1123 §2.1); "" if nothing does.
func notHostname(n zonefile.Name) string {
	if isHostname(string(n)) {
		return ""
	}
	for _, l := range labels(n) {
		if why := notHostLabel(l); why != "" {
			return why
		}
	}
	return ""
}

// isHostname is notHostname for the names that nothing is wrong with, without any allocation.
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

// notHostLabel says what is wrong with one label.
func notHostLabel(l string) string {
	for i := 0; i < len(l); i++ {
		switch c := l[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
		case c == '\\' && i+1 < len(l):
			return fmt.Sprintf("%s holds an escaped character", quoteText(l))
		default:
			return fmt.Sprintf("%s holds %s", quoteText(l), quoteText(string(c)))
		}
	}
	if strings.HasPrefix(l, "-") || strings.HasSuffix(l, "-") {
		return fmt.Sprintf("%s starts or ends in a hyphen", quoteText(l))
	}
	return ""
}

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
