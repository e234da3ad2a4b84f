package lint_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// Rules are data that people read: what they promise is checked here.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range lint.All {
		t.Run(r.Name, func(t *testing.T) {
			if seen[r.Name] {
				t.Error("a second rule of this name")
			}
			seen[r.Name] = true
			if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$|^syntax$`).MatchString(r.Name) {
				t.Error("not a rule name")
			}
			if r.Severity < lint.Info || r.Severity > lint.Error {
				t.Error("no severity")
			}
			if len(r.Doc) < 40 || !strings.HasSuffix(r.Doc, ".") && !strings.HasSuffix(r.Doc, `".`) {
				t.Error("Doc is not a sentence")
			}
			if len(r.Refs) == 0 {
				t.Error("no reference")
			}
			if r.Check == nil {
				t.Error("no Check")
			}
			if _, err := os.Stat("testdata/rules/" + r.Name + ".txtar"); err != nil {
				t.Error(err)
			}
			checkExample(t, r)
		})
	}
}

// Examples are for people; comments in them tell what stands beside the zone.
var (
	exampleOpened  = regexp.MustCompile(`(?m)^; when it was opened: (.*)$`)
	exampleCutOver = regexp.MustCompile(`(?m)^; the cut-over is in (.*)$`)
	exampleReverse = regexp.MustCompile(`(?m)^; (\S+\.in-addr\.arpa\. PTR .*)$`)
	exampleBeside  = regexp.MustCompile(`(?m)^; (\S+) is loaded, too$`)
	exampleCert    = regexp.MustCompile(`(?m)^; (\S+) is the certificate of (\S+)$`)
	exampleJournal = regexp.MustCompile(`(?m)^; (.*)\.jnl is there$`)
)

// example is an example as a case.
func example(t *testing.T, r *lint.Rule, src string) *testCase {
	t.Helper()
	c := &testCase{rule: r.Name, src: src + "\n", origin: "example.com."}
	if r.Name != "tlsa-unsigned" {
		c.opt.Signed = []string{"db.example.com"}
	}
	c.opt.Info = r.Severity == lint.Info
	if m := exampleOpened.FindStringSubmatch(src); m != nil {
		c.opt.Against = append(c.opt.Against, c.zone(c.complete(m[1]+"\n")))
	}
	if m := exampleCutOver.FindStringSubmatch(src); m != nil {
		var err error
		if c.opt.CutOver, err = time.ParseDuration(m[1]); err != nil {
			t.Fatal(err)
		}
	}
	if m := exampleBeside.FindStringSubmatch(src); m != nil {
		below := []byte("$TTL 1d\n@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h\n@ NS ns1.dns.net.\n@ NS ns2.dns.org.\n")
		c.beside = append(c.beside, zonefile.Parse("below", below, zonefile.Options{Origin: zonefile.Name(m[1])}))
	}
	if m := exampleCert.FindStringSubmatch(src); m != nil {
		c.opt.Certs = append(c.opt.Certs, certificate(t, zonefile.Name(m[2]), m[1]))
	}
	if m := exampleJournal.FindStringSubmatch(src); m != nil {
		c.opt.Journals = []string{m[1]}
	}
	var reverse strings.Builder
	for _, m := range exampleReverse.FindAllStringSubmatch(src, -1) {
		reverse.WriteString(m[1] + "\n")
	}
	if reverse.Len() > 0 {
		r := testCase{origin: "2.0.192.in-addr.arpa."}
		c.beside = append(c.beside, r.zone(r.complete(reverse.String())))
	}
	return c
}

// checkExample runs the bad example, which the rule must find, and the good one, where nothing may be found.
func checkExample(t *testing.T, r *lint.Rule) {
	t.Helper()
	bad, good := example(t, r, r.Bad), example(t, r, r.Good)
	if found := bad.run(bad.zone(bad.complete(bad.src))); count(found, r) == 0 {
		t.Errorf("nothing found in the bad example: %v", found)
	}
	for _, d := range good.run(good.zone(good.complete(good.src))) {
		if d.Rule == r || d.Severity > lint.Info {
			t.Errorf("found in the good example: %s", d)
		}
	}
}
