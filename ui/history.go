package ui

// What was done to the files of the zone: each save, and what other programs wrote between them, with the lines that it changed.
// What is brought back comes as edits over the file of now, to be looked at and saved as all others are. Rows have the numbers of
// their undo copies, which `mailzone history` takes. The copies are read beside the screen, the last save first, and each is shown
// as soon as it is read: in a big zone nobody waits for twenty. Who leaves ends the reading.

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// openHistory shows what was done to the files.
type openHistory struct{}

func (openHistory) do(s stage) tea.Cmd {
	k := s.tools()
	d := &historyDialog{historyView: &historyView{kit: k}}
	s.push(d)
	ask := k.doc.Store.AsksHistory(k.doc.Saved)
	return func() tea.Msg {
		h, err := ask()
		return historyRead{d, h, err}
	}
}

// historyRead brings what was done, as far as it is read.
type historyRead struct {
	dialog  *historyDialog
	history document.History
	err     error
}

// take shows it and reads on, while somebody looks at it.
func (m historyRead) take(s stage) tea.Cmd {
	d := m.dialog
	if d.closed {
		return nil
	}
	d.took(m.history)
	d.known, d.failed = true, m.err
	if m.err != nil || m.history.Unread() == 0 {
		return nil
	}
	return func() tea.Msg { return historyRead{d, m.history.Further(), nil} }
}

// historyDialog is the history with its keys.
type historyDialog struct {
	*historyView
	closed bool // nobody looks at it any more
}

func (d *historyDialog) title() string { return "History" }

func (d *historyDialog) lines(int) int { return 1000 } // all there is

// aside stands at the right of the title.
func (d *historyDialog) aside(int) string {
	n := 0
	for _, e := range d.history.Events {
		if !e.Other {
			n++
		}
	}
	name := d.show(d.doc.Zone().Root().Name()) + ", "
	switch all, left := d.history.Saves, d.history.Unread(); {
	case left > 0:
		return fmt.Sprintf("%sreading: %d of %d saves", name, all-left, all)
	case d.only != "":
		name += "&" + d.show(d.only) + ": " + zonefile.Plural(len(d.shown()), "row", "rows") + " of "
	}
	return name + zonefile.Plural(n, "save", "saves")
}

func (d *historyDialog) update(tea.KeyMsg) []action { return nil }

func (d *historyDialog) bindings() []binding {
	empty := d.nothingYet()
	none := empty
	if none == "" && len(d.shown()) == 0 {
		none = nothingHas
	}
	bring := none
	if why := d.doc.ReadOnly(); bring == "" && why != "" {
		bring = "read-only: " + why
	}
	brief := func(text string) string { // what leads nowhere is not offered
		if none != "" {
			return "-"
		}
		return text
	}
	filter := "& only"
	if empty != "" {
		filter = "-"
	}
	shows := "what has changed since before it"
	if d.since != nil {
		shows = "what it changed"
	}
	move := func(by int) func() []action {
		return func() []action {
			d.list.To(d.list.Cursor+by, by, len(d.shown()))
			d.start()
			return nil
		}
	}
	return []binding{
		unless(none, d.keys.submit, d.toggle).as(shows).briefly(brief("enter diff to now")),
		unless(bring, d.keys.bringBack, d.bringBack).as("bring back what was before it, as edits").briefly(brief("b bring back")),
		unless(none, d.keys.search, d.ask).as("find in all that was done").briefly(brief("/ find")),
		unless(none, d.keys.again, func() []action { return d.find(d.wanted, false) }).briefly("-"),
		unless(none, d.keys.back, func() []action { return d.find(d.wanted, true) }).briefly("-"),
		unless(none, d.keys.saveCopy, d.copies).as("copy the difference as a patch").briefly(brief("y copy")),
		unless(none, d.keys.Down, move(1)).as("next row").briefly("-"), unless(none, d.keys.Up, move(-1)).as("previous row").briefly("-"),
		unless(none, d.keys.Top, move(-1<<30)).briefly("-"), unless(none, d.keys.Bottom, move(1<<30)).briefly("-"),
		unless(none, d.keys.PageDown, scrolls(&d.page, 5)).briefly(brief("PgDn more")), unless(none, d.keys.PageUp, scrolls(&d.page, -5)).briefly("-"),
		on(d.keys.dismiss, d.ends).as("close"), on(d.keys.leave, d.ends).as("close").briefly("-"),
		unless(empty, d.keys.filter, d.filterBinding(d).run).as("only rows with").briefly(filter),
		unless(none, d.keys.zoom, func() []action { d.zoomed = !d.zoomed; return nil }).as(zoomDoes(d.zoomed, "its lines alone", "all rows")).briefly(brief("z zoom")),
	}
}

// ends leaves the history, and the reading with it.
func (d *historyDialog) ends() []action { return []action{leaveHistory{d}} }

// leaveHistory ends a history, and the reading with it.
type leaveHistory struct{ dialog *historyDialog }

func (l leaveHistory) do(s stage) tea.Cmd {
	l.dialog.closed = true
	s.pop()
	return nil
}

// narrowing is what the rows are narrowed to.
func (d *historyDialog) narrowing() string { return d.only }

// narrow shows the rows that have a text, in what was done or in the lines that it changed; all without one.
func (d *historyDialog) narrow(text string) []action {
	if d.only == "" {
		d.stood = d.list.Cursor
	}
	d.only = text
	d.list.To(stays(d.shown(), d.stood), 1, len(d.shown()))
	d.start()
	return nil
}

// bringBack makes what was there before the row the newest version: edits, which are looked at and saved as all others are.
func (d *historyDialog) bringBack() []action {
	h, row, z := d.history, d.at(), d.doc.Zone()
	title := "bring back what was there before " + d.name()
	return []action{longWork{"comparing with the file of now", func(p *pace) result {
		g := gathered{of: z, title: title, then: []action{leaveHistory{d}}, says: title + ": w looks at it and saves it"}
		g.edits, g.err = h.BringBack(row, z, p.compares(z))
		return g
	}}}
}
