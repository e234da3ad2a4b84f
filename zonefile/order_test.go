package zonefile

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// sameRecord finds a record again in another version of its zone, by what it says.
func sameRecord(z *Zone, r Record) Record {
	for _, o := range z.RRset(r.Owner(), r.Type()) {
		if o.dataKey() == r.dataKey() {
			return o
		}
	}
	return Record{}
}

// stepOn does an operation on a record as it stands in a later version.
func stepOn(op operation, r Record) func(*Zone) ([]Edit, error) {
	return func(z *Zone) ([]Edit, error) { return op.do(z, sameRecord(z, r)) }
}

// TestEditOrder: two edits of different records give the same records, whichever is done first, and undo
// leads back to the very bytes.
func TestEditOrder(t *testing.T) {
	pick := rand.New(rand.NewPCG(3, 4))
	tried := 0
	for _, tz := range append(ownZones(t), corpusZones(t)...) {
		z := tz.parse()
		records := slices.Collect(z.Records())
		if _, bad := firstProblem(z); bad || len(records) < 3 || len(records) > 300 {
			continue
		}
		for range 6 {
			a, b := records[pick.IntN(len(records))], records[pick.IntN(len(records))]
			if sameRecord(z, a) != a || sameRecord(z, b) != b || a.Owner() == b.Owner() {
				continue // a record that stands twice, or one name: an added record takes the TTL of the set it finds
			}
			one, two := operations(z)[pick.IntN(4)], operations(z)[pick.IntN(4)]
			if one.name == "owner" && two.name == "owner" {
				continue // both come to one name, and the second takes the TTL of the set that the first made
			}
			if checkOrder(t, tz, z, stepOn(one, a), stepOn(two, b)) {
				tried++
			}
		}
	}
	t.Logf("%d pairs of edits", tried)
	if tried < 10 {
		t.Errorf("only %d pairs of edits could be done", tried)
	}
}

// checkOrder does two steps in both orders; false if one was refused.
func checkOrder(t *testing.T, tz testZone, z *Zone, one, two func(*Zone) ([]Edit, error)) bool {
	src := z.Root().Bytes()
	there, err1 := Chain(z, one, two)
	back, err2 := Chain(z, two, one)
	if err1 != nil || err2 != nil {
		return false
	}
	first, err1 := z.Apply(there...)
	second, err2 := z.Apply(back...)
	if err1 != nil || err2 != nil {
		t.Fatalf("%s: %v, %v", tz.path, err1, err2)
	}
	want, got := lister{}.list(first), lister{}.list(second)
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("%s: %s\nand %s give other records:\n%s", tz.path, showEdits(there), showEdits(back), differ(want, got))
	}
	if !slices.Equal(z.Root().Bytes(), src) {
		t.Errorf("%s: the version before is not what it was", tz.path)
	}
	return true
}
