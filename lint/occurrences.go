package lint

// Where words stand in a file, found in its bytes: a look at every line of a big zone would take as long as reading it.

import (
	"bytes"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// directives yields the places in a file where a line starts with a word, without a look at
// every line.
func directives(f *zonefile.File, word string) func(yield func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for at := range occurrences(f, word[:2]) {
			line := f.Slice(zonefile.Span{Start: at, End: at + uint32(len(word))})
			start := at == 0 || strings.ContainsRune(" \t\r\n()", rune(f.Slice(zonefile.Span{Start: at - 1, End: at})[0]))
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
