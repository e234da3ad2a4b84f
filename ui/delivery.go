package ui

// Where the mail of the chosen name goes, from package preview; the pane adds only a cursor and the what-if.

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// delivery is the pane of the order in which a sender tries hosts, with a what-if.
type delivery struct {
	*kit
	list  draw.List
	rows  []deliveryRow
	width int // of the last drawing: what notes are wrapped to
}

// deliveryRow is a line of the pane.
type deliveryRow struct {
	host     zonefile.Name   // of a line about a host; "" for other lines
	record   zonefile.Record // the MX behind the host
	networks []netip.Prefix  // that the host is in
	note     bool            // the first line of a note, where the cursor may stand to read on
	spans    func(width int) []draw.Span
}

// refresh makes the rows for the name that is shown.
func (p *delivery) refresh() {
	z := p.doc.Zone()
	under := zonefile.Name("")
	if p.list.Cursor < len(p.rows) {
		under = p.rows[p.list.Cursor].host
	}
	p.rows = nil
	if p.name == "" {
		return
	}
	d := preview.Route([]*zonefile.Zone{z}, p.sender.query(p.name))
	c := widths(d)
	p.outcome(d)
	for i, t := range d.Tiers {
		for j := range t.Hosts {
			p.host(d, i, j, c)
		}
	}
	for _, x := range d.Excluded {
		p.excluded(x, c)
	}
	if p.sender.seed > 0 {
		p.drawn(d)
	}
	for _, n := range d.Notes {
		if n.ID != string(preview.NotChecked) && !saidAlready(n, d.Excluded) { // "not known here" stands at the host
			p.note(n)
		}
	}
	if i := slices.IndexFunc(p.rows, func(r deliveryRow) bool { return r.host == under }); i >= 0 && under != "" {
		p.list.Cursor = i // the sentence above the hosts may have another number of lines now
	}
	p.list.Skip = func(i int) bool { return i < len(p.rows) && p.rows[i].host == "" && !p.rows[i].note }
	p.list.To(p.list.Cursor, 1, len(p.rows))
}

// add adds a row.
func (p *delivery) add(r deliveryRow) { p.rows = append(p.rows, r) }

// outcome adds the answer: what becomes of the message.
func (p *delivery) outcome(d preview.Delivery) {
	style := p.Styles.Err
	switch d.Outcome {
	case preview.Delivered:
		style = p.Styles.Good
	case preview.Deferred, preview.LocalOrLoop:
		style = p.Styles.Warn
	case preview.Unknown:
		style = p.Styles.Info
	}
	text := d.Text
	if d.Code != "" {
		text += " (" + d.Code + ")"
	}
	lead := p.Glyphs.Arrow + " "
	for _, line := range draw.Wrap(p.show(text), max(p.width-5, 20)) {
		sign := lead
		p.add(deliveryRow{spans: func(int) []draw.Span { return []draw.Span{draw.Ink(sign, p.Styles.Key), draw.Ink(line, style)} }})
		lead = "  "
	}
}

// deliveryColumns is how wide the columns are: as wide as what stands in them, within bounds. Names have a width
// in steps, so that the columns of one route stand where those of the next do.
type deliveryColumns struct{ name, when, address int }

// widths measures a route.
func widths(d preview.Delivery) deliveryColumns {
	c := deliveryColumns{name: 12}
	for i, t := range d.Tiers {
		for _, h := range t.Hosts {
			c.name = max(c.name, len(preview.Display(h.Name)))
			c.when = max(c.when, len(whenText(d, i, h)))
		}
	}
	for _, x := range d.Excluded {
		c.name = max(c.name, len(preview.Display(x.Name)))
	}
	const step = 12
	c.name = (c.name + step - 1) / step * step
	return c
}

