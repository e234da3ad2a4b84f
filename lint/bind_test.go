package lint_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

func TestMain(m *testing.M) { os.Exit(needs.Main{M: m}.Run()) }

// named loads what is silent here, and what it refuses is an error here. Its checks of names and of MX are
// set as named has them by default.
func TestLikeBIND(t *testing.T) {
	needs.Long(t)
	needs.Program(t, "bind9-utils", "named-checkzone")
	refuses := func(t *testing.T, origin, src string) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "zone")
		if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("named-checkzone", "-i", "local", "-k", "fail", origin, path)
		cmd.Dir = "testdata/clean" // where named takes includes from
		out, err := cmd.CombinedOutput()
		if err == nil {
			return ""
		}
		return string(out)
	}
	clean, _ := filepath.Glob("testdata/clean/*.zone")
	for _, path := range clean {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		z := zonefile.Parse(path, src, zonefile.Options{Origin: "example.com.", Open: besideIt(path)})
		if out := refuses(t, string(z.Origin()), string(src)); out != "" {
			t.Errorf("%s: named refuses it:\n%s", path, out)
		}
	}
	for _, f := range faults(t) {
		out, r := refuses(t, f.zone+".", string(f.src)), f.rule()
		if out != "" && r.Severity != lint.Error {
			t.Errorf("%s: named refuses it, and it is a %s here:\n%s", f.name, r.Severity, out)
		}
		if out == "" && !slices.Contains(f.setup, "loads") && strings.Contains(r.Doc, "BIND refuses the zone") {
			t.Errorf("%s: named does not refuse it, as %s says", f.name, r.Name)
		}
	}
}
