package ui

import (
	"strings"
	"testing"
)

// Text is pasted as providers print it: with quotes, in several strings, in parentheses. What is no such text stays.
func TestUnquoted(t *testing.T) {
	for in, want := range map[string]string{
		`"v=spf1 -all"`:                      `v=spf1 -all`,
		`"v=DKIM1; k=rsa; " "p=abc"`:         `v=DKIM1; k=rsa; p=abc`,
		`( "v=DKIM1; k=rsa; "   "p=abc" )`:   `v=DKIM1; k=rsa; p=abc`,
		`"say \"hello\"; \\ \059"`:           `say "hello"; \ ;`,
		`v=spf1 -all`:                        `v=spf1 -all`,
		`"one" and "two"`:                    `"one" and "two"`,
		`"open`:                              `"open`,
		`"a" ; "b"`:                          `"a" ; "b"`,
		`"`:                                  `"`,
		`""`:                                 ``,
		`(optional)`:                         `(optional)`,
		`"` + strings.Repeat("x", 300) + `"`: strings.Repeat("x", 300),
		`"ü"`:                                `ü`,
	} {
		if got := unquoted(in); got != want {
			t.Errorf("unquoted(%s) = %q, want %q", in, got, want)
		}
	}
}

func TestASCIIName(t *testing.T) {
	for in, want := range map[string]string{
		"müller.example.":  "xn--mller-kva.example.",
		"mx1.Straße":       "mx1.xn--strae-oqa",
		"MX1.example.com.": "MX1.example.com.",
		"_dmarc":           "_dmarc",
		"*":                "*",
		`a\.b`:             `a\.b`,
		"@":                "@",
		"":                 "",
		".":                ".",
	} {
		if got := asciiName(in); got != want {
			t.Errorf("asciiName(%q) = %q, want %q", in, got, want)
		}
	}
}

// An error that an edit would make is in sight before enter, whatever the size: of a low screen, before the line itself.
func TestFormShowsItsErrors(t *testing.T) {
	for _, size := range []string{"60x15", "60x16", "80x24", "120x40", "200x50"} {
		t.Run(size, func(t *testing.T) {
			u := sizedAt(t, place{"a second SPF", `home a ctrl+t "SPF" tab`}, size)
			if !strings.Contains(u.screen(), "a second SPF record") {
				t.Errorf("the error is not in sight:\n%s", u.screen())
			}
		})
	}
}
