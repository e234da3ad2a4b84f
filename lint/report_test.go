package lint_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// The report after an edit is the report of a full run, whatever the edit: only what rules with a Census
// found may be behind.
func TestAfter(t *testing.T) {
	few, many := 12, 60
	if testing.Short() {
		few, many = 2, 10
	}
	var differences reachedOf
	files, _ := needs.Share(t, caseFiles(t))
	casesIn(t, files, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		c.opt.Info = true
		checkAfter(t, z, c.beside, c.opt, few, &differences)
	})
	zones, _ := filepath.Glob("testdata/clean/*.zone")
	zones, _ = needs.Share(t, zones)
	for _, path := range zones {
		t.Run(filepath.Base(path), func(t *testing.T) {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			z := zonefile.Parse(path, src, zonefile.Options{Origin: "example.com."})
			checkAfter(t, z, nil, lint.Options{Info: true}, many, &differences)
		})
	}
	if differences.reached < differences.edits/2 {
		t.Errorf("of %d edits it is known what they reach, and %d were made", differences.reached, differences.edits)
	}
	t.Logf("%+v", differences)
}

// rounds is how often chains of random edits are made, each time with other dice.
var rounds = flag.Int("rounds", 1, "how many chains of random edits are made from each zone")

// checkAfter makes chains of random edits, the first of a file with the line ends of Windows.
func checkAfter(t *testing.T, z *zonefile.Zone, beside []*zonefile.Zone, opt lint.Options, steps int, differences *reachedOf) {
	t.Helper()
	var crlf strings.Builder
	_, _ = z.WriteTo(&crlf)
	windows := zonefile.Parse(z.Root().Name(), []byte(strings.ReplaceAll(crlf.String(), "\n", "\r\n")), zonefile.Options{Origin: z.Origin()})
	for round := range *rounds {
		zones := append([]*zonefile.Zone{z}, beside...)
		if round%8 == 1 {
			zones[0] = windows
		}
		if !checkChain(t, zones, opt, rand.New(rand.NewPCG(uint64(z.Root().Size()), uint64(7+round))), steps, differences) {
			return
		}
	}
}

// checkChain makes a chain of random edits, now in one zone, now in another.
func checkChain(t *testing.T, zones []*zonefile.Zone, opt lint.Options, rng *rand.Rand, steps int, differences *reachedOf) bool {
	t.Helper()
	report := lint.Start(zones, opt)
	compareReports(t, "at the start", report, lint.Run(zones, opt))
	for range steps {
		i := min(rng.IntN(2*len(zones)), len(zones)-1)
		z := zones[len(zones)-1-i]
		what, edits := randomEdit(rng, z)
		next, err := z.Apply(edits...)
		if err != nil {
			continue
		}
		same := differences.check(t, what, z, next, edits, opt)
		report = report.After(z, next, edits)
		zones = slices.Clone(zones)
		zones[len(zones)-1-i] = next
		full := lint.Run(zones, opt)
		if !same || !compareReports(t, what, report, full) || !compareCounted(t, what, report.Recount(), full) {
			var b strings.Builder
			_, _ = z.WriteTo(&b)
			t.Errorf("the zone %s was, before %s:\n%s", z.Origin(), what, b.String())
			return false
		}
	}
	return true
}

// An edit is undone and another one made: what was found after the first must not depend on the second.
func TestAfterUndo(t *testing.T) {
	var src strings.Builder
	src.WriteString("@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h\n@ NS ns1.dns.net.\nmx1 A 192.0.2.1\nother A 192.0.2.3\nmx2 A 192.0.2.2\n")
	for _, n := range "abcdefgh" {
		fmt.Fprintf(&src, "%c MX 10 mx1\nx%c A 192.0.2.3\n", n, n)
	}
	z := zonefile.Parse("db", []byte(src.String()), zonefile.Options{Origin: "example.com."})
	report := lint.Start([]*zonefile.Zone{z}, lint.Options{})
	lead := func(z *zonefile.Zone, report *lint.Report, owner zonefile.Name) (*zonefile.Zone, *lint.Report) {
		return edited(t, z, report, func() ([]zonefile.Edit, error) {
			return z.Set(z.RRset(owner, zonefile.TypeMX)[0], zonefile.Exchange, "mx2")
		})
	}
	for _, owner := range []zonefile.Name{"a.example.com.", "c.example.com.", "e.example.com."} {
		z, report = lead(z, report, owner)
	}
	first, found := lead(z, report, "g.example.com.")
	lead(z, report, "h.example.com.")
	gone, found := edited(t, first, found, func() ([]zonefile.Edit, error) {
		return first.Delete(first.RRset("mx2.example.com.", zonefile.TypeA)...)
	})
	compareReports(t, "the address is gone", found, lint.Run([]*zonefile.Zone{gone}, lint.Options{}))
}

// edited is a zone and its report after an edit.
func edited(t *testing.T, z *zonefile.Zone, report *lint.Report, edit func() ([]zonefile.Edit, error)) (*zonefile.Zone, *lint.Report) {
	t.Helper()
	edits, err := edit()
	if err != nil {
		t.Fatal(err)
	}
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	return next, report.After(z, next, edits)
}

