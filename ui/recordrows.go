package ui

// What the pane of records shows of a name.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// rowMaker collects the rows.
type rowMaker struct {
	z      *zonefile.Zone
	name   zonefile.Name
	rows   []recordRow
	widest int // the longest name in the column of exchanges
}

// recordRows is the rows for a name.
func recordRows(z *zonefile.Zone, name zonefile.Name) []recordRow {
	m := rowMaker{z: z, name: name, widest: len(name)}
	for _, r := range z.RRset(name, zonefile.TypeMX) {
		m.widest = max(m.widest, len(exchangeText(r)))
	}
	hosts := m.exchanges()
	m.addresses(hosts)
	m.others()
	return m.rows
}

// words adds a line that is only read.
func (m *rowMaker) words(draw func(k *kit, width int) []draw.Span) {
	m.rows = append(m.rows, recordRow{draw: draw})
}

// heading adds the title of a section, with a blank line before it if there is something above.
func (m *rowMaker) heading(text string) {
	if len(m.rows) > 0 {
		m.words(func(*kit, int) []draw.Span { return nil })
	}
	m.words(func(k *kit, width int) []draw.Span {
		return []draw.Span{draw.Ink(k.Fit(text, width), k.Styles.Dim)}
	})
}

// columns is the widths of the table of exchanges.
type columns struct{ preference, exchange, ttl int }

// columns divides a width: exchanges have half of it, or on a wide screen what they need, and addresses and data
// the rest. On a narrow one columns stand where they stand for every other name.
func (m *rowMaker) columns(width int) columns {
	const usual = 24
	rest := width - 6 - 7 // preference and TTL
	return columns{6, max(min(rest*11/20, max(m.widest+2, usual)), 16), 6}
}

// exchanges adds the MX records by tiers and returns their hosts.
func (m *rowMaker) exchanges() []zonefile.Name {
	tiers := m.z.Tiers(m.name)
	if len(tiers) == 0 {
		m.noExchange()
		return []zonefile.Name{m.name}
	}
	m.words(func(k *kit, width int) []draw.Span {
		c := m.columns(width)
		return []draw.Span{draw.Ink(k.Fit("  PREF", c.preference+1)+k.Fit("EXCHANGE", c.exchange)+k.Fit("TTL", c.ttl)+"ADDRESSES", k.Styles.Dim)}
	})
	var hosts []zonefile.Name
	for _, tier := range tiers {
		for i, r := range tier {
			m.exchange(r, i > 0)
			if host, ok := r.Target(); ok && !slices.Contains(hosts, host) {
				hosts = append(hosts, host)
			}
		}
	}
	return hosts
}

// noExchange says what a name without MX does.
func (m *rowMaker) noExchange() {
	text := "no MX here, and no address: no mail"
	switch a := m.z.Lookup(m.name, zonefile.TypeMX); {
	case a.Aliased():
		text = "an alias: mail goes where " + string(a.Name) + " says"
	case a.Result == zonefile.Delegated:
		text = "delegated: the servers of " + string(a.Cut) + " know"
	case a.Wildcard != "":
		text = "no MX of its own: " + string(a.Wildcard) + " answers"
	case m.hasAddress(m.name):
		text = "no MX: senders use its own address" // RFC 5321 §5.1
	}
	m.words(func(k *kit, width int) []draw.Span {
		return []draw.Span{draw.Ink(k.Fit(k.show(text), width), k.Styles.Dim)}
	})
}

// hasAddress tells whether a name has an address record.
func (m *rowMaker) hasAddress(n zonefile.Name) bool {
	node := m.z.Node(n)
	return node.Has(zonefile.TypeA) || node.Has(zonefile.TypeAAAA)
}

// exchange adds one MX; equal says that its preference is the one above.
func (m *rowMaker) exchange(r zonefile.Record, equal bool) {
	host := hostOf(m.z, r)
	m.rows = append(m.rows, recordRow{r, func(k *kit, width int) []draw.Span {
		c := m.columns(width)
		ttl := zonefile.FormatTTL(r.Zone().RRsetTTL(r))
		return append(k.preference(r, equal, c.preference),
			draw.Ink(k.Fit(k.show(exchangeText(r)), c.exchange-1)+" ", k.Styles.Plain),
			draw.Ink(k.Fit(ttl, c.ttl), k.Styles.Dim), host.span(k, 0, width-c.preference-1-c.exchange-c.ttl))
	}})
	for i := 1; i < len(host.addresses); i++ {
		m.words(func(k *kit, width int) []draw.Span {
			c := m.columns(width)
			indent := c.preference + 1 + c.exchange + c.ttl
			return []draw.Span{draw.Ink(strings.Repeat(" ", indent), k.Styles.Plain), host.span(k, i, width-indent)}
		})
	}
}

