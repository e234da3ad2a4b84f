package preview

// A Delivery in the making: what the steps of Route, its notes and its sentence know of it.

import (
	"fmt"
	"net/netip"

	"github.com/mailzone/mailzone/zonefile"
)

// route is a Delivery in the making.
type route struct {
	world
	q           Query
	d           Delivery
	networks    []netip.Prefix      // that have a fault
	hosts       []candidate         // that are not excluded yet, best first
	listed      map[netip.Addr]bool // the addresses of the hosts so far
	drawn       []found             // the names that senders draw, best first
	mx          []zonefile.Record
	zone        *zonefile.Zone  // that answers for the domain's MX
	cut         zonefile.Name   // the delegation that hides the domain
	found       zonefile.Result // of the domain's MX
	self        candidate       // the host that is the sender; without a name if none is
	everybody   bool            // it is every sender: localhost, loopback
	beyond      []*Address      // that Postfix never gets to
	temporary   bool            // a host is missing only for now: name servers do not answer, or with SERVFAIL
	unreachable bool            // a host has only addresses that nobody can connect to
}

// candidate is a host on its way into a tier.
type candidate struct {
	Host
	preference uint16
}

// end fixes the outcome.
func (r *route) end(o Outcome, code string) { r.d.Outcome, r.d.Code = o, code }

// keep keeps the hosts that check has nothing against; check may fill in what it finds out.
func (r *route) keep(check func(*candidate) Reason) {
	kept := r.hosts[:0]
	for i := range r.hosts {
		c := &r.hosts[i]
		if why := check(c); why != "" {
			r.exclude(*c, why)
		} else if kept = kept[:len(kept)+1]; len(kept) <= i {
			kept[len(kept)-1] = *c
		}
	}
	r.hosts = kept
}

// exclude puts a host where hosts go that are never used.
func (r *route) exclude(c candidate, why Reason) {
	r.d.Excluded = append(r.d.Excluded, Excluded{Name: c.Name, Preference: c.preference, Record: c.Record, Reason: why, Addresses: c.Addresses})
}

// all554 tells whether every host that is tried greets with 554, and none is merely down.
func (r *route) all554() bool {
	some := false
	for i := range r.d.Tiers {
		for f := range r.d.Tiers[i].faults() {
			if some = true; f != Greet554 {
				return false
			}
		}
	}
	return some
}

// private is an address of a host that only neighbours can connect to; in a site's own zone (lan, home.arpa) that is right.
func (r *route) private(h *Host) (Address, bool) {
	if r.zone == nil || !zonefile.Public(r.zone.Origin()) {
		return Address{}, false
	}
	return h.first(func(a Address) bool {
		return a.Skip == "" && zonefile.SpecialAddress(a.IP).Reach == zonefile.Neighbours
	})
}

// one is a single note.
func one(id string, s zonefile.Severity, records []zonefile.Record, format string, args ...any) []Note {
	return []Note{{id, s, fmt.Sprintf(format, args...), records}}
}

// records is a list of one record; empty for none.
func records(r zonefile.Record) []zonefile.Record {
	if r.IsZero() {
		return nil
	}
	return []zonefile.Record{r}
}
