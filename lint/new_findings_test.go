package lint_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// zoneOf reads records of example.com.
func zoneOf(records string) *zonefile.Zone {
	return zonefile.Parse("z", []byte("$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ NS ns1\nns1 A 203.0.113.53\n"+records),
		zonefile.Options{Origin: "example.com."})
}

// only runs one rule.
func only(name string) lint.Options {
	var opt lint.Options
	for _, r := range lint.All {
		if r.Name != name {
			opt.Disable = append(opt.Disable, r.Name)
		}
	}
	return opt
}

func TestSince(t *testing.T) {
	opt := only("mx-target-no-address")
	run := func(records string) []lint.Diagnostic { return lint.Run([]*zonefile.Zone{zoneOf(records)}, opt) }
	before := run("@ MX 10 gone\n")
	moved := run("; a line\nlists MX 10 gone\n@ MX 10 gone\nsub MX 10 away\n")
	fresh := lint.Since(before, moved)
	if len(before) != 1 || len(moved) != 3 || len(fresh) != 2 {
		t.Errorf("%d findings before, %d now, %d new: want 1, 3, 2", len(before), len(moved), len(fresh))
	}
	if n := len(lint.Since(moved, before)); n != 0 {
		t.Errorf("%d are new the other way round", n)
	}
}

// Of findings in the same words those are new of which the record is, wherever it stands.
func TestSinceIsOfNewRecords(t *testing.T) {
	opt := only("mx-target-no-address")
	run := func(records string) []lint.Diagnostic { return lint.Run([]*zonefile.Zone{zoneOf(records)}, opt) }
	for _, tt := range []struct{ before, now, want string }{
		{"b MX 10 gone\n", "a MX 10 gone\nb MX 10 gone\n", "a"},
		{"b MX 10 gone\n", "b MX 10 gone\nc MX 10 gone\n", "c"},
		{"b MX 10 gone\nd MX 10 gone\n", "b MX 10 gone\nc MX 10 gone\nd MX 10 gone\n", "c"},
		{"b MX 10 gone\nd MX 10 gone\n", "a MX 10 gone\nd MX 10 gone\n", ""},
		{"b MX 10 gone\nd MX 10 gone\n", "d MX 10 gone\nc MX 10 gone\na MX 10 gone\n", "a"},
		{"b MX 10 gone\n", "e MX 10 gone\nb 5 MX 10 gone\nd MX 10 gone\n", "e d"},
		{"b MX 10 gone\nb MX 20 mx\nmx A 203.0.113.9\n", "b MX 20 gone\nb MX 10 gone\n", "b"},
		{"b MX 10 gone\n", "b MX 10 away\na MX 10 gone\n", "b"},
		{"", "a MX 10 gone\nb MX 10 gone\n", "a b"},
		{"a MX 10 gone\nb MX 10 gone\n", "", ""},
	} {
		var got []string
		for _, d := range lint.Since(run(tt.before), run(tt.now)) {
			got = append(got, strings.TrimSuffix(string(d.Owner()), ".example.com."))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("from %q to %q: new of %q, want %s", tt.before, tt.now, got, tt.want)
		}
	}
}

// Zones that are loaded together are fixed as they would be alone, however much there is to fix.
// An older version says nothing about another zone.
func TestSinceIsByZone(t *testing.T) {
	opt := only("ns-single")
	net := zonefile.Parse("n", []byte("$TTL 1d\n@ SOA ns1.dns.net. h 1 1h 1h 1w 1h\n@ NS ns1.dns.net.\n"), zonefile.Options{Origin: "example.net."})
	old := lint.Run([]*zonefile.Zone{zoneOf("")}, opt)
	now := lint.Run([]*zonefile.Zone{zoneOf("")}, opt)
	fresh := lint.Since(old, append(now, lint.Run([]*zonefile.Zone{net}, opt)...))
	if len(old) != 1 || len(fresh) != 1 || fresh[0].Zone != net {
		t.Errorf("%d before, new: %v", len(old), fresh)
	}
}

