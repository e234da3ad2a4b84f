package lint

// Names that a wildcard's MX does not reach because they exist (RFC 4592 §2.2.1).

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var wildcardMXShadowed = &Rule{
	Name:     "wildcard-mx-shadowed",
	Severity: Info,
	Doc: `A wildcard MX stands above names that exist. A wildcard covers only names that do not exist at all: these
have no MX, although it looks as if they had one.`,
	Bad: `* MX 10 mx1
www A 192.0.2.2
mx1 A 192.0.2.1`,
	Good: `* MX 10 mx1
www A 192.0.2.2
www MX 10 mx1
mx1 A 192.0.2.1
mx1 MX 10 mx1`,
	Refs:   []string{"RFC 4592 §2.2.1", "RFC 1912 §2.7"},
	Visits: wholeZone,
	Lack:   true,
	Census: true,
	Check: func(p *Pass) {
		wild := p.wildcards()
		if len(wild) == 0 {
			return
		}
		for node := range p.Zone.Nodes() {
			if !node.Has(zonefile.TypeMX) && slices.ContainsFunc(node.Records, isAddress) {
				for n := node.Name.Parent(); n != ""; n = n.Parent() {
					if w := wild[n]; w != nil && node.Name != w.name && !p.isOccluded(node.Name) {
						w.add(node)
					}
				}
			}
		}
		for above, w := range wild {
			if w.uncovered > 0 {
				d := p.OnOwner(w.mx, "the wildcard does not cover names that exist: %s with an address below %s, as %s",
					have(w.uncovered), quoted(above), quoted(w.first.Name))
				d.Relate(w.first.Records[0], "a name that is not covered")
			}
		}
	},
}

// shadowed is a wildcard with an MX, and the names that it does not cover because they exist.
type shadowed struct {
	name      zonefile.Name
	mx        zonefile.Record
	uncovered int
	first     zonefile.Node // of those
}

// wildcards is the wildcards of the visited zone that have an MX and are served, by the name that they stand below.
func (p *Pass) wildcards() map[zonefile.Name]*shadowed {
	found := map[zonefile.Name]*shadowed{}
	for node := range p.Zone.WildcardsOf(zonefile.TypeMX) {
		if !p.isOccluded(node.Name) {
			found[node.Name.Parent()] = &shadowed{name: node.Name, mx: node.Of(zonefile.TypeMX)[0]}
		}
	}
	return found
}

// add counts a name that exists.
func (w *shadowed) add(n zonefile.Node) {
	if w.uncovered++; w.uncovered == 1 {
		w.first = n
	}
}
