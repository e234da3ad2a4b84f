package zonefile

import (
	"slices"
	"testing"
)

// flatten is the entries of texts with offsets in the file.
func flatten(texts []*text) []entry {
	var out []entry
	base := uint32(0)
	for _, t := range texts {
		for _, e := range t.entries {
			e.start += base
			e.rdata += base
			out = append(out, e)
		}
		base += uint32(len(t.src))
	}
	return out
}

// sameScan compares scans in parts and chunks of several sizes with the sequential one.
func sameScan(t *testing.T, name string, src []byte) {
	t.Helper()
	want := flatten(scanParts(src, 1, 1<<30))
	for _, parts := range []int{1, 2, 3, 7} {
		for _, size := range []int{1, 60, 4096, chunkBytes} {
			if len(src) > 1<<20 && size < 4096 {
				continue
			}
			if got := flatten(scanParts(src, parts, size)); !slices.Equal(got, want) {
				t.Fatalf("%s: %d parts with chunks of %d bytes give other entries", name, parts, size)
			}
		}
	}
}

func TestParallelScan(t *testing.T) {
	for _, tz := range append(ownZones(t), corpusZones(t)...) {
		sameScan(t, tz.path, tz.src)
	}
	sameScan(t, "big", bigZone(20_000))
}

// FuzzParallel: the parts in which a file is scanned never show.
func FuzzParallel(f *testing.F) {
	seedZones(f, func(src []byte) { f.Add(src) })
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<13 {
			t.Skip("long inputs find nothing that short ones do not")
		}
		sameScan(t, "fuzz", src)
	})
}
