package zonefile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// randomScript changes many RRsets of a zone at random: TTLs, data, records more and records less.
func randomScript(z *Zone, pick *rand.Rand) string {
	var b strings.Builder
	for r := range z.Records() {
		owner, typ := r.Owner(), r.Type()
		if typ == TypeSOA || typ == TypeNS || !owner.Within(z.Origin()) || typ == TypeRRSIG {
			continue
		}
		switch pick.IntN(8) {
		case 0:
			fmt.Fprintf(&b, "update delete %s %s\n", owner, typ)
		case 1:
			fmt.Fprintf(&b, "update add %s %d TXT \"many %d\"\n", owner, pick.IntN(1000), pick.IntN(9))
		case 2:
			fmt.Fprintf(&b, "update add new%d.%s %d MX 10 %s\n", pick.IntN(5), z.Origin(), pick.IntN(1000), owner)
		case 3:
			fmt.Fprintf(&b, "update delete %s MX\nupdate add %s 77 MX %d mx.isp.net.\n", owner, owner, pick.IntN(50))
		case 4:
			fmt.Fprintf(&b, "update delete %s A\nupdate add %s 99 A 192.0.2.%d\n", owner, owner, pick.IntN(250))
		}
	}
	return b.String()
}

// TestScriptOfMany: a script that changes many RRsets at once gives the records that its RRsets give one by
// one. Zones are taken with and without a default TTL, with owners blank and repeated.
func TestScriptOfMany(t *testing.T) {
	pick := rand.New(rand.NewPCG(5, 6))
	tried := 0
	some, _ := needs.Share(t, corpusZones(t))
	for _, tz := range append(oneIn(ownZones(t), 2), some...) {
		z := tz.parse()
		if _, bad := firstProblem(z); bad || z.Origin() == Root || len(slices.Collect(z.Records())) > 400 {
			continue
		}
		for range 6 {
			text := randomScript(z, pick)
			atOnce, err1 := z.Script(strings.NewReader(text))
			s := newScript(z)
			for line := range strings.Lines(text) {
				if err := s.line(line); err != nil {
					t.Fatalf("%s: %s%v", tz.path, line, err)
				}
			}
			var steps []func(*Zone) ([]Edit, error)
			for _, k := range s.order {
				steps = append(steps, func(z *Zone) ([]Edit, error) {
					edits, _, err := z.change([]*wantedSet{s.wanted[k]})
					return edits, err
				})
			}
			inTurn, err2 := Chain(z, steps...)
			if err1 != nil || err2 != nil {
				if (err1 == nil) != (err2 == nil) {
					t.Errorf("%s: at once %v, in turn %v\n%s", tz.path, err1, err2, text)
				}
				continue
			}
			tried++
			one, two := mustApply(t, z, atOnce), mustApply(t, z, inTurn)
			got, want := loadedLines(one), loadedLines(two)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s: at once it gives other records than in turn:\n%s\nscript:\n%s", tz.path, differ(want, got), text)
			}
		}
	}
	t.Logf("%d scripts", tried)
	if tried < 20 {
		t.Errorf("only %d scripts could be done", tried)
	}
}

// mustApply makes the version that edits give.
func mustApply(t *testing.T, z *Zone, edits []Edit) *Zone {
	t.Helper()
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// TestSetAll: the TTLs of many RRsets are set in one go, and what inherited them keeps its own.
func TestSetAll(t *testing.T) {
	for _, def := range []string{"$TTL 1h\n", ""} {
		var b strings.Builder
		b.WriteString(def + "@ 3600 SOA ns h 1 3600 600 604800 300\n@ 3600 NS ns\nns A 192.0.2.53\n")
		const n = 3000
		for i := range n {
			fmt.Fprintf(&b, "d%d MX 10 ns\n\tMX 20 mx.isp.net.\n\tTXT \"%d\"\n", i, i)
		}
		z := Parse("many", []byte(b.String()), Options{Origin: "example.com."})
		var firsts []Record
		for i := range n {
			firsts = append(firsts, z.RRset(Name(fmt.Sprintf("d%d.example.com.", i)), TypeMX)[0])
		}
		edits, err := z.SetAll(firsts, FieldTTL, func(Record) string { return "1d" })
		if err != nil {
			t.Fatal(err)
		}
		for r := range mustApply(t, z, edits).Records() {
			if want := map[bool]uint32{true: 86400, false: 3600}[r.Type() == TypeMX]; r.TTL() != want {
				t.Fatalf("%q: %s: TTL %d, want %d", def, r.Place(), r.TTL(), want)
			}
		}
	}
}
