package lint

// What a file holds and cannot be seen here: the records of a $GENERATE that is too large to be written out,
// and of an $INCLUDE that was not read. A name that they might hold is not called missing.

import (
	"bytes"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// unseen is one such place.
type unseen struct {
	zone           int           // number of the zone
	below          zonefile.Name // the names are within this one
	prefix, suffix string        // and start and end like this
}

// findUnseen looks for $GENERATE and unread $INCLUDE in a zone.
func findUnseen(z *zonefile.Zone, number int) []unseen {
	var list []unseen
	for f := range z.Files() {
		for w := range z.Inclusions(f) {
			if w.Kind() == zonefile.RowGenerate {
				if tooMany(w) {
					list = append(list, generated(z, number, w))
				}
			} else if inner, err := w.Included(); err != nil || inner == nil {
				list = append(list, unseen{zone: number, below: z.Origin()})
			}
		}
	}
	return list
}

// tooMany tells a $GENERATE of more records than a zone is made to hold for it (zonefile writes out 65536).
func tooMany(w zonefile.Row) bool {
	count, _, _ := w.Generated()
	return count > 1<<16
}

// directives yields the places in a file where a line starts with a word, without a look at
// every line.
func directives(f *zonefile.File, word string) func(yield func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for at := range occurrences(f, word[:2]) {
			line := f.Slice(zonefile.Span{Start: at, End: at + uint32(len(word))})
			start := at == 0 || isBlank(f.Slice(zonefile.Span{Start: at - 1, End: at})[0])
			if start && strings.EqualFold(string(line), word) && !yield(at) {
				return
			}
		}
	}
}

// occurrences yields the offsets of a text without line ends in a file, in capitals or in small letters.
func occurrences(f *zonefile.File, text string) func(yield func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for from, src := range f.Pieces() {
			for i := range offsets(src, text) {
				if !yield(from + uint32(i)) {
					return
				}
			}
		}
	}
}

// offsets is occurrences in text that is at hand.
func offsets(src []byte, text string) func(yield func(int) bool) {
	lower, upper := []byte(strings.ToLower(text)), []byte(strings.ToUpper(text))
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			j := nearer(bytes.Index(src[i:], lower), bytes.Index(src[i:], upper))
			if j < 0 {
				return
			}
			if i += j; !yield(i) {
				return
			}
		}
	}
}

// nearer is the smaller of two offsets, of which -1 means none.
func nearer(a, b int) int {
	if a < 0 || b >= 0 && b < a {
		return b
	}
	return a
}

// generated describes the names that a $GENERATE makes: what stands around the first and the last $.
func generated(z *zonefile.Zone, number int, w zonefile.Row) unseen {
	_, owner, _ := w.Generated()
	first, last := strings.IndexByte(owner, '$'), strings.LastIndexByte(owner, '$')
	u := unseen{zone: number, below: w.Origin()}
	if first < 0 {
		u.prefix = strings.ToLower(owner)
		return u
	}
	tail := owner[last+1:]
	if strings.HasPrefix(tail, "{") {
		if end := strings.IndexByte(tail, '}'); end >= 0 {
			tail = tail[end+1:]
		}
	}
	u.prefix = strings.ToLower(owner[:first])
	if u.suffix = strings.ToLower(tail); strings.HasSuffix(tail, ".") {
		u.below = z.Origin()
	} else if u.below != "" && u.below != zonefile.Root {
		u.suffix += "." + string(u.below)
	}
	return u
}

// mightHold tells whether a name of a loaded zone might be among what is not seen.
func (r *run) mightHold(n zonefile.Name) bool {
	for _, u := range r.unseen {
		if r.zoneOf(n) == r.zones[u.zone] && n.Within(u.below) &&
			strings.HasPrefix(string(n), u.prefix) && strings.HasSuffix(string(n), u.suffix) {
			return true
		}
	}
	return false
}
