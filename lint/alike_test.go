package lint_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// What is alike says the same of each, stands together and in its order, and kinds stand in the order of their first.
func TestTogether(t *testing.T) {
	shared := 0
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 7))
		records := ""
		for range 1 + r.IntN(40) {
			records += []string{"a", "b", "c", "gone"}[r.IntN(4)] + []string{" 60", ""}[r.IntN(2)] + " MX 10 " + []string{"gone", "away", "a", "192.0.2.1"}[r.IntN(4)] + "\n"
		}
		found := lint.Run([]*zonefile.Zone{zoneOf(records)}, lint.Options{})
		var list, want []*lint.Diagnostic
		for i := range found {
			list = append(list, &found[i])
		}
		alike := func(a, b *lint.Diagnostic) bool {
			return a.Rule == b.Rule && a.Severity == b.Severity && a.OfEach() == b.OfEach()
		}
		var begin []int32
		for i, d := range list {
			if slices.ContainsFunc(list[:i], func(before *lint.Diagnostic) bool { return alike(before, d) }) {
				shared++
				continue
			}
			begin = append(begin, int32(len(want)))
			for _, other := range list[i:] {
				if alike(d, other) {
					want = append(want, other)
				}
			}
		}
		if all, begins := lint.Together(list); !slices.Equal(all, want) || !slices.Equal(begins, begin) {
			t.Fatalf("seed %d: %d findings of %d kinds, want %d of %d; or in another order:\n%s", seed, len(all), len(begins), len(want), len(begin), records)
		}
	}
	if shared < 100 {
		t.Errorf("only %d findings are alike another", shared)
	}
}

func TestSayings(t *testing.T) {
	for _, forms := range [][]string{
		{`exchange "gone." does not exist: add an address or name another host`, `exchange "gone." does not exist`},
		{`a TTL of 1 minute, under the floor: set 1 day`, `a TTL of 1 minute, under the floor`},
		{`it lacks its dot: it becomes "a: b", add it`, `it lacks its dot: it becomes "a: b"`, `it lacks its dot`},
		{`one (of two: a, b) is late; say so`, `one (of two: a, b) is late`},
		{`12:30 is no TTL`},
		{`"p=block": a DMARC record knows the values none, quarantine and reject here`},
		{`SPF term "ip:192.0.2.1": there is no mechanism "ip": write ip4 or ip6`, `SPF term "ip:192.0.2.1": there is no mechanism "ip"`},
		{`a second DKIM key at "k1._domainkey.a.": receivers may take either or none`, `a second DKIM key at "k1._domainkey.a."`},
	} {
		if got := lint.Sayings(forms[0]); !slices.Equal(got, forms) {
			t.Errorf("said as\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(forms, "\n"))
		}
	}
}

// A file without any line has problems, and they are at no name.
func TestEmptyFileHasNoOwner(t *testing.T) {
	z := zonefile.Parse("z", nil, zonefile.Options{Origin: "example.com."})
	found := lint.Run([]*zonefile.Zone{z}, lint.Options{})
	if len(found) == 0 {
		t.Error("nothing is wrong with an empty file")
	}
	for _, d := range found {
		if owner := d.Owner(); owner != "" || d.OfEach() != d.Message {
			t.Errorf("%s is at %q, of each %q", &d, owner, d.OfEach())
		}
	}
}
