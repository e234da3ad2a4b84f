package ui

// A form on a small screen: what has the cursor is in sight, and what else there is can be scrolled to. It is no list, for what is
// typed there is text.

import "github.com/mailzone/mailzone/ui/draw"

// sheet is rows of which those that have no room are scrolled to.
type sheet struct {
	from int  // the first row in sight
	read bool // somebody scrolls: what has the cursor may be out of sight
	more bool // not all rows have room
}

// scrolls is a key's deed that goes to other rows: some stay in sight at the smallest size.
func (t *sheet) scrolls(pages int) func() []action {
	const rows = 4
	return func() []action {
		t.read = true
		t.from += pages * rows
		return nil
	}
}

// view draws the rows that there is room for: those from one to another among them, where nobody scrolls.
func (t *sheet) view(rows []string, from, to, width, height int) string {
	t.more = len(rows) > height
	if !t.read {
		t.from = min(max(t.from, to-height), from)
	}
	t.from = max(min(t.from, len(rows)-height), 0)
	return draw.Block(rows[t.from:], width, height)
}

// ofSheet is the keys that scroll, where that leads anywhere.
func (k *keyMap) ofSheet(t *sheet) []binding {
	if !t.more {
		return nil
	}
	return []binding{
		on(k.helpDown, t.scrolls(1)).as("what is below").briefly("PgDn more"),
		on(k.helpUp, t.scrolls(-1)).as("what is above").briefly("-"),
	}
}
