package zonefile

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// The law: an edit changes exactly the intended record, no byte outside the edit, and the version it
// makes is the one that a fresh read of its bytes gives.

// lawFull goes over up to 60 records of every file, and BIND reads more of what comes out.
var lawFull = flag.Bool("law", false, "check the law on up to 60 records of every zone file")

// lawRun counts what was tried.
type lawRun struct {
	files, records int
	done, refused  map[string]int
	witness        witness
	lister         lister // of the zone that is tried now
}

func TestLaw(t *testing.T) {
	zones := slices.Concat(oneIn(ownZones(t), 4), corpusZones(t), oneIn(grammarZones(t), 10))
	if *lawFull {
		for seed := range 220 {
			name := fmt.Sprintf("made-%d", seed)
			src := seededZone(50, uint64(seed))
			zones = append(zones, testZone{writeZone(t, name, src), src, "big.example."})
		}
	}
	zones, _ = needs.Share(t, zones)
	runs := make([]lawRun, runtime.GOMAXPROCS(0))
	var next atomic.Int64
	t.Run("zones", func(t *testing.T) {
		for i := range runs {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				runs[i] = lawRun{done: map[string]int{}, refused: map[string]int{}, witness: newWitness()}
				for j := next.Add(1) - 1; j < int64(len(zones)); j = next.Add(1) - 1 {
					runs[i].zone(t, zones[j])
				}
			})
		}
	})
	reportLaw(t, runs)
}

// reportLaw adds up what was tried, and wants refusals to be few.
func reportLaw(t *testing.T, runs []lawRun) {
	sum := lawRun{done: map[string]int{}, refused: map[string]int{}}
	for _, run := range runs {
		sum.files, sum.records, sum.witness.asked = sum.files+run.files, sum.records+run.records, sum.witness.asked+run.witness.asked
		for name, n := range run.done {
			sum.done[name] += n
			sum.refused[name] += run.refused[name]
		}
	}
	t.Logf("%d files, %d records; operations: %v, refused: %v; BIND read %d of the zones that came out",
		sum.files, sum.records, sum.done, sum.refused, sum.witness.asked)
	for name, n := range sum.refused {
		if n*20 > sum.done[name] {
			t.Errorf("%s: refused %d times, done %d times", name, n, sum.done[name])
		}
	}
}

// grammarZones is zones that the grammar made, with the files that they include.
func grammarZones(t *testing.T) (zones []testZone) {
	n := 30
	if *lawFull {
		n = 900
	}
	for seed := range n {
		text, files := grammarZone(uint64(seed))
		path := writeZone(t, fmt.Sprintf("grammar-%d", seed), []byte(text))
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		zones = append(zones, testZone{path, []byte(text), grammarOrigin})
	}
	return zones
}

// writeZone keeps a zone that was made as a file, for BIND.
func writeZone(t *testing.T, name string, src []byte) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, src, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// witness asks BIND about a sample of the zones that come out.
type witness struct {
	every, seen, asked int
}

// newWitness asks about many with -law, about a few without, and about none where BIND is not installed.
func newWitness() witness {
	if _, err := exec.LookPath("named-compilezone"); err != nil {
		return witness{}
	}
	if *lawFull {
		return witness{every: 40}
	}
	return witness{every: 500}
}

// read wants BIND to read a zone as mailzone does, if it is its turn and BIND loaded the zone before.
func (w *witness) read(t *testing.T, tz testZone, op operation, next *Zone) {
	if w.seen++; w.every == 0 || w.seen%w.every != 0 || strings.Contains(string(tz.src), "$INCLUDE") {
		return
	}
	if _, bad := firstProblem(next); bad || next.Origin() != tz.origin {
		return
	}
	if _, refusal := oracle(t, tz.path, tz.origin); refusal != "" {
		return
	}
	path := filepath.Join(t.TempDir(), "zone")
	if err := os.WriteFile(path, next.Root().Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	w.asked++
	want, refusal := oracle(t, path, tz.origin)
	if got := loadedLines(next); refusal != "" && !isMeaning(refusal) || refusal == "" && !slices.Equal(got, want) {
		t.Errorf("%s: %s: BIND reads it otherwise: %s\n%s", tz.path, op.name, refusal, differ(want, got))
	}
}

// sampleSize is how many records of a zone are tried without -law.
const sampleSize = 12

// zone tries every operation on every record of a zone, or on a sample of them.
func (run *lawRun) zone(t *testing.T, tz testZone) {
	z := tz.parse()
	run.lister = lister{}
	before := run.lister.list(z)
	if len(before) > 3000 && !*lawFull {
		return
	}
	run.files++
	pick := rand.New(rand.NewPCG(1, uint64(len(before))))
	size := sampleSize
	if *lawFull {
		size = 60
	}
	i := -1
	for r := range z.Records() {
		if i++; len(before) > size && pick.IntN(len(before)) >= size {
			continue
		}
		if run.record(t, tz, z, r, i, before); t.Failed() {
			return
		}
	}
}

// record tries every operation on one record.
func (run *lawRun) record(t *testing.T, tz testZone, z *Zone, r Record, i int, before []string) {
	run.records++
	_, broken := (Row{r}).Problem()
	for _, op := range operations(z) {
		if broken && op.name != "delete" && op.name != "comment" {
			continue // a record that does not load has no meaning to keep
		}
		edits, err := op.do(z, r)
		switch {
		case err == errNoSOA, err == errNoData, r.File().ReadOnly() != "" && err != nil:
		case err != nil:
			run.refused[op.name]++
			checkRefusal(t, tz, r, op, err)
		default:
			run.done[op.name]++
			run.witness.read(t, tz, op, run.effect(t, tz, z, r, i, op, edits, before))
		}
	}
}

// checkRefusal wants a refusal to have a reason that holds.
func checkRefusal(t *testing.T, tz testZone, r Record, op operation, err error) {
	_, broken := (Row{r}).Problem()
	shared := slices.ContainsFunc(r.Zone().RRset(r.Owner(), r.Type()), func(o Record) bool { return o.File().ReadOnly() != "" })
	switch {
	case shared && op.name == "ttl", r.File().ReadOnly() != "", broken, op.name == "bump", errors.Is(err, errMeaning):
	default:
		t.Errorf("%s: %s: %s: %v", tz.path, r.Place(), op.name, err)
	}
}

// effect compares the listings, the bytes, and a fresh read.
func (run *lawRun) effect(t *testing.T, tz testZone, z *Zone, r Record, i int, op operation, edits []Edit, before []string) *Zone {
	t.Helper()
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatalf("%s: %s: %s: %v", tz.path, r.Place(), op.name, err)
	}
	want := wantedListing(z, r, i, op, before)
	got := run.lister.list(next)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %s: %s: %q\nedits %s\n%s", tz.path, r.Place(), op.name, r.Text(), showEdits(edits), differ(want, got))
	}
	checkBytes(t, tz, next, edits)
	checkFresh(t, tz, next)
	if was, err := next.Apply(next.Back(edits)...); err != nil || !was.Same(z) {
		t.Errorf("%s: %s: %s: the way back leads elsewhere: %v", tz.path, r.Place(), op.name, err)
	}
	return next
}

