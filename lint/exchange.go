package lint

// The MX records of the visited name, read once for all rules about them.

import (
	"net/netip"
	"strconv"

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

// noHostname tells an exchange that is no host name: mx-target-ip and mx-target-not-hostname speak of those.
func (x *exchange) noHostname() bool {
	return x.address.IsValid() || notHostname(x.host) != "" || numericTop(x.host)
}

// localhost tells an exchange that is every sender itself.
func (x *exchange) localhost() bool {
	return x.host == "localhost." || x.host == "localhost.localdomain."
}

// mxRecords is what is known about the MX records of a name.
type mxRecords struct {
	room   []exchange
	all    []*exchange
	usable []*exchange // that mail can go to: without null MX
	read   bool

	hosts map[zonefile.Name]bool      // made when a rule first asks
	bests map[zonefile.Name]*exchange // as well

	ttl   uint32 // found when a rule first asks
	timed bool   // it is

	records []zonefile.Record // all that there are, also those that cannot be read; made when a rule first asks

	tokens    []zonefile.Token // room for those of the record that is read
	addresses [][]netip.Addr   // and for those of all hosts
}

// reset makes room for another name's.
func (m *mxRecords) reset() {
	*m = mxRecords{room: m.room[:0], all: m.all[:0], usable: m.usable[:0], tokens: m.tokens, addresses: m.addresses}
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
