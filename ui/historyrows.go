package ui

// How the history is drawn: a row for each save, and below them the lines of the row under the cursor, with their numbers.

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// view draws the rows, and below them the difference.
func (d *historyView) view(width, height int) string {
	shown := d.shown()
	n := len(shown)
	if n == 0 {
		return draw.Block(d.emptyLines(width), width, height)
	}
	rows := min(n, max(height/2, 1))
	if d.zoomed {
		rows = 1
	}
	out := strings.Split(d.list.View(width, rows, n, func(i int, cursor bool) string { return d.row(shown[i], width, cursor) }), "\n")
	said, lines := d.said(width), d.changed()
	room := height - rows - 1
	from, to := d.page.Window(len(said)+len(lines), room)
	out = append(out, d.rule(width, d.page.Below(len(said)+len(lines), room)))
	for i := from; i < to; i++ { // of a big difference only what is seen is drawn
		if i < len(said) {
			out = append(out, said[i])
		} else {
			out = append(out, d.diffLine(lines[i-len(said)], width))
		}
	}
	return draw.Block(out, width, height)
}

// emptyLines says why there is no row.
func (d *historyView) emptyLines(width int) []string {
	text := "reading the undo copies..."
	switch {
	case d.failed != nil:
		text = d.show(d.failed.Error())
	case d.only != "" && len(d.history.Events) > 0:
		text = nothingHas
	case d.known && d.history.Unread() == 0:
		text = "No save yet: each save with mailzone is listed here, with what it changed, and can be brought back."
	}
	var out []string
	for _, l := range draw.Wrap(text, width-2) {
		out = append(out, d.Line(width, false, draw.Ink(" "+l, d.Styles.Plain)))
	}
	return out
}

// row draws one row: its number, hour, serial, what was done, how many lines.
func (d *historyView) row(i, width int, cursor bool) string {
	e := d.history.Events[i]
	mark, number := "  ", "  "
	if cursor {
		mark = d.Glyphs.Mark + " "
	}
	if e.Number > 0 {
		number = d.FitRight(itoa(e.Number), 2)
	}
	hour, serial := d.Fit(d.hour(e), 13), ""
	if width >= 60 {
		serial = d.Fit(e.Serial, 12)
	}
	count := fmt.Sprintf(" %4s %4s ", fmt.Sprintf("+%d", e.Added), fmt.Sprintf("-%d", e.Gone))
	if e.Err != nil {
		count = " ? "
	}
	room := max(width-5-13-len(serial)-len(count), 0)
	return d.Line(width, cursor, draw.Ink(mark, d.Styles.Key), draw.Ink(number+" ", d.Styles.Key), draw.Ink(hour, d.Styles.Plain),
		draw.Ink(serial, d.Styles.Dim), draw.Ink(d.Fit(d.did(e), room), d.Styles.Plain), draw.Ink(count, d.Styles.Dim))
}

// did is what was done, in a row.
func (d *historyView) did(e document.Event) string {
	switch {
	case e.Other:
		return "another program"
	case len(e.Did) == 0:
		return "a save; what was done is not noted"
	}
	return d.show(d.arrows(strings.Join(e.Did, "; ")))
}

// rule parts the rows from the difference, and says what that is.
func (d *historyView) rule(width, below int) string {
	left := "what " + d.name() + " changed"
	if d.since != nil {
		left = "from before " + d.name() + " to now"
	}
	if width < draw.FullWidth && d.since != nil {
		left = "from before it to now"
	} else if width < draw.FullWidth {
		left = "what it changed"
	}
	right := ""
	if below > 0 {
		right = " " + zonefile.Plural(below, "more line", "more lines") + " "
	}
	left = d.Fit(left, min(ansi.StringWidth(left), width-ansi.StringWidth(right)-5))
	rest := width - ansi.StringWidth(left) - ansi.StringWidth(right) - 4
	return d.Line(width, false, draw.Ink(d.Glyphs.Across+" ", d.Styles.Dim), draw.Ink(left, d.Styles.Head),
		draw.Ink(" "+d.Rule(rest)+right+d.Glyphs.Across, d.Styles.Dim))
}

// said is all that was done, where that has no room in a row.
func (d *historyView) said(width int) []string {
	var out []string
	say := func(text string) {
		for _, l := range draw.Wrap(text, width-2) {
			out = append(out, d.Line(width, false, draw.Ink(" "+l, d.Styles.Dim)))
		}
	}
	e := d.event()
	if e.Err != nil && d.since == nil {
		say(d.show(e.Err.Error()))
	}
	if did := d.did(e); d.since == nil && ansi.StringWidth(did) > width-41 {
		say(did)
	}
	if d.since != nil && len(d.since.lines) == 0 {
		say("nothing: the file has what it had before")
	}
	return out
}

// changed is the lines that are shown.
func (d *historyView) changed() []document.NumberedLine {
	if d.since != nil {
		return d.since.lines
	}
	return d.event().Lines
}

// diffLine draws a line with its number and its sign, or the name of the file that the next are in.
func (d *historyView) diffLine(l document.NumberedLine, width int) string {
	number, style := d.FitRight(itoa(l.Number), 6), d.Styles.Plain
	switch l.Sign {
	case "":
		return d.Line(width, false, draw.Ink(" in "+d.show(l.Text), d.Styles.Dim))
	case "@":
		number, l.Sign, l.Text = d.FitRight(d.Glyphs.More, 6), " ", ""
	case "+":
		style = d.Styles.Added
	case "-":
		style = d.Styles.Removed
	}
	return d.Line(width, false, draw.Ink(number+" ", d.Styles.Dim), draw.Ink(l.Sign+" "+d.show(expandTabs(l.Text)), style))
}
