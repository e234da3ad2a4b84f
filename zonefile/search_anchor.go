package zonefile

// A text is found in bytes by the rarest of its own, which the machine looks for many at a time; only where that stands the others
// are compared. Letters are looked for in both cases.

import (
	"bytes"
	"strings"
)

// commonBytes is the bytes of zone files, the commonest first.
const commonBytes = " \te.atinorslc0m1d25u34xp6789g-h\"=;yvfbkwz/_qj:(),+@"

// anchor finds a folded text in bytes.
type anchor struct {
	needle     []byte
	at         int  // of its rarest byte
	low, upper byte // that in both cases
	lowAt      int  // where they stand next in src; len(src) for nowhere
	capAt      int
	src        []byte
}

// newAnchor is the anchor of a folded text that is not empty.
func newAnchor(needle []byte) anchor {
	a := anchor{needle: needle}
	a.at = rarestOf(needle)
	a.low = needle[a.at]
	a.upper = a.low
	if 'a' <= a.low && a.low <= 'z' {
		a.upper = a.low - 'a' + 'A'
	}
	return a
}

// rarestOf is the place of the rarest byte of a folded text.
func rarestOf(text []byte) (at int) {
	rank := -1
	for i, c := range text {
		r := strings.IndexByte(commonBytes, c)
		if r < 0 {
			r = len(commonBytes)
		}
		if r > rank {
			at, rank = i, r
		}
	}
	return at
}

// rarestWord is the word of a text that has the rarest byte.
func rarestWord(text []byte) Span {
	at := rarestOf(text)
	start, end := bytes.LastIndexByte(text[:at], ' ')+1, len(text)
	if n := bytes.IndexByte(text[at:], ' '); n >= 0 {
		end = at + n
	}
	return Span{uint32(start), uint32(end)}
}

// wordToFind is the part of a folded text that stands in the bytes of each row that has it: all of it, or of several words the
// longest that is not the first. What stands between words may be blanks, or a TTL, and the owner may be inherited.
func wordToFind(needle []byte) Span {
	if first := bytes.IndexByte(needle, ' '); first >= 0 {
		return longestWord(needle, first+1)
	}
	return Span{0, uint32(len(needle))}
}

// longestWord is the longest word of a text from a place on.
func longestWord(text []byte, from int) (longest Span) {
	for at := from; at <= len(text); {
		end := len(text)
		if i := bytes.IndexByte(text[at:], ' '); i >= 0 {
			end = at + i
		}
		if word := (Span{uint32(at), uint32(end)}); word.Len() > longest.Len() {
			longest = word
		}
		at = end + 1
	}
	return longest
}

// in begins in other bytes.
func (a *anchor) in(src []byte) { a.src, a.lowAt, a.capAt = src, -1, -1 }

// isIn tells whether the text stands in some bytes.
func (a *anchor) isIn(src []byte) bool {
	a.in(src)
	return a.next(0) >= 0
}

// next is where the text stands next, from a place on; -1 if nowhere.
func (a *anchor) next(from int) int {
	for pos := from + a.at; ; pos++ {
		if a.lowAt < pos {
			a.lowAt = a.indexFrom(pos, a.low)
		}
		if a.capAt < pos {
			a.capAt = len(a.src)
			if a.upper != a.low {
				a.capAt = a.indexFrom(pos, a.upper)
			}
		}
		pos = min(a.lowAt, a.capAt)
		start := pos - a.at
		if start+len(a.needle) > len(a.src) {
			return -1
		}
		if a.stands(start) {
			return start
		}
	}
}

// indexFrom is where a byte stands from a place on; the end if nowhere.
func (a *anchor) indexFrom(pos int, c byte) int {
	if pos >= len(a.src) {
		return len(a.src)
	}
	if i := bytes.IndexByte(a.src[pos:], c); i >= 0 {
		return pos + i
	}
	return len(a.src)
}

// stands tells whether the text stands at a place.
func (a *anchor) stands(start int) bool {
	for i, c := range a.src[start:][:len(a.needle)] {
		if lower(c) != a.needle[i] {
			return false
		}
	}
	return true
}
