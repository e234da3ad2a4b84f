package disk

import "bytes"

// This file tells a file that is half written from one that somebody edited. A disk writes whole sectors, in any order, and a
// write that is cut off stops at one place: that is all that an interrupted save in place can leave. What somebody made of
// both versions by hand looks otherwise, but for very small files; so this is a condition of mending, and never a reason.

// sectorSize is what a disk writes as a whole.
const sectorSize = 512

// isTorn tells whether an interrupted write of one version over the other can have left data. Its length is between
// theirs; each sector is one version's, or zero where blocks were reserved; and in one sector, the one at which the writing
// had arrived or the shorter version ends, one may begin where the other stops.
func isTorn(data, before, after []byte) bool {
	if len(data) < min(len(before), len(after)) || len(data) > max(len(before), len(after)) {
		return false
	}
	mixed := 0
	for at := 0; at < len(data); at += sectorSize {
		now := data[at:min(at+sectorSize, len(data))]
		parts := [][]byte{sector(before, at, len(now)), sector(after, at, len(now)), make([]byte, len(now))}
		switch {
		case bytes.Equal(now, parts[0]), bytes.Equal(now, parts[1]), bytes.Equal(now, parts[2]):
		case isMix(now, parts):
			mixed++
		default:
			return false
		}
	}
	return mixed <= 1
}

// sector is n bytes of a version at an offset; behind its end there are zeros.
func sector(version []byte, at, n int) []byte {
	out := make([]byte, n)
	if at < len(version) {
		copy(out, version[at:])
	}
	return out
}

// isMix tells whether a sector begins as one part and ends as another.
func isMix(now []byte, parts [][]byte) bool {
	head, tail := 0, 0
	for _, p := range parts {
		n := 0
		for n < len(now) && now[n] == p[n] {
			n++
		}
		head = max(head, n)
		for n = 0; n < len(now) && now[len(now)-1-n] == p[len(now)-1-n]; {
			n++
		}
		tail = max(tail, n)
	}
	return head+tail >= len(now)
}
