package zonefile

import "testing"

// TestKin: a chunk's bits never deny a name that is above one of its owners, or a child with a type.
func TestKin(t *testing.T) {
	asked, wrong := 0, 0
	for _, tz := range append(ownZones(t), corpusZones(t)...) {
		z := tz.parse()
		for r := range z.Records() {
			c, parent := r.c(), r.Owner().Parent()
			for n := parent; n != "" && n != Root; n = n.Parent() {
				if !c.hasKin(kinHash(n)) {
					t.Fatalf("%s: %s: the chunk has %s, but nothing below %s", tz.path, r.Place(), r.Owner(), n)
				}
			}
			if parent != "" && (!c.hasKin(ofType(kinHash(parent), r.Type())) || !c.hasKin(ofType(kinHash(parent), 0))) {
				t.Fatalf("%s: %s: the chunk has %s %s, but no child of %s with that type", tz.path, r.Place(), r.Owner(), r.Type(), parent)
			}
			asked++
			if c.hasKin(kinHash("no-such-name." + r.Owner())) {
				wrong++
			}
		}
	}
	t.Logf("%d records; a yes that is wrong: %d", asked, wrong)
	if wrong*20 > asked {
		t.Error("the bits say yes too often")
	}
}
