package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// reachedOf counts how many edits were looked at, and of how many it was known what they reach.
type reachedOf struct{ edits, reached int }

// check holds what an edit brings and ends against the difference of two whole runs. Of a comparison, which knows no edits, too.
func (n *reachedOf) check(t *testing.T, what string, z, next *zonefile.Zone, edits []zonefile.Edit, opt lint.Options) bool {
	t.Helper()
	opt.Disable = slices.Clone(opt.Disable)
	for _, r := range lint.All {
		if r.NeedsAll() {
			opt.Disable = append(opt.Disable, r.Name)
		}
	}
	words := func(list []lint.Diagnostic) (out []string) {
		for _, d := range list {
			out = append(out, d.String())
		}
		return out
	}
	run := func(z *zonefile.Zone) []lint.Diagnostic { return lint.Run([]*zonefile.Zone{z}, opt) }
	was, is := run(z), run(next)
	want, ends := words(lint.Since(was, is)), words(lint.Since(is, was))
	for _, how := range [][]zonefile.Edit{edits, nil} {
		found, reached := lint.DifferenceForTests(z, next, how, opt)
		n.edits++
		if reached {
			n.reached++
		}
		if got := words(found.Came); !slices.Equal(got, want) {
			t.Errorf("%s brings %q, two whole runs say %q", what, got, want)
			return false
		}
		if got := words(found.Gone); !slices.Equal(got, ends) {
			t.Errorf("%s ends %q, two whole runs say %q", what, got, ends)
			return false
		}
	}
	return true
}

// What is found at the names that somebody wants to know of is the same whether others are visited or not.
func TestEachAt(t *testing.T) {
	eachCase(t, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		c.opt.Info = true
		zones := append([]*zonefile.Zone{z}, c.beside...)
		wanted := func(n zonefile.Name) bool { return len(n)%2 == 0 }
		at := func(each func(func(*lint.Diagnostic) bool)) (out []string) {
			for d := range each {
				if d.File.Size() > 0 && wanted(d.Owner()) {
					out = append(out, d.String())
				}
			}
			return out
		}
		all, some := at(lint.Each(zones, c.opt)), at(lint.EachAt(zones, c.opt, wanted))
		if !slices.Equal(all, some) {
			t.Errorf("at the names: %q, want %q", some, all)
		}
	})
}

// Edits whose reach was once misjudged.
func TestFarReach(t *testing.T) {
	head := "$TTL 1d\n@ SOA ns1.dns.net. h.dns.net. 1 4h 1h 2w 1h\n@ NS ns1.dns.net.\n@ NS ns2.dns.org.\n"
	for what, c := range map[string]struct{ src, old, now string }{
		"an ignore goes":                              {"a MX 10 gone ; lint:ignore mx-target-no-address\n", " ; lint:ignore mx-target-no-address", ""},
		"an ignore of the file goes":                  {"a MX 10 gone\n; lint:ignore-file mx-target-no-address\nb A 192.0.2.1\n", "; lint:ignore-file mx-target-no-address\n", ""},
		"what an ignore stands above is another line": {"; lint:ignore mx-target-no-address\na MX 10 gone\n", "a MX", "b A 192.0.2.1\na MX"},
		"a default TTL that was nobody's":             {"a A 192.0.2.1\n;$TTL 3000000000\n", ";$TTL", "$TTL"},
		"a parenthesis parts lines":                   {"a TXT ( x\nb MX 10 gone.b\n$ORIGIN b.example.com.\n)\nc MX 10 d\nd.example.com. A 192.0.2.1\n", ")\nc", "c"},
		"a parenthesis joins lines":                   {"m A 192.0.2.1\na TXT x\nm A 192.0.2.3\na TXT y )\nb MX 10 m\n", "a TXT x\n", "a TXT ( x\n"},
		"a DNAME at the zone's name":                  {"@ DNAME b\nx.b A 192.0.2.1\nm MX 10 x\n", "@ DNAME b\n", ""},
		"a name that is asked for in two ways":        {"a.example.com A 192.0.2.1\n_dmarc.a TXT x\na MX 10 a\n", "a.example.com A 192.0.2.1\n_dmarc.a TXT x", "a.example.com A 192.0.2.2\n_dmarc.a TXT \"v=DMARC1; p=none\""},
	} {
		t.Run(what, func(t *testing.T) {
			z := zonefile.Parse("db", []byte(head+c.src), zonefile.Options{Origin: "example.com."})
			at := uint32(strings.Index(head+c.src, c.old))
			edits := []zonefile.Edit{{File: z.Root(), Span: zonefile.Span{Start: at, End: at + uint32(len(c.old))}, New: c.now}}
			next, err := z.Apply(edits...)
			if err != nil {
				t.Fatal(err)
			}
			opt := lint.Options{Info: true}
			new(reachedOf).check(t, what, z, next, edits, opt)
			report := lint.Start([]*zonefile.Zone{z}, opt).After(z, next, edits)
			compareReports(t, what, report, lint.Run([]*zonefile.Zone{next}, opt))
		})
	}
}

