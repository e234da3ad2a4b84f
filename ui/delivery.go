package ui

// Where the mail of the chosen name goes, from package preview; the pane adds only a cursor and the what-if.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// delivery is the pane of the order in which a sender tries hosts, with a what-if.
type delivery struct {
	*kit
	list          draw.List
	rows          []deliveryRow
	of            zonefile.Name // whose rows they are
	only          string        // rows that have it; "" for all
	width, height int           // of the last drawing
	rest          string        // the row below it, where that belongs to its last one
}

// refresh makes the rows for the name that is shown. The cursor stays on its host.
func (p *delivery) refresh() {
	under := p.at()
	if p.of != p.name {
		p.of, p.list, p.only = p.name, draw.List{Page: p.list.Page}, ""
	}
	p.rows = nil
	if p.name == "" {
		return
	}
	for _, line := range p.nothingDelivered(p.width - 5) {
		p.rows = append(p.rows, deliveryRow{note: true, spans: []draw.Span{draw.Ink("  "+line, p.Styles.Plain)}})
	}
	if len(p.rows) > 0 {
		p.list.To(p.list.Cursor, 1, len(p.rows))
		return
	}
	p.rows = p.deliveryRows(p.route(), max(p.width, draw.MinWidth), p.height)
	if p.only != "" {
		p.rows = onlyWith(p.rows, p.seeks(p.only), deliveryRow.goesOn, deliveryRow.text)
	}
	if i := slices.IndexFunc(p.rows, func(r deliveryRow) bool { return r.host == under.host }); i >= 0 && under.host != "" {
		p.list.Cursor = i // the sentence above the hosts may have another number of lines now
	}
	p.list.Skip = func(i int) bool { return i < len(p.rows) && p.rows[i].still() }
	p.list.To(p.list.Cursor, 1, len(p.rows))
}

// narrowing is what the rows are narrowed to.
func (p *delivery) narrowing() string { return p.only }

// narrow shows the rows that have a text.
func (p *delivery) narrow(text string) []action {
	p.only = text
	return nil
}

// route is what becomes of mail for the name that is shown.
func (p *delivery) route() preview.Delivery {
	q := p.sender.query(p.name)
	q.Show = p.written
	return preview.Route([]*zonefile.Zone{p.doc.Zone()}, q)
}

// at is the row under the cursor, as it was made last.
func (p *delivery) at() deliveryRow {
	if p.list.Cursor < len(p.rows) {
		return p.rows[p.list.Cursor]
	}
	return deliveryRow{}
}

// row is the row under the cursor.
func (p *delivery) row() deliveryRow {
	p.refresh()
	return p.at()
}

// update moves the cursor.
func (p *delivery) update(m tea.KeyMsg) []action {
	p.refresh()
	if !p.list.Move(m, &p.keys.Moving, len(p.rows)) {
		return nil
	}
	if r := p.row().record; !r.IsZero() {
		return []action{look{document.SpotOf(r)}}
	}
	return nil
}

// seek finds the next row that has a text.
func (p *delivery) seek(text string, back bool) func(*pace) func() {
	p.refresh()
	of := p.seeks(text)
	i, ok := nextMatch(len(p.rows), p.list.Cursor, back, func(i int) bool {
		r := p.rows[i]
		return !r.still() && (of.has(string(r.host)) || of.has(r.text()))
	})
	return sought(ok, func() { p.list.Cursor = i })
}

// bindings is the what-if, and where that is edited which is seen here.
func (p *delivery) bindings() []binding {
	row := p.row()
	why := ""
	if row.host == "" {
		why = "no host is under the cursor"
	}
	list := []binding{
		unless(p.noRecord(row), p.keys.enter, func() []action { return []action{visit{document.SpotOf(row.record)}} }).as("go to its record").briefly("enter record"),
		unless(why, p.keys.hostDown, func() []action { return []action{whatIf{func(s *sender) { s.toggle(row.host) }}} }).briefly("x down/up"),
		on(p.keys.family, nil).briefly("4/6 IPv4/6 only"),
		unless(p.noneDown(), p.keys.allUp, func() []action { return []action{whatIf{func(s *sender) { s.faults = nil }}} }),
		unless(p.noDraw(), p.keys.draw, func() []action { return []action{drawAgain{p}} }).briefly("r draw"),
		unless(p.noSender(), p.keys.from, func() []action {
			return []action{whatIf{func(s *sender) { s.nextSender(p.doc.Zone(), p.name) }}}
		}),
		on(p.keys.profile, func() []action { return []action{whatIf{(*sender).nextProfile}} }).briefly("p software"),
		unless(p.notDown(row, why), p.keys.fault, func() []action {
			return []action{whatIf{func(s *sender) { s.nextFault(row.host) }}}
		}),
		unless(p.noNetwork(row, why), p.keys.networkDown, func() []action {
			return []action{whatIf{func(s *sender) { s.toggleNetworks(row.networks) }}}
		}),
		unless(p.known(row, why), p.keys.address, func() []action { return []action{push{p.askAddresses(row.host)}} }),
	}
	list[2].runKey = func(key string) []action {
		return []action{whatIf{func(s *sender) { s.only(key == "4") }}}
	}
	return append(append(list, p.filterBinding(p)), p.notEdited(row)...)
}

