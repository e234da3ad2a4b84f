package server

import (
	"strings"
	"testing"
	"time"
)

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
