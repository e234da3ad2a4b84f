package ui

// A slip of the fingers is answered with the word that was meant, where there is one word that it can be: two letters away at
// most, and nearer than all others. The commands answer by it, too.

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// farthest is how many letters a word may be away from the one that was meant.
const farthest = 2

// Nearest is the one of some words that somebody meant who wrote another; "" if it is none, or may be several.
func Nearest(wrote string, words []string) string {
	found, least := "", farthest+1
	for _, w := range words {
		switch d := distance(strings.ToLower(wrote), strings.ToLower(w)); {
		case d >= min(len(wrote), len(w)): // nothing of it is left
		case d < least:
			found, least = w, d
		case d == least && w != found:
			found = ""
		}
	}
	return found
}

// distance is how many letters are between two words. Two that changed places are one slip.
func distance(a, b string) int {
	if len(a)-len(b) > farthest || len(b)-len(a) > farthest {
		return farthest + 1
	}
	d := levenshtein.ComputeDistance(a, b)
	if d == 2 && swapped(a, b) {
		return 1
	}
	return d
}

// swapped tells whether two words of one length differ in two neighbours that changed places.
func swapped(a, b string) bool {
	for i := 0; i+1 < len(a) && len(a) == len(b); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}
