package lint_test

// Cases are data: a file of testdata holds zones of one rule, named after what they show. A comment
//
//	; want "regexp" [rule]
//
// says what has to be found in its line; @-1 behind want moves it to the line above. Whatever else is
// found fails the case. "NAME fixed" is the zone after every first fix of the rule that the file is
// named after; -update writes it anew. What has to be found is always written by hand: it is the claim. Lines
// ";: word value" at the top of a zone are its options.

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

var update = flag.Bool("update", false, "write anew what the tests expect; git diff shows what has changed")

// testCase is one zone of a case file.
type testCase struct {
	rule   string // the rule that the file is named after
	name   string
	src    string
	fixed  string
	origin zonefile.Name
	beside []*zonefile.Zone
	bare   bool // nothing is added to the zone
	values []string
	guess  bool // no fix of its rule is safe
	opt    lint.Options
}

// loadCases reads a case file.
func loadCases(t *testing.T, path string) []testCase {
	t.Helper()
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	for _, f := range ar.Files {
		last := len(cases) - 1
		if name, ok := strings.CutSuffix(f.Name, " fixed"); ok && last >= 0 && cases[last].name == name {
			cases[last].fixed = string(f.Data)
			continue
		}
		if name, origin, ok := strings.Cut(f.Name, " beside "); ok && last >= 0 && cases[last].name == name {
			z := zonefile.Parse(origin, f.Data, zonefile.Options{Origin: zonefile.Name(origin + ".")})
			cases[last].beside = append(cases[last].beside, z)
			continue
		}
		if name, ok := strings.CutSuffix(f.Name, " opened"); ok && last >= 0 && cases[last].name == name {
			z := zonefile.Parse("opened", cases[last].complete(string(f.Data)), zonefile.Options{Origin: cases[last].origin})
			cases[last].opt.Against = append(cases[last].opt.Against, z)
			continue
		}
		c := testCase{rule: strings.TrimSuffix(filepath.Base(path), ".txtar"), name: f.Name, src: string(f.Data), origin: "example.com."}
		if err := c.options(t); err != nil {
			t.Fatalf("%s: %s: %v", path, f.Name, err)
		}
		cases = append(cases, c)
	}
	return cases
}

// options reads the ";:" lines at the top of a zone.
func (c *testCase) options(t *testing.T) (err error) {
	c.opt.Disable = []string{"mx-target-special-address"} // cases use the addresses that are for examples
	c.opt.Signed = []string{"db.example.com"}
	for line := range strings.Lines(c.src) {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] != ";:" {
			return nil
		}
		switch words[1] {
		case "info":
			c.opt.Info = true
		case "bare":
			c.bare = true
		case "guess":
			c.guess = true
		case "origin":
			c.origin = zonefile.Name(words[2])
		case "enable":
			c.opt.Disable = slices.DeleteFunc(c.opt.Disable, func(n string) bool { return slices.Contains(words[2:], n) })
		case "disable":
			c.opt.Disable = append(c.opt.Disable, words[2:]...)
		case "values":
			c.values = words[2:]
		case "today":
			c.opt.Today, err = time.Parse(time.DateOnly, words[2])
		case "cutover":
			c.opt.CutOver, err = time.ParseDuration(words[2])
		case "cert":
			c.opt.Certs = append(c.opt.Certs, certificate(t, zonefile.Name(words[2]), words[3]))
		case "journal":
			c.opt.Journals = words[2:]
		case "unsigned":
			c.opt.Signed = nil
		case "severity":
			var s lint.Severity
			s, err = zonefile.ParseSeverity(words[3])
			c.opt.Severity = map[string]lint.Severity{words[2]: s}
		default:
			err = fmt.Errorf("unknown option %q", words[1])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// certificate is one that a host shows, from a file of testdata/certificates.
func certificate(t *testing.T, host zonefile.Name, file string) lint.Certificate {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "certificates", file))
	if err != nil {
		t.Fatal(err)
	}
	key, err := policy.ReadKeyFile(text)
	if err != nil {
		t.Fatal(err)
	}
	return lint.Certificate{Host: host, File: file, Identity: key.Identity}
}

// complete puts in front of a zone what every zone has, so that a case holds only what it is about.
func (c *testCase) complete(src string) []byte {
	if c.bare {
		return []byte(src)
	}
	var head strings.Builder
	if !strings.Contains(src, "$TTL") {
		head.WriteString("$TTL 1d\n")
	}
	if !strings.Contains(src, "SOA") && c.rule != "soa-missing" {
		head.WriteString("@ SOA ns1.dns.net. hostmaster.dns.net. 2026010101 4h 1h 2w 1h\n")
	}
	if !regexp.MustCompile(`(?m)^@.*\sNS\s`).MatchString(src) && c.rule != "ns-missing" {
		head.WriteString("@ NS ns1.dns.net.\n@ NS ns2.dns.org.\n")
	}
	if strings.Contains(src, "MX") && !strings.Contains(src, "v=spf1") && c.rule != "spf-missing" {
		head.WriteString("@ TXT \"v=spf1 -all\"\n")
	}
	if strings.Contains(src, "MX") && !strings.Contains(src, "_dmarc") && c.rule != "dmarc-missing" {
		head.WriteString("_dmarc TXT \"v=DMARC1; p=reject\"\n")
	}
	return []byte(head.String() + src)
}

