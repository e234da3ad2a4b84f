package lint_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/testdata/shapes"
	"github.com/mailzone/mailzone/zonefile"
)

// Fixes that are made together leave what they leave one by one: in every case of the rules, in zones of others, and in both with
// more faults put in. How many of them go together is counted.
func TestFixesTogether(t *testing.T) {
	n := madeTogether{}
	files, _ := needs.Share(t, caseFiles(t))
	casesIn(t, files, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		c.opt.Info = true
		n.compare(t, append([]*zonefile.Zone{z}, c.beside...), c.opt)
	})
	rng := rand.New(rand.NewPCG(41, 7))
	others := otherZones(t)
	some, whole := needs.Share(t, slices.Sorted(maps.Keys(others)))
	for _, path := range some {
		origin := others[path]
		src, err := os.ReadFile(path)
		if err != nil || len(src) > 20_000 || testing.Short() && rng.IntN(20) > 0 {
			continue
		}
		for range 2 {
			n.compare(t, []*zonefile.Zone{zonefile.Parse(path, src, zonefile.Options{Origin: origin})}, lint.Options{Info: true})
			src = faulty(rng, src)
		}
	}
	of := n.fixes
	n.groups = 0
	for _, s := range shapes.Every() {
		for range needs.Seeds(t, 4) {
			src := faulty(rng, s.Zone(300))
			n.compare(t, []*zonefile.Zone{zonefile.Parse(s.Name, src, zonefile.Options{Origin: zonefile.Name(s.Origin)})}, lint.Options{Info: true})
		}
	}
	if of < 500 && whole || n.groups*2 > n.fixes-of {
		t.Errorf("little was made together: %+v", n)
	}
	t.Logf("%+v", n)
}

// A fix is not made together with one that changes what it was found by: the first is made, and then it is seen whether the second is
// found still.
func TestFixesThatSeeOneAnother(t *testing.T) {
	const lacksDot = "between A 192.0.2.7\nbetween TXT b\nl MX 10 mail.example.com\nmail A 203.0.113.1\n"
	at := func(name zonefile.Name, edit func(z *zonefile.Zone) ([]zonefile.Edit, error)) func(lint.Diagnostic) (lint.Fix, bool) {
		return func(d lint.Diagnostic) (lint.Fix, bool) {
			if d.Rule.Name == "duplicate-record" && d.Owner() == name {
				return lint.Fix{Make: func(z *zonefile.Zone, _ []zonefile.Record, _ []string) ([]zonefile.Edit, error) { return edit(z) }}, true
			}
			return d.SafeFix()
		}
	}
	for _, c := range []struct {
		what, records, stays string
		picks                func(lint.Diagnostic) (lint.Fix, bool)
	}{
		{"an alias becomes a host", "b CNAME web\nb A 192.0.2.1\nl MX 10 b\nweb A 192.0.2.2\n", "l MX 10 b\n",
			func(d lint.Diagnostic) (lint.Fix, bool) {
				if d.Rule.Name == "cname-with-others" {
					return d.Fixes[0], true // puts the addresses of its target in the place of the alias
				}
				return d.SafeFix()
			}},
		{"the last record of a name goes, and a wildcard answers", "* A 192.0.2.9\nx.com A 192.0.2.1\nx.com A 192.0.2.1\n" + lacksDot, "l MX 10 mail.example.com\n",
			at("x.com.example.com.", func(z *zonefile.Zone) ([]zonefile.Edit, error) {
				return z.Delete(z.Node("x.com.example.com.").Records...)
			})},
		{"a wildcard answers", "* TXT a\n* TXT a\n" + lacksDot, "l MX 10 mail.example.com\n",
			at("*.example.com.", func(z *zonefile.Zone) ([]zonefile.Edit, error) {
				return z.Add(zonefile.Draft{Owner: "*.example.com.", Type: zonefile.TypeA, RData: "192.0.2.9"})
			})},
	} {
		z := zoneOf(c.records)
		x := lint.NewFixer([]*zonefile.Zone{z}, lint.Options{})
		x.Picks = c.picks
		edits, _, err := x.Fix(z)
		if err != nil || len(edits) == 0 {
			t.Fatalf("%s: %v, %v", c.what, edits, err)
		}
		next, err := z.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		if text := string(next.Root().Bytes()); !strings.Contains(text, c.stays) {
			t.Errorf("%s:\n%s", c.what, text)
		}
	}
}

// madeTogether counts fixes.
type madeTogether struct{ zones, fixes, groups int }

