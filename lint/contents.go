package lint

// What a run knows about its zones before it visits names, so that rules need not look up what cannot be there.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// contents is found in one pass over the types of all records.
type contents struct {
	types   map[zonefile.Type]bool
	cut     bool // names may have NS or DNAME records, those of the zones themselves left out
	records int

	apexDNAME map[zonefile.Name]bool // zones whose own name has a DNAME
}

// contentsOfFew is what has to be known of zones of which few names are visited.
func contentsOfFew(zones []*zonefile.Zone) contents {
	c := contents{types: map[zonefile.Type]bool{}, apexDNAME: map[zonefile.Name]bool{}, cut: true}
	for _, z := range zones {
		for r := range z.RecordsOf(zonefile.TypeDNAME, zonefile.TypeTLSA) {
			c.types[r.Type()] = true
			if r.Type() == zonefile.TypeDNAME && r.Owner() == z.Origin() {
				c.apexDNAME[r.Owner()] = true
			}
		}
	}
	return c
}

// findContents makes one pass over the zones.
func findContents(zones []*zonefile.Zone) contents {
	c := contents{types: map[zonefile.Type]bool{}, apexDNAME: map[zonefile.Name]bool{}}
	last := zonefile.Type(0)
	for _, z := range zones {
		for r := range z.Records() {
			if t := r.Type(); t != last {
				c.types[t], last = true, t
			}
			if !c.cut && (last == zonefile.TypeNS || last == zonefile.TypeDNAME) {
				c.cut = r.Owner() != z.Origin()
			}
			c.records++
		}
	}
	for _, z := range zones {
		c.apexDNAME[z.Origin()] = c.types[zonefile.TypeDNAME] && z.Node(z.Origin()).Has(zonefile.TypeDNAME)
	}
	return c
}

// cutAbove tells whether a delegation or a DNAME may stand at a name or above it, the zone's own name
// servers left out.
func (c *contents) cutAbove(z *zonefile.Zone, n zonefile.Name) bool {
	apex := z.Origin()
	for ; c.cut && n != apex && n != ""; n = n.Parent() {
		if z.Cuts(n) {
			return true
		}
	}
	return c.apexDNAME[apex]
}

// learns tells whether a new version has what rules took for absent: a type that no zone had, or a new
// delegation. Then all names have to be visited again.
func (c *contents) learns(before, after *zonefile.Zone, names map[zonefile.Name]bool) bool {
	for n := range names {
		old, now := before.Node(n), after.Node(n)
		for _, rec := range now.Records {
			if !c.types[rec.Type()] {
				return true
			}
		}
		if cutsDiffer(old, now) {
			return true
		}
	}
	return false
}

// cuts tells whether a name's records decide about the names below it.
func cuts(n zonefile.Node) bool {
	return n.Has(zonefile.TypeNS) || n.Has(zonefile.TypeDNAME)
}

// cutsDiffer tells whether two versions of a name decide otherwise about the names below it: by a delegation, or by a DNAME.
func cutsDiffer(a, b zonefile.Node) bool {
	return a.Has(zonefile.TypeNS) != b.Has(zonefile.TypeNS) || a.Has(zonefile.TypeDNAME) != b.Has(zonefile.TypeDNAME)
}

// usualTTL is the first $TTL of a zone; 0 if it has none.
func usualTTL(z *zonefile.Zone) uint32 {
	for at := range directives(z.Root(), "$TTL") {
		words := strings.Fields(string(z.RowAt(z.Root(), at).Text()))
		if len(words) > 1 {
			t, _ := zonefile.ParseTTL(words[1])
			return t
		}
	}
	return 0
}
