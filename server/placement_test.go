//go:build linux || darwin || freebsd || netbsd

package server

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// configured reads a configuration in a new directory, for which DIR stands in it.
func configured(t *testing.T, conf string, links map[string]string) (Configuration, string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "real"), 0o700); err != nil {
		t.Fatal(err)
	}
	for at, to := range links {
		if err := os.Symlink(to, filepath.Join(dir, at)); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "named.conf")
	putFile(t, path, strings.ReplaceAll(conf, "DIR", dir))
	c, err := ReadConfiguration(path, "")
	if err != nil {
		t.Fatal(err)
	}
	return c, dir
}

// A file is the zone that the configuration says, by whatever links; one that several zones have is none of them alone.
func TestPlacements(t *testing.T) {
	c, dir := configured(t, `options { directory "DIR"; };
zone "2.0.192.in-addr.arpa" { type primary; file "db.192.0.2"; };
zone "Example.COM." IN { type master; file "link/master"; };
zone "linked.example" { type primary; file "pointer"; };
zone "version" CH { type primary; file "chaos"; };
zone "a.example" { type primary; file "empty"; };
zone "b.example" { type primary; file "empty"; };
zone "c.example" { type primary; file "DIR/nowhere/c"; };
zone "nofile.example" { type secondary; };
`, map[string]string{"link": "real", "pointer": "real/elsewhere"})
	asked := 0
	at := Placements(func() (Configuration, error) { asked++; return c, nil })
	for file, want := range map[string][]zonefile.Name{
		"db.192.0.2":     {"2.0.192.in-addr.arpa."},
		"real/master":    {"example.com."},
		"link/master":    nil, // no path that is free of links
		"real/elsewhere": {"linked.example."},
		"chaos":          nil,
		"empty":          {"a.example.", "b.example."},
		"nowhere/c":      nil, // nobody can look there
		"other":          nil,
	} {
		p := at(filepath.Join(dir, file))
		if names := p.Names(); !slices.Equal(names, want) {
			t.Errorf("%s: %q, want %q", file, names, want)
		}
		if want, _ := map[bool]Placement{true: {Directory: dir, By: dir + "/named.conf"}}[len(want) > 0]; p.Directory != want.Directory || p.By != want.By {
			t.Errorf("%s: directory %q, by %q", file, p.Directory, p.By)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	if p := Placements(func() (Configuration, error) { return c, ErrNoConfiguration })(filepath.Join(dir, "empty")); len(p.Zones) > 0 {
		t.Errorf("without a configuration: %+v", p)
	}
}

// A zone of the same name and file in two views is one name. Where nobody knows what a path counts from, nothing is placed.
func TestPlacementsInViews(t *testing.T) {
	c, dir := configured(t, `options { directory "DIR"; };
view in { zone "a.example" { type primary; file "a"; }; zone "b.example" { type primary; file "b"; }; };
view out { zone "a.example" { type primary; file "DIR/a"; }; zone "b.example" { type primary; file "a"; }; };`, nil)
	at := Placements(func() (Configuration, error) { return c, nil })
	for file, want := range map[string][]zonefile.Name{"a": {"a.example.", "b.example."}, "b": {"b.example."}} {
		if names := at(filepath.Join(dir, file)).Names(); !slices.Equal(names, want) {
			t.Errorf("%s: %q, want %q", file, names, want)
		}
	}
	for conf, want := range map[string]int{`zone "a.example" { type primary; file "a"; };`: 0,
		`options { directory "real"; }; zone "a.example" { type primary; file "a"; };`: 0, `zone "a.example" { type primary; file "DIR/a"; };`: 1} {
		c, dir := configured(t, conf, nil)
		t.Chdir(dir)
		c, err := ReadConfiguration(c.File, "")
		if err != nil {
			t.Fatal(err)
		}
		at := Placements(func() (Configuration, error) { return c, nil })
		if got := len(at(c.Zones[0].Path).Zones); got != want {
			t.Errorf("%s: placed %d times, want %d", conf, got, want)
		}
	}
}

// A link among many files leads where it leads, though they are not looked at one by one.
func TestPlacementsOfMany(t *testing.T) {
	var conf strings.Builder
	conf.WriteString("options { directory \"DIR\"; };\n")
	for i := range 3 * lookedUp {
		fmt.Fprintf(&conf, "zone \"zone%d.example\" { type primary; file \"db%d\"; };\n", i, i)
	}
	conf.WriteString(`zone "zz.example" { type primary; file "pointer"; };`)
	c, dir := configured(t, conf.String(), map[string]string{"pointer": "real/db", "db7": "real/seven"})
	at := Placements(func() (Configuration, error) { return c, nil })
	for file, want := range map[string][]zonefile.Name{"real/db": {"zz.example."}, "real/seven": {"zone7.example."}, "db7": nil, "pointer": nil,
		"db140": {"zone140.example."}} {
		if names := at(filepath.Join(dir, file)).Names(); !slices.Equal(names, want) {
			t.Errorf("%s: %q, want %q", file, names, want)
		}
	}
}

// To find one file among many zones costs no more than a start may.
func BenchmarkPlacements(b *testing.B) {
	dir := b.TempDir()
	var conf strings.Builder
	fmt.Fprintf(&conf, "options { directory %q; };\n", dir)
	for i := range 10_000 {
		fmt.Fprintf(&conf, "zone \"zone%d.example\" { type primary; file \"db.zone%d\"; };\n", i, i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("db.zone%d", i)), nil, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(dir, "named.conf")
	if err := os.WriteFile(path, []byte(conf.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		at := Placements(Where{File: path}.Read)
		if len(at(filepath.Join(dir, "db.zone9999")).Zones) != 1 {
			b.Fatal("not found")
		}
	}
}

// The zones of a name are found whatever its case, with those whose file nobody knows the directory of.
func TestHostingByConfiguration(t *testing.T) {
	for _, tt := range []struct{ conf, zone, file, kind, unable string }{
		{`zone "example.net" { type primary; file "DIR/a"; };`, "example.com.", "a", "", ""},
		{`options { directory "DIR"; }; zone "EXAMPLE.com." { Type Master; File "a"; };`, "example.com.", "a", "primary", ""},
		{`zone "example.com" { type primary; file "real/a"; };`, "example.com.", "real/a", "primary", ""},
		{`zone "example.com" { type primary; file "real/a"; };`, "example.com.", "unreal/a", "", "/real/a, not from this file"},
		{`zone "example.com" IN { type slave; file "DIR/a"; };`, "example.com.", "a", "secondary", ""},
		{`zone "example.com" { type secondary; };`, "example.com.", "a", "", ""},
		{`zone "example.com" { type primary; file "DIR/a"; update-policy local; };`, "example.com.", "a", "primary dynamic", ""},
		{`zone "example.com" { type primary; file "DIR/a"; allow-update { key "k"; }; };`, "example.com.", "a", "primary dynamic", ""},
		{`zone "example.com" { type primary; file "DIR/a"; allow-update { "none"; }; };`, "example.com.", "a", "primary", ""},
		{`zone "example.com" { type primary; file "DIR/a"; allow-update { !any; }; };`, "example.com.", "a", "primary", ""},
		{`options { allow-update { "any"; }; }; zone "example.com" { type primary; file "DIR/a"; };`, "example.com.", "a", "primary dynamic", ""},
		{`zone "example.com" { type primary; file "DIR/b"; };`, "example.com.", "a", "", "/b, not from this file"},
		{`view In { zone "example.com" { type primary; file "DIR/a"; }; }; view Out { zone "example.com" { type primary; file "DIR/b"; }; };`,
			"example.com.", "a", "primary IN In", ""},
		{`catalogs { }; options { catalog-zones { zone "example.com"; }; }; zone "example.com" { type slave; file "DIR/a"; };`, "example.com.", "a", "secondary", ""},
		{`zone "example.com" { type secrets; file "DIR/a"; };`, "example.com.", "a", "unknown", ""},
	} {
		c, dir := configured(t, tt.conf, nil)
		h := c.AskHosting(tt.zone, filepath.Join(dir, tt.file))
		got := h.Type
		if h.Dynamic {
			got += " dynamic"
		}
		if len(h.Views) > 0 && h.Views[0] != "" {
			got += " IN " + strings.Join(h.Views, ",")
		}
		if got != tt.kind || tt.unable != "" && !strings.HasSuffix(h.Unable, tt.unable) {
			t.Errorf("%s\n%s %s is %q, unable %q", tt.conf, tt.zone, tt.file, got, h.Unable)
		}
	}
}

// What named calls a file, and what mailzone calls it, is the same file where both lead to one path, whether it is there
// at the moment or not.
func TestLeadsTo(t *testing.T) {
	_, dir := configured(t, "", map[string]string{"dir": "real", "file": "dir/db", "deep": "real/deep"})
	at := func(name string) string { return filepath.Join(dir, name) }
	putFile(t, at("real/deep/x"), "")
	putFile(t, at("real/db"), "")
	here := Configuration{dir: dir}
	for of, want := range map[string]bool{
		at("real/db"):       true,
		at("dir/db"):        true,
		at("file"):          true,
		dir + "/deep/../db": true, // of the directory that the link leads to
		dir + "/real/../db": false,
		at("dir"):           false,
		at("nowhere/db"):    false,
		"real/db":           true,
		"dir/db":            true,
		"db":                false,
		"":                  false,
	} {
		if got := here.leadsTo(of, at("real/db")); got != want {
			t.Errorf("leadsTo(%q) = %v", of, got)
		}
	}
	for of, want := range map[string]bool{"db": true, "real/db": true, "other/db": false, "": false} { // named's directory is not known
		if got := (Configuration{}).leadsTo(of, at("real/db")); got != want {
			t.Errorf("without a directory leadsTo(%q) = %v", of, got)
		}
	}
	inside := Configuration{dir: "/real", chroot: dir}
	for of, want := range map[string]bool{"db": true, "/real/db": true, "/dir/db": true, "/file": true, at("real/db"): false} {
		if got := inside.leadsTo(of, at("real/db")); got != want {
			t.Errorf("in a chroot leadsTo(%q) = %v", of, got)
		}
	}
	if err := os.Remove(at("real/db")); err != nil {
		t.Fatal(err)
	}
	if !here.leadsTo(at("dir/db"), at("real/db")) {
		t.Error("a file that is gone is not found by the name of its directory")
	}
	if here.leadsTo(at("nowhere/db"), at("real/db")) {
		t.Error("a directory that is not there is taken for another")
	}
}
