package lint_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
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

// checkExample runs the bad example, which the rule must find, and the good one, where nothing may be found.
func checkExample(t *testing.T, r *lint.Rule) {
	t.Helper()
	bad := testCase{rule: r.Name, src: r.Bad + "\n", origin: "example.com."}
	good := testCase{rule: r.Name, src: r.Good + "\n", origin: "example.com."}
	for _, c := range []*testCase{&bad, &good} {
		if err := c.options(); err != nil {
			t.Fatal(err)
		}
		c.opt.Info = r.Severity == lint.Info
		if strings.HasPrefix(c.src, "$ORIGIN . ") {
			c.bare = true
		}
	}
	if found := bad.run(bad.zone(bad.complete(bad.src))); count(found, r) == 0 {
		t.Errorf("nothing found in the bad example: %v", found)
	}
	for _, d := range good.run(good.zone(good.complete(good.src))) {
		if d.Rule == r || d.Severity > lint.Info {
			t.Errorf("found in the good example: %s", d)
		}
	}
}
