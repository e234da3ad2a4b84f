package server

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A file is the zone that the configuration says; one that several zones have is none of them alone.
func TestZonesByFile(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "real"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	conf := `options { directory "` + dir + `"; };
zone "2.0.192.in-addr.arpa" { type primary; file "db.192.0.2"; };
zone "Example.COM." IN { type master; file "link/master"; };
zone "version" CH { type primary; file "chaos"; };
zone "a.example" { type primary; file "empty"; };
view "inside" { zone "b.example" { type primary; file "empty"; }; zone "a.example" { type primary; file "empty"; }; };
zone "nofile.example" { type secondary; };
`
	got := zonesByFile(readConf(conf))
	for file, want := range map[string][]string{
		"db.192.0.2":  {"2.0.192.in-addr.arpa."},
		"real/master": {"example.com."},
		"chaos":       nil,
		"empty":       {"a.example.", "b.example."},
	} {
		if names := got[filepath.Join(dir, file)]; !slices.Equal(names, want) {
			t.Errorf("%s: %q, want %q", file, names, want)
		}
	}
	if len(got) != 3 {
		t.Errorf("more files: %q", got)
	}
}
