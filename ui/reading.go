package ui

// What every list has: it is searched, it is narrowed while one types, and it can have all the room (law 6 of the screen). And a
// text that is read and not chosen from, which has that as lists have it.

import (
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

// filterBinding narrows a list while one types.
func (k *kit) filterBinding(l narrower) binding {
	return on(k.keys.filter, func() []action { return []action{push{newFilterPrompt(k, l)}} }).as("only rows with").briefly("& only")
}

// listKeys is the keys of a list in a dialog.
func (k *kit) listKeys(l narrower) []binding {
	ask := func() []action { return []action{push{newSearchPrompt(k)}} }
	return []binding{
		on(k.keys.search, ask).as("find here").briefly("/ find"),
		does(k.keys.again, search{}).briefly("-"), does(k.keys.back, search{back: true}).briefly("-"),
		k.filterBinding(l),
	}
}

// readRow is a row of a text.
type readRow struct {
	text string
	more bool // it goes on from the row above
}

// reading is a text that is read and not chosen from. Its rows are made by who draws it.
type reading struct {
	*kit
	page  draw.Page
	only  string
	found int // the row that was searched for, from 1; 0: none
	rows  []readRow
}

func (r *reading) narrowing() string { return r.only }

// aside is what the text is narrowed to, at the right of its title.
func (r *reading) aside(int) string {
	if r.only == "" {
		return ""
	}
	return "&" + r.show(r.only)
}

// narrow shows the rows that have a text.
func (r *reading) narrow(text string) []action {
	r.only, r.found = text, 0
	r.page.Top()
	return nil
}

// seek finds the next row that has a text.
func (r *reading) seek(text string, back bool) func(*pace) func() {
	from := r.page.Offset - 1
	if r.found > 0 {
		from = r.found - 1
	}
	of := r.seeks(text)
	i, ok := nextMatch(len(r.rows), from, back, func(i int) bool { return of.has(ansi.Strip(r.rows[i].text)) })
	return sought(ok, func() { r.found, r.page.Offset = i+1, max(i-1, 0) })
}

// bindings is the keys of a text. It has all the room that there is.
func (r *reading) bindings() []binding {
	list := append(r.keys.scrolling(&r.page), r.listKeys(r)...)
	return append(list, unless("this has all the room already", r.keys.zoom, nil).briefly("-"))
}

// view draws what there is room for of a text.
func (r *reading) view(all []readRow, width, height int) string {
	r.rows = all
	if r.only != "" {
		r.rows = onlyWith(all, r.seeks(r.only), func(r readRow) bool { return r.more }, func(r readRow) string { return ansi.Strip(r.text) })
	}
	var texts []string
	for i, row := range r.rows {
		if i == r.found-1 {
			row.text = r.Line(width, true, draw.Ink(ansi.Strip(row.text), r.Styles.Plain))
		}
		texts = append(texts, row.text)
	}
	if len(texts) == 0 {
		texts = append(texts, r.noRow(nothingHas, width)...)
	}
	return draw.Block(r.page.Visible(texts, height), width, height)
}
