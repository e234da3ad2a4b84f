package lint

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/mailzone/mailzone/zonefile"
)

// registrable tells whether a name is below one under which domains are registered: below com, not in
// one that nobody delegates.
func registrable(n zonefile.Name) bool {
	suffix, icann := publicsuffix.PublicSuffix(bare(n))
	return (icann || strings.Contains(suffix, ".")) && len(suffix) < len(bare(n))
}

// bare is a name without its final dot, as most libraries take it.
func bare(n zonefile.Name) string { return strings.TrimSuffix(string(n), ".") }
