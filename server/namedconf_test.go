package server

import (
	"strings"
	"testing"
	"time"
)

func TestZonesOf(t *testing.T) {
	for name, c := range map[string]struct {
		conf string
		want []confZone
	}{
		"nothing":       {"", nil},
		"another zone":  {`zone "example.net" { type primary; file "a"; };`, nil},
		"relative":      {`options { directory "/var/cache/bind"; }; zone "example.com" { type master; file "a"; };`, []confZone{{"", "primary", "/var/cache/bind/a", false}}},
		"no directory":  {`zone "EXAMPLE.com." { type primary; file "a"; };`, []confZone{{"", "primary", "a", false}}},
		"with a class":  {`zone "example.com" IN { type slave; file "/a"; };`, []confZone{{"", "secondary", "/a", false}}},
		"without file":  {`zone "example.com" { type secondary; };`, nil},
		"update policy": {`zone "example.com" { type primary; file "/a"; update-policy local; };`, []confZone{{"", "primary", "/a", true}}},
		"update grant":  {"zone \"example.com\" {\n\ttype primary;\n\tfile \"/a\";\n\tupdate-policy {\n\t\tgrant \"k\" zonesub any;\n\t};\n};", []confZone{{"", "primary", "/a", true}}},
		"updates":       {`zone "example.com" { type primary; file "/a"; allow-update { key "k"; }; };`, []confZone{{"", "primary", "/a", true}}},
		"no updates":    {`zone "example.com" { type primary; file "/a"; allow-update { "none"; }; };`, []confZone{{"", "primary", "/a", false}}},
		"empty list":    {`zone "example.com" { type primary; file "/a"; allow-update { }; };`, []confZone{{"", "primary", "/a", false}}},
		"of all":        {`options { allow-update { "any"; }; }; zone "example.com" { type primary; file "/a"; };`, []confZone{{"", "primary", "/a", true}}},
		"not of all":    {`options { allow-update { "any"; }; }; zone "example.com" { type primary; file "/a"; allow-update { none; }; };`, []confZone{{"", "primary", "/a", false}}},
		"views": {`options { allow-update { any; }; };
view "one" { allow-update { none; }; zone "example.com" { type primary; file "/a"; }; };
view "two" IN { zone "example.com" { type primary; file "/b"; }; zone "example.net" { type primary; file "/b"; }; };
view "three" { zone "example.com" { in-view "one"; }; };`,
			[]confZone{{"one", "primary", "/a", false}, {"two", "primary", "/b", true}}},
		"signs in a name": {`zone "x;{}" { type primary; file "/x"; }; zone "example.com" { type primary; file "/a b;c"; };`, []confZone{{"", "primary", "/a b;c", false}}},
		"cut off":         {`zone "example.com" { type primary; file "/a`, []confZone{{"", "primary", "/a", false}}},
		"too many braces": {`}; } zone "example.com" { type primary; file "/a"; }; }`, []confZone{{"", "primary", "/a", false}}},
		"too deep":        {strings.Repeat("{", 1000), nil},
	} {
		t.Run(name, func(t *testing.T) {
			conf := readConf(c.conf)
			options, _ := conf.get("options")
			got := zonesOf(conf, "example.com", options.value("directory"))
			if len(got) != len(c.want) {
				t.Fatalf("got %+v, want %+v", got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("got %+v, want %+v", got[i], c.want[i])
				}
			}
		})
	}
}

// Whatever named-checkconf prints, reading it comes to an end.
func FuzzReadConf(f *testing.F) {
	f.Add(`options { directory "/x"; }; zone "example.com" { type primary; file "a"; allow-update { any; }; };`)
	f.Add(`view "v" { zone "example.com" { file "`)
	f.Add("}}}{{{;;;\"")
	f.Fuzz(func(t *testing.T, text string) { zonesOf(readConf(text), "example.com", "/d") })
}

func TestReadStatus(t *testing.T) {
	got := readStatus("name: example.com\ntype: master\nfiles: zones/a, zones/inc\nserial: 11\nsigned serial: 4294967295\nnodes: 2\n" +
		"last loaded: Sun, 22 Nov 2026 02:26:39 GMT\nsecure: yes\ndynamic: yes\nfrozen: yes\n")
	if want := (zoneStatus{"primary", "zones/a", 11, 4294967295, time.Date(2026, 11, 22, 2, 26, 39, 0, time.UTC), true, true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := readStatus("\x00\n:\nserial: many\n"); got != (zoneStatus{}) {
		t.Errorf("of nothing: %+v", got)
	}
}

// What rndc would take apart, or take for an option, never reaches it.
func TestZoneArgument(t *testing.T) {
	for zone, want := range map[string]string{
		"example.com.":             "example.com",
		"EXAMPLE.com":              "EXAMPLE.com",
		"0/25.2.192.in-addr.arpa.": "0/25.2.192.in-addr.arpa",
		"_x-y.example.":            "_x-y.example",
		"-x.example.":              "",
		".":                        ".",
		`a\;b.example.`:            "",
		"a b":                      "",
		"a\nb":                     "",
		"\u00e4.example":           "",
		strings.Repeat("a", 256):   "",
	} {
		if got := zoneArgument(zone); got != want {
			t.Errorf("zoneArgument(%q) = %q, want %q", zone, got, want)
		}
	}
}