// zone parses the case's zone.
func (c *testCase) zone(src []byte) *zonefile.Zone {
	return zonefile.Parse("db.example.com", src, zonefile.Options{Origin: c.origin})
}

// run lints one version of the case's zone.
func (c *testCase) run(z *zonefile.Zone) []lint.Diagnostic {
	found := lint.Run(append([]*zonefile.Zone{z}, c.beside...), c.opt)
	return slices.DeleteFunc(found, func(d lint.Diagnostic) bool { return d.Zone != z })
}

var (
	wantComment = regexp.MustCompile(`;\s*want(@[-+]\d+)?\s+"`)
	wantOne     = regexp.MustCompile(`^\s*"((?:[^"\\]|\\.)*)"\s+\[([a-z0-9-]+)\]`)
)

// want is one expectation.
type want struct {
	line int
	re   *regexp.Regexp
	rule string
}

// wants reads the expectations of a zone.
func wants(t *testing.T, src string) []want {
	t.Helper()
	var out []want
	n := 0
	for line := range strings.Lines(src) {
		n++
		at := wantComment.FindStringSubmatchIndex(line)
		if at == nil {
			continue
		}
		shift := 0
		if at[2] >= 0 {
			shift, _ = strconv.Atoi(line[at[2]+1 : at[3]])
		}
		rest := line[at[1]-1:]
		for m := wantOne.FindStringSubmatch(rest); m != nil; m = wantOne.FindStringSubmatch(rest) {
			out = append(out, want{n + shift, regexp.MustCompile(m[1]), m[2]})
			rest = rest[len(m[0]):]
		}
		if strings.TrimSpace(rest) != "" {
			t.Fatalf("line %d: not an expectation: %s", n, rest)
		}
	}
	return out
}

// withoutWants strips expectations; how columns are laid out is not the rules' business.
func withoutWants(src string) string {
	var b strings.Builder
	for line := range strings.Lines(src) {
		if at := wantComment.FindStringIndex(line); at != nil {
			line = line[:at[0]]
		}
		words := strings.Join(strings.Fields(line), " ")
		if words == "" || strings.HasPrefix(line, ";:") {
			continue
		}
		if isBlank := line[0] == ' ' || line[0] == '\t'; isBlank {
			b.WriteByte(' ')
		}
		b.WriteString(words + "\n")
	}
	return b.String()
}

func TestCases(t *testing.T) {
	eachCase(t, func(t *testing.T, c *testCase, _ *zonefile.Zone) { c.check(t) })
}

// eachCase runs a test for every case of every rule.
func eachCase(t *testing.T, check func(t *testing.T, c *testCase, z *zonefile.Zone)) {
	t.Helper()
	casesIn(t, caseFiles(t), check)
}

// caseFiles is the files of cases.
func caseFiles(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	return paths
}

// casesIn runs a check on the cases of some files.
func casesIn(t *testing.T, paths []string, check func(t *testing.T, c *testCase, z *zonefile.Zone)) {
	t.Helper()
	for _, path := range paths {
		for _, c := range loadCases(t, path) {
			t.Run(c.rule+"/"+strings.ReplaceAll(c.name, " ", "-"), func(t *testing.T) {
				check(t, &c, c.zone(c.complete(c.src)))
			})
		}
	}
}

// check runs one case and its fix.
func (c *testCase) check(t *testing.T) {
	src := c.complete(c.src)
	found := c.run(c.zone(src))
	expected := wants(t, string(src))
	for _, d := range found {
		i := slices.IndexFunc(expected, func(w want) bool {
			return w.line == d.Position().Line && w.rule == d.Rule.Name && w.re.MatchString(d.Message)
		})
		if i < 0 {
			t.Errorf("unexpected: %s", d)
			continue
		}
		expected = slices.Delete(expected, i, i+1)
		checkStyle(t, d)
	}
	for _, w := range expected {
		t.Errorf("line %d: nothing found that matches %q [%s]\n%s", w.line, w.re, w.rule, src)
	}
	for _, d := range found {
		checkSafeFixes(t, c, d)
		if _, safe := d.SafeFix(); safe && c.guess && d.Rule.Name == c.rule {
			t.Errorf("a safe fix: %s", d)
		}
	}
	if c.fixed != "" {
		checkFixed(t, c, src)
	}
}

// verb is what stands in a sentence whose format and words do not fit: vet does not look at formats of our own.
var verb = regexp.MustCompile(`%[!sdvqTx]([^{]|$)`)