// compare makes fixes of a zone together and one by one: those that are safe, and those that ask nothing.
func (n *madeTogether) compare(t *testing.T, zones []*zonefile.Zone, opt lint.Options) {
	t.Helper()
	n.comparePicked(t, zones, opt, nil)
	n.comparePicked(t, zones, opt, lint.Diagnostic.SureFix)
}

// comparePicked does so for fixes that are picked.
func (n *madeTogether) comparePicked(t *testing.T, zones []*zonefile.Zone, opt lint.Options, picks func(lint.Diagnostic) (lint.Fix, bool)) {
	t.Helper()
	var texts []string
	for _, singly := range []bool{true, false} {
		x := lint.NewFixer(zones, opt)
		x.Picks = picks
		if singly {
			x.FixSinglyForTests()
		}
		edits, fixed, err := x.Fix(zones[0])
		if err != nil {
			t.Errorf("%s: %v", zones[0].Root().Name(), err)
			return
		}
		next, err := zones[0].Apply(edits...)
		if err != nil {
			t.Errorf("%s: %v", zones[0].Root().Name(), err)
			return
		}
		texts = append(texts, madeText(next, picks == nil))
		if picks != nil && left(zones, next, opt, picks) {
			return
		}
		if !singly {
			n.zones, n.fixes, n.groups = n.zones+1, n.fixes+fixed, n.groups+x.GroupsForTests()
		}
	}
	if texts[0] != texts[1] {
		t.Errorf("%s: one by one:\n%s\ntogether:\n%s", zones[0].Root().Name(), texts[0], texts[1])
	}
}

// madeText is what fixes made: the text where all of them are safe. What others add is laid out as the lines are beside which it is put: of
// these it is the records.
func madeText(z *zonefile.Zone, exact bool) string {
	var lines []string
	for r := range z.Records() {
		lines = append(lines, fmt.Sprintf("%s %d %s %s\n", r.Owner(), r.TTL(), r.Type(), r.RDataText()))
	}
	slices.Sort(lines)
	if exact {
		lines = nil
		for f := range z.Files() {
			lines = append(lines, fmt.Sprintf("%s\n%s", f.Name(), f.Bytes()))
		}
	}
	return strings.Join(lines, "")
}

// left tells whether something is left that a fix is picked for. How often fixes are made of what is said in the same words is
// counted, and it may be another of them that goes without.
func left(zones []*zonefile.Zone, now *zonefile.Zone, opt lint.Options, picks func(lint.Diagnostic) (lint.Fix, bool)) bool {
	return slices.ContainsFunc(lint.Run(append([]*zonefile.Zone{now}, zones[1:]...), opt), func(d lint.Diagnostic) bool {
		_, ok := picks(d)
		return ok && d.Zone == now
	})
}

// faulty puts faults into lines as people and panels make them, of the kinds that are mended without a question.
func faulty(rng *rand.Rand, src []byte) []byte {
	var out []byte
	for line := range bytes.Lines(src) {
		text, eol := bytes.TrimRight(line, "\r\n"), line[len(bytes.TrimRight(line, "\r\n")):]
		record := len(text) > 0 && bytes.ContainsAny(text[:1], "abcdefghijklmnopqrstuvwxyz0123456789*@") && !bytes.ContainsAny(text, "()\"")
		if !record || rng.IntN(3) > 0 {
			out = append(out, line...)
			continue
		}
		name, rest := text[:max(1, bytes.IndexAny(text, " \t"))], text[max(1, bytes.IndexAny(text, " \t")):]
		switch rng.IntN(8) {
		case 0: // twice
			out = fmt.Appendf(out, "%s%s%s%s", text, eol, text, eol)
		case 1: // the dot is missing
			out = fmt.Appendf(out, "%s%s", bytes.TrimSuffix(text, []byte(".")), eol)
		case 2: // exported by Windows DNS
			out = fmt.Appendf(out, "%s [AGE:3600123] %s%s", name, rest, eol)
		case 3: // another TTL
			out = fmt.Appendf(out, "%s %d%s%s", name, 60*(1+rng.IntN(3)), rest, eol)
		case 4:
			out = fmt.Appendf(out, "%s ; lint:ignore %s%s", text, oneOf(rng, "mx-target-missing", "duplicate-record", "target-missing-dot", "rrset-ttl-mismatch"), eol)
		case 5:
			out = fmt.Appendf(out, "%s%s%s MX %d .%s", text, eol, name, rng.IntN(3), eol)
		case 6:
			out = fmt.Appendf(out, "%s%s%s TXT \"v=spf1 -all\"%s%s SPF \"v=spf1 -all\"%s", text, eol, name, eol, name, eol)
		default:
			out = fmt.Appendf(out, "%s%s%s MX 10 www%s%s MX 20 www%s", text, eol, name, eol, name, eol)
		}
	}
	return out
}
