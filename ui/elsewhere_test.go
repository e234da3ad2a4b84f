package ui

import (
	"encoding/base64"
	"os"
	"strings"
	"testing"
)

// The key that copies hands over what is under the cursor, byte for byte, and no other key hands anything over.
func TestCopy(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"left home y", "example.com."},
		{"left home enter y", "@\t300\tIN\tMX\t10 mail\t\t; our own server, still being set up"},
		{"1 y", "mail.example.com."},
		{"3 g down down y", "$ORIGIN example.com."},
		{"left home down up enter j k e esc", ""},
	} {
		t.Run(c.keys, func(t *testing.T) {
			t.Chdir(t.TempDir())
			u := newUser(t, "", demoZone)
			out, err := os.Create("terminal")
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			u.app.out = out
			u.types(c.keys)
			got := u.file("terminal")
			if c.want == "" {
				if got != "" {
					t.Errorf("%q was handed over", got)
				}
				return
			}
			code := strings.TrimSuffix(strings.TrimPrefix(got, "\x1b]52;c;"), "\a")
			if text, err := base64.StdEncoding.DecodeString(code); err != nil || string(text) != c.want {
				t.Errorf("%q: %q, %v; want %q", got, text, err, c.want)
			}
		})
	}
}
