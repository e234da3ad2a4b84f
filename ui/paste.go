package ui

// Pasted text is offered as records: each with how it was read, and what is none with the reason. Nothing is added before enter, and
// all that is on is one change. A line after :add is read in the same way, and simply added where there is nothing to say about it.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/pasted"
)

// pasteText offers pasted text as records.
type pasteText struct{ text string }

func (p pasteText) do(s stage) tea.Cmd {
	k := s.tools()
	switch {
	case k.doc.ReadOnly() != "":
		s.tell(onlyRead(k))
	case strings.TrimSpace(p.text) == "":
		s.tell(say{"nothing was pasted but blanks", levelInfo})
	default:
		if d := mergesPasted(k, p.text); d != nil {
			s.push(d)
			return nil
		}
		s.push(newPasteDialog(k, "Paste", pasted.Read(k.doc.Zone(), p.text)))
	}
	return nil
}

// addLine adds the record of a line, as a zone file has it or as apply takes it.
type addLine struct{ line string }

func (a addLine) do(s stage) tea.Cmd {
	k := s.tools()
	if k.doc.ReadOnly() != "" {
		s.tell(onlyRead(k))
		return nil
	}
	if a.line == "" {
		s.tell(say{":add LINE: a line of a zone file, as :add mx1 IN A 192.0.2.1", levelError})
		return nil
	}
	items := pasted.ReadLine(k.doc.Zone(), a.line)
	d := newPasteDialog(k, "Add", items)
	switch {
	case len(items) != 1:
		s.push(d)
	case !items[0].CanAdd() && len(items[0].Ways) == 1:
		s.tell(say{k.show(items[0].Way().Why), levelError})
	case !items[0].On || len(items[0].Ways) > 1 || len(items[0].Way().Says) > 0:
		s.push(d)
	default:
		return s.perform(d.change())
	}
	return nil
}

// pasteDialog is the records of a text.
type pasteDialog struct {
	pickList
	called string
	of     *zonefile.Zone // that the text was read for
	items  []pasted.Item
}

func newPasteDialog(k *kit, called string, items []pasted.Item) *pasteDialog {
	d := &pasteDialog{called: called, of: k.doc.Zone(), items: items}
	d.pickList = pickList{kit: k, rows: func() int { return len(d.items) }, says: d.text}
	return d
}

func (d *pasteDialog) title() string { return d.called + ": " + d.counts() }

// counts is how many records are added, of those that could be.
func (d *pasteDialog) counts() string {
	on, can := 0, 0
	for _, i := range d.items {
		if i.CanAdd() {
			can++
		}
		if i.On {
			on++
		}
	}
	switch {
	case can == 0:
		return "nothing that can be added"
	case on == can:
		return zonefile.Plural(on, "record", "records")
	}
	return itoa(on) + " of " + zonefile.Plural(can, "record", "records")
}

// text is all that a row says, to be searched.
func (d *pasteDialog) text(i int) string {
	it := d.items[i]
	return strings.Join(append([]string{d.place(it), d.record(it), it.Source, it.Way().Why}, it.Way().Says...), " ")
}

// place is the lines of the text that a row is about.
func (d *pasteDialog) place(i pasted.Item) string {
	if i.To > i.From {
		return itoa(i.From) + "-" + itoa(i.To)
	}
	return itoa(i.From)
}

// record is the record as it would be, with names as the zone writes them; of lines that are none the first.
func (d *pasteDialog) record(i pasted.Item) string {
	r := i.Way().Record
	if r.Type == 0 {
		return strings.TrimSpace(d.show(expandTabs(i.Source)))
	}
	words := []string{d.written(r.Owner), r.TTL, r.Type.String(), d.show(r.RData), d.show(r.Comment)}
	return strings.Join(strings.Fields(strings.Join(words[:3], " ")), " ") + " " + strings.TrimSpace(words[3]+" "+words[4])
}

// at is the row under the cursor; nil for none.
func (d *pasteDialog) at() *pasted.Item {
	if i, ok := d.under(); ok {
		return &d.items[i]
	}
	return nil
}

func (d *pasteDialog) update(tea.KeyMsg) []action { return nil }

func (d *pasteDialog) bindings() []binding {
	why, turn, nothing := "no row is under the cursor", "no row is under the cursor", ""
	if i := d.at(); i != nil {
		if why, turn = "", ""; !i.CanAdd() {
			why = "this cannot be added: " + d.show(i.Way().Why)
		}
		if len(i.Ways) == 1 {
			turn = "the names of this row are read in one way"
		}
	}
	if !slices.ContainsFunc(d.items, func(i pasted.Item) bool { return i.On }) {
		nothing = "nothing is on: space puts a record on, esc leaves"
	}
	none := ""
	if !slices.ContainsFunc(d.items, pasted.Item.CanAdd) {
		none = "nothing here can be added"
	}
	list := []binding{
		unless(nothing, d.keys.submit, func() []action { return []action{pop{}, d.change()} }).as("add what is on").briefly("enter add"),
		unless(why, d.keys.mark, d.toggle).as("on or off").briefly("space on/off"),
		unless(turn, d.keys.next, func() []action { d.at().Turn(); return nil }).as("read its names in the other way").briefly("tab names"),
		unless(none, d.keys.markAll, d.toggleAll).as("all on, or off").briefly("* all"),
		does(d.keys.dismiss, pop{}).as("add nothing").briefly("esc leave"),
		does(d.keys.leave, pop{}).as("add nothing").briefly("-"),
	}
	list = append(append(list, d.moving()...), d.listKeys(d)...)
	return append(list, unless("this has all the room that it needs", d.keys.zoom, nil).briefly("-"))
}

// toggle puts a record on or off.
func (d *pasteDialog) toggle() []action {
	d.at().On = !d.at().On
	return nil
}

// toggleAll puts all records on that are shown and can be added; if all are, off.
func (d *pasteDialog) toggleAll() []action {
	on := false
	for _, i := range d.shown() {
		on = on || d.items[i].CanAdd() && !d.items[i].On
	}
	for _, i := range d.shown() {
		d.items[i].On = on && d.items[i].CanAdd()
	}
	return nil
}

// change adds what is on.
func (d *pasteDialog) change() change {
	items := slices.DeleteFunc(slices.Clone(d.items), func(i pasted.Item) bool { return !i.On })
	c := change{title: "add " + zonefile.Plural(len(items), "pasted record", "pasted records"), about: d.name}
	if len(items) == 1 {
		c.title = "add " + items[0].Way().Record.Type.String()
	}
	c.edits = func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z != d.of {
			return nil, zonefile.ErrStale
		}
		return pasted.Edits(z, items)
	}
	return c
}
