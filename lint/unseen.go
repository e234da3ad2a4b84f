package lint

// What a file holds and cannot be seen here: the records of a $GENERATE that is one too many to be written out,
// and of an $INCLUDE that was not read. A name that they might hold is not called missing.

import (
	"bytes"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// unseen is the names that a zone might hold beside those that it is known to hold: by how they end, how they start. A
// zone may have thousands of such places: a name asks for its own ends and starts, not for each place.
type unseen map[string]map[string]bool

// add adds the names that start and end so.
func (u unseen) add(prefix, suffix string) {
	if u[suffix] == nil {
		u[suffix] = map[string]bool{}
	}
	u[suffix][prefix] = true
}

// holds tells whether a name might be one of them.
func (u unseen) holds(name string) bool {
	for i := len(name); len(u) > 0 && i >= 0; i-- {
		prefixes := u[name[i:]]
		for j := 0; len(prefixes) > 0 && j <= len(name); j++ {
			if prefixes[name[:j]] {
				return true
			}
		}
	}
	return false
}

// findUnseen looks for $GENERATE and unread $INCLUDE in a zone.
func findUnseen(z *zonefile.Zone) unseen {
	names := unseen{}
	for f := range z.Files() {
		for w := range z.Inclusions(f) {
			if w.Kind() == zonefile.RowGenerate {
				if w.Unwritten() {
					names.addGenerated(w)
				}
			} else if inner, err := w.Included(); err != nil || inner == nil {
				names.add("", "")
			}
		}
	}
	return names
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
		small, large := indexFrom(src, lower, 0), indexFrom(src, upper, 0)
		for {
			i := min(small, large)
			if i == len(src) || !yield(i) {
				return
			}
			if small == i { // the other stands further on: it is not looked for again
				small = indexFrom(src, lower, i+1)
			}
			if large == i {
				large = indexFrom(src, upper, i+1)
			}
		}
	}
}

// indexFrom is the offset of a text at or behind another offset; the length of src where there is none.
func indexFrom(src, text []byte, from int) int {
	if i := bytes.Index(src[from:], text); i >= 0 {
		return from + i
	}
	return len(src)
}

// addGenerated adds the names that a $GENERATE makes: what stands around the first and the last $. Of an owner with
// escapes or a name of its own, as @, only that it is in the zone.
func (u unseen) addGenerated(w zonefile.Row) {
	_, owner, _ := w.Generated()
	owner = strings.ToLower(owner)
	first, last, below := strings.IndexByte(owner, '$'), strings.LastIndexByte(owner, '$'), w.Origin()
	if first < 0 || below == "" || strings.ContainsAny(owner, `\"`) {
		u.add("", "")
		return
	}
	tail := owner[last+1:]
	if end := strings.IndexByte(tail, '}'); strings.HasPrefix(tail, "{") && end >= 0 {
		tail = tail[end+1:]
	}
	switch {
	case strings.HasSuffix(tail, "."):
	case below == zonefile.Root:
		tail += "."
	default:
		tail += "." + string(below)
	}
	u.add(owner[:first], tail)
}

// usualTTL is the first $TTL of a zone; 0 if it has none.
func usualTTL(z *zonefile.Zone) uint32 {
	for at := range directives(z.Root(), "$TTL") {
		words := strings.Fields(string(z.RowAt(z.Root(), at).Text()))
		if len(words) > 1 {
			t, _ := zonefile.ParseTTL(words[1])
			return t
		}
	}
	return 0
}
