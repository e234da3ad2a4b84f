package zonefile

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// plainZone answers as the package's documentation says, by going over all records: slow, and without an index.
type plainZone struct {
	z     *Zone
	nodes map[Name][]Record
	order []Name
}

// plainly reads a version into a plain zone.
func plainly(z *Zone) plainZone {
	p := plainZone{z: z, nodes: map[Name][]Record{}}
	for r := range z.Records() {
		n := r.Owner()
		if p.nodes[n] == nil {
			p.order = append(p.order, n)
		}
		p.nodes[n] = append(p.nodes[n], r)
	}
	return p
}

// of is the records of one type.
func (p plainZone) of(n Name, t Type) []Record {
	return slices.DeleteFunc(slices.Clone(p.nodes[n]), func(r Record) bool { return t != TypeANY && r.Type() != t })
}

// exists tells names with records and those above them.
func (p plainZone) exists(n Name) bool {
	return n != Root && slices.ContainsFunc(p.order, n.above) || len(p.nodes[n]) > 0
}

// above tells whether n is o or above it.
func (n Name) above(o Name) bool { return n != "" && o.Within(n) }

// lookup is Lookup.
func (p plainZone) lookup(n Name, t Type) Answer {
	a := Answer{Name: n}
	for len(a.Via) <= 11 { // BIND: named 9.18.49
		if !p.step(&a, t) {
			return a
		}
	}
	a.Result = endless(n, a.Via)
	return a
}

// step answers for one name of a chain of aliases.
func (p plainZone) step(a *Answer, t Type) bool {
	apex := p.z.Origin()
	a.Records, a.Wildcard, a.Cut = nil, "", ""
	if a.Zone = p.z; apex == "" || !a.Name.Within(apex) {
		a.Zone, a.Result = nil, Outside
		return false
	}
	var path []Name // from the apex down
	for n := a.Name; ; n = n.Parent() {
		path = append(path, n)
		if n == apex {
			break
		}
	}
	slices.Reverse(path)
	for _, n := range path {
		if n != apex && len(p.of(n, TypeNS)) > 0 && !(n == a.Name && t == TypeDS) {
			a.Result, a.Cut = Delegated, n
			return false
		}
		if d := p.of(n, TypeDNAME); len(d) > 0 && n != a.Name {
			return a.follow(d[0])
		}
	}
	from := a.Name
	if !p.exists(from) {
		i := len(path) - 2
		for i > 0 && !p.exists(path[i]) {
			i--
		}
		if from = path[i].Wildcard(); len(p.nodes[from]) == 0 {
			a.Result = NoName
			return false
		}
		a.Wildcard = from
	}
	if c := p.of(from, TypeCNAME); len(c) > 0 && t != TypeCNAME && t != TypeANY {
		return a.follow(c[0])
	}
	if a.Result = NoData; len(p.of(from, t)) > 0 {
		a.Records, a.Result = p.of(from, t), Found
	}
	return false
}

// questions is names to ask about: owners, names above and below them, wildcards, targets, and some from outside.
func (p plainZone) questions() []Name {
	asked := map[Name]bool{"": true, Root: true, "outside.test.": true}
	for i, n := range p.order {
		if i > 150 && i%97 != 0 { // large zones: a sample
			continue
		}
		for ; n != ""; n = n.Parent() {
			asked[n], asked[n.Wildcard()] = true, true
			if n != Root {
				asked["below."+n] = true
			}
		}
	}
	for _, records := range p.nodes {
		if target, ok := records[0].Target(); ok && len(asked) < 2000 {
			asked[target] = true
		}
	}
	var out []Name
	for n := range asked {
		out = append(out, n)
	}
	return out
}

