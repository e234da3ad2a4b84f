package zonefile

import (
	"fmt"
	"math/rand"
	"testing"
)

// What two versions do not have in common is found whatever the edits were: in one place, all over the file, lines that change places,
// a $TTL for all that is below. Nearly all that is found differs: lines that say what they said are not among it.
func TestDiffering(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	z := Parse("db", []byte(leadingZone(r, 6_000)), Options{Origin: "example.com."})
	said := func(rec Record) string {
		return fmt.Sprint(rec.Owner(), rec.Type(), rec.TTL(), rec.z.RRsetTTL(rec), rec.RDataText())
	}
	for round := range 24 {
		var edits []Edit
		changed := 0
		every := []int{3000, 40, 7}[round%3]
		for line := 1 + r.Intn(every); line < z.Root().Lines()-40; line += every + r.Intn(every) {
			span, next := z.Root().Line(line), z.Root().Line(line+1)
			switch r.Intn(5) {
			case 0:
				edits = append(edits, Edit{z.Root(), Span{span.Start, span.Start}, "new A 192.0.2.9\n"})
			case 1:
				edits = append(edits, Edit{z.Root(), span, "; gone\n"})
			case 2:
				edits = append(edits, Edit{z.Root(), Span{span.Start, next.End}, string(z.Root().Slice(next)) + string(z.Root().Slice(span))})
			case 3:
				edits = append(edits, Edit{z.Root(), Span{span.Start, span.Start}, "; x\n"})
			case 4:
				edits = append(edits, Edit{z.Root(), Span{span.Start, z.Root().Line(line + 20).Start}, "other 77 A 192.0.2.9\n"})
				line += 20
				changed += 20
			}
			line++
			changed += 3
		}
		if round%8 == 7 {
			edits = append(edits, Edit{z.Root(), Span{}, "$TTL 7\n"})
			changed = z.Entries()
		}
		next, err := z.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		had := map[string]int{}
		for rec := range z.Records() {
			had[said(rec)]++
		}
		for rec := range next.Records() {
			had[said(rec)]--
		}
		was, is := z.Differing(next)
		for _, rec := range was {
			had[said(rec)]--
		}
		for _, rec := range is {
			had[said(rec)]++
		}
		for what, n := range had {
			if n != 0 {
				t.Fatalf("round %d: %s: %d", round, what, n)
			}
		}
		if len(was)+len(is) > 8*changed {
			t.Errorf("round %d: %d and %d records are told for %d edits", round, len(was), len(is), len(edits))
		}
	}
	if was, is := z.Differing(z); was != nil || is != nil {
		t.Error("a version differs from itself")
	}
}
