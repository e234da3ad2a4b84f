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

// scanIn scans a file into texts of a size.
func scanIn(src []byte, size int) []entry {
	s := scanner{src: src, final: true, size: size}
	texts, _ := s.scan()
	return flatten(texts)
}

// TestChunksNeverShow: a file has the same entries whatever the size of its chunks.
func TestChunksNeverShow(t *testing.T) {
	for _, tz := range append(ownZones(t), corpusZones(t)...) {
		sameScan(t, tz.path, tz.src)
	}
	sameScan(t, "big", bigZone(20_000))
}

// sameScan compares scans in chunks of several sizes with the one of a whole file.
func sameScan(t *testing.T, name string, src []byte) {
	t.Helper()
	want := scanIn(src, 1<<30)
	for _, size := range []int{1, 60, 4096, chunkBytes} {
		if len(src) > 1<<20 && size < 4096 {
			continue
		}
		if got := scanIn(src, size); !slices.Equal(got, want) {
			t.Fatalf("%s: chunks of %d bytes give other entries", name, size)
		}
	}
}

// FuzzChunks: the chunks into which a file is cut never show.
func FuzzChunks(f *testing.F) {
	seedZones(f, func(src []byte) { f.Add(src) })
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<13 {
			t.Skip("long inputs find nothing that short ones do not")
		}
		sameScan(t, "fuzz", src)
	})
}