// preference draws the number of an MX, with = for one that is drawn among equals.
func (k *kit) preference(r zonefile.Record, equal bool, width int) []draw.Span {
	number := ""
	if t, ok := r.Token(int(zonefile.Preference)); ok {
		number = k.show(t.Raw)
	}
	sign := "  "
	if equal {
		sign = "= "
	}
	return []draw.Span{draw.Ink(sign, k.Styles.Key), draw.Ink(k.FitRight(number, width-2)+" ", k.Styles.Plain)}
}

// exchangeText is the exchange of an MX, absolute where it is a name.
func exchangeText(r zonefile.Record) string {
	if r.IsNullMX() {
		return ". (no mail)"
	}
	if n, ok := r.Target(); ok {
		return string(n)
	}
	t, _ := r.Token(int(zonefile.Exchange))
	return t.Raw
}

// hostState is what the zone says of a host.
type hostState struct {
	addresses []string
	words     string // in place of addresses
	bad       bool
}

// hostOf looks the exchange of an MX up.
func hostOf(z *zonefile.Zone, mx zonefile.Record) hostState {
	host, ok := mx.Target()
	switch {
	case mx.IsNullMX():
		return hostState{}
	case !ok:
		return hostState{words: "E not a name", bad: true}
	}
	a := z.Addresses(host)
	var h hostState
	for _, r := range a.Records {
		if ip, ok := r.Addr(); ok {
			h.addresses = append(h.addresses, ip.String())
		}
	}
	switch {
	case a.Result.Endless():
		h = hostState{words: "E " + a.Result.String(), bad: true}
	case a.Aliased():
		h = hostState{words: "E an alias", bad: true}
		if target, ok := a.Via[0].Target(); ok {
			h.words += " of " + target.In(z.Origin())
		}
	case len(h.addresses) > 0:
	case a.Result == zonefile.Outside:
		h.words = "outside this zone"
	case a.Result == zonefile.Delegated:
		h.words = "delegated"
	default:
		h = hostState{words: "E no address", bad: true}
	}
	return h
}

// span draws address i of the host, or the words in its place.
func (h hostState) span(k *kit, i, width int) draw.Span {
	switch {
	case i < len(h.addresses):
		return draw.Ink(k.Fit(h.addresses[i], width), k.Styles.Plain)
	case h.bad:
		return draw.Ink(k.Fit(k.show(h.words), width), k.Styles.Err)
	}
	return draw.Ink(k.Fit(k.show(h.words), width), k.Styles.Dim)
}

// addresses adds the address records of hosts that are in the zone.
func (m *rowMaker) addresses(hosts []zonefile.Name) {
	var list []zonefile.Record
	for _, h := range hosts {
		node := m.z.Node(h)
		list = append(append(list, node.Of(zonefile.TypeA)...), node.Of(zonefile.TypeAAAA)...)
	}
	if len(list) == 0 {
		return
	}
	m.heading("ADDRESSES")
	m.table(list)
}

// others adds what else stands at the name.
func (m *rowMaker) others() {
	var list []zonefile.Record
	for _, r := range m.z.Node(m.name).Records {
		switch r.Type() {
		case zonefile.TypeMX, zonefile.TypeA, zonefile.TypeAAAA:
		default:
			list = append(list, r)
		}
	}
	if len(list) == 0 {
		return
	}
	m.heading("OTHER RECORDS")
	m.table(list)
}

// table adds records with owner, type, TTL and data. A repeated owner is left blank, as in a zone file.
func (m *rowMaker) table(list []zonefile.Record) {
	for i, r := range list {
		owner := ""
		if i == 0 || list[i-1].Owner() != r.Owner() {
			owner = string(r.Owner())
		}
		m.rows = append(m.rows, recordRow{r, func(k *kit, width int) []draw.Span {
			if owner != "" {
				owner = k.short(r.Owner())
			}
			c := m.columns(width)
			left := c.preference + 1 + c.exchange - 6
			return []draw.Span{
				draw.Ink("  "+k.Fit(owner, left-3)+" ", k.Styles.Plain),
				draw.Ink(k.Fit(r.Type().String(), 6), k.Styles.Plain),
				draw.Ink(k.Fit(zonefile.FormatTTL(r.Zone().RRsetTTL(r)), c.ttl), k.Styles.Dim),
				draw.Ink(k.Fit(k.show(dataText(r)), width-left-6-c.ttl), k.Styles.Plain),
			}
		}})
	}
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

// recordRow is a line of the pane: a record, or words between them.
type recordRow struct {
	record zonefile.Record // zero for a line that is only read
	draw   func(k *kit, width int) []draw.Span
}
