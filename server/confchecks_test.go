//go:build linux || darwin || freebsd || netbsd

package server

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What a zone says of checks counts before its view, and that before the options; of a view more each way counts. Words that no
// check has are kept nowhere.
func TestChecksOfZones(t *testing.T) {
	dir := t.TempDir()
	conf := filepath.Join(dir, "named.conf")
	err := os.WriteFile(conf, []byte(strings.ReplaceAll(`
options { directory "$DIR"; check-names master warn; check-names secondary ignore; max-zone-ttl 1D; check-mx secretword; };
view in {
  check-names primary ignore; check-integrity no;
  zone "plain.example" { type primary; file "plain"; };
  zone "own.example" { type primary; file "own"; check-names fail; max-zone-ttl unlimited; check-spf "c2VjcmV0"; };
  zone "both.example" { type primary; file "both"; };
};
view out {
  zone "both.example" { type primary; file "both"; };
  zone "own.example" { in-view in; };
};
`, "$DIR", dir)), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ReadConfiguration(conf, "")
	if err != nil || len(c.Faults) > 0 {
		t.Fatal(err, c.Faults)
	}
	want := map[string][]string{
		"plain.example.": {"check-integrity no; check-names ignore; max-zone-ttl 1d;"},
		"own.example.":   {"check-integrity no; check-names fail; max-zone-ttl unlimited;"},
		"both.example.":  {"check-integrity no; check-names ignore; max-zone-ttl 1d;", "check-names warn; max-zone-ttl 1d;"},
	}
	for _, z := range c.Zones {
		if !slices.Equal(z.Checks, want[string(z.Name)]) {
			t.Errorf("%s: %q, want %q", z.Name, z.Checks, want[string(z.Name)])
		}
		delete(want, string(z.Name))
	}
	if len(want) > 0 {
		t.Errorf("not listed: %v", want)
	}
}
