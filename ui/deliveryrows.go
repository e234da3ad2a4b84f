package ui

// What the pane of the delivery shows of a route: the answer, a table of the hosts as senders try them, and what an operator
// should know. The share stands before the host. Nothing is cut and no two columns touch: addresses give way to a count, and what
// has no room beside a host goes on below it; sentences go on in the next row.

import (
	"cmp"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// deliveryRow is a line of the pane.
type deliveryRow struct {
	host     zonefile.Name    // of the first line about a host; "" for other lines
	record   zonefile.Record  // the MX behind the host, or what a note is about
	networks []netip.Prefix   // that the host is in
	note     bool             // a line of a note, where the cursor may stand to read on
	drawn    bool             // a line of what chance drew
	mends    *lint.Diagnostic // what f mends: the problem that the note is about; nil for none
	spans    []draw.Span
}

// text is what a line says.
func (r deliveryRow) text() string { return spansText(r.spans) }

// goesOn tells a line that belongs to the one above: it has no sign before it.
func (r deliveryRow) goesOn() bool {
	return len(r.spans) > 0 && strings.TrimSpace(r.spans[0].Text) == ""
}

// still tells a line that the cursor passes over.
func (r deliveryRow) still() bool { return r.host == "" && !r.note }

// routeMaker makes the rows of a route; one column at the right stays free, so that nothing touches the border.
type routeMaker struct {
	*kit
	width int
	tight bool // the pane is too low for all: a host has one row where that is possible
	rows  []deliveryRow
	// The widths of columns, with the blanks behind each.
	tier, share, host int
}

// deliveryRows is the rows of a route in a pane of a size: where all do not fit in its height, addresses are counted.
func (k *kit) deliveryRows(d preview.Delivery, width, height int) []deliveryRow {
	m := routeMaker{kit: k, width: width - 3}
	if m.route(d); len(m.rows) > height {
		m.tight, m.rows = true, nil
		m.route(d)
	}
	return m.rows
}

// route adds all that is said of a route.
func (m *routeMaker) route(d preview.Delivery) {
	m.divide(d)
	m.outcome(d)
	if len(d.Tiers)+len(d.Excluded) > 0 {
		m.head()
	}
	for i, t := range d.Tiers {
		for j := range t.Hosts {
			m.tried(d, i, j)
		}
	}
	for _, x := range d.Excluded {
		m.excluded(x)
	}
	m.draws(d)
	notes := slices.Clone(d.Notes)
	slices.SortStableFunc(notes, func(a, b preview.Note) int { return cmp.Compare(b.Severity, a.Severity) })
	for _, n := range notes {
		if n.ID != string(preview.NotChecked) && !m.saidAlready(n, d.Excluded) { // "not known here" stands at the host
			m.note(n)
		}
	}
}

// add adds a row.
func (m *routeMaker) add(r deliveryRow) { m.rows = append(m.rows, r) }

// divide gives each column its width. That of hosts grows in steps, and is wide at once where both addresses of a host have room
// beside it, so that the columns of one route stand where those of the next do, while an address has room beside them.
func (m *routeMaker) divide(d preview.Delivery) {
	m.tier, m.share = len(itoa(len(d.Tiers)))+2, 7
	if m.width < lastFrom {
		m.tier, m.share = m.tier-1, 6
	}
	const step, wide, bothAddresses = 6, 21, 40
	least := max(2*step, min(wide, m.width-m.tier-m.share-bothAddresses))
	widest := 0
	for h := range m.hosts(d) {
		widest = max(widest, ansi.StringWidth(m.written(h)+m.heardOf(h, m.width))+2)
	}
	if widest = max(widest, least); widest > least {
		widest = (widest + step - 1) / step * step
	}
	m.host = min(widest, max(m.width-m.tier-m.share-leastAddress, 9))
}

// hosts yields the names in the column of hosts.
func (m *routeMaker) hosts(d preview.Delivery) func(yield func(zonefile.Name) bool) {
	return func(yield func(zonefile.Name) bool) {
		for _, t := range d.Tiers {
			for _, h := range t.Hosts {
				if !yield(h.Name) {
					return
				}
			}
		}
		for _, x := range d.Excluded {
			if !yield(x.Name) {
				return
			}
		}
	}
}

// from is where addresses begin, or the words in their place.
func (m *routeMaker) from() int { return m.tier + m.share + m.host }

// outcome adds the answer: what becomes of the message.
func (m *routeMaker) outcome(d preview.Delivery) {
	style := m.Styles.Err
	switch d.Outcome {
	case preview.Delivered:
		style = m.Styles.Good
	case preview.Deferred, preview.LocalOrLoop:
		style = m.Styles.Warn
	case preview.Unknown:
		style = m.Styles.Info
	}
	text := d.Text
	if d.Code != "" {
		text += " (" + d.Code + ")"
	}
	m.text(draw.Ink(m.Glyphs.Arrow, m.Styles.Key), ansi.StringWidth(m.Glyphs.Arrow)+1, m.show(text), style, deliveryRow{})
}

// head adds the titles of the columns.
func (m *routeMaker) head() {
	text := m.Fit("T", m.tier) + m.Fit("SHARE", m.share) + m.Fit("HOST", m.host) + "ADDRESSES"
	m.add(deliveryRow{spans: []draw.Span{draw.Ink(text, m.Styles.Dim)}})
}

// tried adds host j of tier i. The number of the tier stands at its first host; = marks the others, among which senders draw at
// random.
func (m *routeMaker) tried(d preview.Delivery, i, j int) {
	h := d.Tiers[i].Hosts[j]
	c := hostCells{sign: itoa(i + 1), share: draw.Ink(percent(h.Share), m.Styles.Plain), name: h.Name, style: m.Styles.Plain}
	if j > 0 {
		c.sign = "="
	}
	c.words, c.when = addressWordsOf(h), draw.Ink(m.whenText(d, i, h), m.Styles.Dim)
	if f := h.Down(); f != "" {
		c.share, c.when = draw.Ink("DOWN", m.Styles.Err), draw.Ink(f.Text(), m.Styles.Err)
	}
	m.row(deliveryRow{host: h.Name, record: h.Record, networks: h.Networks()}, c)
}

// whenText is what has to be down for a host to be tried, or why it takes no mail though it is up.
func (m *routeMaker) whenText(d preview.Delivery, tier int, h preview.Host) string {
	when := d.When(tier)
	switch {
	case h.Share == 0 && h.Status != preview.NotChecked:
		return "beyond the sender's limit"
	case when == "" && len(h.With) > 0:
		return "with " + preview.List(h.With, m.written)
	}
	return when
}

// addressWordsOf is the addresses of a host that a sender uses, or that they are not known.
func addressWordsOf(h preview.Host) []string {
	list := addressesOf(h)
	if len(list) == 0 && h.Status == preview.NotChecked {
		return []string{"not known here"}
	}
	return list
}

// excluded adds a host that is never tried.
func (m *routeMaker) excluded(x preview.Excluded) {
	text := x.Text()
	texts := []string{text, strings.TrimPrefix(text, "never tried: ")} // the sign says it, too
	if (x.Reason == preview.NoSuchName || x.Reason == preview.NoAddress) && m.unseen(x.Name) {
		texts = notRead
	}
	for _, room := range []int{m.width - m.from(), m.width - m.tier} {
		if t, ok := draw.Shortest(room, texts...); ok {
			text = t
			break
		}
	}
	c := hostCells{sign: "-", name: x.Name, style: m.Styles.Dim, when: draw.Ink(text, m.Styles.Err)}
	m.row(deliveryRow{host: x.Name, record: x.Record}, c)
}

// hostCells is a row of the table: what is tried, the addresses, and when.
type hostCells struct {
	sign  string
	share draw.Span
	name  zonefile.Name
	style lipgloss.Style
	words []string // addresses
	when  draw.Span
}

// row adds a host. What has no room beside its name goes on below.
func (m *routeMaker) row(r deliveryRow, c hostCells) {
	name, mark := m.written(c.name), m.heardOf(c.name, m.width)
	lead := []draw.Span{draw.Ink(m.Fit(c.sign, m.tier), m.Styles.Key), draw.Ink(m.Fit(m.FitRight(c.share.Text, 5), m.share), c.share.Style)}
	if ansi.StringWidth(name+mark) > m.host-2 {
		r.spans = append(lead, draw.Ink(m.Middle(name, m.width-m.tier-m.share-ansi.StringWidth(mark)), c.style), draw.Ink(mark, m.Styles.Key))
		m.add(r)
		r, lead, name, mark = deliveryRow{}, []draw.Span{m.gap(m.tier + m.share)}, "", ""
	}
	r.spans = append(lead, draw.Ink(name, c.style), draw.Ink(m.Fit(mark, m.host-ansi.StringWidth(name)), m.Styles.Key))
	rows, when := m.places(c)
	if len(rows) > 0 {
		r.spans = append(r.spans, draw.Ink(rows[0], m.Styles.Plain))
		rows = rows[1:]
	}
	if when {
		r.spans = append(r.spans, m.gap(beside*min(len(c.words), 1)), c.when)
	}
	m.add(r)
	for _, a := range rows {
		m.below(draw.Ink(a, m.Styles.Plain))
	}
	if !when && c.when.Text != "" {
		m.below(c.when)
	}
}

// heardOf is what was heard of a host, as it stands behind its name.
func (k *kit) heardOf(host zonefile.Name, width int) string {
	marks := k.heard.marks(k.doc.Zone(), host)
	if len(marks) > 1 && width < lastFrom {
		marks = marks[1:]
	}
	if len(marks) == 0 {
		return ""
	}
	return " " + marks[0]
}

// beside is the blanks between addresses and what stands beside them.
const beside = 3

// places is the rows of addresses, and whether the condition stands beside the only one. A pane that is high enough has all
// addresses; in a low one they are counted for the condition's sake.
func (m *routeMaker) places(c hostCells) (rows []string, when bool) {
	room := m.width - m.from()
	left := room
	if w := ansi.StringWidth(c.when.Text); w > 0 {
		left -= w + beside*min(len(c.words), 1)
	}
	texts := draw.Counted(c.words, ", ")
	if !m.tight {
		texts = texts[:1]
	}
	if t, ok := draw.Shortest(left, texts...); ok && c.when.Text != "" {
		if t == "" {
			return nil, true
		}
		return []string{t}, true
	}
	if t, ok := draw.Shortest(room, texts...); ok {
		return []string{t}, false
	}
	return packed(c.words, room), false
}

// packed is words in rows of a width, as many as have room in each.
func packed(words []string, width int) (rows []string) {
	for _, w := range words {
		if n := len(rows); n > 0 && len(rows[n-1])+2+len(w) <= width {
			rows[n-1] += ", " + w
			continue
		}
		rows = append(rows, w)
	}
	return rows
}

// below adds what belongs to the host above in a row of its own, as far at the right as it can stand.
func (m *routeMaker) below(s draw.Span) {
	for _, l := range draw.Wrap(m.show(s.Text), m.width-m.tier) {
		m.add(deliveryRow{spans: []draw.Span{m.gap(min(m.from(), m.width-ansi.StringWidth(l))), draw.Ink(l, s.Style)}})
	}
}

// gap is so many blanks.
func (m *routeMaker) gap(n int) draw.Span { return draw.Ink(m.Fit("", n), m.Styles.Plain) }

// saidAlready tells whether a note only says of a host what its line among the excluded says.
func (m *routeMaker) saidAlready(n preview.Note, excluded []preview.Excluded) bool {
	return slices.ContainsFunc(excluded, func(x preview.Excluded) bool { return n.Text == m.written(x.Name)+" is "+x.Text() })
}

// note adds what an operator should know, and which key mends it.
func (m *routeMaker) note(n preview.Note) {
	r := deliveryRow{note: true}
	if len(n.Records) > 0 {
		r.record = n.Records[0]
	}
	if d, ok := m.mendable(n); ok {
		r.mends = &d
	}
	m.text(draw.Ink(n.Severity.Letter(), m.severity(n.Severity)), m.tier, m.prose(n.Text), m.Styles.Plain, r)
	if r.mends != nil {
		m.mended(r)
	}
}

// mended says at the right of the sentence that was added last, or below it, that f mends what it is about.
func (m *routeMaker) mended(r deliveryRow) {
	const gap = 2
	last, used := &m.rows[len(m.rows)-1], gap
	for _, s := range last.spans {
		used += ansi.StringWidth(s.Text)
	}
	const key, does = "f", " mends it"
	text, ok := draw.Shortest(m.width-used, key+does, key)
	if !ok {
		text, used, r.spans = key+does, gap, nil
		m.add(r)
		last = &m.rows[len(m.rows)-1]
	}
	blanks := m.width - used + gap - len(text)
	last.spans = append(last.spans, m.gap(blanks), draw.Ink(key, m.Styles.Key), draw.Ink(strings.TrimPrefix(text, key), m.Styles.Dim))
}

// text adds a sentence behind a sign, in as many rows like one as it takes.
func (m *routeMaker) text(sign draw.Span, indent int, text string, style lipgloss.Style, like deliveryRow) {
	for _, line := range draw.Wrap(text, m.width-indent) {
		like.spans = []draw.Span{draw.Ink(m.Fit(sign.Text, indent), sign.Style), draw.Ink(line, style)}
		m.add(like)
		sign.Text = ""
	}
}

// draws adds what one message may meet: equal hosts and addresses in an order that chance gives.
func (m *routeMaker) draws(d preview.Delivery) {
	if text := m.drawText(d); text != "" {
		m.text(draw.Ink("~", m.Styles.Key), m.tier, text, m.Styles.Plain, deliveryRow{note: true, drawn: true})
	}
}

// drawText is what one message meets; "" where nothing is drawn.
func (k *kit) drawText(d preview.Delivery) string {
	var tries []string
	for _, a := range d.Draw(k.sender.seed) {
		try := k.written(a.Host)
		if a.IP.IsValid() {
			try += " " + a.IP.String()
		}
		tries = append(tries, try)
	}
	if k.sender.seed == 0 || len(tries) == 0 {
		return ""
	}
	return "draw " + strconv.FormatUint(k.sender.seed, 10) + ": " + strings.Join(tries, ", then ")
}