// An ignore of what is merely worth knowing is no more than that when it ignores nothing: whether information is asked
// for does not change what is a warning.
func TestUnusedIgnoreOfInformation(t *testing.T) {
	z := zoneOf("@ MX 0 .\n@ TXT \"v=spf1 -all\" ; lint:ignore mx-single\n@ TXT x ; lint:ignore mx-single,mx-ttl-low\n")
	opt := only("unused-ignore")
	opt.Disable = slices.DeleteFunc(opt.Disable, func(name string) bool { return name == "mx-single" || name == "mx-ttl-low" })
	if found := lint.Run([]*zonefile.Zone{z}, opt); len(found) != 0 {
		t.Errorf("found: %v", found)
	}
	opt.Info = true
	found := lint.Run([]*zonefile.Zone{z}, opt)
	if len(found) != 2 || found[0].Severity != lint.Info || found[1].Severity != lint.Info {
		t.Errorf("found with information: %v", found)
	}
}

// What settings turned off is told where it would have found something new, and nowhere else.
func TestUnexamined(t *testing.T) {
	old := zoneOf("@ MX 10 ns1\na MX 10 gone\n")
	next := zoneOf("@ MX 10 ns1\na MX 10 gone\nb MX 10 nohost\nb MX 20 nohost\n")
	const file = "/etc/bind/.mailzone.toml"
	set := func(names ...string) map[string]string {
		m := map[string]string{}
		for _, n := range names {
			m[n] = file
		}
		return m
	}
	noAddress := "mx-target-no-address"
	for name, c := range map[string]struct {
		opt  lint.Options
		want string
	}{
		"nothing is off":          {lint.Options{}, ""},
		"off in a file":           {lint.Options{Disable: []string{noAddress}, SetIn: set(noAddress)}, "not examined: mx-target-no-address, off in " + file},
		"off by a flag":           {lint.Options{Disable: []string{noAddress}}, ""},
		"a warning is off":        {lint.Options{Disable: []string{"mx-duplicate-target"}, SetIn: set("mx-duplicate-target")}, "not examined: mx-duplicate-target, off in " + file},
		"off, and finds no more":  {lint.Options{Disable: []string{"cname-loop"}, SetIn: set("cname-loop")}, ""},
		"made less":               {lint.Options{Severity: map[string]lint.Severity{noAddress: lint.Info}, SetIn: set(noAddress)}, "not refused: mx-target-no-address, made info in " + file},
		"made more":               {lint.Options{Severity: map[string]lint.Severity{"mx-duplicate-target": lint.Error}, SetIn: set("mx-duplicate-target")}, ""},
		"information that is off": {lint.Options{Info: true, Disable: []string{"mx-single"}, SetIn: set("mx-single")}, ""},
	} {
		if got := strings.Join(lint.Unexamined(old, next, nil, c.opt), "; "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Since counts: of findings alike as many are new as there are more, wherever the two lists have come apart.
func TestSinceCounts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	z := zonefile.Parse("db", []byte("@ A 192.0.2.1\n"), zonefile.Options{Origin: "example.com."})
	one := func() lint.Diagnostic {
		return lint.Diagnostic{Rule: lint.All[rng.IntN(3)], Severity: lint.Severity(1 + rng.IntN(2)), Message: string(rune('a' + rng.IntN(4))), Zone: z, File: z.Root()}
	}
	brought := 0
	for round := range 400 {
		var was, is []lint.Diagnostic
		want := map[string]int{}
		for range rng.IntN(200) {
			d := one()
			if rng.IntN(1+round%20) != 1 {
				was, want[d.Rule.Name+d.Message] = append(was, d), want[d.Rule.Name+d.Message]-1
			}
			if rng.IntN(1+round%20) != 1 {
				is, want[d.Rule.Name+d.Message] = append(is, d), want[d.Rule.Name+d.Message]+1
			}
		}
		for range rng.IntN(round/4 + 1) { // a run that only one list has
			d := one()
			is, want[d.Rule.Name+d.Message] = append(is, d), want[d.Rule.Name+d.Message]+1
		}
		got := map[string]int{}
		for _, d := range lint.Since(was, is) {
			got[d.Rule.Name+d.Message]++
			brought++
		}
		for words, n := range want {
			if got[words] != max(n, 0) {
				t.Fatalf("round %d: %d of %q are new, there are %d more", round, got[words], words, n)
			}
		}
	}
	if brought == 0 {
		t.Error("nothing was brought")
	}
}
