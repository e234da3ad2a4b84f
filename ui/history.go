package ui

// What was done to the files of the zone: each save, and what other programs wrote between them, with the lines that it changed.
// What is brought back comes as edits over the file of now, to be looked at and saved as all others are. Rows have the numbers of
// their undo copies, which `mailzone history` takes. The copies are read beside the screen, the last save first, and each is shown
// as soon as it is read: in a big zone nobody waits for twenty. Who leaves ends the reading.

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// openHistory shows what was done to the files.
type openHistory struct{}

func (openHistory) do(s stage) tea.Cmd {
	k := s.tools()
	d := &historyDialog{kit: k}
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

// historyDialog is the list of what was done, and below it the lines of the row under the cursor.
type historyDialog struct {
	*kit
	history document.History
	known   bool // it was read
	failed  error
	list    draw.List
	page    draw.Page
	since   []string // what has changed from before the row up to now, while that is shown; nil: what the row changed
	wanted  string   // what was searched for last
	only    string   // rows that have it; "" for all
	stood   int      // the row under the cursor before all were narrowed
	zoomed  bool     // the lines of the row have all the room
	closed  bool     // nobody looks at it any more
}

// took takes more of the history over. The cursor stays on its row.
func (d *historyDialog) took(h document.History) {
	var under document.Event
	if len(d.shown()) > 0 {
		under = d.event()
	}
	d.history = h
	for i, n := range d.shown() {
		if e := h.Events[n]; e.Time.Equal(under.Time) && e.Other == under.Other {
			d.list.Cursor = i
		}
	}
}

// shown is the numbers of the rows that are shown: those that have the text that they are narrowed to.
func (d *historyDialog) shown() (out []int) {
	for i, e := range d.history.Events {
		if _, has := e.Has(d.only); has || d.only == "" {
			out = append(out, i)
		}
	}
	return out
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
		unless(none, d.keys.submit, d.toggle).as(shows).briefly("enter diff to now"),
		unless(bring, d.keys.bringBack, d.bringBack).as("bring back what was before it, as edits").briefly("b bring back"),
		unless(none, d.keys.search, d.ask).as("find in all that was done").briefly("/ find"),
		unless(none, d.keys.again, func() []action { return d.find(d.wanted, false) }).briefly("-"),
		unless(none, d.keys.back, func() []action { return d.find(d.wanted, true) }).briefly("-"),
		unless(none, d.keys.saveCopy, d.copies).as("copy the difference as a patch").briefly("y copy"),
		unless(none, d.keys.Down, move(1)).as("next row").briefly("-"), unless(none, d.keys.Up, move(-1)).as("previous row").briefly("-"),
		unless(none, d.keys.Top, move(-1<<30)).briefly("-"), unless(none, d.keys.Bottom, move(1<<30)).briefly("-"),
		on(d.keys.PageDown, scrolls(&d.page, 5)).briefly("PgDn more"), on(d.keys.PageUp, scrolls(&d.page, -5)).briefly("-"),
		on(d.keys.dismiss, d.ends).as("close"), on(d.keys.leave, d.ends).as("close").briefly("-"),
		unless(empty, d.keys.filter, d.filterBinding(d).run).as("only rows with").briefly("& only"),
		unless(none, d.keys.zoom, func() []action { d.zoomed = !d.zoomed; return nil }).as(zoomDoes(d.zoomed, "its lines alone", "all rows")).briefly("z zoom"),
	}
}

