package lint

// Findings come in the order of their places, and the same ones come, whatever number of names a worker takes at a time:
// with one name at a time all that is final is yielded at once.

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/zonefile"
)

// TestOrder shuffles the lines of every zone of the cases, so that the records of names stand far apart.
func TestOrder(t *testing.T) {
	paths, _ := filepath.Glob("testdata/rules/*.txtar")
	rng := rand.New(rand.NewPCG(1, 2))
	var texts [][]byte
	for _, path := range append(paths, "testdata/faults.txtar") {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ar.Files {
			texts = append(texts, f.Data, shuffled(rng, f.Data))
		}
	}
	count := 0
	for i := range texts {
		some := slices.Concat(texts[i], shuffled(rng, texts[rng.IntN(len(texts))]))
		count += len(checkOrder(t, texts[i]))
		checkOrder(t, some)
	}
	if count < 1000 {
		t.Errorf("only %d findings", count)
	}
}

// shuffled is a text with its lines in another order.
func shuffled(rng *rand.Rand, text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return append(bytes.Join(lines, nil), '\n')
}

// checkOrder runs all rules over a text.
func checkOrder(t *testing.T, text []byte) (found []string) {
	t.Helper()
	z := zonefile.Parse("z", text, zonefile.Options{Origin: "example.com."})
	beside := zonefile.Parse("y", []byte("@ MX 10 mx.example.com.\n@ TXT \"v=spf1 -all x\"\n"), zonefile.Options{Origin: "example.net."})
	for _, size := range []int{batch, 1, 2} {
		s := newSchedule(All, []*zonefile.Zone{z, beside}, Options{Info: true})
		s.batchSize = size
		var list []Diagnostic
		var said []string
		for d := range s.each(true) {
			list = append(list, *d)
			said = append(said, d.String())
		}
		if !slices.IsSortedFunc(list, byPlace) {
			t.Errorf("with %d names at a time findings are out of order, in\n%s\n%q", size, text, said)
		}
		if size == batch {
			found = said
		} else if !slices.Equal(said, found) {
			t.Errorf("with %d names at a time the findings are\n%q\nwant\n%q, in\n%s", size, said, found, text)
		}
	}
	return found
}

// Whoever has enough ends the run: no worker waits for ever, and none goes on.
func TestEnough(t *testing.T) {
	var text bytes.Buffer
	for range 100 {
		text.WriteString("a MX 10 b\nb MX 10 c\n@ MX 300 a\n")
	}
	z := zonefile.Parse("z", text.Bytes(), zonefile.Options{Origin: "example.com."})
	for n := range 20 {
		s := newSchedule(All, []*zonefile.Zone{z, z, z}, Options{Info: true})
		s.batchSize = 1
		for range s.each(true) {
			if n--; n < 0 {
				break
			}
		}
	}
}
