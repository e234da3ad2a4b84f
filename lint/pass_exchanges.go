package lint

// What a rule asks about the MX records of the visited name.

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Exchanges is the MX records of the visited name that can be read.
func (p *Pass) Exchanges() []*exchange { return p.mxRecords().all }

// Real is the exchanges that mail can go to: without null MX.
func (p *Pass) Real() []*exchange { return p.mxRecords().usable }

// best is, of the exchanges of a host that mail can go to, the one that counts: the best, of equal ones the first. There
// has to be one.
func (p *Pass) best(host zonefile.Name) *exchange {
	m := p.mxRecords()
	if m.bests == nil && len(m.usable) <= fewRecords { // nearly all: to make a map costs more
		return firstBest(m.usable, host)
	}
	if m.bests == nil {
		m.bests = map[zonefile.Name]*exchange{}
		for _, x := range m.usable {
			if best := m.bests[x.host]; best == nil || x.preference < best.preference {
				m.bests[x.host] = x
			}
		}
	}
	return m.bests[host]
}

// firstBest is best among a few.
func firstBest(all []*exchange, host zonefile.Name) (best *exchange) {
	for _, x := range all {
		if x.host == host && (best == nil || x.preference < best.preference) {
			best = x
		}
	}
	return best
}

// Tried is the exchanges that mail can go to, each host once. Of those that stand twice mx-duplicate-target and
// duplicate-record speak.
func (p *Pass) Tried() []*exchange {
	all, surplus := p.Real(), func(x *exchange) bool { return p.best(x.host) != x }
	if !slices.ContainsFunc(all, surplus) { // nearly all
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), surplus)
}

// isExchange tells whether a host is among the exchanges of the visited name.
func (p *Pass) isExchange(host zonefile.Name) bool {
	m := p.mxRecords()
	if len(m.all) <= fewRecords {
		return slices.ContainsFunc(m.all, func(x *exchange) bool { return x.host == host })
	}
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
		m.usable = append(m.usable, x)
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

// AtExchange reports at the exchange of an MX.
func (p *Pass) AtExchange(x *exchange, format string, args ...any) *Diagnostic {
	return p.In(x.Record, x.token.Span, format, args...)
}

// addressOf is the IP address that stands in the exchange's place. A relative one counts only where no such
// name exists: strange as it is, somebody may have made it.
func (p *Pass) addressOf(x *exchange) netip.Addr {
	if strings.IndexByte(digits+`["`, x.token.Raw[0]) < 0 && !strings.Contains(x.token.Raw, ":") {
		return netip.Addr{}
	}
	text := strings.Trim(strings.TrimSuffix(x.token.Text(), "."), "[]")
	a, err := netip.ParseAddr(text)
	if err != nil {
		a, err = netip.ParseAddr(strings.TrimSuffix(strings.ToLower(text), "."+bare(p.Zone.Origin())))
	}
	if err != nil || a.Zone() != "" || p.Exists(x.host) {
		return netip.Addr{}
	}
	return a
}

// hostAddresses is the addresses of all exchanges of the visited name; ok is false if one is unknown.
func (p *Pass) hostAddresses() (all [][]netip.Addr, ok bool) {
	m := p.mxRecords()
	m.addresses = m.addresses[:0]
	for _, x := range p.Tried() {
		h := x.found
		if h.Result != zonefile.Found {
			return nil, false
		}
		m.addresses = append(m.addresses, h.addresses)
	}
	return m.addresses, true
}
