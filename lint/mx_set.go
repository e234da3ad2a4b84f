package lint

// The MX sets of names, which meet by a number: a zone may have a million of them, and they are not held.

import (
	"hash/maphash"

	"github.com/mailzone/mailzone/zonefile"
)

// setSeed makes the numbers of sets, which nobody can foresee.
var setSeed = maphash.MakeSeed()

// member is an MX record as far as it counts in a set.
type member struct {
	preference uint16
	host       zonefile.Name
}

// setNumber is a number that is equal for equal MX sets, in whatever order. Two sets that differ share it in one of 10^19
// cases.
func setNumber(n zonefile.Node) (sum uint64) {
	for _, r := range n.Records {
		if r.Type() == zonefile.TypeMX {
			host, _ := r.Target()
			preference, _ := r.Preference()
			sum += maphash.Comparable(setSeed, member{preference, host})
		}
	}
	return max(sum, 1)
}

// first tells whether a number was not asked about before by this Pass. What is told of a set once is told of the first
// name: what another Pass has found is compared when it is collected.
func (p *Pass) first(set uint64) bool {
	if p.sets == nil {
		p.sets = map[uint64]bool{}
	}
	known := p.sets[set]
	p.sets[set] = true
	return !known
}
