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

// Each byte of a text is where StringsAt says, escapes and quotes or not.
func TestStringsAt(t *testing.T) {
	for _, data := range []string{
		`"v=spf1 -all"`, `v=spf1`, `"a" "b" c`, `"" "x"`, `"a\"b\\c\065d"`, `a\;b\ c`, `"\256\25\x\2560"`, "( \"a\"\n\t\"b\" ; no \"text\"\n )", `"ü"`,
	} {
		z := Parse("z", []byte("@ 1h TXT "+data+"\n"), Options{Origin: "example.com."})
		for r := range z.Records() {
			text := strings.Join(r.Strings(), "")
			var at []Span
			for _, w := range r.StringsAt() {
				for n := range w.Len() {
					at = append(at, w.At(n))
				}
			}
			if len(at) != len(text) {
				t.Errorf("%s: %d places for %q", data, len(at), text)
				continue
			}
			for i, s := range at {
				if got := Unescape(string(r.File().Slice(s))); got != text[i:i+1] || i > 0 && s.Start < at[i-1].End {
					t.Errorf("%s: byte %d of %q is told to be %q", data, i, text, got)
				}
			}
		}
	}
}