// noSender is why no other sender can be asked about.
func (p *delivery) noSender() string {
	if p.sender.name == "" && len(sendersOf(p.doc.Zone(), p.name)) == 1 {
		return "any server sends here: no MX names a host that could be the sender"
	}
	return ""
}

// notEdited is the keys that change records: here they say where that is done, for who presses d for "down" is not to lose an MX.
// What shows its diff first is as everywhere.
func (p *delivery) notEdited(row deliveryRow) []binding {
	why := "nothing is edited here: enter goes to the record"
	if row.record.IsZero() {
		why = "nothing is edited here: the records are a pane further (shift+tab)"
	}
	list := p.because(why, p.recordBindings(row.record, p.name), p.keys.fix, p.keys.ignore)
	if row.mends != nil {
		list = append(without(list, p.keys.fix), p.fixBinding(*row.mends, ""))
	}
	for i, b := range list {
		if !b.is(p.keys.fix) {
			list[i] = b.briefly("-")
		}
	}
	return list
}

// noRecord is why enter leads nowhere.
func (p *delivery) noRecord(row deliveryRow) string {
	if row.record.IsZero() {
		return "no record of this zone is behind this row"
	}
	return ""
}

// noDraw is why there is nothing to draw.
func (p *delivery) noDraw() string {
	if p.name == "" || len(p.route().Tiers) == 0 {
		return "nothing is drawn: no host is tried"
	}
	return ""
}

// drawAgain draws another order at random. Where its row is out of sight the message has it.
type drawAgain struct{ pane *delivery }

func (a drawAgain) do(s stage) tea.Cmd {
	p := a.pane
	p.sender.seed++
	p.refresh()
	last := p.list.Offset + p.list.Page - 1
	i := slices.IndexFunc(p.rows, func(r deliveryRow) bool { return r.drawn })
	if text := p.drawText(p.route()); i < p.list.Offset || i > last || i == last && i+1 < len(p.rows) && p.rows[i+1].drawn {
		s.tell(say{text, levelInfo})
	}
	return nil
}

// notDown is why a host cannot fail in another way.
func (p *delivery) notDown(row deliveryRow, why string) string {
	if _, down := p.sender.faults[string(row.host)]; why == "" && !down {
		return "the host is up: x takes it down first"
	}
	return why
}

// noNetwork is why no network can be taken down.
func (p *delivery) noNetwork(row deliveryRow, why string) string {
	if why == "" && len(row.networks) == 0 {
		return "no address of the host is known here, or none is used"
	}
	return why
}

// noneDown is why there is nothing to bring up again.
func (p *delivery) noneDown() string {
	if len(p.sender.faults) == 0 {
		return "no host is down"
	}
	return ""
}

// view draws the route. Of the row under the cursor what stands before the addresses is in its style: a key that is held costs
// few cells. A sentence that has one row too few goes on in the row of messages, while that is free.
func (p *delivery) view(width, height int) string {
	p.width, p.height, p.rest = width, height, ""
	p.refresh()
	focused := p.has(paneDelivery)
	if len(p.rows) == 0 && p.only != "" {
		return p.empty(nothingHas, width, height)
	}
	text := p.list.View(width, height, len(p.rows), func(i int, cursor bool) string { return p.line(p.rows[i], width, cursor && focused) })
	if i := p.list.Offset + height; i < len(p.rows) && p.rows[i].goesOn() {
		p.rest = p.line(p.rows[i], width, false)
	}
	return text
}

// line draws a row.
func (p *delivery) line(row deliveryRow, width int, cursor bool) string {
	cursor = cursor && !row.still()
	mark := "  "
	if cursor {
		mark = p.Glyphs.Mark + " "
	}
	spans := append([]draw.Span{draw.Ink(mark, p.Styles.Key)}, row.spans...)
	n := 2
	if row.host != "" {
		n = 4
	}
	n = min(n, len(spans))
	return p.Line(width, false, append(p.Under(cursor, spans[:n]...), spans[n:]...)...)
}

// known is why no addresses are asked for.
func (p *delivery) known(row deliveryRow, why string) string {
	if why == "" && p.doc.Zone().Lookup(row.host, zonefile.TypeA).Result != zonefile.Outside {
		return "only for hosts outside this zone: this one has its addresses here, or none"
	}
	return why
}

func (p *delivery) click(y int) []action {
	p.list.Click(y, len(p.rows))
	return nil
}
