package ui

// What the pane of records shows of a name: a table of its MX by tiers, and under it sections whose columns stand where those of
// the table do. No column touches another and none is cut: what has no room is said in shorter words, or goes on in a row below,
// and a column that a screen has no room for is left out as a whole.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// recordRow is a line of the pane.
type recordRow struct {
	record zonefile.Record // zero for a line that is no record
	out    zonefile.Row    // a record that was commented out; zero for other lines
	lacks  []policyKind    // what a line says that the domain has not
	folds  bool            // the line stands for records that are folded, or were
	spans  []draw.Span
	title  bool          // the line is the title of those below it
	more   bool          // it goes on from the line above
	tail   func() string // what stands in the last column; made when it is drawn, nil for nothing
	tailAt int           // where that column begins
}

// goesOn tells a line that belongs to the one above.
func (r recordRow) goesOn() bool { return r.more }

// text is what a line says, and what its record does.
func (r recordRow) text() string {
	switch {
	case r.title, r.folds:
		return ""
	case r.row().IsZero():
		return spansText(r.spans)
	}
	return spansText(r.spans) + " " + string(r.row().Text())
}

// still tells a line that is only read: the cursor passes over it.
func (r recordRow) still() bool {
	return r.record.IsZero() && r.out.IsZero() && r.lacks == nil && !r.folds
}

// row is the record, or the comment that it was turned into.
func (r recordRow) row() zonefile.Row {
	if !r.record.IsZero() {
		return r.record.Row()
	}
	return r.out
}

// at tells whether the row is the record that stands at a place of a file.
func (r recordRow) at(file string, off uint32) bool {
	w := r.row()
	if w.IsZero() {
		return false
	}
	w = w.Home()
	return w.File().Name() == file && w.Span().Start <= off && off < w.Span().End
}

// drawn is the row with its last column.
func (r recordRow) drawn(k *kit) []draw.Span {
	if r.tail == nil {
		return r.spans
	}
	used := 0
	for _, s := range r.spans {
		used += ansi.StringWidth(s.Text)
	}
	return append(slices.Clip(r.spans), draw.Ink(k.Fit("", r.tailAt-used)+r.tail(), k.Styles.Dim))
}

// rowMaker collects the rows.
type rowMaker struct {
	*kit
	z     *zonefile.Zone
	name  zonefile.Name
	open  bool // what is folded else is unfolded
	rows  []recordRow
	mx    []exchangeRow
	hosts []zonefile.Name // that the MX lead to; without MX the name itself
	columns
}

// exchangeRow is one MX: one of the zone, or one that was commented out.
type exchangeRow struct {
	recordRow
	tier, preference, exchange, ttl string
	rank                            int // the preference
	said                            said
}

// columns is the widths of the columns, with the blanks behind each. One that is not there has none.
type columns struct {
	width                              int // of all
	tier, preference, names, ttl, last int // the last begins with two blanks
}

// What decides which columns there are: the widest address of IPv4, the widths from which on there is a last column, and
// comments in it. On the widest screens comments have what is left, if that says anything.
const (
	leastAddress = 15
	lastFrom     = 64
	notesFrom    = 84
	lineWidth    = 8  // a number of six digits
	leastNote    = 10 // with the blanks before it
)

// lead is what stands before the exchanges.
func (c columns) lead() int { return c.tier + c.preference }

// from is where addresses begin, or the words in their place.
func (c columns) from() int { return c.lead() + c.names + c.ttl }

// rest is the room that they have.
func (c columns) rest() int { return c.width - c.from() - c.last }

// divide gives each column its width. Names have one that most fit in, so that columns stand where they stand for other names;
// on a wide screen longer ones have what they need.
func (m *rowMaker) divide(width int) columns {
	c := columns{width: width, tier: len(itoa(len(m.z.Tiers(m.name)))) + 1, preference: 6, ttl: 5}
	widest := 0
	for _, x := range m.mx {
		widest, c.ttl = max(widest, ansi.StringWidth(x.exchange)+1), max(c.ttl, len(x.ttl)+1)
	}
	if width < 44 {
		c.ttl = 0
	}
	const usual = 26
	note := min(width-c.lead()-c.ttl-usual-leastAddress-lineWidth, width/5)
	switch {
	case width >= notesFrom, m.wall && note >= leastNote:
		c.last = lineWidth + note
		widest = max(widest, usual)
		c.names = min(max(usual, c.rest()-2*leastAddress), widest)
	case width >= lastFrom:
		c.last = lineWidth
		fallthrough
	default:
		c.names = max(min(c.rest()-leastAddress, usual), 9)
	}
	return c
}

