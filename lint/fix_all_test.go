package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

func TestFixAll(t *testing.T) {
	z := zoneOf("@ MX 10 mail\nlists MX 10 mail\nmail CNAME web\nweb A 203.0.113.1\n")
	opt := only("mx-target-cname")
	edits, fixed, err := lint.FixAll(z, nil, opt)
	if err != nil || fixed != 2 {
		t.Fatalf("FixAll: %d fixed, %v", fixed, err)
	}
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	if left := lint.Run([]*zonefile.Zone{next}, opt); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if edits, fixed, err := lint.FixAll(next, nil, opt); err != nil || fixed != 0 || edits != nil {
		t.Errorf("a second time: %v, %d, %v", edits, fixed, err)
	}
}

func TestFixer(t *testing.T) {
	opt := only("duplicate-record")
	var zones []*zonefile.Zone
	for _, origin := range []zonefile.Name{"example.com.", "example.net."} {
		zones = append(zones, zonefile.Parse("z", []byte("@ MX 10 mx\n"+strings.Repeat("www A 203.0.113.1\n", 150)), zonefile.Options{Origin: origin}))
	}
	x := lint.NewFixer(zones, opt)
	for i, z := range zones {
		edits, fixed, err := x.Fix(z)
		if err != nil || fixed != 149 {
			t.Fatalf("%s: %d fixed, %v", z.Origin(), fixed, err)
		}
		if zones[i], err = z.Apply(edits...); err != nil {
			t.Fatal(err)
		}
	}
	if left := lint.Run(zones, opt); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if _, fixed, err := lint.NewFixer(zones, opt).Fix(zones[1]); err != nil || fixed != 0 {
		t.Errorf("a second time: %d fixed, %v", fixed, err)
	}
}

// Fixes that are picked are made of what they are picked for, each finding once, also where a fix leaves what it was for.
func TestFixerPicks(t *testing.T) {
	z := zoneOf("@ 300 MX 10 mail\nlists MX 10 mail\nmail CNAME web\nweb A 203.0.113.1\nweb A 203.0.113.1\n")
	opt := lint.Options{}
	x := lint.NewFixer([]*zonefile.Zone{z}, opt)
	x.Picks = func(d lint.Diagnostic) (lint.Fix, bool) {
		if d.Rule.Name != "mx-target-cname" {
			return lint.Fix{}, false
		}
		return d.SureFix()
	}
	edits, fixed, err := x.Fix(z)
	if err != nil || fixed != 2 || len(x.Mended) != 2 {
		t.Fatalf("%d fixed, %v, %v", fixed, x.Mended, err)
	}
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	if left := lint.Run([]*zonefile.Zone{next}, opt); len(left) == 0 || slices.ContainsFunc(left, func(d lint.Diagnostic) bool { return d.Rule.Name == "mx-target-cname" }) {
		t.Errorf("left: %v", left)
	}
	found := len(lint.Run([]*zonefile.Zone{z}, opt))
	x = lint.NewFixer([]*zonefile.Zone{z}, opt)
	x.Picks = func(lint.Diagnostic) (lint.Fix, bool) {
		return lint.Fix{Make: func(z *zonefile.Zone, _ []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			return z.Add(zonefile.Draft{Owner: "web.example.com.", Type: zonefile.TypeTXT, RData: `"again"`})
		}}, true
	}
	if _, fixed, err = x.Fix(z); err != nil || fixed > found {
		t.Errorf("what mends nothing is made %d times for %d findings, %v", fixed, found, err)
	}
}
