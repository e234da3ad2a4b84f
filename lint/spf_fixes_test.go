package lint_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// A fix of SPF mends what it is offered for, harms no line beside it, and no more of it than what it says: after it the finding
// is gone, the zone can be read, and all other lines are as they were.
func TestFixesOfSPF(t *testing.T) {
	rng := rand.New(rand.NewPCG(7208, 4))
	terms := []string{
		"mx", "a:mail", "a:192.0.2.1/24", "ip4:2001:db8::1", "ip:192.0.2.1", "192.0.2.1", "include=_spf.dns.net", "ip4=192.0.2.1", "all=x", "mx-all", "mx\\009a",
		"~all", "-all", "redirect=_spf.dns.net", "redirect:_spf.dns.net", "-redirect=_spf.dns.net", "exp=why.dns.net", "a/24/64", "-all:x", "v=spf1",
		"include:_a.dns.netinclude:_b.dns.net", "a:ip4:192.0.2.1", "ip4:198.51.100.0/24", "?include:_spf.dns.net",
	}
	heads := []string{"v=spf1 ", "v=spf1 ", "v=spf1 ", "v=spf1 ", " v=spf1 ", "v=spf1; ", "spf1 ", "v=spf1\" \" ", "verification=1\" \"v=spf1 ", "v=spf1\\009"}
	fixed := 0
	for range 1500 {
		text := heads[rng.IntN(len(heads))]
		for range 1 + rng.IntN(5) {
			text += terms[rng.IntN(len(terms))] + []string{" ", " ", "  ", " \" \"", "\" \" "}[rng.IntN(5)]
		}
		before, after := "$TTL 1d\n@ SOA ns1.dns.net. h 1 4h 1h 2w 1h\n@ NS ns1.dns.net.\n@ NS ns2.dns.org.\n@ MX 10 mail\n", "; behind\nmail A 192.0.2.1\n"
		src := before + "@ TXT \"" + text + "\" ; it\n" + after
		z := zonefile.Parse("db", []byte(src), zonefile.Options{Origin: "example.com."})
		for _, d := range lint.Run([]*zonefile.Zone{z}, lint.Options{}) {
			for _, f := range d.Fixes {
				if strings.HasPrefix(d.Rule.Name, "spf-") && d.Rule.Name != "spf-missing" {
					checkSPFFix(t, z, d, f, before, after)
					fixed++
				}
			}
		}
	}
	if fixed < 1000 {
		t.Errorf("only %d fixes", fixed)
	}
}

// checkSPFFix makes one fix.
func checkSPFFix(t *testing.T, z *zonefile.Zone, d lint.Diagnostic, f lint.Fix, before, after string) {
	t.Helper()
	edits, err := f.Edits(z)
	if err != nil {
		t.Fatalf("%s: %s: %v", d, f.Message, err)
	}
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatalf("%s: %s: %v", d, f.Message, err)
	}
	var b strings.Builder
	if _, err := next.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	now := b.String()
	if !strings.HasPrefix(now, before) || !strings.HasSuffix(now, after) || len(slices.Collect(next.Errors())) > 0 {
		t.Fatalf("%s: %s:\n%s", d, f.Message, now)
	}
	was := lint.Run([]*zonefile.Zone{z}, lint.Options{})
	if is := lint.Run([]*zonefile.Zone{next}, lint.Options{}); alike(is, d) >= alike(was, d) {
		t.Fatalf("%s is still told after %q:\n%s", d, f.Message, now)
	}
}

// alike is how many findings are of the same rule and in the same words.
func alike(found []lint.Diagnostic, d lint.Diagnostic) (n int) {
	for _, o := range found {
		if o.Rule == d.Rule && o.Message == d.Message {
			n++
		}
	}
	return n
}
