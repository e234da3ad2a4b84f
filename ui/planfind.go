package ui

// The steps of a plan are searched and narrowed by all that is said of them: in their rows, and on the page of each.

import "github.com/charmbracelet/x/ansi"

// narrowing is what the steps are narrowed to.
func (d *planView) narrowing() string { return d.only }

// narrow shows the steps of which a text is said.
func (d *planView) narrow(text string) []action {
	if d.only == "" {
		d.stood = d.list.Cursor
	}
	d.only = text
	d.keep()
	d.to(stays(d.kept, d.stood))
	return nil
}

// keep finds out which steps are shown.
func (d *planView) keep() {
	d.kept = nil
	for i := range d.steps {
		if d.only == "" || d.says(i, d.only) {
			d.kept = append(d.kept, i)
		}
	}
}

// says tells whether a text is said of a step, in its row or on its page.
func (d *planView) says(i int, text string) bool {
	of := *d
	of.kept, of.list.Cursor = []int{i}, 0
	sought := d.seeks(text)
	return sought.has(d.brief(d.steps[i])) || sought.has(of.text())
}

// seek finds the next step of which a text is said, and goes there to the line that says it.
func (d *planView) seek(text string, back bool) func(*pace) func() {
	i, ok := nextMatch(len(d.kept), d.list.Cursor, back, func(i int) bool { return d.says(d.kept[i], text) })
	return sought(ok, func() {
		d.to(i)
		sought := d.seeks(text)
		for line, row := range d.body(d.width) {
			if sought.has(ansi.Strip(row)) {
				d.page.Offset = max(line-1, 0)
				break
			}
		}
	})
}
