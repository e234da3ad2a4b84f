package ui

// How pasted records are drawn: whether each is added, its line in the text, the record as it would be, and below it what there is to
// say. Names and addresses are never cut; of a long text the beginning is drawn and how much more there is, all of it under the cursor.

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile/pasted"
)

func (d *pasteDialog) lines(width int) int {
	n := 0
	for i := range d.items {
		n += len(d.itemLines(i, width, i == d.list.Cursor))
	}
	return n
}

// view draws the rows.
func (d *pasteDialog) view(width, height int) string {
	return d.viewRows(width, height, func(i int, cursor bool) []string { return d.itemLines(i, width, cursor) })
}

// itemLines draws a row.
func (d *pasteDialog) itemLines(n, width int, cursor bool) []string {
	i := d.items[n]
	mark, state, style := "  ", "[ ] ", d.Styles.Plain
	if cursor {
		mark = d.Glyphs.Mark + " "
	}
	switch {
	case i.On:
		state = "[x] "
	case i.Way().State == pasted.Has:
		state = " =  "
	case !i.CanAdd():
		state = " -  "
	}
	digits := 2
	for _, o := range d.items {
		digits = max(digits, len(d.place(o)))
	}
	if width < 60 {
		digits = 0
	}
	indent := 2 + len(state) + digits + min(digits, 1)
	place := ""
	if digits > 0 {
		place = d.FitRight(d.place(i), digits) + " "
	}
	room := width - indent - 1
	texts := d.recordLines(i, room, cursor)
	out := []string{d.Line(width, false, append(d.Under(cursor, draw.Ink(mark, d.Styles.Key), draw.Ink(state, d.Styles.Plain), draw.Ink(place, d.Styles.Plain)),
		draw.Ink(texts[0], style))...)}
	blank := strings.Repeat(" ", indent)
	for _, t := range texts[1:] {
		out = append(out, d.Line(width, false, draw.Ink(blank+t, style)))
	}
	return append(out, d.remarks(i, blank+"  ", width)...)
}

// remarks is what there is to say of a row.
func (d *pasteDialog) remarks(i pasted.Item, blank string, width int) (out []string) {
	say := func(text string, style lipgloss.Style) {
		for _, l := range draw.Wrap(d.prose(text), max(width-len(blank)-1, 10)) {
			out = append(out, d.Line(width, false, draw.Ink(blank+l, style)))
		}
	}
	w := i.Way()
	style := d.Styles.Warn
	if !i.CanAdd() && w.State == pasted.Refused {
		style = d.Styles.Err
	}
	if w.Why != "" {
		say(w.Why, style)
	}
	for _, text := range w.Says {
		say(text, d.Styles.Plain)
	}
	return out
}

// longText is how many rows a record has at most that is not under the cursor.
const longText = 2

// recordLines is a record in as many rows as it needs; a long text that is not under the cursor in few, with how much more there is.
func (d *pasteDialog) recordLines(i pasted.Item, room int, cursor bool) []string {
	text, r := d.record(i), i.Way().Record
	lines := draw.Wrap(text, room)
	if len(lines) <= longText || cursor || r.Type != 0 && !r.Type.HoldsStrings() {
		return lines
	}
	return d.shortened(lines, room)
}

// shortened is the first of many rows, with how much more there is behind them.
func (l *pickList) shortened(lines []string, room int) []string {
	rest := 0
	for _, l := range lines[longText-1:] {
		rest += ansi.StringWidth(l)
	}
	more := " +" + itoa(rest)
	last := lines[longText-1]
	last = ansi.Truncate(last, room-len(more), "")
	more = " +" + itoa(rest-ansi.StringWidth(last))
	return append(lines[:longText-1:longText-1], last+more)
}
