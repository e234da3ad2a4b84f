package lint_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

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
		origin := zonefile.Name("example.com.")
		if strings.Contains(path, "internal") {
			origin = "corp.lan."
		}
		z := zonefile.Parse(path, src, zonefile.Options{Origin: origin})
		for _, d := range lint.Run([]*zonefile.Zone{z}, lint.Options{Info: true}) {
			if d.Severity > lint.Info {
				t.Errorf("%s", d)
			} else if testing.Verbose() {
				t.Logf("%s", d)
			}
		}
	}
}

// One fault alone in a zone that is right otherwise is found, and nothing else is.
func TestFaults(t *testing.T) {
	base, err := os.ReadFile("testdata/clean/postfix-selfhosted.zone")
	if err != nil {
		t.Fatal(err)
	}
	ar, err := txtar.ParseFile("testdata/faults.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(ar.Files) < 70 {
		t.Errorf("only %d faults", len(ar.Files))
	}
	for _, f := range ar.Files {
		t.Run(strings.ReplaceAll(f.Name, " ", "-"), func(t *testing.T) {
			rule, _, _ := strings.Cut(f.Name, ":")
			z := zonefile.Parse("db.example.com", withFault(t, string(base), string(f.Data)), zonefile.Options{Origin: "example.com."})
			found := lint.Run([]*zonefile.Zone{z}, lint.Options{})
			seen := false
			for _, d := range found {
				seen = seen || d.Rule.Name == rule
				if d.Rule.Name != rule {
					t.Errorf("also found: %s", d)
				}
			}
			if !seen {
				t.Errorf("not found: %s", f.Data)
			}
		})
	}
}

// withFault changes lines of a zone.
func withFault(t *testing.T, zone, change string) []byte {
	t.Helper()
	var minus, plus string
	flush := func() {
		switch {
		case minus == "":
			zone += plus
		case strings.Count("\n"+zone, "\n"+minus) != 1:
			t.Fatalf("not there, or not once: %q", minus)
		default:
			zone = strings.TrimPrefix(strings.Replace("\n"+zone, "\n"+minus, "\n"+plus, 1), "\n")
		}
		minus, plus = "", ""
	}
	for line := range strings.Lines(change) {
		if line[0] == '-' {
			flush()
			minus = line[1:]
			continue
		}
		plus += line[1:]
	}
	flush()
	return []byte(zone)
}
