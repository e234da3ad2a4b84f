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

// A text of which nothing is left is not written: the form says what to do, and the record stays. One that is empty in the file stays so.
func TestEmptyTextIsRefused(t *testing.T) {
	for _, tt := range []struct{ zone, keys, says string }{
		{"home TXT \"v=spf1 mx -all\"\n", "ctrl+o ctrl+u enter", "nothing is left of it"},
		{"home TXT one\n", "ctrl+u enter", "nothing is left of it"},
		{"home TXT one\n", `ctrl+u "  " enter`, "nothing is left of it"},
		{"home TXT \"\"\n", "enter", ""},
		{"home TXT \"\"\n", `"x" backspace enter`, ""},
	} {
		t.Chdir(t.TempDir())
		u := newUser(t, "", []byte("@ 1d SOA ns1 h 1 1h 1h 1w 1h\n@ 1d NS ns1\nns1 1d A 192.0.2.1\n"+tt.zone))
		u.types(`3 / "TXT" enter e ` + tt.keys)
		if f, ok := u.app.top().(*form); (tt.says != "") != ok || ok && f.fields[f.at].err() == nil || !strings.Contains(u.screen(), tt.says) {
			t.Errorf("%s%s:\n%s", tt.zone, tt.keys, u.screen())
		}
		if now := u.file("db.example.com"); !strings.HasSuffix(now, tt.zone) || u.app.doc.Edits() > 0 {
			t.Errorf("%s%s: it becomes\n%s", tt.zone, tt.keys, now)
		}
	}
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	u.types(`tab a ctrl+t "txt" tab enter`)
	if _, ok := u.app.top().(*form); !ok || !strings.Contains(u.screen(), "text: what the record says") {
		t.Errorf("a new text that is empty:\n%s", u.screen())
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

// An error that an edit would make is in sight before enter, and whole, whatever the size: of a low screen, before the line itself.
func TestFormShowsItsErrors(t *testing.T) {
	for _, size := range []string{"60x15", "60x16", "80x24", "120x40", "200x50"} {
		t.Run(size, func(t *testing.T) {
			u := sizedAt(t, place{"a second SPF", `home a ctrl+t "SPF" tab`}, size)
			said := strings.Join(strings.Fields(u.screen()), " ")
			if !strings.Contains(said, `a second SPF record of @: receivers take neither, join them in one`) {
				t.Errorf("the error is not in sight:\n%s", u.screen())
			}
		})
	}
}

// What is wrong with a field is whole beside its value, or below it where both have no room in one row.
func TestFieldShowsItsErrorWhole(t *testing.T) {
	for _, size := range []string{"60x15", "80x24", "120x40"} {
		u := sizedAt(t, place{"a provider that is none", `3 g / "spf1" enter e tab tab "192.0.2.99" tab`}, size)
		fields, _, _ := strings.Cut(u.screen(), "what it does")
		said := strings.Join(strings.Fields(fields), " ")
		if !strings.Contains(said, `"_spf.provider.example192.0.2.99" does not end in a top-level domain: "99" is none`) || !strings.Contains(said, "_spf.provider.example192.0.2.99 ") {
			t.Errorf("%s: it is cut:\n%s", size, u.screen())
		}
	}
}
