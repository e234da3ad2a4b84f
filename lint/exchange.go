package lint

// The MX records of the visited name, read once for all rules about them.

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// exchange is one MX record. It is valid until the Pass turns to another name.
type exchange struct {
	zonefile.Record
	number     int // in the order of the zone
	preference uint16
	host       zonefile.Name
	token      zonefile.Token // the exchange as written
	found      *host          // what the zones say about the host; nil of a null MX
	address    netip.Addr     // that stands in the place of a name; invalid where a name does
}

// null tells a null MX: the domain accepts no mail (RFC 7505 §3).
func (x *exchange) null() bool { return x.host == zonefile.Root }

// mxRecords is what is known about the MX records of a name.
type mxRecords struct {
	room []exchange
	all  []*exchange
	real []*exchange // that mail can go to: without null MX
	read bool

	hosts map[zonefile.Name]bool // made when a rule first asks

	tokens []zonefile.Token // room for those of the record that is read
}

// reset makes room for another name's.
func (m *mxRecords) reset() {
	*m = mxRecords{room: m.room[:0], all: m.all[:0], real: m.real[:0], tokens: m.tokens}
}

// Exchanges is the MX records of the visited name that can be read.
func (p *Pass) Exchanges() []*exchange { return p.mxRecords().all }

// Real is the exchanges that mail can go to: without null MX.
func (p *Pass) Real() []*exchange { return p.mxRecords().real }

// isExchange tells whether a host is among the exchanges of the visited name.
func (p *Pass) isExchange(host zonefile.Name) bool {
	m := p.mxRecords()
	if m.hosts == nil {
		m.hosts = map[zonefile.Name]bool{}
		for _, x := range m.all {
			m.hosts[x.host] = true
		}
	}
	return m.hosts[host]
}

// mxRecords reads the MX records of the visited name when a rule first asks.
func (p *Pass) mxRecords() *mxRecords {
	m := &p.mx
	if m.read {
		return m
	}
	m.read = true
	for _, r := range p.Node.Records {
		if r.Type() == zonefile.TypeMX {
			m.add(r)
		}
	}
	for i := range m.room {
		x := &m.room[i]
		if m.all = append(m.all, x); x.null() {
			continue
		}
		m.real = append(m.real, x)
		x.found = p.Host(x.host)
		x.address = p.addressOf(x)
	}
	return m
}

// eachExchange is a Check that is called for every exchange of the visited name that mail can go to.
func eachExchange(check func(p *Pass, x *exchange)) func(*Pass) {
	return func(p *Pass) {
		for _, x := range p.Real() {
			check(p, x)
		}
	}
}

// add reads one MX record.
func (m *mxRecords) add(r zonefile.Record) {
	m.tokens = r.AppendRData(m.tokens[:0])
	data := m.tokens
	if len(data) < 2 {
		return
	}
	host, err := zonefile.ParseName(data[1].Text(), r.Origin())
	preference, err2 := strconv.ParseUint(data[0].Raw, 10, 16)
	if err == nil && err2 == nil {
		m.room = append(m.room, exchange{Record: r, number: len(m.room), preference: uint16(preference), host: host, token: data[1]})
	}
}

// AtExchange reports at the exchange of an MX.
func (p *Pass) AtExchange(x *exchange, format string, args ...any) *Diagnostic {
	return p.Report(x.File(), x.token.Span, format, args...)
}

// addressOf is the IP address that stands in the exchange's place. A relative one counts only where no such
// name exists: strange as it is, somebody may have made it.
func (p *Pass) addressOf(x *exchange) netip.Addr {
	if c := x.token.Raw[0]; !isDigit(c) && c != '[' && c != '"' && !strings.Contains(x.token.Raw, ":") {
		return netip.Addr{}
	}
	text := strings.Trim(strings.TrimSuffix(x.token.Text(), "."), "[]")
	a, err := netip.ParseAddr(text)
	if err != nil {
		a, err = netip.ParseAddr(strings.TrimSuffix(text, "."+bare(p.Zone.Origin())))
	}
	if err != nil || a.Zone() != "" || p.Exists(x.host) {
		return netip.Addr{}
	}
	return a
}

// plain tells a host that surely exists: it has addresses of its own.
func (h *host) plain() bool { return len(h.Records) > 0 && !h.Aliased() && h.Wildcard == "" }

// hostAddresses is the addresses of all exchanges of the visited name; ok is false if one is unknown.
func (p *Pass) hostAddresses() (all [][]netip.Addr, ok bool) {
	for _, x := range p.Real() {
		h := x.found
		if h.Result != zonefile.Found {
			return nil, false
		}
		all = append(all, h.addresses)
	}
	return all, true
}
