package lint

// The MX sets of names, which meet by a number: a zone may have a million of them, and they are not held.

import (
	"hash/maphash"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// setSeed makes the numbers of sets, which nobody can foresee.
var setSeed = maphash.MakeSeed()

// setNumber is a number that is equal for equal MX sets, in whatever order. Two sets that differ share it in one of 10^19
// cases.
func setNumber(n zonefile.Node) (sum uint64) {
	var few [fewRecords]uint64
	members := few[:0]
	for _, r := range n.Records {
		if r.Type() == zonefile.TypeMX {
			var room [256]byte
			host, _ := r.AppendTarget(room[:0])
			preference, _ := r.Preference()
			members = append(members, memberNumber(preference, maphash.Bytes(setSeed, host)))
		}
	}
	return sumOf(members)
}

// sumOf is the number of a set. A record that stands twice is one (RFC 2181 §5).
func sumOf(members []uint64) (sum uint64) {
	slices.Sort(members)
	for _, m := range slices.Compact(members) {
		sum += m
	}
	return max(sum, 1)
}

// memberNumber is the number of an MX record as far as it counts in a set. Sums of them are told apart though the records
// of two sets may be made of the same hosts and preferences: each is mixed as a whole (the end of MurmurHash3).
func memberNumber(preference uint16, host uint64) uint64 {
	n := host ^ (uint64(preference)+1)*0x9e3779b97f4a7c15
	n = (n ^ n>>33) * 0xff51afd7ed558ccd
	n = (n ^ n>>33) * 0xc4ceb9fe1a85ec53
	return n ^ n>>33
}

// setNumber is that of the visited name's MX records, which were read already; where one cannot be read, it is asked anew.
func (p *Pass) setNumber() uint64 {
	m, count := p.mxRecords(), 0
	for _, r := range p.Node.Records {
		if r.Type() == zonefile.TypeMX {
			count++
		}
	}
	if len(m.room) != count {
		return setNumber(p.Node)
	}
	var few [fewRecords]uint64
	members := few[:0]
	for i := range m.room {
		members = append(members, memberNumber(m.room[i].preference, maphash.String(setSeed, string(m.room[i].host))))
	}
	return sumOf(members)
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