// fitting is the columns of a width. The addresses have what is left, and no room on a narrow screen.
func (c deliveryColumns) fitting(width int) deliveryColumns {
	f := deliveryColumns{name: min(c.name, width/3), when: c.when}
	left := width - 4 - f.name - 2 - 6
	if f.when = min(c.when+1, left); left-f.when >= 11 {
		f.address = left - f.when
	} else {
		f.when = left
	}
	return f
}

// whenText is when a host is tried: what has to be down for it, or that it is down itself.
func whenText(d preview.Delivery, tier int, h preview.Host) string {
	when := d.When(tier)
	switch f := h.Down(); {
	case f != "":
		return "DOWN: " + string(f)
	case h.Share == 0 && h.Status != preview.NotChecked:
		return "beyond the sender's limit"
	case when == "" && len(h.With) > 0:
		return "with " + preview.List(h.With, preview.Display)
	}
	return when
}

// host adds host j of tier i. The number of the tier stands at its first host; = marks the others, among
// which senders draw at random.
func (p *delivery) host(d preview.Delivery, i, j int, c deliveryColumns) {
	h := d.Tiers[i].Hosts[j]
	number, sign := itoa(i+1), " "
	if j > 0 {
		number, sign = "", "="
	}
	when := whenText(d, i, h)
	p.add(deliveryRow{host: h.Name, record: h.Record, networks: h.Networks(), spans: func(width int) []draw.Span {
		c := c.fitting(width)
		whenStyle := p.Styles.Dim
		if strings.HasPrefix(when, "DOWN") {
			whenStyle = p.Styles.Err
		}
		return []draw.Span{
			draw.Ink(p.Fit(number, 2)+sign+" ", p.Styles.Key),
			draw.Ink(p.Fit(p.show(preview.Display(h.Name)), c.name)+"  ", p.Styles.Plain),
			draw.Ink(p.Fit(addressText(h, c.address-1), c.address), p.Styles.Plain),
			draw.Ink(p.Fit(p.show(when), c.when), whenStyle),
			draw.Ink(p.FitRight(percent(h.Share), 5)+" ", p.Styles.Plain),
		}
	}})
}

// addressText is the addresses of a host that a sender uses: those that a width has room for, and how
// many there are besides.
func addressText(h preview.Host, width int) string {
	text, left := "", 0
	for _, a := range h.Addresses {
		switch one := a.IP.String(); {
		case a.Skip != "":
		case text == "":
			text = one
		case left == 0 && len(text)+len(one)+6 <= width:
			text += ", " + one
		default:
			left++
		}
	}
	switch {
	case text == "" && h.Status == preview.NotChecked:
		return "not known here"
	case left > 0:
		return fmt.Sprintf("%s +%d", text, left)
	}
	return text
}

// saidAlready tells whether a note only says of a host what its line among the excluded says.
func saidAlready(n preview.Note, excluded []preview.Excluded) bool {
	return slices.ContainsFunc(excluded, func(x preview.Excluded) bool {
		return n.Text == preview.Display(x.Name)+" is "+x.Text()
	})
}

// excluded adds a host that is never tried.
func (p *delivery) excluded(x preview.Excluded, c deliveryColumns) {
	p.add(deliveryRow{host: x.Name, record: x.Record, spans: func(width int) []draw.Span {
		return []draw.Span{
			draw.Ink("-   ", p.Styles.Key),
			draw.Ink(p.Fit(p.show(preview.Display(x.Name)), c.fitting(width).name)+"  ", p.Styles.Dim),
			draw.Ink(p.show(x.Text()), p.Styles.Err),
		}
	}})
}

// note adds what an operator should know.
func (p *delivery) note(n preview.Note) {
	p.text(draw.Ink(n.Severity.Letter(), p.severity(n.Severity)), p.prose(n.Text), p.Styles.Dim)
}

