package zonefile

// Which names may be names of the Internet: where a relative name ends and an absolute one must have been meant.

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// KeptNames are the top-level names that are kept for examples and tests (RFC 2606 §2).
var KeptNames = []string{"example", "test", "invalid"}

// Registrable tells whether a name is below one under which domains are registered: below com, not in one that nobody delegates. The
// names that are kept for examples and tests count.
func Registrable(n Name) bool {
	for _, kept := range KeptNames {
		if n.Below(Name(kept + ".")) {
			return true
		}
	}
	bare := strings.TrimSuffix(string(n), ".")
	suffix, icann := publicsuffix.PublicSuffix(bare)
	return (icann || strings.Contains(suffix, ".")) && len(suffix) < len(bare)
}
