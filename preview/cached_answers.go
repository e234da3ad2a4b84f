package preview

// How long an answer that was replaced lives on.

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Stale is how long the route before the edit lives on in the caches of senders: the TTL of the RRset
// that is replaced (RFC 1034 §4.3.4, RFC 2308 §5).
type Stale struct {
	TTL  uint32
	Kept string // what caches keep; "" where the loaded zones do not know
	Text string // in a sentence; "" where the loaded zones do not know
	Runs bool   // the old hosts get mail until then, so they have to run
}

// stale says how long senders with the old answer keep to it.
func stale(was, is *Delivery) Stale {
	switch {
	case was.Source == FromBelowCut || was.Source == FromOutside:
		return Stale{}
	case trail(was.Via) != trail(is.Via) && len(was.Via) > 0:
		r := was.Via[0]
		return staleAnswer("alias", was, is, r.Zone().RRsetTTL(r))
	case was.Source == FromAddress && (is.Source == FromAddress || is.Source == FromNothing):
		return staleAddress(was, is)
	case listing(was) != listing(is):
		return staleAnswer("MX", was, is, was.TTL)
	}
	return staleAddress(was, is)
}

// staleAnswer is the Stale of the answer that led to the old hosts.
func staleAnswer(what string, was, is *Delivery, ttl uint32) Stale {
	until := "for up to " + Duration(ttl)
	switch {
	case was.Outcome != Delivered:
		return Stale{ttl, "the old answer", "senders that cached the old answer return mail " + until, false}
	case was.Source == FromAddress && what == "MX":
		return Stale{ttl, "that there is no MX", "senders that cached that there is no MX go to the name's own address " + until, true}
	case is.Outcome == Delivered && slices.Equal(was.Tiers[0].sorted(), is.Tiers[0].sorted()):
		text := fmt.Sprintf("senders that cached the old %s keep to the old order %s (its TTL is %s)", what, until, zonefile.FormatTTL(ttl))
		return Stale{ttl, "the old " + what, text, false}
	}
	return Stale{ttl, "the old " + what, fmt.Sprintf("senders that cached the old %s go to %s %s (its TTL is %s)",
		what, was.list(was.Tiers[0].names(), "or"), until, zonefile.FormatTTL(ttl)), true}
}

// staleAddress is the Stale of the host whose old address lives longest.
func staleAddress(was, is *Delivery) Stale {
	var s Stale
	used, ttlOf := is.used(), rrsetTTLs{}
	for old := range was.hosts() {
		for _, a := range old.Addresses {
			if a.Record.IsZero() || used[hostAddress{old.Name, a.IP}] {
				continue
			}
			if ttl := ttlOf.of(a.Record); s.Text == "" || ttl > s.TTL {
				s = Stale{ttl, "the old address", fmt.Sprintf("senders that cached the old address of %s go to %s for up to %s (its TTL is %s)",
					was.written(old.Name), a.IP, Duration(ttl), zonefile.FormatTTL(ttl)), true}
			}
		}
	}
	return s
}

// hostAddress is an address under the name of a host that has it.
type hostAddress struct {
	host zonefile.Name
	ip   netip.Addr
}

// used is the addresses that d tries.
func (d *Delivery) used() map[hostAddress]bool {
	used := map[hostAddress]bool{}
	for h := range d.hosts() {
		for _, a := range h.Addresses {
			used[hostAddress{h.Name, a.IP}] = true
		}
	}
	return used
}

// rrsetTTLs is the TTLs of RRsets that were asked for: a set may have thousands of records.
type rrsetTTLs map[rrset]uint32

// rrset is an RRset of a version of a zone.
type rrset struct {
	zone  *zonefile.Zone
	owner zonefile.Name
	typ   zonefile.Type
}

// of is the TTL that a record's RRset is served with.
func (t rrsetTTLs) of(r zonefile.Record) uint32 {
	set := rrset{r.Zone(), r.Owner(), r.Type()}
	ttl, known := t[set]
	if !known {
		ttl = r.Zone().RRsetTTL(r)
		t[set] = ttl
	}
	return ttl
}

// trail writes where aliases lead.
func trail(via []zonefile.Record) string { return targets(via) }

// listing writes all exchanges with their preferences, used or not.
func listing(d *Delivery) string {
	var lines []string
	for _, t := range d.Tiers {
		for _, h := range t.Hosts {
			lines = append(lines, fmt.Sprintf("%05d %s", t.Preference, h.Name))
		}
	}
	for _, x := range d.Excluded {
		lines = append(lines, fmt.Sprintf("%05d %s", x.Preference, x.Name))
	}
	slices.SortFunc(lines, cmp.Compare[string])
	return string(d.Source) + strings.Join(lines, "\n")
}

// Duration is a time, in seconds, in the unit in which one speaks of it.
func Duration(seconds uint32) string {
	const minute, hour, day = 60, 3600, 86400
	switch {
	case seconds >= 3*day && seconds%day == 0:
		return fmt.Sprintf("%d days", seconds/day)
	case seconds >= hour && seconds%hour == 0:
		return fmt.Sprintf("%d h", seconds/hour)
	case seconds >= hour:
		return fmt.Sprintf("%d h %d min", seconds/hour, seconds%hour/minute)
	case seconds >= 2*minute && seconds%minute == 0:
		return fmt.Sprintf("%d min", seconds/minute)
	}
	return fmt.Sprintf("%d s", seconds)
}
