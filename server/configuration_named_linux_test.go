package server

import (
	"path/filepath"
	"slices"
	"testing"
)

// A real named is asked which of its zones are dynamic, and adds zones by rndc to views with names of all sorts: they are found
// in the databases that it keeps of them.
func TestConfigurationAsNamed(t *testing.T) {
	ownBIND(t)
	needTool(t, "bind9-utils", "named-nzd2nzf")
	updates := map[string]string{
		"a": "", "b": "allow-update { };", "c": "allow-update { !any; };", "d": "allow-update { none; none; };", "e": "allow-update { any; };",
		"f": "allow-update { none; any; };", "g": "allow-update { !none; };", "h": "allow-update { none; 192.0.2.1; };", "i": "update-policy { deny * self * A; };",
	}
	conf := `include "/etc/bind/rndc.key";
controls { inet 127.0.0.1 port 953 allow { 127.0.0.1; } keys { "rndc-key"; }; };
options { directory "/etc/bind"; listen-on { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; pid-file none;
  session-keyfile none; dnssec-validation no; notify no; allow-new-zones yes; };
view "Foo" { match-clients { 192.0.2.1; }; };
view "no" { match-clients { 192.0.2.2; }; allow-new-zones no; };
view "plain.x" {
`
	files := map[string]string{"rndc.key": labKey, "added": labZone}
	for name, text := range updates {
		conf += `zone "` + name + `.example" { type primary; file "` + name + `"; ` + text + " };\n"
		files[name] = labZone
	}
	files["named.conf"] = conf + "};\n"
	putBIND(t, files)
	startNamed(t)
	mustRndc(t, "addzone", "added.example", "IN", "Foo", `{ type primary; file "added"; };`)
	mustRndc(t, "addzone", "gone.example", "IN", "Foo", `{ type primary; file "added"; };`)
	mustRndc(t, "delzone", "gone.example", "IN", "Foo")
	mustRndc(t, "addzone", "dyn.example", "IN", "plain.x", `{ type primary; file "added"; allow-update { any; }; };`)
	c, err := ReadConfiguration("", "")
	if err != nil || len(c.Faults) > 0 || c.File != "/etc/bind/named.conf" {
		t.Fatalf("%v, %q, %s", err, c.Faults, c.File)
	}
	var added []string
	for _, z := range c.Zones {
		st, err := askStatus(zoneArgument(string(z.Name)), z.View)
		if err != nil || st.dynamic != (z.Kind == "dynamic") || filepath.Base(st.file) != filepath.Base(z.File) {
			t.Errorf("%+v: named has %+v, %v", z, st, err)
		}
		if z.Added {
			added = append(added, string(z.Name)+z.View+z.Kind)
		}
	}
	if want := []string{"added.example.Fooprimary", "dyn.example.plain.xdynamic"}; !slices.Equal(added, want) || len(c.Zones) != len(updates)+2 {
		t.Errorf("%d zones, added %q, want %q", len(c.Zones), added, want)
	}
}