// Who sends reports elsewhere asks for permission there: a delegation, or a wildcard of any name, may decide it.
func TestFarPermission(t *testing.T) {
	zones := []*zonefile.Zone{
		zonefile.Parse("a", []byte("_dmarc TXT \"v=DMARC1; p=none; rua=mailto:x@r.example.net\"\n"), zonefile.Options{Origin: "example.com."}),
		zonefile.Parse("b", []byte("; here\n"), zonefile.Options{Origin: "example.net."}),
	}
	for _, line := range []string{"r NS ns.dns.net.\n", "* TXT \"v=DMARC1\"\n", "example.com._report._dmarc.r TXT \"v=DMARC1\"\n", "*.r TXT \"v=DMARC1\"\n"} {
		edits := []zonefile.Edit{{File: zones[1].Root(), New: line}}
		next, err := zones[1].Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		report := lint.Start(zones, lint.Options{Info: true}).After(zones[1], next, edits)
		compareReports(t, line, report, lint.Run([]*zonefile.Zone{zones[0], next}, lint.Options{Info: true}))
	}
}

// What an edit touches is the rows that it changes, and not those as long before it as its text is: one behind a directive is followed.
// So is one that makes a comment of a record.
func TestEditTouchesItsRows(t *testing.T) {
	const text = "$TTL 1h\n@ SOA ns1 h 1 2h 30m 4w 5m\n@ NS ns1\n@ MX 10 ns1\nns1 A 192.0.2.1\n$ORIGIN s.example.com.\na MX 10 ns1.example.com.\n\tA 192.0.2.2\n"
	z := zonefile.Parse("db", []byte(text), zonefile.Options{Origin: "example.com."})
	at := func(text string) (s zonefile.Span) {
		s.Start = uint32(strings.Index(string(z.Root().Slice(zonefile.Span{End: uint32(z.Root().Size())})), text))
		s.End = s.Start + uint32(len(text))
		return s
	}
	opt := lint.Options{Info: true}
	for _, r := range lint.All {
		if r.NeedsAll() {
			opt.Disable = append(opt.Disable, r.Name)
		}
	}
	line := at("a MX 10 ns1.example.com.")
	for what, edit := range map[string]zonefile.Edit{
		"another exchange":             {File: z.Root(), Span: line, New: "a MX 10 gone.s.example.com. ; the old host is gone"},
		"a line that is commented out": {File: z.Root(), Span: zonefile.Span{Start: line.End + 1, End: line.End + 1}, New: ";"},
	} {
		next, err := z.Apply(edit)
		if err != nil {
			t.Fatal(err)
		}
		new(reachedOf).check(t, what, z, next, []zonefile.Edit{edit}, opt)
		if _, reached := lint.DifferenceForTests(z, next, []zonefile.Edit{edit}, opt); !reached {
			t.Errorf("%s: it is not followed", what)
		}
	}
}