// text adds text behind a sign: on one line, and whole where one reads, while the pane has the keys.
func (p *delivery) text(sign draw.Span, text string, style lipgloss.Style) {
	lines := []string{text}
	if p.focused == paneDelivery {
		lines = draw.Wrap(text, max(p.width-noteIndent-3, 20))
	}
	for i, line := range lines {
		lead := draw.Ink(p.Fit(sign.Text, noteIndent), sign.Style)
		if i > 0 {
			lead.Text = p.Fit("", noteIndent)
		}
		p.add(deliveryRow{note: i == 0, spans: func(int) []draw.Span { return []draw.Span{lead, draw.Ink(line, style)} }})
	}
}

// noteIndent is what stands before the text of a note.
const noteIndent = 4

// row is the row under the cursor.
func (p *delivery) row() deliveryRow {
	p.refresh()
	if p.list.Cursor < len(p.rows) {
		return p.rows[p.list.Cursor]
	}
	return deliveryRow{}
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

// match is for a search: there is nothing here that the other panes have not.
func (p *delivery) match(text string, back bool) bool {
	p.refresh()
	i, ok := nextMatch(len(p.rows), p.list.Cursor, back, func(i int) bool { return contains(string(p.rows[i].host), text) })
	if ok {
		p.list.Cursor = i
	}
	return ok
}

// bindings is the what-if, and what can be done with the MX behind a host.
func (p *delivery) bindings() []binding {
	row := p.row()
	why := ""
	if row.host == "" {
		why = "no host is under the cursor"
	}
	list := []binding{
		unless(why, p.keys.hostDown, func() []action { return []action{whatIf{func(s *sender) { s.toggle(row.host) }}} }).briefly("x down/up"),
		unless(p.notDown(row, why), p.keys.fault, func() []action {
			return []action{whatIf{func(s *sender) { s.nextFault(row.host) }}}
		}),
		unless(p.noNetwork(row, why), p.keys.networkDown, func() []action {
			return []action{whatIf{func(s *sender) { s.toggleNetworks(row.networks) }}}
		}),
		on(p.keys.family, nil).briefly("4/6 IPv4/6 only"),
		unless(p.noneDown(), p.keys.allUp, func() []action { return []action{whatIf{func(s *sender) { s.faults = nil }}} }),
	}
	list[3].runKey = func(key string) []action {
		return []action{whatIf{func(s *sender) { s.only(key == "4") }}}
	}
	list = append(list, p.recordBindings(row.record, p.name)...)
	return append(list,
		on(p.keys.draw, func() []action { return []action{whatIf{func(s *sender) { s.seed++ }}} }),
		unless(p.known(row, why), p.keys.address, func() []action { return []action{push{p.askAddresses(row.host)}} }),
		on(p.keys.profile, func() []action { return []action{whatIf{(*sender).nextProfile}} }),
		on(p.keys.from, func() []action {
			return []action{whatIf{func(s *sender) { s.nextSender(p.doc.Zone(), p.name) }}}
		}))
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

// view draws the route.
func (p *delivery) view(width, height int) string {
	p.width = width
	p.refresh()
	focused := p.has(paneDelivery)
	return p.list.View(width, height, len(p.rows), func(i int, cursor bool) string {
		row := p.rows[i]
		cursor = cursor && (row.host != "" || row.note)
		mark := "  "
		if cursor && focused {
			mark = p.Glyphs.Mark + " "
		}
		return p.Line(width, cursor && focused, append([]draw.Span{draw.Ink(mark, p.Styles.Key)}, row.spans(width-2)...)...)
	})
}

// drawn adds what one message may meet: equal hosts and addresses in an order that chance gives.
func (p *delivery) drawn(d preview.Delivery) {
	var tries []string
	for _, a := range d.Draw(p.sender.seed) {
		try := preview.Display(a.Host)
		if a.IP.IsValid() {
			try += " " + a.IP.String()
		}
		tries = append(tries, try)
	}
	if len(tries) == 0 {
		tries = []string{"no host is tried"}
	}
	text := "draw " + strconv.FormatUint(p.sender.seed, 10) + ": " + strings.Join(tries, ", then ")
	p.text(draw.Ink("~", p.Styles.Key), p.show(text), p.Styles.Plain)
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
