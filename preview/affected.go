package preview

// Which names an edit can reach: those that it touches, and those that go by them.

import (
	"iter"
	"maps"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// affected is the names whose route an edit may have changed. It may hold more than that, never less.
type affected struct {
	zones [2][]*zonefile.Zone // before, after
	world [2]world            // the same, to be asked
	names map[zonefile.Name]bool
	order []zonefile.Name
	was   []zonefile.Record // what differs, before and after
	is    []zonefile.Record
	below map[zonefile.Name]bool // delegations and DNAMEs that changed: all below them is affected
	holes map[zonefile.Name]bool // below these, names that do not exist are affected: a wildcard covers them or not
}

// findAffected compares two versions of the loaded zones, record by record.
func findAffected(before, after []*zonefile.Zone) *affected {
	a := &affected{
		zones: [2][]*zonefile.Zone{before, after},
		world: [2]world{newWorld(before, nil), newWorld(after, nil)},
		names: map[zonefile.Name]bool{}, below: map[zonefile.Name]bool{}, holes: map[zonefile.Name]bool{},
	}
	for i := range max(len(before), len(after)) {
		a.compare(at(before, i), at(after, i))
	}
	if len(a.names) == 0 {
		return a
	}
	for spread, round := 0, 0; spread < len(a.order) && round <= zonefile.MaxAliases; round++ {
		known := len(a.order)
		a.spread(a.order[spread:])
		spread = known
	}
	return a
}

// at is element i, or nil beyond the end.
func at(zones []*zonefile.Zone, i int) *zonefile.Zone {
	if i < len(zones) {
		return zones[i]
	}
	return nil
}

// fact is what a record says, as far as mail goes.
type fact struct {
	owner zonefile.Name
	typ   zonefile.Type
	data  string
}

// factOf is what a record says. Of types that have no part in mail only that they are there: a name with
// any record is not covered by a wildcard.
func factOf(r zonefile.Record) fact {
	f := fact{owner: r.Owner(), typ: r.Type()}
	switch f.typ {
	case zonefile.TypeMX:
		t, _ := r.Target()
		p, _ := r.Token(0)
		f.data = p.Text() + " " + string(t)
	case zonefile.TypeCNAME, zonefile.TypeDNAME, zonefile.TypeNS:
		t, _ := r.Target()
		f.data = string(t)
	case zonefile.TypeA, zonefile.TypeAAAA:
		f.data = r.RDataText()
	default:
		f.typ = 0
	}
	return f
}

// compare finds the owners whose records differ between two versions of a zone.
func (a *affected) compare(before, after *zonefile.Zone) {
	if before != nil && after != nil && before.Same(after) {
		return
	}
	was, is := differing(before, after)
	a.was, a.is = append(a.was, was...), append(a.is, is...)
	count := map[fact]int{}
	for _, r := range was {
		count[factOf(r)]++
	}
	for _, r := range is {
		count[factOf(r)]--
	}
	for _, r := range slices.Concat(was, is) {
		if f := factOf(r); count[f] != 0 {
			a.touch(f)
		}
	}
}

// differing is the records of two versions of a zone that may say something else; of no zone there are none.
func differing(before, after *zonefile.Zone) (was, is []zonefile.Record) {
	switch {
	case before == nil && after == nil:
		return nil, nil
	case before == nil:
		return nil, slices.Collect(after.Records())
	case after == nil:
		return slices.Collect(before.Records()), nil
	}
	return before.Differing(after)
}

// touch notes a fact that changed.
func (a *affected) touch(f fact) {
	a.add(f.owner)
	if f.typ == zonefile.TypeDNAME || f.typ == zonefile.TypeNS {
		a.below[f.owner] = true
	}
	if f.owner.IsWildcard() {
		a.holes[f.owner.Parent()] = true
	}
	for n := f.owner; n != "" && n != zonefile.Root; n = n.Parent() {
		if a.exists(0, n) == a.exists(1, n) { // so do all names above it
			return
		}
		a.add(n)
		a.holes[n] = true
	}
}

// add adds a name once.
func (a *affected) add(n zonefile.Name) {
	if !a.names[n] {
		a.names[n] = true
		a.order = append(a.order, n)
	}
}

// exists tells whether a name exists in the zones before (0) or after (1).
func (a *affected) exists(version int, n zonefile.Name) bool {
	z := a.world[version].Deepest(n)
	return z != nil && z.Exists(n)
}

// has tells whether a name is affected.
func (a *affected) has(n zonefile.Name) bool {
	if a.names[n] {
		return true
	}
	if len(a.below)+len(a.holes) == 0 {
		return false
	}
	for p := n; p != ""; p = p.Parent() {
		if a.below[p] || a.holes[p] && !(a.exists(0, n) && a.exists(1, n)) {
			return true
		}
	}
	return false
}

// hasText is has for the text of a name, which is made into one for the few that are.
func (a *affected) hasText(n []byte) bool {
	return a.names[zonefile.Name(n)] || len(a.below)+len(a.holes) > 0 && a.has(zonefile.Name(n))
}

// mostAtOnce is how many names are looked for by what records lead to: for more all records are gone through.
const mostAtOnce = 256

// concerned is Concerned for as many names as there are.
func concerned(z *zonefile.Zone, names, tops []zonefile.Name) iter.Seq[zonefile.Record] {
	if len(names)+len(tops) > mostAtOnce {
		return z.Records()
	}
	return z.Concerned(names, tops)
}

// spread adds the names that go by some: aliases, and domains with an affected host.
func (a *affected) spread(names []zonefile.Name) {
	tops := slices.AppendSeq(slices.Collect(maps.Keys(a.below)), maps.Keys(a.holes))
	names = slices.Clone(names) // there may be more of them soon
	for _, zones := range a.zones {
		for _, z := range zones {
			var room [256]byte
			for r := range concerned(z, names, tops) {
				switch r.Type() {
				case zonefile.TypeMX, zonefile.TypeCNAME: // nearly all lead elsewhere
					if t, ok := r.AppendTarget(room[:0]); ok && a.hasText(t) {
						a.add(r.Owner())
					}
				}
				if len(a.below) > 0 && a.has(r.Owner()) {
					a.add(r.Owner())
				}
			}
		}
	}
}
