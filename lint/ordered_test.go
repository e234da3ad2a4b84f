package lint

// Findings come in the order of their places, and the same ones come, whatever number of names a worker takes at a time:
// with one name at a time all that is final is yielded at once.

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
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

// Of many small zones each is one task, and what rules remember goes with the worker: an examination takes little more than the zones.
func TestManySmallZonesTakeLittle(t *testing.T) {
	const text = "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ NS ns1\n@ NS ns2\n@ MX 10 mx\n@ TXT \"v=spf1 mx -all\"\nns1 A 192.0.2.1\nns2 A 192.0.2.2\nmx A 192.0.2.3\n"
	took := func(n int) (bytes uint64, tasks int) {
		var zones []*zonefile.Zone
		for i := range n {
			name := fmt.Sprintf("z%d.example.", i)
			zones = append(zones, zonefile.Parse(name, []byte(text), zonefile.Options{Origin: zonefile.Name(name)}))
		}
		s := newSchedule(All, zones, Options{Info: true})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range s.visits() {
			tasks++
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc, tasks
	}
	few, fewTasks := took(200)
	many, manyTasks := took(1200)
	t.Logf("%d bytes a zone, %d tasks", (many-few)/1000, manyTasks)
	if manyTasks-fewTasks != 1000 {
		t.Errorf("1000 zones more are %d tasks more", manyTasks-fewTasks)
	}
	if per := (many - few) / 1000; per > 7000 {
		t.Errorf("a zone of %d bytes takes %d", len(text), per)
	}
}