// randomEdit is an edit as the editor makes them, or one of text.
func randomEdit(rng *rand.Rand, z *zonefile.Zone) (what string, edits []zonefile.Edit) {
	records := slices.Collect(z.Records())
	if text := newScribe(rng, z); len(records) == 0 || rng.IntN(2) == 0 {
		return text.edits()
	}
	r := records[rng.IntN(len(records))]
	other := records[rng.IntN(len(records))]
	owner := randomName(rng, records)
	var err error
	switch rng.IntN(10) {
	case 0:
		what = "delete " + r.Place()
		edits, err = z.Delete(r)
	case 1:
		what = fmt.Sprintf("add an address to %s at %s", owner, r.Place())
		edits, err = z.Insert(zonefile.Draft{Owner: owner, Type: zonefile.TypeA, RData: "192.0.2.77"}, zonefile.After(r))
	case 2:
		what = fmt.Sprintf("add an MX to %s", owner)
		edits, err = z.Add(zonefile.Draft{Owner: owner, Type: zonefile.TypeMX, RData: "15 " + string(randomName(rng, records))})
	case 3:
		what = "set the TTL of " + r.Place()
		edits, err = z.Set(r, zonefile.FieldTTL, []string{"300", "1d", "", "2h"}[rng.IntN(4)])
	case 4:
		what = fmt.Sprintf("rename %s to %s", r.Place(), owner)
		edits, err = z.Set(r, zonefile.FieldOwner, string(owner))
	case 5:
		what = "move " + r.Place() + " behind " + other.Place()
		edits, err = z.Move(r, zonefile.After(other))
	case 6:
		what = fmt.Sprintf("make %s a wildcard, an alias or a delegation", owner)
		d := []zonefile.Draft{
			{Owner: owner.Wildcard(), Type: zonefile.TypeA, RData: "192.0.2.78"},
			{Owner: owner, Type: zonefile.TypeCNAME, RData: string(r.Owner())},
			{Owner: owner, Type: zonefile.TypeNS, RData: "ns1.dns.net."},
			{Owner: "_dmarc." + owner, Type: zonefile.TypeTXT, RData: `"v=DMARC1; p=none"`},
		}[rng.IntN(4)]
		edits, err = z.Insert(d, zonefile.After(r))
	case 7:
		what = "comment " + r.Place()
		edits, err = z.Set(r, zonefile.FieldComment, []string{"", "hello", "lint:ignore mx-ttl-low", "lint:ignore-file mx-single,mx-ttl-low"}[rng.IntN(4)])
	case 8:
		at := r.Span().Start
		text := []string{"www A 192.0.2.79\n", " MX 10 mx9\n", "; a comment\n", "mx9 60 A 192.0.2.9\n", "broken\n", "$TTL 5m\n"}[rng.IntN(6)]
		what = fmt.Sprintf("write %q at %s", text, r.Place())
		edits = []zonefile.Edit{{File: r.File(), Span: zonefile.Span{Start: at, End: at}, New: text}}
	case 9:
		what, edits, err = newScribe(rng, z).wholeName()
	}
	if err != nil {
		return what, nil
	}
	return what, edits
}

// randomName is a name of the zone, one below it, or a new one.
func randomName(rng *rand.Rand, records []zonefile.Record) zonefile.Name {
	r := records[rng.IntN(len(records))]
	n := r.Owner()
	if target, ok := r.Target(); ok && rng.IntN(3) == 0 {
		n = target
	}
	if !n.Within(records[0].Owner()) {
		n = records[0].Owner()
	}
	if rng.IntN(4) == 0 && len(n) < 60 {
		n = zonefile.Name([]string{"new.", "mx1.", "a.b."}[rng.IntN(3)]) + n
	}
	return n
}

// compareReports compares a report with what a full run found.
func compareReports(t *testing.T, what string, report *lint.Report, full []lint.Diagnostic) bool {
	t.Helper()
	got, want := describe(t, report.Diagnostics), describe(t, full)
	if slices.Equal(got, want) {
		return true
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("after %s: only in the report: %s", what, line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("after %s: only in the full run: %s", what, line)
		}
	}
	if !t.Failed() {
		t.Errorf("after %s: another order:\n%s\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return false
}

// compareCounted compares a report that has counted again with a full run, rules with a Census and all.
func compareCounted(t *testing.T, what string, report *lint.Report, full []lint.Diagnostic) bool {
	t.Helper()
	words := func(list []lint.Diagnostic) (out []string) {
		for _, d := range list {
			out = append(out, d.String())
		}
		return out
	}
	got, want := words(report.Diagnostics), words(full)
	if slices.Equal(got, want) {
		return true
	}
	t.Errorf("counted again after %s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	return false
}

// describe is all that a finding says, and what its fixes would do.
func describe(t *testing.T, list []lint.Diagnostic) []string {
	t.Helper()
	var out []string
	for _, d := range list {
		if d.Rule.Census || d.Rule.Name == "unused-ignore" && strings.Contains(d.Message, "single") {
			continue
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s %d", d, d.Span.End)
		for _, rel := range d.Related {
			fmt.Fprintf(&b, "; %s %d %d %s", rel.File.Name(), rel.Span.Start, rel.Span.End, rel.Message)
		}
		for _, f := range d.Fixes {
			fmt.Fprintf(&b, "; %s %v", f.Message, f.Safe)
			if len(f.Needs) > 0 {
				continue
			}
			edits, err := f.Edits(d.Zone)
			for _, e := range edits {
				fmt.Fprintf(&b, " %d-%d %q", e.Start, e.End, e.New)
			}
			if err == nil {
				if _, err = d.Zone.Apply(edits...); err != nil {
					t.Errorf("%s: %s: %v", d, f.Message, err)
				}
			}
		}
		out = append(out, b.String())
	}
	return out
}
