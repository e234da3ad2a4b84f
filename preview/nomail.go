package preview

// Zones that look like others and are none of mail: nobody writes to their names.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// NoMail says in a sentence why no name of a zone takes mail: it is a catalog of zones, a policy of resolvers, or a reverse zone
// without MX. It is "" for all others.
func NoMail(z *zonefile.Zone) string {
	switch {
	case z.Origin().IsBackwards() && !hasMX(z):
		return "a reverse zone: it gives addresses their names"
	case !servedByNobody(z):
		return ""
	case len(z.RRset("version."+z.Origin(), zonefile.TypeTXT)) > 0: // RFC 9432 §4.2.1
		return "a catalog zone (RFC 9432): it tells name servers what zones there are, and none of its names takes mail"
	case isPolicy(z):
		return "a response policy zone: it tells resolvers what to answer for other names, and none of its own takes mail"
	}
	return ""
}

// servedByNobody tells a zone whose name servers are names that lead nowhere, as zones have them that nobody looks up
// (RFC 9432 §4.1: "invalid."; BIND's examples of policies: "localhost.").
func servedByNobody(z *zonefile.Zone) bool {
	servers := z.RRset(z.Origin(), zonefile.TypeNS)
	for _, r := range servers {
		if t, ok := r.Target(); !ok || t != localhost && t != "invalid." {
			return false
		}
	}
	return len(servers) > 0
}

// isPolicy tells a zone with a CNAME that is an action of a resolver and no name: "." (no such name), "*." (no data), or
// one of BIND's rpz- names. BIND: response-policy.
func isPolicy(z *zonefile.Zone) bool {
	for r := range z.Records() {
		if r.Type() != zonefile.TypeCNAME {
			continue
		}
		t, ok := r.Target()
		if ok && (t == zonefile.Root || t == "*." || strings.HasPrefix(string(t), "rpz-") && t.Labels() == 1) {
			return true
		}
	}
	return false
}

// hasMX tells whether a zone has any MX.
func hasMX(z *zonefile.Zone) bool {
	for range z.RecordsOf(zonefile.TypeMX) {
		return true
	}
	return false
}
