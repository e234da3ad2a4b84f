package ui

// How a plan is drawn: its steps with their hours, on a wide screen also as bars over the days, and the page of the step under
// the cursor. No hour is drawn earlier than it is.

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// widePlan is from how many columns on the days are drawn, and the change stands beside the rest.
const widePlan = 100

// view draws the steps, and under them what is to be known about one.
func (d *planView) view(width, height int) string {
	d.width = width
	n := len(d.kept)
	if n == 0 {
		return d.empty(nothingHas, width, height)
	}
	rows := min(n, max(height/2, 1))
	if d.zoomed {
		rows = 1
	}
	var head []string
	b := d.bars(width)
	if b.width > 0 {
		head = []string{d.Line(width, false, draw.Ink(strings.Repeat(" ", width-b.width-1)+b.days(), d.Styles.Dim))}
	}
	top := d.list.View(width, rows, n, func(i int, cursor bool) string { return d.stepLine(d.kept[i], b, width, cursor) })
	out := append(head, strings.Split(top, "\n")...)
	room := height - len(out) - 2
	if room < 1 {
		return draw.Block(out, width, height)
	}
	body := d.body(width)
	shown := d.page.Visible(body, room)
	out = append(out, d.pageRule(width, d.page.Below(len(body), room)))
	out = append(out, strings.Split(draw.Block(shown, width, room), "\n")...)
	return draw.Block(append(out, d.Line(width, false, draw.Ink(" "+d.status(), d.Styles.Warn))), width, height)
}

// pageRule parts the steps from what is said about one of them.
func (d *planView) pageRule(width, below int) string {
	s := d.step()
	left, right := fmt.Sprintf("%d: %s", s.Number, d.brief(s)), ""
	if below > 0 {
		right = " " + zonefile.Plural(below, "more line", "more lines") + " "
	}
	if back := " way back " + preview.Duration(s.Back.Seconds) + " "; s.Script != "" && ansi.StringWidth(left+back+d.Glyphs.Across+right)+8 <= width {
		right = back + d.Glyphs.Across + right
		if below == 0 {
			right = back
		}
	}
	left = d.Middle(left, min(ansi.StringWidth(left), width-ansi.StringWidth(right)-5))
	rest := width - ansi.StringWidth(left) - ansi.StringWidth(right) - 4
	return d.Line(width, false, draw.Ink(d.Glyphs.Across+" ", d.Styles.Dim), draw.Ink(left, d.Styles.Head),
		draw.Ink(" "+d.Rule(rest)+right+d.Glyphs.Across, d.Styles.Dim))
}

// body is the page of the step under the cursor: on a wide screen in two columns.
func (d *planView) body(width int) []string {
	if width < widePlan {
		p := &stepPage{planView: d, width: width}
		p.waits()
		p.changes()
		p.rest()
		return p.rows
	}
	half := width / 2
	left, right := &stepPage{planView: d, width: half - 1}, &stepPage{planView: d, width: width - half}
	if len(d.step().lines) == 0 {
		p := &stepPage{planView: d, width: width}
		p.waits()
		p.rest()
		return p.rows
	}
	left.placed()
	right.tables()
	right.waits()
	right.others()
	n := max(len(left.rows), len(right.rows))
	return strings.Split(draw.Beside(draw.Block(left.rows, half-1, n), d.Styles.Dim.Render(d.Glyphs.Down), draw.Block(right.rows, width-half, n)), "\n")
}

// stepLine draws one step: when it was saved or may be, what it does, how long it is until then. What is too long loses its
// middle: what is done to a host stands behind its name.
func (d *planView) stepLine(i int, b bars, width int, cursor bool) string {
	s := d.steps[i]
	mark := "  "
	if cursor {
		mark = d.Glyphs.Mark + " "
	}
	style, left := d.Styles.Plain, ""
	switch {
	case s.State == preview.StepDone:
		style = d.Styles.Dim
	case s.State == preview.StepNow && s.Certain && d.early(s) && !d.unsaved(s):
		left = "  in " + preview.Until(s.From(d.made), d.doc.Now())
	case s.State == preview.StepNow && s.Certain:
		style = d.Styles.Good
	}
	number := itoa(s.Number) + " "
	if width >= draw.FullWidth {
		number += d.done(s) + " "
	}
	text := width - b.width - 1
	name := max(text-2-ansi.StringWidth(number)-d.whenWidth(width)-ansi.StringWidth(left)-1, 0)
	return d.Line(text, cursor, draw.Ink(mark, d.Styles.Key), draw.Ink(number, d.Styles.Key),
		draw.Ink(d.Fit(d.when(s, width), d.whenWidth(width)), style), draw.Ink(d.Fit(d.Middle(d.brief(s), name), name)+left+" ", style)) + d.barOf(b, i) + " "
}

// done is the sign of a step that is done.
func (d *planView) done(s plannedStep) string {
	if s.State == preview.StepDone && s.Number > 0 {
		return d.Glyphs.Done
	}
	return " "
}

// bars is the days of the plan beside the steps of a wide screen.
func (d *planView) bars(width int) bars {
	const words = 80 // what the steps say
	if width < widePlan {
		return bars{}
	}
	first, last := d.made, d.steps[len(d.steps)-1].From(d.made)
	for _, at := range d.table.Saved {
		if !at.IsZero() && at.Before(first) {
			first = at.In(d.made.Location())
		}
	}
	if b := newBars(d.Pen, first, last, width-words); b.width > 0 {
		return b
	}
	return newBars(d.Pen, d.made, last, width-words) // it began too long ago
}

// barOf is the bar of a step: of one that is done the hour of its save, where that is known.
func (d *planView) barOf(b bars, i int) string {
	s := d.steps[i]
	switch at := d.table.Saved[s.Number]; {
	case s.State == preview.StepDone && !at.Before(b.from) && s.Number > 0:
		return b.row(at, at)
	case s.State == preview.StepDone:
		return b.row(time.Time{}, time.Time{})
	case s.State == preview.StepLater:
		return b.row(d.steps[i-1].From(d.made), s.From(d.made))
	case s.Since.Time.IsZero():
		return b.row(d.made, s.From(d.made))
	}
	return b.row(s.Since.Time, s.From(d.made))
}
