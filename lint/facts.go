package lint

// What a run knows about its zones before it visits names, so that rules need not look up what cannot be there.

import (
	"github.com/mailzone/mailzone/zonefile"
)

// facts is found in one pass over the types of all records.
type facts struct {
	types   map[zonefile.Type]bool
	cuts    map[zonefile.Name]bool // names with NS or DNAME records, those of the zones themselves left out
	records int

	apexDNAME map[zonefile.Name]bool // zones whose own name has a DNAME
}

// findFacts makes one pass over the zones.
func findFacts(zones []*zonefile.Zone) facts {
	f := facts{types: map[zonefile.Type]bool{}, cuts: map[zonefile.Name]bool{}, apexDNAME: map[zonefile.Name]bool{}}
	last := zonefile.Type(0)
	for _, z := range zones {
		for r := range z.Records() {
			if t := r.Type(); t != last {
				f.types[t], last = true, t
			}
			if cutting := last == zonefile.TypeNS || last == zonefile.TypeDNAME; cutting && r.Owner() != z.Origin() {
				f.cuts[r.Owner()] = true
			}
			f.records++
		}
	}
	for _, z := range zones {
		f.apexDNAME[z.Origin()] = f.types[zonefile.TypeDNAME] && z.Node(z.Origin()).Has(zonefile.TypeDNAME)
	}
	return f
}

// cutAbove tells whether a delegation or a DNAME may stand at a name or above it, the zone's own name
// servers left out.
func (f *facts) cutAbove(z *zonefile.Zone, n zonefile.Name) bool {
	apex := z.Origin()
	for ; len(f.cuts) > 0 && n != apex && n != ""; n = n.Parent() {
		if f.cuts[n] {
			return true
		}
	}
	return f.apexDNAME[apex]
}

// learns tells whether a new version has what rules took for absent: a type that no zone had, or a new
// delegation. Then all names have to be visited again.
func (f *facts) learns(before, after *zonefile.Zone, names map[zonefile.Name]bool) bool {
	for n := range names {
		old, now := before.Node(n), after.Node(n)
		for _, rec := range now.Records {
			if !f.types[rec.Type()] {
				return true
			}
		}
		if cuts(old) != cuts(now) {
			return true
		}
	}
	return false
}

// cuts tells whether a name's records decide about the names below it.
func cuts(n zonefile.Node) bool {
	return n.Has(zonefile.TypeNS) || n.Has(zonefile.TypeDNAME)
}