// add adds a row.
func (m *rowMaker) add(r recordRow) { m.rows = append(m.rows, r) }

// blank is so many blanks.
func (m *rowMaker) blank(width int) draw.Span { return draw.Ink(m.Fit("", width), m.Styles.Plain) }

// say adds lines that are only read, in one style.
func (m *rowMaker) say(text string, style lipgloss.Style) {
	for _, l := range draw.Wrap(text, max(m.width-m.tier, 10)) {
		m.add(recordRow{spans: []draw.Span{m.blank(m.tier), draw.Ink(l, style)}})
	}
}

// heading adds the title of a section; beside stands what its last column is.
func (m *rowMaker) heading(text, beside string) {
	r := recordRow{title: true, spans: []draw.Span{m.blank(m.tier), draw.Ink(text, m.Styles.Dim)}}
	if m.last > 0 && beside != "" {
		r.tail, r.tailAt = func() string { return "  " + beside }, m.width-m.last
	}
	m.add(r)
}

// said is what stands behind the TTL: the longest of some texts that there is room for.
type said struct {
	texts []string
	style lipgloss.Style
}

// commented says of a record that it was commented out, and what brings it back; what it has stands before it.
func (m *rowMaker) commented(data string) said {
	var texts []string
	for _, t := range []string{"commented out: c brings it back", "commented out, c: back", "out, c: back", "c: back"} {
		texts = append(texts, strings.TrimSpace(data+"  "+t))
	}
	if data == "" {
		return said{append(texts, "out"), m.Styles.Dim}
	}
	return said{append(texts, data), m.Styles.Dim}
}

// cells is a row of the table: what stands before the name, the name with its TTL, and what is said of it.
type cells struct {
	lead []draw.Span
	name draw.Span
	ttl  string
	said said
}

// row adds a row of the table. What has no room beside the name goes on below.
func (m *rowMaker) row(r recordRow, c cells) {
	r.tailAt = m.width - m.last
	if m.last == 0 {
		r.tail = nil
	}
	if ansi.StringWidth(c.name.Text) >= m.names {
		r.spans = append(slices.Clip(c.lead), draw.Ink(m.Middle(c.name.Text, m.width-m.lead()-m.last), c.name.Style))
		m.add(r)
		m.under(c)
		return
	}
	r.spans = append(slices.Clip(c.lead), draw.Ink(m.Fit(c.name.Text, m.names), c.name.Style), draw.Ink(m.Fit(c.ttl, m.ttl), m.Styles.Dim))
	words, fits := draw.Shortest(m.rest(), c.said.texts...)
	if fits {
		r.spans = append(r.spans, draw.Ink(words, c.said.style))
	}
	m.add(r)
	if !fits {
		m.below(c.said)
	}
}

// under adds TTL and words below a name that has a row to itself: in their columns, or further at the left, so that they have one
// row together.
func (m *rowMaker) under(c cells) {
	words, ok := draw.Shortest(m.width-m.tier-m.ttl, c.said.texts...)
	if !ok && c.ttl == "" || m.ttl == 0 {
		m.below(c.said)
		return
	}
	indent := m.lead() + m.names
	if ok {
		indent = min(indent, m.width-m.ttl-ansi.StringWidth(words))
	}
	m.add(recordRow{more: true, spans: []draw.Span{m.blank(indent), draw.Ink(m.Fit(c.ttl, m.ttl), m.Styles.Dim), draw.Ink(words, c.said.style)}})
	if !ok {
		m.below(c.said)
	}
}

// below adds what is said in a row of its own, as far at the right as it can stand.
func (m *rowMaker) below(s said) {
	words, ok := draw.Shortest(m.width-m.tier, s.texts...)
	if !ok {
		m.say(s.texts[0], s.style)
		return
	}
	m.add(recordRow{more: true, spans: []draw.Span{m.blank(min(m.from(), m.width-ansi.StringWidth(words))), draw.Ink(words, s.style)}})
}

// lineTail is the last column of a record: its line, and on a wide screen its comment.
func (m *rowMaker) lineTail(w zonefile.Row) func() string {
	return func() string {
		text := m.FitRight(itoa(w.Position().Line), lineWidth)
		if m.last <= lineWidth || w.Record().IsZero() {
			return text
		}
		comment := strings.TrimSpace(strings.TrimLeft(w.Record().Comment(), ";"))
		return text + "  " + m.Fit(m.show(expandTabs(comment)), m.last-lineWidth-2)
	}
}

// hasAddress tells whether a name has an address: of a record that can be read.
func (m *rowMaker) hasAddress(n zonefile.Name) bool {
	return slices.ContainsFunc(m.z.Node(n).Records, isAddress)
}
