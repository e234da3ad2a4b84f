package zonefile

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// What is quoted reads as it was, whatever its bytes, in strings that BIND takes.
func TestQuote(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	texts := []string{"", `a"b\c`, "a;b (c) \\", strings.Repeat("ä", 200), strings.Repeat("\x80", 600), "\x00\n\r\t\x7f", strings.Repeat("\\", 255)}
	for range 300 {
		b := make([]byte, rng.IntN(700))
		for i := range b {
			b[i] = byte(rng.IntN(256))
		}
		texts = append(texts, string(b))
	}
	for _, text := range texts {
		src := "x 300 TXT " + Quote(text) + "\n"
		z := Parse("z", []byte(src), Options{Origin: "example.com."})
		for p := range z.Errors() {
			t.Errorf("%q: %v", src, p)
		}
		for r := range z.Records() {
			if got, _ := r.Joined(); got != text {
				t.Errorf("%q is read as %q", text, got)
			}
			for _, s := range r.Strings() {
				if len(s) > 255 {
					t.Errorf("%q: a string of %d octets", text, len(s))
				}
			}
		}
		if back, ok := Unquote(Quote(text)); !ok || back != text {
			t.Errorf("Unquote(Quote(%q)) = %q, %t", text, back, ok)
		}
	}
}

// A character is not torn apart, and what a reader of the file can read stays readable.
func TestQuoteKeepsCharacters(t *testing.T) {
	want := `"` + strings.Repeat("ä", 127) + `" "` + strings.Repeat("ä", 73) + `"`
	if got := Quote(strings.Repeat("ä", 200)); got != want {
		t.Errorf("got %s", got)
	}
}

func TestUnquoteRefuses(t *testing.T) {
	for _, text := range []string{"", "plain", `"one" two`, `"open`, `"a" ; "b"`, `"`, "(optional)", `("a"`, `"a" "b"x`} {
		if got, ok := Unquote(text); ok {
			t.Errorf("Unquote(%s) = %q", text, got)
		}
	}
}
