package ui

// What is wrong with some zones of the name server: `:lint` in their list.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/ui/draw"
)

// zoneReport is the page.
type zoneReport struct {
	*kit
	heading string
	texts   []reportText
	page    draw.Page
}

// reportText is a paragraph of the page: a zone, or a problem of it.
type reportText struct {
	text string
	head bool
}

func (d *zoneReport) update(tea.KeyMsg) []action { return nil }

func (d *zoneReport) bindings() []binding {
	return append(d.keys.scrolling(&d.page), does(d.keys.dismiss, pop{}).as("back to the zones"), does(d.keys.leave, pop{}).as("back to the zones").briefly("-"))
}

func (d *zoneReport) view(width, height int) string {
	var lines []string
	for _, t := range d.texts {
		indent, style := "  ", d.Styles.Plain
		if t.head {
			indent, style = "", d.Styles.Head
		}
		for _, l := range draw.Wrap(t.text, width-4) {
			lines = append(lines, d.Line(width, false, draw.Ink(" "+indent+l, style)))
		}
	}
	return draw.Block(d.page.Visible(lines, height), width, height)
}
