package ui

// How the records of a snippet are drawn: what becomes of each, its line, the record as it will be, and below it the reason. Of a
// conflict both texts stand there, and which of them counts.

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile/merge"
)

func (d *mergeDialog) lines(width int) (n int) {
	for i := range d.found.Outcomes {
		n += len(d.rowLines(i, width, i == d.list.Cursor))
	}
	return n + len(d.noted(width))
}

// noted is what is to know of the snippet, below its rows.
func (d *mergeDialog) noted(width int) (out []string) {
	for _, l := range draw.WrapAll(d.notes, width-3) {
		out = append(out, d.Line(width, false, draw.Ink("  "+d.show(l), d.Styles.Warn)))
	}
	return out
}

// leastRows is how many rows of the list are in sight where something is noted below.
const leastRows = 4

// view draws the rows.
func (d *mergeDialog) view(width, height int) string {
	notes := d.noted(width)
	notes = notes[:max(min(len(notes), height-leastRows), 0)]
	rows := d.viewRows(width, height-len(notes), func(i int, cursor bool) []string { return d.rowLines(i, width, cursor) })
	return strings.Join(append([]string{rows}, notes...), "\n")
}

// actionWidth is how wide the longest action is.
const actionWidth = len(merge.LeftOut)

// rowLines draws a row.
func (d *mergeDialog) rowLines(n, width int, cursor bool) []string {
	o := d.found.Outcomes[n]
	mark := "  "
	if cursor {
		mark = d.Glyphs.Mark + " "
	}
	style := d.Styles.Plain
	switch o.Action {
	case merge.Refused, merge.Conflict:
		style = d.Styles.Err
	case merge.Merged, merge.Replaced:
		style = d.Styles.Warn
	}
	indent := 2 + actionWidth + 1
	blank := strings.Repeat(" ", indent)
	texts := d.clipped(o, max(width-indent-1, 10), cursor)
	word := string(o.Action) + strings.Repeat(" ", actionWidth-len(o.Action)+1)
	out := []string{d.Line(width, false, append(d.Under(cursor, draw.Ink(mark, d.Styles.Key), draw.Ink(word, style)), draw.Ink(texts[0], d.Styles.Plain))...)}
	for _, t := range texts[1:] {
		out = append(out, d.Line(width, false, draw.Ink(blank+t, d.Styles.Plain)))
	}
	return append(out, d.reasons(o, blank+"  ", width)...)
}

// clipped is the record in rows; a long one that is not under the cursor in few.
func (d *mergeDialog) clipped(o merge.Outcome, room int, cursor bool) []string {
	lines := draw.Wrap(d.record(o), room)
	if len(lines) <= longText || cursor {
		return lines
	}
	return d.shortened(lines, room)
}

// reasons is what is to be said of a record.
func (d *mergeDialog) reasons(o merge.Outcome, blank string, width int) (out []string) {
	say := func(text string, style lipgloss.Style) {
		for _, l := range draw.Wrap(d.prose(text), max(width-len(blank)-1, 10)) {
			out = append(out, d.Line(width, false, draw.Ink(blank+l, style)))
		}
	}
	say("line "+itoa(o.Line)+": "+o.Reason, d.Styles.Plain)
	if o.Before != "" && o.Before != o.After {
		say("the zone has "+o.Before, d.Styles.Warn)
	}
	return out
}
