package ui

// A text that is longer than its row takes as many rows as it needs, broken at blanks; up and down move in it. What is to be said
// of it stands below, so that nothing beside it narrows it.

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

// isLong tells a field whose value does not fit one row.
func (f *field) isLong(room int) bool {
	return f.choices == nil && !f.fixed && ansi.StringWidth(f.input.Value())+1 > room
}

// rowStarts is where the rows of a text start, by its characters: behind the last blank, else where the width ends.
func rowStarts(text []rune, width int) []int {
	starts := []int{0}
	used, blank := 0, 0 // blank is behind the last one of the row
	for i, r := range text {
		w := ansi.StringWidth(string(r))
		for used+w > width && r != ' ' && i > starts[len(starts)-1] { // a blank needs no room at the end
			at := i
			if blank > starts[len(starts)-1] {
				at = blank
			}
			starts = append(starts, at)
			used = ansi.StringWidth(string(text[at:i]))
		}
		used += w
		if r == ' ' {
			blank = i + 1
		}
	}
	return starts
}

// cursorRow is the row of a field's rows that the cursor is in.
func (f *field) cursorRow(width int) (row int) {
	room := fieldRoom(width)
	if !f.isLong(room) {
		return 0
	}
	for i, start := range rowStarts([]rune(f.input.Value()), room-1) {
		if f.input.Position() >= start {
			row = i
		}
	}
	return row
}

// moveRow moves the cursor to the row above or below; it tells whether there is one.
func (f *field) moveRow(by, width int) bool {
	room := fieldRoom(width)
	if !f.isLong(room) {
		return false
	}
	text := []rune(f.input.Value())
	starts, row := rowStarts(text, room-1), f.cursorRow(width)
	if row+by < 0 || row+by >= len(starts) {
		return false
	}
	end := len(text)
	if row+by+1 < len(starts) {
		end = starts[row+by+1] - 1
	}
	f.input.SetCursor(min(starts[row+by]+f.input.Position()-starts[row], end))
	return true
}

// drawLong draws a field whose value takes several rows.
func (k *kit) drawLong(f *field, width int, here bool) (out []string) {
	room, text := fieldRoom(width), []rune(f.input.Value())
	starts, at := rowStarts(text, room-1), f.cursorRow(width)
	label := k.labelOf(f.label, here)
	for i, start := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		row := k.Line(room, false, draw.Ink(string(text[start:end]), k.Styles.Plain))
		if here && i == at {
			row = k.rowWithCursor(f, text[start:end], f.input.Position()-start, room)
		}
		out = append(out, label+row)
		label = k.labelOf("", false)
	}
	if note, style := k.noteOf(f); note != "" {
		for _, l := range draw.Wrap(k.show(note), room) {
			out = append(out, label+k.Line(room, false, draw.Ink(l, style)))
		}
	}
	return out
}

// rowWithCursor draws the row that the cursor is in.
func (k *kit) rowWithCursor(f *field, row []rune, at, room int) string {
	under, after := " ", ""
	if at < len(row) {
		under, after = string(row[at]), string(row[at+1:])
	}
	in := f.input
	in.Cursor.SetChar(under)
	text := k.Styles.Plain.Render(string(row[:at])) + in.Cursor.View() + k.Styles.Plain.Render(after)
	return text + strings.Repeat(" ", max(room-ansi.StringWidth(text), 0))
}
