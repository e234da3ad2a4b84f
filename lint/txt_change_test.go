package lint

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// spelled writes a text as a TXT record in one of the ways that a file may have it.
func spelled(rng *rand.Rand, text string) string {
	var b strings.Builder
	open, quoted := rng.IntN(3) == 0, rng.IntN(4) > 0
	if open {
		b.WriteString("( ")
	}
	for text != "" || rng.IntN(3) == 0 {
		n := min(1+rng.IntN(1+len(text)), len(text), 255)
		var part strings.Builder
		for i := range n {
			switch c := text[i]; {
			case c < '!' || c > '~' || !quoted && strings.IndexByte(`"();`, c) >= 0, rng.IntN(20) == 0:
				fmt.Fprintf(&part, `\%03d`, c)
			case c == '"' || c == '\\':
				part.WriteString(`\` + string(c))
			default:
				part.WriteByte(c)
			}
		}
		if quoted || n == 0 {
			b.WriteString(`"` + part.String() + `"`)
		} else {
			b.WriteString(part.String())
		}
		text = text[n:]
		b.WriteString([]string{" ", "\t", "  "}[rng.IntN(3)])
		if open && rng.IntN(3) == 0 {
			b.WriteString("; \"comment)\n\t")
		}
	}
	if open {
		b.WriteString(")")
	}
	return b.String()
}

// drawChanges draws changes of a text that do not overlap, none before its first octet.
func drawChanges(rng *rand.Rand, text string) (changes []policy.Change) {
	at := 1
	for at < len(text) && rng.IntN(4) > 0 {
		start := at + rng.IntN(len(text)-at)
		end := min(start+rng.IntN(12), len(text))
		words := []string{"", "x", " ip4:192.0.2.1", `"\;(`, "\xe9\x00", strings.Repeat("y", 200)}
		changes = append(changes, policy.Change{Span: policy.Span{Start: start, End: end}, New: words[rng.IntN(len(words))]})
		at = end + 1
	}
	rng.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
	return changes
}

// emptyStrings counts the strings of a record that hold nothing.
func emptyStrings(r zonefile.Record) (n int) {
	for _, s := range r.StringsAt() {
		if s.Len() == 0 {
			n++
		}
	}
	return n
}

// A change of a text is read back as it was meant, whatever way the record is written, and every other line stays.
func TestTextEdits(t *testing.T) {
	rng := rand.New(rand.NewPCG(7208, 1035))
	for range 3000 {
		text := "v=spf1" + strings.Repeat(" a:mail.example.com", rng.IntN(30)) + []string{"", " -all", ` "\`, "\x80\t;("}[rng.IntN(4)]
		before, after := "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ TXT \"before\"\n", "\n@ TXT \"after\" ; it\n"
		src := before + "a TXT " + spelled(rng, text) + after
		z := zonefile.Parse("z", []byte(src), zonefile.Options{Origin: "example.com."})
		set := z.RRset("a.example.com.", zonefile.TypeTXT)
		if len(set) != 1 {
			t.Fatalf("no record: %q", src)
		}
		if got, _ := set[0].Joined(); got != text {
			t.Fatalf("%q is read as %q", src, got)
		}
		changes := drawChanges(rng, text)
		next, err := z.Apply(textEdits(set[0], changes)...)
		if err != nil {
			t.Fatalf("%q: %+v: %v", src, changes, err)
		}
		var b strings.Builder
		if _, err := next.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		now := next.RRset("a.example.com.", zonefile.TypeTXT)
		if len(now) != 1 || len(slices.Collect(next.Errors())) > 0 || !strings.HasPrefix(b.String(), before) || !strings.HasSuffix(b.String(), after) {
			t.Fatalf("%q: %+v:\n%s", src, changes, b.String())
		}
		if got, _ := now[0].Joined(); got != policy.Apply(text, changes...) {
			t.Fatalf("%q: %+v is read as %q:\n%s", src, changes, got, b.String())
		} else if had, has := emptyStrings(set[0]), emptyStrings(now[0]); has > had && got != "" {
			t.Fatalf("%q: %+v leaves strings of which nothing is left:\n%s", src, changes, b.String())
		}
	}
}
