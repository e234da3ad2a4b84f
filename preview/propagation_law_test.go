package preview

// The law: after any change of the text, however the TTLs of its records are written, the second in which the change is said
// to hold everywhere is the first in which no resolver of the model has an answer that was replaced. The model reads what
// BIND made of the text, so that it knows which TTL is served; and the word is the same whether the new version was read
// anew or is the old one with its edits.

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// sparse takes TTLs out of a text, which then come from above: from $TTL, from the line before, from the SOA.
func (w *zoneWriter) sparse(text string) []string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if w.chance(40) {
		lines = lines[1:] // no $TTL
	}
	for i, line := range lines {
		f := strings.Fields(line)
		switch {
		case len(f) < 4 || f[2] != "IN":
		case w.chance(40):
			lines[i] = f[0] + " " + strings.Join(f[2:], " ")
		case w.chance(20):
			lines[i] = fmt.Sprintf("%s %d %s", f[0], w.ttl(), strings.Join(f[2:], " "))
		}
	}
	if w.chance(50) { // more text than the program keeps in one piece
		var filler []string
		for i := range 1500 {
			filler = append(filler, fmt.Sprintf("filler%d 3600 IN TXT %q", i, strings.Repeat("x", 20)))
		}
		lines = slices.Insert(lines, 2+w.IntN(len(lines)-2), filler...)
	}
	return lines
}

// changed changes a line or two.
func (w *zoneWriter) changed(lines []string) []string {
	lines = slices.Clone(lines)
	for range 1 + w.IntN(2) {
		i := w.IntN(len(lines))
		if strings.HasPrefix(lines[i], "filler") {
			i = w.IntN(6)
		}
		f := strings.Fields(lines[i])
		j := w.IntN(len(lines))
		if w.chance(50) { // with its neighbour: lines of one set, whose first one has the TTL
			j = (i + 1) % len(lines)
		}
		switch {
		case i == 0 || w.chance(25): // a $TTL comes, or is another one
			ttl := fmt.Sprintf("$TTL %d", w.ttl())
			if strings.HasPrefix(lines[i], "$TTL") {
				lines[i] = ttl
			} else {
				lines = slices.Insert(lines, i, ttl)
			}
		case w.chance(30):
			lines[i], lines[j] = lines[j], lines[i]
		case slices.Contains(f, "SOA"):
		case w.chance(30):
			lines = slices.Delete(lines, i, i+1)
		case len(f) > 3 && f[2] == "IN" && w.chance(50): // its TTL goes
			lines[i] = f[0] + " " + strings.Join(f[2:], " ")
		case len(f) > 2 && f[1] == "IN": // it gets one
			lines[i] = fmt.Sprintf("%s %d %s", f[0], w.ttl(), strings.Join(f[1:], " "))
		}
	}
	return lines
}

// loadedByBIND is a zone as BIND serves it, in the model; nil where it loads none.
func loadedByBIND(t *testing.T, text string) *modelZone {
	cmd := exec.Command("named-compilezone", "-q", "-i", "none", "-k", "ignore", "-m", "ignore", "-M", "ignore", "-n", "ignore",
		"-S", "ignore", "-T", "ignore", "-o", "-", "example.com", "/dev/stdin")
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	m, err := readModel("example.com.", string(out))
	if err != nil {
		t.Fatalf("%s\n%s", err, out)
	}
	return m
}

// The model asks what senders ask, and who serves.
func TestPropagationLaw(t *testing.T) {
	needs.Program(t, "bind9-utils", "named-compilezone")
	seen, n := 0, *plans
	if testing.Short() {
		n = min(n, 30)
	}
	seeds := needs.Seeds(t, n)
	for _, seed := range seeds {
		w := &zoneWriter{Rand: rand.New(rand.NewPCG(seed, 29))}
		before := w.sparse(newRandomMove(seed).zone)
		texts := [2]string{strings.Join(before, "\n") + "\n", strings.Join(w.changed(before), "\n") + "\n"}
		was, is := loadedByBIND(t, texts[0]), loadedByBIND(t, texts[1])
		if was == nil || is == nil {
			continue
		}
		seen++
		z := zonefile.Parse("db", []byte(texts[0]), zonefile.Options{Origin: "example.com."})
		next := zonefile.Parse("db", []byte(texts[1]), zonefile.Options{Origin: "example.com."})
		said := Propagate(z, next, true)
		if forgotten := (&modelTime{p: notifyTime}).forgotten(was, is); int(said.Seconds) != forgotten {
			t.Fatalf("seed %d: %d s, the model forgets after %d s\n%s", seed, said.Seconds, forgotten, unfilled(texts))
		}
		edited, err := z.Apply(z.Between(next)...)
		if err != nil {
			t.Fatal(err)
		}
		if of := Propagate(z, edited, true); of != said {
			t.Fatalf("seed %d: read anew %+v, edited %+v\n%s", seed, said, of, unfilled(texts))
		}
	}
	if seen < len(seeds)/2 {
		t.Errorf("of %d changes BIND loads only %d", len(seeds), seen)
	}
}

// unfilled is two texts without what fills them.
func unfilled(texts [2]string) string {
	var out []string
	for _, text := range texts {
		lines := strings.Split(text, "\n")
		out = append(out, strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "filler") }), "\n"))
	}
	return strings.Join(out, "\n-- after --\n")
}
