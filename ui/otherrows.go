package ui

// What else stands at a name, folded into one row: who looks after mail rarely needs it, and it is a key away. Unfolded each
// record has its row, as above. Every record of the name is in exactly one section, so that the pane hides none.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// others adds what else stands at the name.
func (m *rowMaker) others() {
	list, out := m.othersOf()
	if len(list)+len(out) == 0 {
		return
	}
	if !m.open && slices.ContainsFunc(m.rows, func(r recordRow) bool { return !r.still() }) {
		indent := m.Fit("OTHER", m.tier+6)
		text, ok := draw.Shortest(m.width-m.tier-len(indent), m.othersInShort(list, out)...)
		if !ok {
			text = zonefile.Plural(len(list)+len(out), "record", "records")
		}
		m.add(recordRow{folds: true, spans: []draw.Span{m.blank(m.tier), draw.Ink(indent, m.Styles.Dim), draw.Ink(text, m.Styles.Plain)}})
		return
	}
	m.add(recordRow{folds: true, spans: []draw.Span{m.blank(m.tier), draw.Ink("OTHER", m.Styles.Dim)}})
	for _, r := range list {
		s := said{[]string{m.show(dataText(r))}, m.Styles.Plain}
		if r.Type() == zonefile.TypePTR {
			s = m.pointed(r, s)
		}
		m.other(recordRow{record: r}, r.Type(), ttlText(r), s)
	}
	for _, w := range out {
		c, _ := w.Commented()
		m.other(recordRow{out: w}, c.Type, "", m.commented(m.show(c.RData)))
	}
}

// othersOf is the records of the name that no section above shows, and those that were commented out.
func (m *rowMaker) othersOf() (list []zonefile.Record, out []zonefile.Row) {
	shown := func(w zonefile.Row) bool {
		return slices.ContainsFunc(m.rows, func(r recordRow) bool { return r.row() == w })
	}
	for _, r := range m.z.Node(m.name).Records {
		if !shown(r.Row()) {
			list = append(list, r)
		}
	}
	for _, w := range m.z.CommentedOut(m.name) {
		if !shown(w) {
			out = append(out, w)
		}
	}
	return list, out
}

// othersInShort is the folded records by room: with what they say, and by their types and how many there are.
func (m *rowMaker) othersInShort(list []zonefile.Record, out []zonefile.Row) []string {
	var types []zonefile.Type
	said, count := map[zonefile.Type]string{}, map[zonefile.Type]int{}
	for _, r := range list {
		t := r.Type()
		if count[t]++; count[t] == 1 {
			types = append(types, t)
		}
		said[t] += "  " + m.show(otherText(r))
	}
	long, short := "", ""
	for _, t := range types {
		long += "    " + t.String() + said[t]
		if short += "  "; count[t] > 1 {
			short += itoa(count[t]) + " "
		}
		short += t.String()
	}
	if len(out) > 0 {
		more := fmt.Sprintf("  %d commented out", len(out))
		long, short = long+"  "+more, short+more
	}
	return []string{strings.TrimSpace(long), strings.TrimSpace(short)}
}

// otherText is a record's data in a list of several: of an SOA its numbers.
func otherText(r zonefile.Record) string {
	if words := strings.Fields(r.RDataText()); r.Type() == zonefile.TypeSOA && len(words) == 7 {
		return strings.Join(words[2:], " ")
	}
	return r.RDataText()
}

// mostLines is how many lines the data of a record takes here.
const mostLines = 12

// other adds a record of another type, its data in as many lines as it takes.
func (m *rowMaker) other(r recordRow, t zonefile.Type, ttl string, s said) {
	const typeWidth = 7
	sign, typ := m.blank(m.tier), draw.Ink(m.Fit(t.String()+" ", max(typeWidth, len(t.String())+1)), s.style)
	if !r.out.IsZero() {
		sign = draw.Ink(m.Fit(";", m.tier), m.Styles.Key)
	}
	lead := []draw.Span{sign, typ, draw.Ink(m.Fit(ttl, m.ttl), m.Styles.Dim)}
	indent := m.tier + ansi.StringWidth(typ.Text) + m.ttl
	room := max(m.width-indent-m.last, 10)
	text, ok := draw.Shortest(room, s.texts...)
	lines := []string{text}
	if !ok {
		lines = draw.Wrap(s.texts[0], room)
	}
	if more := len(lines) - mostLines; more > 0 {
		lines = append(lines[:mostLines-1], fmt.Sprintf("and %d more lines: e shows them", more+1))
	}
	r.tail, r.tailAt = m.lineTail(r.row()), m.width-m.last
	if m.last == 0 {
		r.tail = nil
	}
	for i, l := range lines {
		if i > 0 {
			r, lead = recordRow{more: true}, []draw.Span{m.blank(indent)}
		}
		r.spans = append(slices.Clip(lead), draw.Ink(l, s.style))
		m.add(r)
	}
}

// pointed adds to the data of a PTR record whether its name leads back to the address. Only the zone that is open is looked at: of
// a name in another it is said that nobody looked.
func (m *rowMaker) pointed(r zonefile.Record, data said) said {
	to, ok := r.Target()
	of, is := r.Owner().Network()
	if !ok || !is || !of.IsSingleIP() {
		return data
	}
	words := m.leadsBack(m.z.Addresses(to), of.Addr())
	if strings.HasPrefix(words[0], "E ") {
		data.style = m.Styles.Err
	}
	data.texts = nil
	for _, w := range words {
		data.texts = append(data.texts, m.written(to)+"  "+w)
	}
	return data
}

// leadsBack says whether what a name has includes an address, in fewer words where there is less room.
func (m *rowMaker) leadsBack(a zonefile.Answer, address netip.Addr) []string {
	var has []string
	for _, r := range a.Records {
		switch ip, ok := r.Addr(); {
		case !ok:
			has = append(has, m.show(r.RDataText()))
		case ip == address:
			return []string{"leads back"}
		default:
			has = append(has, ip.String())
		}
	}
	switch {
	case a.Result == zonefile.Outside, a.Result == zonefile.Delegated:
		return []string{"way back not looked at: its zone is not open", "not looked: its zone is not open", "not looked"}
	case len(has) > 0:
		return []string{"E does not lead back: it has " + strings.Join(has, ", "), "E does not lead back", "E not back"}
	}
	return []string{"E does not lead back: it has no address", "E does not lead back", "E not back"}
}

// dataText is a record's data on a line, the serial of an SOA first of all: that is what one looks for.
func dataText(r zonefile.Record) string {
	if r.Type() == zonefile.TypeSOA {
		if t, ok := r.Token(int(zonefile.Serial)); ok {
			return t.Raw + " serial; " + r.RDataText()
		}
	}
	return r.RDataText()
}
