package ui

// The records of one name: its MX by tiers, the addresses that they lead to, and what else stands there.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// records is the pane of one name's records: its MX by tiers, then the addresses of their hosts, then
// what else stands at the name.
type records struct {
	*kit
	list draw.List
	made struct { // what rows was made from
		zone *zonefile.Zone
		name zonefile.Name
	}
	rows []recordRow
}

// refresh makes the rows anew if the zone or the name is another.
func (p *records) refresh() {
	z := p.doc.Zone()
	if p.made.zone == z && p.made.name == p.name {
		return
	}
	if p.made.name != p.name {
		p.list = draw.List{}
	}
	p.made.zone, p.made.name = z, p.name
	p.rows = recordRows(z, p.name)
	p.list.Skip = func(i int) bool { return i < len(p.rows) && p.rows[i].record.IsZero() }
	p.list.To(p.list.Cursor, 1, len(p.rows))
}

// record is the record under the cursor; the zero Record if there is none.
func (p *records) record() zonefile.Record {
	p.refresh()
	if p.list.Cursor < len(p.rows) {
		return p.rows[p.list.Cursor].record
	}
	return zonefile.Record{}
}

// update moves the cursor.
func (p *records) update(m tea.KeyMsg) []action {
	p.refresh()
	if p.list.Move(m, &p.keys.Moving, len(p.rows)) {
		return p.chosen()
	}
	return nil
}

// chosen tells the other panes which record the user is at.
func (p *records) chosen() []action {
	if r := p.record(); !r.IsZero() {
		return []action{look{document.SpotOf(r)}}
	}
	return nil
}

// find puts the cursor at the record that stands at a place, if the pane shows it.
func (p *records) find(at document.Spot) bool {
	p.refresh()
	for i, row := range p.rows {
		if r := row.record; !r.IsZero() && r.File().Name() == at.File && r.Span().Start <= at.Off && at.Off < r.Span().End {
			p.list.Cursor = i
			return true
		}
	}
	return false
}

// match finds the next record whose text contains a text.
func (p *records) match(text string, back bool) bool {
	p.refresh()
	i, ok := nextMatch(len(p.rows), p.list.Cursor, back, func(i int) bool {
		r := p.rows[i].record
		return !r.IsZero() && contains(string(r.Text()), text)
	})
	if ok {
		p.list.Cursor = i
	}
	return ok
}

// bindings is what can be done here.
func (p *records) bindings() []binding {
	list := p.recordBindings(p.record(), p.name)
	for _, b := range list {
		if b.is(p.keys.edit) { // enter opens what is under the cursor: here that is the form
			return append(list, binding{Binding: p.keys.enter, why: b.why, run: b.run}.as("edit").briefly("-"))
		}
	}
	return list
}

// view draws the records that can be seen.
func (p *records) view(width, height int) string {
	p.refresh()
	head := p.Line(width, false, p.title(p.show(string(p.name)), p.has(paneRecords) && !p.alone, p.Styles.Plain), draw.Ink(" "+p.summary(), p.Styles.Dim))
	if height < 2 {
		return head
	}
	focused := p.has(paneRecords)
	return head + "\n" + p.list.View(width, height-1, len(p.rows), func(i int, cursor bool) string {
		row := p.rows[i]
		cursor = cursor && !row.record.IsZero()
		mark := "  "
		if cursor && focused {
			mark = p.Glyphs.Mark + " "
		}
		return p.Line(width, cursor && focused, append([]draw.Span{draw.Ink(mark, p.Styles.Key)}, row.draw(p.kit, width-2)...)...)
	})
}

// summary is how the name receives mail, in a few words.
func (p *records) summary() string {
	z := p.doc.Zone()
	tiers := z.Tiers(p.name)
	switch {
	case len(tiers) == 0:
		return "no MX"
	case len(tiers) == 1 && tiers[0][0].IsNullMX():
		return "null MX: accepts no mail"
	}
	return "MX " + zonefile.FormatTTL(z.RRsetTTL(tiers[0][0])) + ", " + zonefile.Plural(len(tiers), "tier", "tiers")
}

func (p *records) click(y int) []action {
	if p.list.Click(y-1, len(p.rows)) {
		return p.chosen()
	}
	return nil
}
