package ui

// What a list is narrowed to: the rows that have a text. What belongs together, a sentence over several rows, stays together.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/ui/draw"
)

// nothingHas says why a list that is narrowed is empty.
const nothingHas = "nothing here contains this: & and enter for all"

// lookingHere is said in its place while nobody knows yet.
const lookingHere = "looking..."

// liveWords is how many rows of sentences are narrowed while one types: of more each letter would be waited for.
const liveWords = 10_000

// stays is where a cursor stands in rows that were narrowed, given the one of all that it stood on before: on it, if it is shown.
func stays(shown []int, on int) int { return max(slices.Index(shown, on), 0) }

// zoomDoes is what the key for a zoom does.
func zoomDoes(zoomed bool, alone, all string) string {
	if zoomed {
		return all
	}
	return alone
}

// onlyWith is the rows that have a text, and with each those that go on from it: what is parted over several is looked for in all of
// them, parted at a blank or within a word.
func onlyWith[R any](rows []R, text *seeker, goesOn func(R) bool, says func(R) string) (out []R) {
	for len(rows) > 0 {
		n, words := 1, strings.TrimSpace(says(rows[0]))
		joined := words
		for ; n < len(rows) && goesOn(rows[n]); n++ {
			next := strings.TrimSpace(says(rows[n]))
			words, joined = words+" "+next, joined+next
		}
		if text.has(words) || text.has(joined) {
			out = append(out, rows[:n]...)
		}
		rows = rows[n:]
	}
	return out
}

// spansText is what spans say.
func spansText(spans []draw.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
