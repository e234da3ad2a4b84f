package preview

// What a resolver would answer that knows the loaded zones and nothing else.

import (
	"slices"

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

// lookup asks for a name. Records of another class than IN are no part of the answer.
func (w world) lookup(n zonefile.Name, t zonefile.Type) zonefile.Answer {
	a := w.Lookup(n, t)
	a.Records = slices.DeleteFunc(a.Records, zonefile.Record.Foreign)
	if a.Result == zonefile.Found && len(a.Records) == 0 {
		a.Result = zonefile.NoData
	}
	return a
}

// addresses is the A and AAAA records of a name.
func (w world) addresses(n zonefile.Name) zonefile.Answer {
	return w.lookup(n, zonefile.TypeA).With(w.lookup(n, zonefile.TypeAAAA))
}

// notNull tells an MX record that names an exchange.
func notNull(m zonefile.Record) bool { return !m.IsNullMX() }