// wantedListing is the sorted listing that an operation should give.
func wantedListing(z *Zone, r Record, i int, op operation, before []string) []string {
	var want []string
	j := 0
	for o := range z.Records() {
		line := before[j]
		switch {
		case j == i:
			line = op.effect(line, r)
		case op.name == "ttl" && o.Owner() == r.Owner() && o.Type() == r.Type():
			line = setTTLOf(line, 4242)
		case op.name == "bump":
			line = op.effect(line, o)
		}
		if line != "" {
			want = append(want, line)
		}
		j++
	}
	if op.adds != nil {
		want = append(want, op.adds(z, r)...)
	}
	slices.Sort(want)
	return want
}

// checkBytes wants the new files to be the old ones with the edits spliced in, byte for byte.
func checkBytes(t *testing.T, tz testZone, next *Zone, edits []Edit) {
	t.Helper()
	byFile := map[*File][]Edit{}
	for _, e := range edits {
		byFile[e.File] = append(byFile[e.File], e)
	}
	for f, list := range byFile {
		if got := next.File(f.Name()).Bytes(); !bytes.Equal(got, naiveSplice(f.Bytes(), list)) {
			t.Errorf("%s: bytes outside the edits changed", tz.path)
		}
	}
}

// naiveSplice applies edits to bytes, one after the other from the back.
func naiveSplice(src []byte, edits []Edit) []byte {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, byPlace)
	for _, e := range slices.Backward(sorted) {
		src = slices.Concat(src[:e.Start], []byte(e.New), src[e.End:])
	}
	return src
}

// checkFresh wants a version to be what a fresh read of its bytes gives.
func checkFresh(t *testing.T, tz testZone, z *Zone) {
	t.Helper()
	for f := range z.Files() {
		if f != z.Root() {
			continue
		}
		fresh := Parse(tz.path, f.Bytes(), z.opt)
		if d := differentEntries(z, fresh); d != "" {
			t.Errorf("%s: an edited version differs from a fresh read: %s", tz.path, d)
		}
	}
}

// differentEntries compares two versions of equal bytes entry by entry, in their root files.
func differentEntries(a, b *Zone) string {
	next := rowsOf(b)
	for i, w := range rowsOf(a) {
		if i >= len(next) {
			return "fewer entries"
		}
		o := next[i]
		if w.Kind() != o.Kind() || w.Span() != o.Span() {
			return fmt.Sprintf("%v at %v and %v at %v", w.Kind(), w.Span(), o.Kind(), o.Span())
		}
		if w.Kind() == RowRecord && (w.Owner() != o.Owner() || w.r.TTL() != o.r.TTL() || w.r.Type() != o.r.Type()) {
			return fmt.Sprintf("%q: %s %d and %s %d", w.Text(), w.Owner(), w.r.TTL(), o.Owner(), o.r.TTL())
		}
	}
	if len(rowsOf(a)) != len(next) {
		return "more entries"
	}
	return ""
}

// rowsOf is the rows of a zone's root file.
func rowsOf(z *Zone) []Row { return slices.Collect(z.FileRows(z.Root(), 0)) }

// showEdits prints edits for a failure.
func showEdits(edits []Edit) string {
	var b strings.Builder
	for _, e := range edits {
		fmt.Fprintf(&b, "[%d:%d %q -> %q] ", e.Start, e.End, e.File.Slice(e.Span), e.New)
	}
	return b.String()
}

// differ prints what two sorted listings do not share.
func differ(want, got []string) string {
	var b strings.Builder
	for _, l := range want {
		if !slices.Contains(got, l) {
			fmt.Fprintf(&b, "  missing %q\n", l)
		}
	}
	for _, l := range got {
		if !slices.Contains(want, l) {
			fmt.Fprintf(&b, "  surplus %q\n", l)
		}
	}
	return b.String()
}