// nothingYet is why there is no row.
func (d *historyDialog) nothingYet() string {
	switch {
	case !d.known || len(d.history.Events) == 0 && d.history.Unread() > 0:
		return "the undo copies are being read"
	case len(d.history.Events) == 0:
		return "there is no save yet"
	}
	return ""
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

// start shows what the row under the cursor changed, from the first line on.
func (d *historyDialog) start() {
	d.since = nil
	d.page.Top()
}

// at is the number of the row under the cursor, of all.
func (d *historyDialog) at() int { return d.shown()[min(d.list.Cursor, len(d.shown())-1)] }

// event is the row under the cursor.
func (d *historyDialog) event() document.Event { return d.history.Events[d.at()] }

// toggle shows what has changed since before the row, or what the row changed.
func (d *historyDialog) toggle() []action {
	d.page.Top()
	if d.since != nil {
		d.since = nil
		return nil
	}
	diff, err := d.history.Since(d.at(), d.doc.Zone())
	if err != nil {
		return []action{say{d.show(err.Error()), levelError}}
	}
	d.since = append([]string{}, diff...)
	return nil
}

// bringBack makes what was there before the row the newest version: edits, which are looked at and saved as all others are.
func (d *historyDialog) bringBack() []action {
	row := d.at()
	title := "bring back what was there before " + d.name()
	c := change{title: title, stay: true, then: []action{leaveHistory{d}}, says: title + ": w looks at it and saves it"}
	c.edits = func(z *zonefile.Zone) ([]zonefile.Edit, error) { return d.history.BringBack(row, z) }
	return []action{c}
}

// name is how the row under the cursor is called.
func (d *historyDialog) name() string {
	e := d.event()
	switch {
	case e.Between:
		return "another program"
	case e.Other:
		return "the other program of " + d.hour(e)
	}
	return "the save of " + d.hour(e)
}

// hour is when something was done.
func (d *historyDialog) hour(e document.Event) string {
	if e.Between {
		return ""
	}
	now := d.doc.Now()
	return preview.Clock(e.Time.In(now.Location()), now)
}

// diff is the difference that is shown.
func (d *historyDialog) diff() []string {
	if d.since != nil {
		return d.since
	}
	return d.event().Diff
}

// copies hands over the difference that is shown, as patch takes it.
func (d *historyDialog) copies() []action {
	text, err := d.history.Patch(d.at(), d.utf8)
	if d.since != nil {
		text, err = d.history.PatchSince(d.at(), d.doc.Zone(), d.utf8)
	}
	switch {
	case err != nil:
		return []action{say{d.show(err.Error()), levelError}}
	case text == "":
		return []action{say{"nothing to copy: the file has what it had before", levelInfo}}
	}
	return []action{copyText{text: text, called: "a patch, which patch -p0 takes"}}
}

// ask asks what to search for.
func (d *historyDialog) ask() []action {
	p := &prompt{kit: d.kit, sign: "/", field: d.newField(partData, "", "")}
	p.done = func(text string) []action { return d.find(text, false) }
	return []action{push{p}}
}

// find goes to the next row, of those below first, that has a text, and shows the line that has it.
func (d *historyDialog) find(text string, back bool) []action {
	if text == "" {
		return []action{say{"nothing was searched for yet: press /", levelInfo}}
	}
	fresh := text != d.wanted
	d.wanted = text
	var all []document.Event
	from, n := d.list.Cursor, 0
	for _, i := range d.shown() {
		all = append(all, d.history.Events[i])
		if _, ok := d.history.Events[i].Has(text); ok {
			n++
		}
	}
	if fresh { // the row under the cursor counts, too
		from = (from + len(all) - 1) % len(all)
	}
	i, ok := nextMatch(len(all), from, back, func(i int) bool { _, ok := all[i].Has(text); return ok })
	if !ok {
		return []action{say{d.inNone() + ": " + d.show(text), levelInfo}}
	}
	d.list.To(i, 1, len(all))
	d.start()
	if line, _ := all[i].Has(text); line >= 0 {
		d.page.Scroll(max(len(document.NumberedDiff(all[i].Diff[:line+1]))-2, 0))
	}
	return []action{say{d.show(text) + ": in " + zonefile.Plural(n, "row", "rows") + ", n goes on", levelInfo}}
}

// inNone says where a text was not found.
func (d *historyDialog) inNone() string {
	switch left := d.history.Unread(); {
	case left > 0:
		return fmt.Sprintf("in none of the %d saves that are read", d.history.Saves-left)
	case d.only != "":
		return "in none of these rows"
	}
	return "in no save"
}
