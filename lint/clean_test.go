package lint_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// Zones as providers, hosters and companies write them: nothing in them is to be changed, so nothing above
// information may be said.
func TestCleanZones(t *testing.T) {
	paths, err := filepath.Glob("testdata/clean/*.zone")
	if err != nil || len(paths) == 0 {
		t.Fatal("no zones", err)
	}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		origin, err := zonefile.GuessOrigin(path, src)
		if err != nil {
			origin = "example.com."
		}
		if strings.Contains(path, "internal") {
			origin = "corp.lan."
		}
		z := zonefile.Parse(path, src, zonefile.Options{Origin: origin, Open: besideIt(path)})
		opt := lint.Options{Info: true}
		if strings.Contains(path, "selfhosted") { // named signs it
			opt.Signed = []string{path}
		}
		for _, d := range lint.Run([]*zonefile.Zone{z}, opt) {
			if d.Severity > lint.Info {
				t.Errorf("%s", d)
			} else if testing.Verbose() {
				t.Logf("%s", d)
			}
		}
	}
}

// besideIt reads what a zone includes from beside the zone.
func besideIt(path string) func(string, *zonefile.File) (string, []byte, error) {
	return func(include string, _ *zonefile.File) (string, []byte, error) {
		name := filepath.Join(filepath.Dir(path), include)
		src, err := os.ReadFile(name)
		return name, src, err
	}
}
