package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
		told, err := zonefile.GuessOrigin(path, src)
		if err != nil {
			told.Origin = "example.com."
		}
		if strings.Contains(path, "internal") {
			told.Origin = "corp.lan."
		}
		z := zonefile.Parse(path, src, zonefile.Options{Origin: told.Origin, Open: besideIt(path)})
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

// Zones that are examples are told nothing that is only so because their addresses are examples': the same is found with
// addresses of the Internet.
func TestExamplesAreNotTold(t *testing.T) {
	src, err := os.ReadFile("../ui/demo/db.example.com") // the README's zone, too
	if err != nil {
		t.Fatal(err)
	}
	others := strings.NewReplacer("192.0.2.", "62.96.4.", "198.51.100.", "85.214.30.", "203.0.113.", "91.198.174.", "2001:db8:", "2a01:4f8:")
	told := func(src string) (lines []string) {
		z := zonefile.Parse("db.example.com", []byte(src), zonefile.Options{Origin: "example.com."})
		for _, d := range lint.Run([]*zonefile.Zone{z}, lint.Options{Info: true}) {
			lines = append(lines, fmt.Sprintf("%d %s %s", d.Position().Line, d.Severity, d.Rule.Name))
		}
		return lines
	}
	is, would := told(string(src)), told(others.Replace(string(src)))
	if len(is) == 0 || !slices.Equal(is, would) {
		t.Errorf("found:\n%s\nwith other addresses:\n%s", strings.Join(is, "\n"), strings.Join(would, "\n"))
	}
}
