package ui

// Searching in a pane: from the cursor on and round, whatever the case.

import "strings"

// searcher is a pane that can be searched.
type searcher interface {
	match(text string, back bool) bool
}

// nextMatch finds the next of n rows for which ok holds, beginning beside row from and going round.
func nextMatch(n, from int, back bool, ok func(int) bool) (int, bool) {
	step := 1
	if back {
		step = n - 1
	}
	for i, left := (from+step)%max(n, 1), n; left > 0; i, left = (i+step)%n, left-1 {
		if ok(i) {
			return i, true
		}
	}
	return 0, false
}

// contains tells whether text holds part, whatever the case.
func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