// checkStyle holds messages to one style.
func checkStyle(t *testing.T, d lint.Diagnostic) {
	t.Helper()
	first := d.Message[:1]
	if strings.ToLower(first) != first && !regexp.MustCompile(`^[A-Z][A-Z0-9$-]+`).MatchString(d.Message) {
		t.Errorf("message does not start in lower case: %s", d)
	}
	if verb.MatchString(d.Message) {
		t.Errorf("a verb has no word, or no sentence knows its type: %s", d)
	}
	if strings.HasSuffix(d.Message, ".") && !strings.HasSuffix(d.Message, "..") {
		t.Errorf("message ends in a full stop: %s", d)
	}
	if len(d.Message) > 140 {
		t.Errorf("a message of %d characters: %s", len(d.Message), d)
	}
	if d.Span.End <= d.Span.Start && d.File.Size() > int(d.Span.Start) {
		t.Errorf("nothing to mark: %s", d)
	}
	for _, said := range lint.Sayings(d.Message)[1:] {
		if aboutNothing.MatchString(said) || cutTerm.MatchString(said) && d.Message[len(said)] == ':' || cutList.MatchString(d.Message[len(said):]) {
			t.Errorf("half a sentence in %q: %s", said, d)
		}
	}
}

// aboutNothing is a clause that names what it is about and says nothing of it; cutTerm one that ends before the colon of a term, and
// cutList what is left of a list.
var (
	aboutNothing = regexp.MustCompile(`^([A-Za-z]+ )?([A-Za-z]+ )?"[^"]*"$|^[a-z]+$`)
	cutTerm      = regexp.MustCompile(`(^| )(a|mx|ptr|ip4|ip6|include|exists|mailto|https)$`)
	cutList      = regexp.MustCompile(`^, nor |^, [^ ]+(,| (or|and) [^ ]+(,|$))`)
)

// checkSafeFixes applies the safe fixes of a finding: it must be gone, and nothing new may be found.
func checkSafeFixes(t *testing.T, c *testCase, d lint.Diagnostic) {
	t.Helper()
	before := c.run(d.Zone)
	for _, f := range d.Fixes {
		if !f.Safe {
			continue
		}
		if len(f.Needs) > 0 {
			t.Errorf("%s: a safe fix asks nothing: %s", d, f.Message)
			continue
		}
		edits, err := f.Edits(d.Zone)
		if err != nil {
			t.Errorf("%s: %s: %v", d, f.Message, err)
			continue
		}
		next, err := d.Zone.Apply(edits...)
		if err != nil {
			t.Fatalf("%s: %s: %v", d, f.Message, err)
		}
		after := c.run(next)
		if count(after, d.Rule) >= count(before, d.Rule) || len(after) >= len(before) {
			t.Errorf("%s: after %q is found:\n%v", d, f.Message, after)
		}
	}
}

// count is the number of findings of a rule.
func count(list []lint.Diagnostic, r *lint.Rule) (n int) {
	for _, d := range list {
		if d.Rule == r {
			n++
		}
	}
	return n
}

// checkFixed applies the first fixes of the rule one after the other.
func checkFixed(t *testing.T, c *testCase, src []byte) {
	t.Helper()
	z := c.zone(src)
	for range 20 {
		next := c.fixOne(t, z)
		if next == nil {
			break
		}
		z = next
	}
	var b strings.Builder
	if _, err := z.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	got := withoutWants(b.String())
	if *update && got != withoutWants(string(c.complete(c.fixed))) {
		c.rewrite(t, b.String())
	}
	if expect := withoutWants(string(c.complete(c.fixed))); got != expect {
		t.Errorf("after the fixes:\n%s\nexpected:\n%s", got, expect)
	}
}

// rewrite makes a zone after the fixes the one that the case expects.
func (c *testCase) rewrite(t *testing.T, zone string) {
	t.Helper()
	head := strings.TrimSuffix(string(c.complete(c.src)), c.src)
	var fixed strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(zone, head)) {
		if at := wantComment.FindStringIndex(line); at != nil {
			line = strings.TrimRight(line[:at[0]], " \t") + "\n"
		}
		if !strings.HasPrefix(line, ";:") {
			fixed.WriteString(line)
		}
	}
	c.fixed = fixed.String()
	path := "testdata/rules/" + c.rule + ".txtar"
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range ar.Files {
		if ar.Files[i].Name == c.name+" fixed" {
			ar.Files[i].Data = []byte(c.fixed)
		}
	}
	if err := os.WriteFile(path, txtar.Format(ar), 0o600); err != nil {
		t.Fatal(err)
	}
}

// fixOne applies the first fix of the rule; nil if there is none left.
func (c *testCase) fixOne(t *testing.T, z *zonefile.Zone) *zonefile.Zone {
	t.Helper()
	for _, d := range c.run(z) {
		if d.Rule.Name != c.rule || len(d.Fixes) == 0 {
			continue
		}
		f := d.Fixes[0]
		edits, err := f.Edits(z, c.values[:min(len(f.Needs), len(c.values))]...)
		if err != nil {
			t.Fatalf("%s: %s: %v", d, f.Message, err)
		}
		next, err := z.Apply(edits...)
		if err != nil {
			t.Fatalf("%s: %s: %v", d, f.Message, err)
		}
		return next
	}
	return nil
}
