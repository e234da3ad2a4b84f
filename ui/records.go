package ui

// The records of one name: its MX by tiers, the addresses that they lead to, and what else stands there.

import (
	"path"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// records is the pane of one name's records: its MX by tiers, the addresses of their hosts, the policies of the domain,
// then what else stands at the name.
type records struct {
	*kit
	list  draw.List
	width int // of the last drawing
	open  bool
	only  string   // rows that have it; "" for all
	made  madeRows // what rows was made from
	rows  []recordRow
}

// madeRows is what the rows of the pane depend on.
type madeRows struct {
	zone  *zonefile.Zone
	name  zonefile.Name
	width int
	wall  bool
	open  bool
	only  string
	of    int // how many names of a route they stand for; 0 of the name alone
}

// narrowing is what the records are narrowed to.
func (p *records) narrowing() string { return p.only }

// narrow shows the records that have a text.
func (p *records) narrow(text string) []action {
	p.only = text
	return p.chosen()
}

// refresh makes the rows anew if the zone, the name or the width is another. The cursor stays on its record.
func (p *records) refresh() {
	made := madeRows{p.doc.Zone(), p.name, max(p.width, draw.MinWidth), p.wall, p.open, p.only, p.stands}
	if p.made == made {
		return
	}
	was := p.made
	if was.name != p.name {
		p.list, p.open, made.open, p.only, made.only = draw.List{}, false, false, "", ""
	}
	under := p.row()
	if p.made = made; p.stands > 0 {
		p.rows = p.routeRows(p.name, made.width, p.stands)
	} else {
		p.rows = p.recordRows(p.name, made.width, p.open || p.only != "")
	}
	if p.only != "" {
		p.rows = onlyWith(p.rows, p.seeks(p.only), recordRow.goesOn, recordRow.text)
	}
	p.list.Skip = func(i int) bool { return i < len(p.rows) && p.rows[i].still() }
	p.list.To(p.list.Cursor, 1, len(p.rows))
	if w := under.row(); was.zone == made.zone && was.name == made.name && !w.IsZero() { // rows are others at another width
		if i := slices.IndexFunc(p.rows, func(r recordRow) bool { return r.row() == w }); i >= 0 {
			p.list.Cursor = i
		}
	}
}

// recordRows is the rows for a name, in a pane of a width.
func (k *kit) recordRows(name zonefile.Name, width int, open bool) []recordRow {
	m := rowMaker{kit: k, z: k.doc.Zone(), name: name, open: open}
	m.mx = m.exchangesOf()
	m.hosts = m.hostsOf()
	m.columns = m.divide(width - 2)
	m.exchanges()
	m.addresses()
	m.policy()
	m.others()
	return m.rows
}

// routeRows is the rows for the names of a route: what they have in common, as the first of them has it, and what is done to all.
func (k *kit) routeRows(first zonefile.Name, width, names int) []recordRow {
	m := rowMaker{kit: k, z: k.doc.Zone(), name: first}
	m.mx = m.exchangesOf()
	m.hosts = m.hostsOf()
	m.columns = m.divide(width - 2)
	m.exchanges()
	if len(m.mx) > 0 {
		m.addresses()
	}
	m.say("", m.Styles.Dim)
	m.say("as "+m.called(first)+" has it; done in NAMES, it is done to all "+itoa(names)+": a adds a record, e replaces the MX, d c # :ttl :repoint :like", m.Styles.Dim)
	return m.rows
}

// row is the row under the cursor, as it was drawn last.
func (p *records) row() recordRow {
	if p.list.Cursor < len(p.rows) {
		return p.rows[p.list.Cursor]
	}
	return recordRow{}
}

// record is the record under the cursor; the zero Record if there is none.
func (p *records) record() zonefile.Record {
	p.refresh()
	return p.row().record
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
	p.refresh()
	if w := p.row().row(); !w.IsZero() {
		return []action{look{document.SpotOfRow(w)}}
	}
	return nil
}

// find puts the cursor at the record that stands at a place, if the pane shows it or has it folded.
func (p *records) find(at document.Spot) bool {
	p.refresh()
	if p.findShown(at) {
		return true
	}
	if p.open || !p.doc.Row(at).Record().IsZero() && p.doc.Row(at).Owner() != p.name {
		return false
	}
	p.open = true
	p.refresh()
	found := p.findShown(at)
	if !found {
		p.open = false
		p.refresh()
	}
	return found
}

// reveal is find, and takes a filter away that hides the record.
func (p *records) reveal(at document.Spot) bool {
	was := p.only
	if p.find(at) {
		return true
	}
	if p.only = ""; p.find(at) {
		return true
	}
	p.only = was
	return false
}

// findShown puts the cursor at a record that the pane shows.
func (p *records) findShown(at document.Spot) bool {
	i := slices.IndexFunc(p.rows, func(r recordRow) bool { return r.at(at.File, at.Off) })
	if i >= 0 {
		p.list.Cursor = i
	}
	return i >= 0
}

// bindings is what can be done here.
func (p *records) bindings() []binding {
	p.refresh()
	return append(p.rowBindings(), p.filterBinding(p))
}

// rowBindings is what can be done with a row.
func (p *records) rowBindings() []binding {
	row := p.row()
	if row.folds {
		return p.foldBindings()
	}
	list := p.recordBindings(row.record, p.name)
	switch {
	case !row.out.IsZero():
		list = p.outBindings(list, row.out)
	case row.lacks != nil:
		list = p.lackBindings(list, row.lacks)
	}
	for _, b := range list {
		if b.is(p.keys.edit) { // enter opens what is under the cursor: here that is the form
			return append(list, binding{Binding: p.keys.enter, why: b.why, run: b.run}.as("edit").briefly("-"))
		}
	}
	return list
}

// foldBindings is the keys of the row that stands for others.
func (p *records) foldBindings() []binding {
	list := p.because("other records are folded here: enter shows them", p.recordBindings(zonefile.Record{}, p.name), p.keys.add)
	does := "unfold"
	if p.open {
		does = "fold"
		list = p.because("this row stands for those below it: go down to one", list, p.keys.add)
	}
	return append([]binding{on(p.keys.enter, func() []action { p.open = !p.open; p.refresh(); return nil }).as(does)}, list...)
}

// view draws the records that can be seen.
func (p *records) view(width, height int) string {
	p.width = width
	p.refresh()
	focused := p.has(paneRecords)
	head := p.head(width, focused && !p.alone)
	if height < 2 {
		return head
	}
	if len(p.rows) == 0 && p.only != "" {
		return head + "\n" + p.empty(nothingHas, width, height-1)
	}
	return head + "\n" + p.list.View(width, height-1, len(p.rows), func(i int, cursor bool) string {
		row := p.rows[i]
		cursor = cursor && !row.still()
		mark := "  "
		if cursor && focused {
			mark = p.Glyphs.Mark + " "
		}
		return p.Line(width, cursor && focused, append([]draw.Span{draw.Ink(mark, p.Styles.Key)}, row.drawn(p.kit)...)...)
	})
}

// head is the title of the pane: the name, the file where that is not the zone's own, and how the name receives mail.
func (p *records) head(width int, focused bool) string {
	title, short, file := p.show(string(p.name)), p.called(p.name), ""
	if p.stands > 0 {
		title, short = itoa(p.stands)+" names of this route", itoa(p.stands)+" names"
	} else if address, ok := p.addressOf(p.name); ok {
		title = address + "  " + title
	}
	if f := p.otherFile(); f != "" && p.stands == 0 {
		file = " in " + p.show(f)
	}
	sum, left := "", 0
	for _, sum = range []string{p.summary(), p.tiers(), ""} { // the name is whole before anything is said of it
		left = width - ansi.StringWidth(sum) - 1 - ansi.StringWidth(file) - 2
		if sum != "" {
			left-- // a blank before it
		}
		if text, ok := draw.Shortest(left, title, short); ok {
			title, left = text, -1
			break
		}
	}
	if left >= 0 {
		title = p.Middle(short, max(left, 12))
	}
	room := max(width-ansi.StringWidth(sum)-1, 0)
	name := p.title(title, focused, p.Styles.Plain)
	return p.Line(width, false, name, draw.Ink(p.Fit(file, room-ansi.StringWidth(name.Text)), p.Styles.Dim), draw.Ink(sum, p.Styles.Dim))
}

// otherFile is the file that has the name's records, where that is not the zone's own.
func (p *records) otherFile() string {
	all := p.doc.Zone().Node(p.name).Records
	if len(all) == 0 {
		return ""
	}
	f := all[0].Row().Home().File()
	if f == p.doc.Zone().Root() {
		return ""
	}
	return path.Base(f.Name())
}

// summary is how the name receives mail, in a few words, or what its records are narrowed to.
func (p *records) summary() string {
	if p.only != "" {
		return "&" + p.show(p.only)
	}
	z := p.doc.Zone()
	tiers := z.Tiers(p.name)
	switch ptr := z.RRset(p.name, zonefile.TypePTR); {
	case len(tiers) == 0 && len(ptr) > 0:
		return "PTR " + withTTL(ptr[0])
	case len(tiers) == 0 && preview.NoMail(z) != "":
		return ""
	case len(tiers) == 0:
		return "no MX"
	case len(tiers) == 1 && tiers[0][0].IsNullMX():
		return "null MX: accepts no mail"
	}
	return "MX " + withTTL(tiers[0][0]) + ", " + p.tiers()
}

// withTTL is the TTL of a record behind its type.
func withTTL(r zonefile.Record) string {
	if !r.HasTTL() {
		return "without TTL"
	}
	return ttlText(r)
}

// tiers is how many tiers the name's MX have; "" without any.
func (p *records) tiers() string {
	n := len(p.doc.Zone().Tiers(p.name))
	if n == 0 {
		return ""
	}
	return zonefile.Plural(n, "tier", "tiers")
}

func (p *records) click(y int) []action {
	if p.list.Click(y-1, len(p.rows)) {
		return p.chosen()
	}
	return nil
}
