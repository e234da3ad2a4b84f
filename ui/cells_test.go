package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// changedCells counts the characters of a screen that another one had not; what is erased costs next to nothing.
// Moved lines count: no terminal is asked to scroll here.
func changedCells(a, b string) int {
	n := 0
	was, is := strings.Split(ansi.Strip(a), "\n"), strings.Split(ansi.Strip(b), "\n")
	for y := range is {
		from, to := []rune(was[y]), []rune(is[y])
		for x := range to {
			if to[x] != ' ' && (x >= len(from) || from[x] != to[x]) {
				n++
			}
		}
	}
	return n
}

// A cursor key changes the rows of the cursor and what is said about them. What stands beside keeps its place:
// over a slow line every cell that moves without need is waited for.
func TestCursorKeysChangeLittle(t *testing.T) {
	for _, pane := range []struct {
		name, keys string
		rows, most int
	}{
		{"names", "1 left home", 9, 330},
		{"records", "1 left home enter", 6, 60},
		{"problems", "2", 3, 180},
		{"source", "3", 5, 60},
	} {
		t.Run(pane.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			u := newUser(t, "", demoZone)
			u.types(pane.keys)
			for range pane.rows {
				before := u.app.View()
				u.types("j")
				if n := changedCells(before, u.app.View()); n == 0 || n > pane.most {
					t.Errorf("%d cells change, %d may:\n%s", n, pane.most, u.screen())
				}
			}
		})
	}
}
