package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// At every width the row of keys has the first key that acts here and, at its end, the one for help; and nothing that cannot be done
// now stands there where there was no room for what can be done everywhere.
func TestRowOfKeys(t *testing.T) {
	rows := 0
	for _, p := range lawPlaces(t) {
		u := userAt(t, p)
		if d := u.app.top(); d != nil && d.title() == "" {
			continue // it is typed into that row
		}
		c, everywhere := u.app.listening()
		for w := 40; w <= 200; w++ {
			row := ansi.Strip(u.app.bottom(w))
			rows++
			checkRowOfKeys(t, p.name, row, c.bindings(), everywhere)
		}
	}
	t.Logf("%d rows", rows)
}

func checkRowOfKeys(t *testing.T, where, row string, here, everywhere []binding) {
	has := func(b binding) bool {
		keys, does := helpText(b)
		if keys != "enter" { // which may be without its word
			keys += " " + does
		}
		return strings.Contains(" "+row+" ", " "+keys+" ")
	}
	acts := func(b binding) bool { return b.why == "" && b.brief != "-" && b.Help().Key != "" }
	if i := slices.IndexFunc(here, acts); i >= 0 && !has(here[i]) {
		t.Errorf("%s, %d columns: %s is not there: %q", where, len(row), here[i].Help().Key, row)
	}
	help := everywhere[len(everywhere)-1]
	if keys, does := helpText(help); help.why == "" && !strings.HasSuffix(strings.TrimRight(row, " "), " "+keys+" "+does) {
		t.Errorf("%s, %d columns: help is not the last: %q", where, len(row), row)
	}
	out := slices.ContainsFunc(everywhere, func(b binding) bool { return b.short && acts(b) && !has(b) })
	dim := slices.ContainsFunc(here, func(b binding) bool { return b.why != "" && b.brief != "-" && b.Help().Key != "" && has(b) })
	if out && dim {
		t.Errorf("%s, %d columns: what does nothing takes the room of what does: %q", where, len(row), row)
	}
}
