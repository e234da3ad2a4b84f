package ui

// Where one is in a history, and what its keys do that takes the longer the bigger the files are: texts are compared beside the
// screen, and what was done is searched there.

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// historyView is the list of what was done, and below it the lines of the row under the cursor.
type historyView struct {
	*kit
	history document.History
	known   bool // it was read
	failed  error
	list    draw.List
	page    draw.Page
	since   *sinceThen // what has changed from before the row up to now, while that is shown; nil: what the row changed
	wanted  string     // what was searched for last
	only    string     // rows that have it; "" for all
	stood   int        // the row under the cursor before all were narrowed
	zoomed  bool       // the lines of the row have all the room
}

// took takes more of the history over. The cursor stays on its row.
func (d *historyView) took(h document.History) {
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
func (d *historyView) shown() (out []int) {
	for i, e := range d.history.Events {
		if _, has := e.Has(d.only); has || d.only == "" {
			out = append(out, i)
		}
	}
	return out
}

// start shows what the row under the cursor changed, from the first line on.
func (d *historyView) start() {
	d.since = nil
	d.page.Top()
}

// name is how the row under the cursor is called.
func (d *historyView) name() string {
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
func (d *historyView) hour(e document.Event) string {
	if e.Between {
		return ""
	}
	now := d.doc.Now()
	return preview.Clock(e.Time.In(now.Location()), now)
}

// nothingYet is why there is no row.
func (d *historyView) nothingYet() string {
	switch {
	case !d.known || len(d.history.Events) == 0 && d.history.Unread() > 0:
		return "the undo copies are being read"
	case len(d.history.Events) == 0:
		return "there is no save yet"
	}
	return ""
}

// at is the number of the row under the cursor, of all.
func (d *historyView) at() int { return d.shown()[min(d.list.Cursor, len(d.shown())-1)] }

// event is the row under the cursor.
func (d *historyView) event() document.Event { return d.history.Events[d.at()] }

// sinceThen is what has changed from before a row up to now.
type sinceThen struct {
	dialog *historyView
	lines  []document.NumberedLine
	err    error
}

// take shows it.
func (m sinceThen) take(s stage) tea.Cmd {
	if m.err != nil {
		s.complain(m.err)
		return nil
	}
	m.dialog.since = &m
	return nil
}

// toggle shows what has changed since before the row, or what the row changed.
func (d *historyView) toggle() []action {
	d.page.Top()
	if d.since != nil {
		d.since = nil
		return nil
	}
	h, row, z := d.history, d.at(), d.doc.Zone()
	return []action{longWork{"comparing with the file of now", func(p *pace) result {
		diff, err := h.Since(row, z, p.compares(z))
		if p.stopped.Load() {
			return nil
		}
		return sinceThen{d, document.NumberedDiff(diff), err}
	}}}
}

// copies hands over the difference that is shown, as patch takes it.
func (d *historyView) copies() []action {
	h, row, z, since := d.history, d.at(), d.doc.Zone(), d.since != nil
	return []action{longWork{"making a patch of what is shown", func(p *pace) result {
		c := p.compares(z)
		if since {
			return patchMade(h.PatchSince(row, z, d.utf8, c))
		}
		return patchMade(h.Patch(row, d.utf8, c))
	}}}
}

// patchIs is a patch to copy, or why there is none.
type patchIs struct {
	text string
	err  error
}

// patchMade is the end of making one.
func patchMade(text string, err error) result { return patchIs{text, err} }

// take copies it.
func (m patchIs) take(s stage) tea.Cmd {
	switch {
	case m.err != nil:
		s.complain(m.err)
		return nil
	case m.text == "":
		s.tell(say{"nothing to copy: the file has what it had before", levelInfo})
		return nil
	}
	return s.perform(copyText{text: m.text, called: "a patch, which patch -p0 takes"})
}

// ask asks what to search for.
func (d *historyView) ask() []action {
	p := &prompt{kit: d.kit, sign: "/", field: d.newField(partData, "", "")}
	p.done = func(text string) []action { return d.find(text, false) }
	return []action{push{p}}
}

// find goes to the next row, of those below first, that has a text, and shows the line that has it.
func (d *historyView) find(text string, back bool) []action {
	if text == "" {
		return []action{say{"nothing was searched for yet: press /", levelInfo}}
	}
	fresh := text != d.wanted
	d.wanted = text
	var all []document.Event
	for _, i := range d.shown() {
		all = append(all, d.history.Events[i])
	}
	from := d.list.Cursor
	if fresh { // the row under the cursor counts, too
		from = (from + len(all) - 1) % len(all)
	}
	return []action{longWork{"looking for " + d.show(text) + " in all that was done", func(p *pace) result {
		m := foundRow{dialog: d, text: text, rows: len(all)}
		lines := make([]int, len(all)) // where each row has the text; -1: in what was done
		has := make([]bool, len(all))
		p.begin(len(all))
		for i, e := range all {
			if lines[i], has[i] = e.Has(text); has[i] {
				m.count++
			}
			if !p.goesOn() {
				return nil
			}
		}
		if m.at, m.ok = nextMatch(len(all), from, back, func(i int) bool { return has[i] }); m.ok && lines[m.at] >= 0 {
			m.down = max(len(document.NumberedDiff(all[m.at].Diff[:lines[m.at]+1]))-2, 0)
		}
		return m
	}}}
}

// foundRow is the row that has a text, if one has.
type foundRow struct {
	dialog      *historyView
	text        string
	at, down    int // the row, and how many of its lines stand above the one that has the text
	count, rows int // how many rows have it, and of how many
	ok          bool
}

// take goes there.
func (m foundRow) take(s stage) tea.Cmd {
	d := m.dialog
	if !m.ok {
		s.tell(say{d.inNone() + ": " + d.show(m.text), levelInfo})
		return nil
	}
	d.list.To(m.at, 1, m.rows)
	d.start()
	d.page.Scroll(m.down)
	s.tell(say{d.show(m.text) + ": in " + zonefile.Plural(m.count, "row", "rows") + ", n goes on", levelInfo})
	return nil
}

// inNone says where a text was not found.
func (d *historyView) inNone() string {
	switch left := d.history.Unread(); {
	case left > 0:
		return fmt.Sprintf("in none of the %d saves that are read", d.history.Saves-left)
	case d.only != "":
		return "in none of these rows"
	}
	return "in no save"
}
