package zonefile

// The words in which all programs above speak of numbers and of lists: one way, so that what the editor says and what a
// command prints is the same sentence.

import (
	"strconv"
	"strings"
)

// Plural is a count with its noun: "1 host", "2 hosts".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// List is words in a sentence: "a", "a and b", "a, b and c".
func List(words []string, and string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " " + and + " " + words[last]
}
