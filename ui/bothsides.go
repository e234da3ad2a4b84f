package ui

// Two differences from the same files, one below the other: what another program changed and what was changed here, or
// what either end of an interrupted save would write. Who decides has seen both.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/ui/draw"
)

// side is one of two differences from the same files.
type side struct {
	title string
	diff  []string
}

// bothSides shows two differences, as what the other program changed and what was changed here.
type bothSides struct {
	reading
	heading string
	sides   []side
}

func (d *bothSides) title() string { return d.heading }

func (d *bothSides) lines(width int) int { return len(d.text(width)) }

func (d *bothSides) update(tea.KeyMsg) []action { return nil }

func (d *bothSides) bindings() []binding {
	return append([]binding{
		does(d.keys.dismiss, pop{}).as("back to the question"),
		does(d.keys.submit, pop{}).as("back to the question").briefly("-"),
		does(d.keys.leave, pop{}).briefly("-"),
	}, d.reading.bindings()...)
}

// view draws what there is room for.
func (d *bothSides) view(width, height int) string {
	return d.reading.view(d.text(width), width, height)
}

// text is both differences, one below the other.
func (d *bothSides) text(width int) []readRow {
	var out []readRow
	add := func(spans ...draw.Span) { out = append(out, readRow{text: d.Line(width, false, spans...)}) }
	for _, side := range d.sides {
		add(draw.Ink(" "+side.title, d.Styles.Head))
		if len(side.diff) == 0 {
			add(draw.Ink("   nothing", d.Styles.Dim))
		}
		for _, l := range side.diff {
			out = append(out, d.long(l, width)...)
		}
	}
	return out
}

// long is a line of a difference in as many rows as it needs.
func (d *bothSides) long(l string, width int) (out []readRow) {
	for i, spans := range d.diffRows(l, 3, width) {
		out = append(out, readRow{d.Line(width, false, spans...), i > 0})
	}
	return out
}
