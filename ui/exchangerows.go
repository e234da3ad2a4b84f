package ui

// The MX of a name as the pane of records tables them: in the order in which senders try, each with its tier, and those that
// were commented out dim at their old places, so that who takes one out for an hour sees what is to come back. Where no MX
// says where mail goes, what does.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// exchangesOf is the MX records of the name by tiers, with those that were commented out at their old places.
func (m *rowMaker) exchangesOf() []exchangeRow {
	var list []exchangeRow
	for i, tier := range m.z.Tiers(m.name) {
		for j, r := range tier {
			x := m.exchangeRow(r)
			if x.tier = itoa(i + 1); j > 0 {
				x.tier = "="
			}
			list = append(list, x)
		}
	}
	for _, w := range m.z.CommentedOut(m.name) {
		if c, _ := w.Commented(); c.Type == zonefile.TypeMX {
			list = append(list, m.commentedMX(w, c, list))
		}
	}
	slices.SortStableFunc(list, func(a, b exchangeRow) int { return cmp.Compare(a.rank, b.rank) })
	return list
}

// noRank orders what has no preference behind all that has one.
const noRank = 1 << 16

// exchangeRow is an MX of the zone.
func (m *rowMaker) exchangeRow(r zonefile.Record) exchangeRow {
	x := exchangeRow{recordRow: recordRow{record: r}, rank: noRank, said: m.hostOf(r).said(m.kit)}
	if p, ok := r.Preference(); ok {
		x.rank, x.preference = int(p), itoa(int(p))
	} else if t, ok := r.Token(int(zonefile.Preference)); ok {
		x.preference = m.show(t.Raw)
	}
	x.exchange, x.ttl = m.exchangeText(r), ttlText(r)
	return x
}

// commentedMX is an MX that was commented out.
func (m *rowMaker) commentedMX(w zonefile.Row, c zonefile.Commented, set []exchangeRow) exchangeRow {
	x := exchangeRow{recordRow: recordRow{out: w}, tier: ";", rank: noRank, said: m.commented("")}
	words := strings.Fields(c.RData)
	x.preference, x.exchange = m.show(at(words, 0)), m.show(at(words, 1))
	if n, err := zonefile.ParseName(at(words, 1), w.Origin()); err == nil {
		x.exchange = m.written(n)
	}
	if p, err := strconv.ParseUint(at(words, 0), 10, 16); err == nil {
		x.rank = int(p)
	}
	switch {
	case c.TTL > 0:
		x.ttl = zonefile.FormatTTL(c.TTL)
	case len(set) > 0:
		x.ttl = set[0].ttl
	}
	return x
}

// hostsOf is the hosts of the MX records, each once; without MX the name itself is one.
func (m *rowMaker) hostsOf() (hosts []zonefile.Name) {
	set := m.z.RRset(m.name, zonefile.TypeMX)
	if len(set) == 0 {
		return []zonefile.Name{m.name}
	}
	for _, x := range m.mx {
		if x.record.IsZero() {
			continue
		}
		if host, ok := x.record.Target(); ok && host != zonefile.Root && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// exchanges adds the table of MX records, or says how it goes without.
func (m *rowMaker) exchanges() {
	if len(m.z.RRset(m.name, zonefile.TypeMX)) == 0 {
		m.noExchange()
	}
	if len(m.mx) == 0 {
		return
	}
	text := m.Fit("T", m.tier) + m.Fit(m.FitRight("PREF", m.preference-1), m.preference) + m.Fit("EXCHANGE", m.names) + m.Fit("TTL", m.ttl)
	head := recordRow{title: true, spans: []draw.Span{draw.Ink(text+"ADDRESSES", m.Styles.Dim)}, tailAt: m.width - m.last}
	switch {
	case m.last > lineWidth:
		head.tail = func() string { return "    LINE  COMMENT" }
	case m.last > 0:
		head.tail = func() string { return "    LINE" }
	}
	m.add(head)
	for _, x := range m.mx {
		m.exchange(x)
	}
}

// exchange adds the row of an MX.
func (m *rowMaker) exchange(x exchangeRow) {
	style := m.Styles.Plain
	if !x.out.IsZero() {
		style = m.Styles.Dim
	}
	number := m.Fit(m.FitRight(x.preference, m.preference-1), m.preference)
	lead := []draw.Span{draw.Ink(m.Fit(x.tier, m.tier), m.Styles.Key), draw.Ink(number, style)}
	x.tail = m.lineTail(x.row())
	m.row(x.recordRow, cells{lead, draw.Ink(x.exchange, style), x.ttl, x.said})
}

// noExchange says what a name without MX does; where no name of a zone takes mail, that is said once and elsewhere.
func (m *rowMaker) noExchange() {
	if preview.NoMail(m.z) != "" {
		return
	}
	text := "no MX here, and no address: no mail"
	switch a := m.z.Lookup(m.name, zonefile.TypeMX); {
	case a.Aliased():
		text = "an alias: mail goes where " + m.written(a.Name) + " says"
		if _, ok := a.Via[len(a.Via)-1].Target(); !ok {
			text = "an alias of what is no name: no mail"
		}
	case a.Result == zonefile.Delegated:
		text = "delegated: the servers of " + m.written(a.Cut) + " know"
	case a.Wildcard != "":
		text = "no MX of its own: " + m.written(a.Wildcard) + " answers"
	case m.hasAddress(m.name):
		text = "no MX: senders use its own address" // RFC 5321 §5.1
	}
	m.say(text, m.Styles.Dim)
}

// exchangeText is the exchange of an MX as the zone writes it.
func (k *kit) exchangeText(r zonefile.Record) string {
	if r.IsNullMX() {
		return ". (no mail)"
	}
	if n, ok := r.Target(); ok {
		return k.written(n)
	}
	t, _ := r.Token(int(zonefile.Exchange))
	return k.show(t.Raw)
}
