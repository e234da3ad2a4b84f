package ui

// What the keys do while zones are changed and in the pages about them, and how far a change is.

import (
	"fmt"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// changeKeys is the keys of a change: of its review beside those of a page, else that which ends it.
func (m *zoneList) changeKeys() []binding {
	k, c := m.keys, m.change
	gives := func() []action { m.drop(); return nil }
	switch c.step {
	case workedOut:
		return []binding{on(k.dismiss, gives).as("give up"), unless("esc gives up first", k.leave, nil).briefly("-")}
	case written:
		why := "all zones are saved, or none: that is not stopped half-way"
		return []binding{unless(why, k.dismiss, nil).briefly("-"), unless(why, k.leave, nil).briefly("-")}
	case readAgain:
		ends := func() []action { c.stopped.Store(true); return nil }
		return []binding{on(k.dismiss, ends).as("end the waiting"), unless("esc ends the waiting", k.leave, nil).briefly("-")}
	}
	return append([]binding{
		on(k.review, func() []action { return m.agree(false) }).as("write"),
		unless(m.cannotReload(), k.serve, func() []action { return m.agree(true) }).as("write and reload").briefly("r write and reload"),
	}, m.reportKeys()...)
}

// cannotReload is why no zone is read again.
func (m *zoneList) cannotReload() string {
	if m.opt.Asking.ReloadZone == nil {
		return "no name server runs here"
	}
	return ""
}

// changing draws how far a change is.
func (m *zoneList) changing(w, h int) string {
	c := m.change
	n := zonefile.Plural(len(c.zones), "zone", "zones")
	text, part := "reading and comparing "+n, -1.0
	switch c.step {
	case written:
		text = "saving " + zonefile.Plural(len(c.work.Many.In(document.Changed)), "zone", "zones") + ": all or none"
	case readAgain:
		text, part = fmt.Sprintf("named reads zone %d of %d again: %s", min(c.at+1, len(c.saved)), len(c.saved), m.show(c.reading())), float64(c.at)/float64(max(len(c.saved), 1))
	}
	lines := []string{"", m.Fit("  "+text, w)}
	if part >= 0 {
		bar := newBar(m.utf8)
		bar.Width = min(w-4, 60)
		lines = append(lines, "", m.Fit("  "+bar.ViewAs(part), w))
	}
	return draw.Block(lines, w, h)
}

// reading is the zone that named reads again now.
func (c *zoneChange) reading() string {
	if c.at >= len(c.saved) {
		return ""
	}
	return c.saved[c.at].Name().Plain()
}

// reportKeys is the keys of the report.
func (m *zoneList) reportKeys() []binding { return append(m.report.bindings(), m.looking(m.report)...) }
