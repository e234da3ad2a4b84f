package ui

// Searching in a pane: from the cursor on and round, whatever the case.

import (
	"slices"
	"strings"
)

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

// nextOf is the next of some rows behind row from, going round.
func nextOf(rows []int, from int, back bool) int {
	i, found := slices.BinarySearch(rows, from)
	switch {
	case back:
		i += len(rows) - 1
	case found:
		i++
	}
	return rows[i%len(rows)]
}

// contains tells whether text holds part, whatever the case.
func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
