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
	only    string // what it is narrowed to: zones that have it, each with all that is wrong with it
	at      int    // the paragraph that was found last
	page    draw.Page
	made    reportLines
}

// reportText is a paragraph of the page: a zone, or a problem of it.
type reportText struct {
	text string
	head bool
}

// reportLines is the lines of the page for a width and what it is narrowed to: a change of a thousand zones has many.
type reportLines struct {
	width int // 0: there are none yet
	only  string
	lines []string
	tops  []int // where the paragraphs begin
}

// title is what the page is about, and what it is narrowed to.
func (d *zoneReport) title() string {
	if d.only != "" {
		return d.heading + ", only " + d.show(d.only)
	}
	return d.heading
}

func (d *zoneReport) update(tea.KeyMsg) []action { return nil }

func (d *zoneReport) bindings() []binding {
	back := does(d.keys.dismiss, pop{}).as("back to the zones")
	return append(append([]binding{back}, d.keys.scrolling(&d.page)...), does(d.keys.leave, pop{}).as("back to the zones").briefly("-"))
}

// shown is the paragraphs that have what it is narrowed to.
func (d *zoneReport) shown() []reportText {
	if d.only == "" {
		return d.texts
	}
	return onlyWith(d.texts, seeks("", d.only), func(t reportText) bool { return !t.head }, func(t reportText) string { return t.text })
}

func (d *zoneReport) narrowing() string { return d.only }

// narrow shows the zones that have a text; all without one.
func (d *zoneReport) narrow(text string) []action {
	d.only, d.at = text, 0
	d.page.Top()
	return nil
}

// seek goes to the next paragraph that has a text; false if none has.
func (d *zoneReport) seek(text string, back bool) bool {
	shown := d.shown()
	i, ok := nextMatch(len(shown), d.at, back, func(i int) bool { return contains(shown[i].text, text) })
	if ok && i < len(d.made.tops) {
		d.at, d.page.Offset = i, d.made.tops[i]
	}
	return ok
}

// wrapped makes the lines for a width.
func (d *zoneReport) wrapped(width int) {
	if d.made.width == width && d.made.only == d.only {
		return
	}
	d.made = reportLines{width: width, only: d.only}
	for _, t := range d.shown() {
		indent, style := "  ", d.Styles.Plain
		if t.head {
			indent, style = "", d.Styles.Head
		}
		d.made.tops = append(d.made.tops, len(d.made.lines))
		for _, l := range draw.Wrap(t.text, width-4) {
			d.made.lines = append(d.made.lines, d.Line(width, false, draw.Ink(" "+indent+l, style)))
		}
	}
}

func (d *zoneReport) view(width, height int) string {
	if d.wrapped(width); len(d.made.lines) == 0 {
		return d.empty(nothingHas, width, height)
	}
	return draw.Block(d.page.Visible(d.made.lines, height), width, height)
}
