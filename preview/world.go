package preview

// What a resolver would answer that knows the loaded zones and nothing else.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// world is the loaded zones, without those that do not answer.
type world struct{ zonefile.Zones }

// newWorld is zones, of which some delegations may be dead.
func newWorld(zones []*zonefile.Zone, faults Faults) world {
	w := world{zonefile.Together(zones...)}
	w.Dead = faults.dead
	return w
}

// known tells whether the loaded zones hold the truth about a name.
func known(r zonefile.Result) bool {
	return r != zonefile.Silent && r != zonefile.Delegated && r != zonefile.Outside
}

// lookup asks for a name.
func (w world) lookup(n zonefile.Name, t zonefile.Type) zonefile.Answer { return ours(w.Lookup(n, t)) }

// addresses is the A and AAAA records of a name.
func (w world) addresses(n zonefile.Name) zonefile.Answer { return ours(w.Addresses(n)) }

// ours is an answer without records of another class than IN, which are no part of it.
func ours(a zonefile.Answer) zonefile.Answer {
	a.Records = slices.DeleteFunc(a.Records, zonefile.Record.Foreign)
	if a.Result == zonefile.Found && len(a.Records) == 0 {
		a.Result = zonefile.NoData
	}
	return a
}

// notNull tells an MX record that names an exchange.
func notNull(m zonefile.Record) bool { return !m.IsNullMX() }

// isService tells a name of a service or of a key, as _25._tcp.mx1 and k1._domainkey: none of a mailbox (RFC 8552).
func isService(n zonefile.Name) bool {
	return strings.HasPrefix(string(n), "_") || strings.Contains(string(n), "._")
}