// check holds the package's answers about a version against the plain ones.
func (p plainZone) check(t *testing.T) {
	t.Helper()
	var order []Name
	for node := range p.z.Nodes() {
		order = append(order, node.Name)
		if !slices.Equal(node.Records, p.nodes[node.Name]) {
			t.Errorf("Nodes: %s has %v, want %v", node.Name, node.Records, p.nodes[node.Name])
		}
	}
	if !slices.Equal(order, p.order) {
		t.Errorf("Nodes: %v, want %v", order, p.order)
	}
	for _, n := range p.questions() {
		if got := p.z.Node(n).Records; !slices.Equal(got, p.nodes[n]) {
			t.Errorf("Node %s: %v, want %v", n, got, p.nodes[n])
		}
		if got := p.z.Exists(n); got != p.exists(n) {
			t.Errorf("Exists %s: %v", n, got)
		}
		for _, typ := range []Type{TypeA, TypeMX, TypeNS, TypeDS, TypeCNAME, TypeDNAME, TypeANY} {
			if got, want := p.z.Lookup(n, typ), p.lookup(n, typ); !reflect.DeepEqual(got, want) {
				t.Errorf("Lookup %s %s: %+v, want %+v", n, typ, got, want)
			}
			if got, want := p.z.RRset(n, typ), p.of(n, typ); typ != TypeANY && !slices.Equal(got, want) {
				t.Errorf("RRset %s %s: %v, want %v", n, typ, got, want)
			}
		}
	}
}

// TestLookUps asks fresh zones and versions after edits, of which some look through the index of an older one.
func TestLookUps(t *testing.T) {
	zones := append(oneIn(ownZones(t), 2), testZone{"generated", bigZone(1000), "big.example."})
	if !testing.Short() {
		zones = append(zones, testZone{"generated", bigZone(4000), "big.example."})
	}
	for i, tz := range zones {
		z := tz.parse()
		plainly(z).check(t)
		rnd := rand.New(rand.NewPCG(7, uint64(i)))
		for step := range 6 {
			next := randomEdit(z, rnd)
			if next == nil {
				continue
			}
			if z = next; step%2 == 1 {
				plainly(z).check(t)
			}
		}
		if t.Failed() {
			t.Fatal(tz.path)
		}
	}
}

// randomEdit makes a version of z: a record gone, or one more, or a delegation; nil where that is refused.
func randomEdit(z *Zone, rnd *rand.Rand) *Zone {
	all := slices.Collect(z.Records())
	if len(all) == 0 {
		return nil
	}
	r := all[rnd.IntN(len(all))]
	var edits []Edit
	var err error
	switch rnd.IntN(3) {
	case 0:
		edits, err = z.Delete(r)
	case 1:
		edits, err = z.Insert(Draft{Owner: Name(fmt.Sprintf("new%d.deep.", rnd.IntN(9))) + z.Origin(), Type: TypeA, RData: "192.0.2.1"}, After(r))
	case 2:
		edits, err = z.Insert(Draft{Owner: r.Owner(), Type: TypeNS, RData: "ns.outside.test."}, After(r))
	}
	if err != nil {
		return nil
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return nil
	}
	return next
}

// TestLookUpsThatCollide puts names into one slot of the index, as equal hashes would.
func TestLookUpsThatCollide(t *testing.T) {
	z := Parse("z", []byte("$ORIGIN z.test.\na A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\nb MX 1 a\na MX 1 b\nc MX 1 c\n"), Options{})
	ix := z.view().base
	chain := []uint32{}
	for i := range ix.chunks[0].entries {
		if ix.chunks[0].entries[i].kind == kindRecord {
			chain = append(chain, uint32(i)+1)
		}
	}
	clear(ix.next)
	for i := range chain[1:] {
		ix.next[chain[i]-1] = chain[i+1]
	}
	for i := range ix.slots {
		ix.slots[i] = slot{}
	}
	for _, n := range []Name{"a.z.test.", "b.z.test.", "c.z.test."} {
		s := ix.find(ix.hashOf(n))
		s.first, s.last = chain[0], chain[len(chain)-1]
	}
	plainly(z).check(t)
}
