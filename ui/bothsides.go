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
	*kit
	heading string
	sides   []side
	page    draw.Page
}

func (d *bothSides) title() string { return d.heading }

func (d *bothSides) lines(width int) int { return len(d.rows(width)) }

func (d *bothSides) update(tea.KeyMsg) []action { return nil }

func (d *bothSides) bindings() []binding {
	return append([]binding{
		does(d.keys.dismiss, pop{}).as("back to the question"),
		does(d.keys.submit, pop{}).as("back to the question").briefly("-"),
		does(d.keys.leave, pop{}).briefly("-"),
	}, d.keys.scrolling(&d.page)...)
}

// view draws what there is room for.
func (d *bothSides) view(width, height int) string {
	return draw.Block(d.page.Visible(d.rows(width), height), width, height)
}

// rows is both differences, one below the other.
func (d *bothSides) rows(width int) []string {
	var out []string
	for _, side := range d.sides {
		out = append(out, d.Line(width, false, draw.Ink(" "+side.title, d.Styles.Head)))
		if len(side.diff) == 0 {
			out = append(out, d.Line(width, false, draw.Ink("   nothing", d.Styles.Dim)))
		}
		for _, l := range side.diff {
			out = append(out, d.Line(width, false, append([]draw.Span{draw.Ink("   ", d.Styles.Plain)}, d.diffSpans(l)...)...))
		}
	}
	return out
}
