package lint

import (
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/mailzone/mailzone/zonefile"
)

// Where relative names end and absolute ones must have been meant.

// underRegistry tells whether names that end in two labels may be registrable.
func underRegistry(end string) bool {
	last := end[strings.LastIndexByte(end, '.')+1:]
	if slices.Contains(zonefile.KeptNames, last) {
		return true
	}
	if strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") != "" && !strings.HasPrefix(last, "xn--") {
		return false // no top-level name: most relative names end so
	}
	suffix, icann := publicsuffix.PublicSuffix(end)
	return icann || strings.Contains(suffix, ".")
}

// bare is a name without its final dot, as most libraries take it.
func bare(n zonefile.Name) string { return strings.TrimSuffix(string(n), ".") }

// top is the top-level name that a name is in: net of mx.example.net.
func top(n zonefile.Name) zonefile.Name {
	for p := n.Parent(); p != zonefile.Root && p != ""; p = p.Parent() {
		n = p
	}
	return n
}

// topLevel tells a name that is a top-level domain.
func topLevel(n zonefile.Name) bool {
	suffix, icann := publicsuffix.PublicSuffix(bare(n))
	return icann && suffix == bare(n)
}

// organizational is the Organizational Domain that a name is in (RFC 9989), as far as the public suffixes tell; ""
// if there is none. Suffixes that companies keep for their customers count as one organisation: whether receivers tell
// those apart is not known.
func organizational(n zonefile.Name) zonefile.Name {
	suffix, icann := publicsuffix.PublicSuffix(bare(n))
	for !icann && strings.Contains(suffix, ".") {
		_, above, _ := strings.Cut(suffix, ".")
		suffix, icann = publicsuffix.PublicSuffix(above)
	}
	left, ok := strings.CutSuffix(bare(n), "."+suffix)
	if !ok {
		return ""
	}
	return zonefile.Name(left[strings.LastIndexByte(left, '.')+1:] + "." + suffix + ".")
}

// isExample tells the zones that are examples themselves: what only is not real in them is not told (RFC 2606 §2, §3).
func isExample(n zonefile.Name) bool {
	return n.Within("example.com.") || n.Within("example.net.") || n.Within("example.org.") || n.Within("example.")
}
