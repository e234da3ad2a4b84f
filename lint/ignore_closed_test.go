package lint

import (
	"fmt"
	"testing"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Which hosts a comment calls meant to be closed; such a comment silences nothing, and is not called unused for that.
func TestMeantClosed(t *testing.T) {
	today := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"@ MX 10 mx1 ; lint:ignore mx-ttl-low nolisting":                  "[mx1.example.com.]",
		"; lint:ignore mx-ttl-low Nolisting, against spam\n@ MX 10 mx1":   "[mx1.example.com.]",
		"mx1 A 192.0.2.1 ; lint:ignore mx-ttl-low nolisting":              "[mx1.example.com.]",
		"mx1 AAAA 2001:db8::1 ; lint:ignore mx-ttl-low nolisting":         "[mx1.example.com.]",
		"@ MX 10 mx1 ; lint:ignore mx-ttl-low until 2026-12-01 nolisting": "[mx1.example.com.]",
		"@ MX 10 mx1 ; lint:ignore mx-ttl-low until 2026-11-30 nolisting": "[]",
		"@ MX 10 mx1 ; lint:ignore mx-ttl-low until tomorrow nolisting":   "[]",
		"@ MX 10 mx1 ; lint:ignore mx-ttl-low as it is no nolistings":     "[]",
		"@ MX 10 mx1 ; nolisting":                                         "[]",
		"@ TXT x ; lint:ignore mx-ttl-low nolisting":                      "[]",
		"; lint:ignore-file mx-ttl-low nolisting\n@ MX 10 mx1":            "[]",
		"@ MX 10 mx1\n; lint:ignore mx-ttl-low nolisting":                 "[]",
	} {
		z := zonefile.Parse("db", []byte("@ 60 SOA ns h 1 1 1 1 1\n@ 60 NS ns\nns 60 A 192.0.2.3\nmx2 60 A 192.0.2.2\n"+text+"\n"), zonefile.Options{Origin: "example.com."})
		got := fmt.Sprint(MeantClosed(z, today))
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		unused := false
		for _, d := range Run([]*zonefile.Zone{z}, Options{Today: today}) {
			unused = unused || d.Rule.Name == "unused-ignore" && want != "[]"
		}
		if unused {
			t.Errorf("%s: it is called unused", text)
		}
	}
}
