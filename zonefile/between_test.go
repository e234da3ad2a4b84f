package zonefile

import (
	"fmt"
	"math/rand"
	"runtime"
	"strings"
	"testing"
)

// Between is edits that make the other version, and they are as long as what differs, however long the files are: chunks
// that two versions share are not looked into.
func TestBetween(t *testing.T) {
	var b strings.Builder
	b.WriteString("$TTL 1h\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n")
	for i := range 40_000 {
		fmt.Fprintf(&b, "n%d MX 10 mail%d\n", i, i)
	}
	b.WriteString("$INCLUDE more\n")
	open := func(string, *File) (string, []byte, error) { return "more", []byte("x A 192.0.2.9\n"), nil }
	first := Parse("db", []byte(b.String()), Options{Origin: "example.com.", Open: open})
	r := rand.New(rand.NewSource(1))
	for range 40 {
		z := first
		changed := 0
		for range r.Intn(6) {
			var f *File
			for f = range z.Files() {
				if r.Intn(8) == 0 {
					break
				}
			}
			at := uint32(r.Intn(f.Size()))
			s := Span{at, min(at+uint32(r.Intn(40)), uint32(f.Size()))}
			text := strings.Repeat("y", r.Intn(30))
			next, err := z.Apply(Edit{f, s, text})
			if err != nil {
				t.Fatal(err)
			}
			z, changed = next, changed+1
		}
		for _, way := range [][2]*Zone{{first, z}, {z, first}} {
			edits := way[0].Between(way[1])
			made, err := way[0].Apply(edits...)
			if err != nil || !made.Same(way[1]) {
				t.Fatalf("%d edits do not make the other version: %v", len(edits), err)
			}
			if len(edits) > changed {
				t.Errorf("%d edits for %d changes", len(edits), changed)
			}
		}
	}
	if edits := first.Between(first); edits != nil {
		t.Errorf("a version differs from itself: %v", edits)
	}
}

// Two versions are compared by their chunks: what is allocated for it is far less than what the file holds.
func TestBetweenReadsWhatDiffers(t *testing.T) {
	z := Parse("db", []byte("$TTL 1h\n@ SOA ns1 h 1 2 3 4 5\n"+strings.Repeat("n MX 10 mail\n", 400_000)), Options{Origin: "example.com."})
	at := uint32(z.Root().Size() / 2)
	next, err := z.Apply(Edit{z.Root(), Span{at, at}, "; x\n"})
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	edits := z.Between(next)
	runtime.ReadMemStats(&after)
	if len(edits) != 1 || edits[0].Len() != 0 || len(edits[0].New) != len("; x\n") {
		t.Errorf("the edits are %v", edits)
	}
	if n, size := after.TotalAlloc-before.TotalAlloc, uint64(z.Root().Size()); n > size/20 {
		t.Errorf("%d bytes are allocated for an edit in a file of %d", n, size)
	}
}
