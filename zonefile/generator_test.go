package zonefile

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/testdata/shapes"
)

// hosting is the shape of the zones that benchmarks and properties are about.
var hosting = shapes.All[0]

// bigZone makes a zone of at least n records under big.example.
func bigZone(n int) []byte { return hosting.Zone(n) }

// seededZone is bigZone with other dice.
func seededZone(n int, seed uint64) []byte { return hosting.Seeded(n, seed) }

// benchSizes are the zones that growth is measured on.
var benchSizes = []int{10_000, 100_000, 1_000_000}

// BenchmarkLoad reads a zone: entries, owners, TTLs, errors and the index.
func BenchmarkLoad(b *testing.B) {
	for _, n := range benchSizes {
		src := bigZone(n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				loadAll(src)
			}
		})
	}
}

// loadAll is all that opening a zone needs.
func loadAll(src []byte) *Zone {
	z := Parse("big", src, Options{Origin: "big.example."})
	for p := range z.Errors() {
		panic(p.String())
	}
	z.Node("big.example.")
	return z
}

// BenchmarkScan only cuts a zone into entries.
func BenchmarkScan(b *testing.B) {
	src := bigZone(100_000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		scanFile(src)
	}
}

// BenchmarkEdit changes one preference in the middle of a zone and looks the names up that a screen shows.
func BenchmarkEdit(b *testing.B) {
	for _, n := range benchSizes {
		z := loadAll(bigZone(n))
		mx := middleMX(z)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := editOnce(z, mx); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// middleMX is an MX record in the middle of a zone.
func middleMX(z *Zone) Record {
	for w := range z.FileRows(z.Root(), uint32(z.Root().Size()/2)) {
		if r := w.Record(); !r.IsZero() && r.Type() == TypeMX {
			return r
		}
	}
	return Record{}
}

// editOnce makes the version with another preference and looks its owner up.
func editOnce(z *Zone, mx Record) (*Zone, error) {
	edits, err := z.Set(mx, Preference, "17")
	if err != nil {
		return nil, err
	}
	next, err := z.Apply(edits...)
	if err == nil {
		next.Node(mx.Owner())
	}
	return next, err
}

// TestShapesLoad wants the zones of measurements to be ones that BIND loads, with the same records.
func TestShapesLoad(t *testing.T) {
	needOracle(t)
	for _, s := range shapes.All {
		path := filepath.Join(t.TempDir(), "big.zone")
		src := s.Zone(3000)
		if err := os.WriteFile(path, src, 0o600); err != nil {
			t.Fatal(err)
		}
		origin := Name(s.Origin)
		want, refusal := oracle(t, path, origin)
		got := loadedLines(Parse("big", src, Options{Origin: origin}))
		if refusal != "" || differ(want, got) != "" || len(got) < 3000 {
			t.Errorf("%s, %d records: %s\n%s", s.Name, len(got), refusal, differ(want, got))
		}
		if again := s.Zone(3000); !bytes.Equal(src, again) || bytes.Equal(src, s.Seeded(3000, 3)) {
			t.Errorf("%s: it is not the dice alone that decide", s.Name)
		}
	}
}

// TestMain tells what was not tested.
func TestMain(m *testing.M) { os.Exit(needs.Main{M: m}.Run()) }
