package ui

// What an edit did, in one row. A name that is cut is another name: so where there is little room shorter words are chosen from
// a list, and never a part of the longest.

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/zonefile"
)

// telling is what the last edit did.
type telling struct {
	words []string // the longest first
	of    *zonefile.Zone
}

// wording is a message as there is room for it: what the last edit did has several.
func (t *telling) wording(text string, width int) string {
	if len(t.words) == 0 || text != t.words[0] {
		return text
	}
	return fitting(t.words, width)
}

// fitting is the first of some wordings that fits in a row; the last where none does.
func fitting(words []string, width int) string {
	for _, text := range words {
		if ansi.StringWidth(text) <= width {
			return text
		}
	}
	return words[len(words)-1]
}

// many is some names, wordings of which the longest comes first: of more than a few the first and how many there are besides.
func many(names []string, most int) (words []string) {
	for n := min(len(names), most); n > 0; n-- {
		words = append(words, joinFew(names, n))
	}
	return words
}

// joinFew is the first n of some names, and how many there are besides.
func joinFew(names []string, n int) string {
	if n = min(n, len(names)); n == len(names) {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:n], ", ") + " +" + strconv.Itoa(len(names)-n)
}
