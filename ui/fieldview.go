package ui

// A field on one row: its label, its value, and beside it what is to be said of it; where that has no room there, below. Nothing
// important is cut: of a name in full the middle goes first.

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

// labelRoom is how wide the label of a field is.
const labelRoom = 13

// fieldRoom is how wide a value may be in a form of a width.
func fieldRoom(width int) int { return max(width-2-labelRoom, 8) }

// labelOf draws the label of a field, with the cursor where it is.
func (k *kit) labelOf(label string, here bool) string {
	mark := "  "
	if here {
		mark = k.Glyphs.Mark + " "
	}
	return k.Line(2+labelRoom, false, draw.Ink(mark, k.Styles.Key), draw.Ink(k.Fit(label, labelRoom), k.Styles.Name))
}

// noteOf is what is to be said of a field: what is wrong with it once it was left, else what is to know of it.
func (k *kit) noteOf(f *field) (note string, style lipgloss.Style) {
	err := f.err()
	switch {
	case err != nil && f.left:
		return err.Error(), k.Styles.Err
	case f.fixed:
		return "has bytes that cannot be typed: stays as it is", k.Styles.Dim
	case err == nil && f.note != nil:
		return f.note(f.value()), k.Styles.Dim
	}
	return "", k.Styles.Dim
}

// noteRoom is the room that a note needs.
const noteRoom = 8

// leastName is how much of a name a note has beside what is known of it.
const leastName = 14

// fitted is a note in the room that there is: a name loses its middle, and stays only where what is known of the host has room, too.
func (k *kit) fitted(note string, room int) string {
	name, isName := strings.CutPrefix(note, "= ")
	if !isName || ansi.StringWidth(k.show(note)) <= room {
		return note
	}
	name, known, _ := strings.Cut(name, "  ")
	if known != "" {
		known = "  " + known
	}
	if left := room - len("= ") - ansi.StringWidth(known); left >= leastName {
		return "= " + k.Middle(k.show(name), left) + known
	}
	return strings.TrimSpace(known)
}

// draw draws the field on one line: label, value, and what is to be said of it.
func (k *kit) draw(f *field, width int, here bool) string {
	value := k.show(f.value())
	room := fieldRoom(width)
	note, style := k.noteOf(f)
	valueWidth := k.valueWidth(f, note, room)
	note = k.fitted(note, room-valueWidth-1)
	text := k.Fit(value, valueWidth)
	if here && !f.fixed {
		text = k.typed(f, valueWidth)
	}
	return k.labelOf(f.label, here) + text + k.Line(room-valueWidth, false, draw.Ink(" "+k.show(note), style))
}

// valueWidth is how much of a row the value has beside a note: all of it where the note has too little room.
func (k *kit) valueWidth(f *field, note string, room int) int {
	if note == "" {
		return room
	}
	width, says := min(max(room*2/5, 18), room), ansi.StringWidth(k.show(note))
	need, wrong := ansi.StringWidth(k.show(f.value()))+1, f.left && f.err() != nil
	switch {
	case wrong && min(need, width)+1+says > room, wrong && need > width && need+1+says > room: // it goes below, and both are whole
		return room
	case wrong: // a value takes what the reason leaves
		width = min(max(width, need), room-1-says)
	case need > width:
		width = min(need, room)
	}
	if room-width < noteRoom {
		return room
	}
	return width
}

// below draws the note of a field that has no room beside the value. What a name means in full costs no row.
func (k *kit) below(f *field, width int) (out []string) {
	room := fieldRoom(width)
	note, style := k.noteOf(f)
	if note == "" || strings.HasPrefix(note, "= ") || k.valueWidth(f, note, room) < room {
		return nil
	}
	for _, l := range draw.Wrap(k.show(note), room) {
		out = append(out, k.labelOf("", false)+k.Line(room, false, draw.Ink(l, style)))
	}
	return out
}

// typed draws what is being typed, with the cursor; of a long text the part around it.
func (k *kit) typed(f *field, width int) string {
	in := f.input
	in.Width = max(width-1, 1)
	in.SetCursor(in.Position())                 // makes the part that can be seen fit the width
	text := ansi.Truncate(in.View(), width, "") // a suggestion may be longer than the field
	return text + strings.Repeat(" ", max(width-ansi.StringWidth(text), 0))
}

// underField draws the one field of a dialog, and under it what stands against it, or what enter does.
func (k *kit) underField(f *field, says []string, wrong bool, width int) []string {
	style := k.Styles.Dim
	if wrong {
		style = k.Styles.Err
	}
	out := []string{k.draw(f, width, true)}
	for _, l := range says {
		out = append(out, k.Line(width, false, draw.Ink("  "+l, style)))
	}
	return out
}
