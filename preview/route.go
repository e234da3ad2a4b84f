package preview

// The order of RFC 5321 §5.1, one function for each question that a sender asks.

import (
	"cmp"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Route is what a sender does with a message for q.Domain, going by the loaded zones alone. Where one
// zone is below another, the deeper one counts.
func Route(zones []*zonefile.Zone, q Query) Delivery {
	r := newRoute(newWorld(zones, q.Faults), q)
	if r.rank() {
		r.deal()
		r.decide()
	}
	for i := range r.d.Tiers {
		r.d.Tiers[i].when = r.d.when(i)
	}
	r.note()
	return r.d
}

// newRoute is a Delivery of which nothing is known yet.
func newRoute(w world, q Query) *route {
	return &route{
		world: w,
		q:     q, networks: q.Faults.Networks(),
		d: Delivery{Domain: q.Domain, Owner: q.Domain, Profile: q.Sender.Profile, Decides: -1, show: q.Show},
	}
}

// rank puts the hosts that a sender tries into tiers; false where it is known already what becomes of the message.
func (r *route) rank() bool {
	mx := r.lookup(r.q.Domain, zonefile.TypeMX)
	r.d.Owner, r.d.Via = mx.Name, mx.Via
	r.mx, r.zone, r.cut, r.found = mx.Records, mx.Zone, mx.Cut, mx.Result
	if r.unknowable(mx) || r.nothing(mx) || r.refusesMail(mx) {
		return false
	}
	r.list(mx)
	r.keep(r.resolve)
	r.dropSelf()
	r.keep(r.reach)
	r.tiers()
	return true
}

// Ways tells how the mail of many domains goes: what else a Delivery says is not made.
type Ways struct {
	zones []*zonefile.Zone
	world world
	show  func(zonefile.Name) string
}

// NewWays goes by loaded zones. Who prints a way says how it shows a name.
func NewWays(zones []*zonefile.Zone, show func(zonefile.Name) string) Ways {
	return Ways{zones, newWorld(zones, nil), show}
}

// Of is the way of the Delivery that Route gives for a domain.
func (w Ways) Of(domain zonefile.Name) Way {
	q := Query{Domain: domain}
	r := newRoute(w.world, q)
	if r.rank(); len(r.d.Tiers) > 0 {
		return r.d.Way(w.show)
	}
	return Route(w.zones, q).Way(w.show) // the sentence says it, and there are few such routes
}

// Shared is the way of names of the first zone that have one route, as NAMES has it: that of the first which has records of its
// own, and of aliases alone where they lead.
func (w Ways) Shared(names []Mailbox) Way {
	for _, b := range names {
		if b.How != ByAlias {
			return WayOf(w.zones[0], b.Name, b.How, w.show)
		}
	}
	return w.Of(names[0].Name)
}

// unknowable tells whether other servers than those of the loaded zones know the domain's MX.
func (r *route) unknowable(mx zonefile.Answer) bool {
	switch {
	case mx.Result == zonefile.Silent: // RFC 5321 §5.1: a temporary error keeps the message in the queue
		r.d.Source = FromBelowCut
		r.end(Deferred, "4.4.3")
	case mx.Result.Endless(): // SERVFAIL is temporary, too
		r.d.Source, r.d.Owner = FromNothing, r.d.Domain
		r.end(Deferred, "4.4.3")
	case mx.Result == zonefile.Delegated:
		r.d.Source = FromBelowCut
		r.end(Unknown, "")
	case mx.Result == zonefile.Outside:
		r.d.Source = FromOutside
		r.end(Unknown, "")
	default:
		return false
	}
	return true
}

// nothing tells whether the domain does not exist (RFC 5321 §5.1: "the situation MUST be reported as an
// error").
func (r *route) nothing(mx zonefile.Answer) bool {
	if mx.Result != zonefile.NoName {
		return false
	}
	r.d.Source, r.d.TTL, r.d.absent = FromNothing, mx.Zone.NegativeTTL(), len(r.d.Via) == 0 && !isService(r.d.Domain)
	r.end(Bounced, "5.1.2")
	return true
}

// refusesMail tells whether the domain has a null MX and no other (RFC 7505 §3). The RFC wants
// preference 0, but a sender that finds nothing else has nowhere to go either.
func (r *route) refusesMail(mx zonefile.Answer) bool {
	if mx.Result != zonefile.Found || slices.ContainsFunc(mx.Records, notNull) {
		return false
	}
	r.d.Source, r.d.TTL = FromNullMX, mx.Zone.RRsetTTL(mx.Records[0])
	for _, m := range mx.Records {
		p, _ := m.Preference()
		r.exclude(candidate{Host: Host{Name: zonefile.Root, Record: m}, preference: p}, NullMX)
	}
	r.end(Bounced, "5.1.10")
	return true
}

// list lists the exchanges by preference, the lowest first (RFC 5321 §5.1); without MX records the
// domain itself is the only one, with preference 0.
func (r *route) list(mx zonefile.Answer) {
	if mx.Result != zonefile.Found {
		r.d.Source, r.d.TTL = FromAddress, mx.Zone.NegativeTTL()
		r.hosts = []candidate{{Host: Host{Name: mx.Name}}}
		return
	}
	r.d.Source, r.d.TTL = FromMX, mx.Zone.RRsetTTL(mx.Records[0])
	if mx.Wildcard != "" {
		r.d.Source = FromWildcard
	}
	for _, m := range mx.Records {
		p, okP := m.Preference()
		if n, ok := m.Target(); ok && okP { // BIND refuses the others, and Zone.Errors has them
			if r.hosts == nil {
				r.hosts = make([]candidate, 0, len(mx.Records))
			}
			r.hosts = append(r.hosts, candidate{Host{Name: n, Record: m}, p})
		}
	}
	slices.SortStableFunc(r.hosts, func(a, b candidate) int { return cmp.Compare(a.preference, b.preference) })
	r.dropDuplicates()
}

// dropDuplicates keeps the best of several records for one exchange.
func (r *route) dropDuplicates() {
	if len(r.hosts) < 2 {
		return
	}
	seen := map[zonefile.Name]bool{}
	r.keep(func(c *candidate) Reason {
		if seen[c.Name] && c.Name != zonefile.Root {
			return WorseDuplicate
		}
		seen[c.Name] = true
		return ""
	})
}

// dropSelf cuts the list where the sender finds itself: the hosts of that preference and all worse ones
// go, or mail would loop (RFC 5321 §5.1).
func (r *route) dropSelf() {
	self := r.identity()
	at := slices.IndexFunc(r.hosts, func(c candidate) bool { return self.is(c.Host) })
	if at < 0 {
		return
	}
	r.self, r.everybody = r.hosts[at], self.isEverybody(r.hosts[at].Host)
	r.keep(func(c *candidate) Reason {
		if c.preference >= r.self.preference {
			return Self
		}
		return ""
	})
	if missing := r.missing(); len(r.hosts) == 0 && !missing {
		r.end(LocalOrLoop, "5.4.6")
	}
}

// missing tells whether a host that is better than the sender cannot be used: there is no way to it, but the mail is
// not for the sender either. Worse ones do not count.
func (r *route) missing() bool {
	better := func(x Excluded) bool { return x.Preference < r.self.preference }
	r.temporary = slices.ContainsFunc(r.d.Excluded, func(x Excluded) bool { return better(x) && x.Reason.temporary() })
	return slices.ContainsFunc(r.d.Excluded, func(x Excluded) bool {
		return better(x) && x.Reason != WorseDuplicate && x.Reason != NullMX
	})
}

// tiers groups the hosts that are left by preference.
func (r *route) tiers() {
	for ahead, c := range r.hosts {
		last := len(r.d.Tiers) - 1
		if last < 0 || r.d.Tiers[last].Preference != c.preference {
			r.d.Tiers = append(r.d.Tiers, Tier{Preference: c.preference, ahead: ahead})
			last++
		}
		r.d.Tiers[last].Hosts = append(r.d.Tiers[last].Hosts, c.Host)
	}
}

// deal deals what senders draw in each tier.
func (r *route) deal() {
	names := r.drawn
	for i := range r.d.Tiers {
		t := &r.d.Tiers[i]
		from := slices.IndexFunc(names, func(f found) bool { return f.preference == t.Preference })
		to := slices.IndexFunc(names[from:], func(f found) bool { return f.preference != t.Preference })
		if to < 0 {
			to = len(names) - from
		}
		t.deal(names[from : from+to])
		names = names[from+to:]
	}
	slices.SortStableFunc(r.d.Excluded, func(a, b Excluded) int { return cmp.Compare(a.Preference, b.Preference) })
	r.shelter()
}

// shelter tells the names that are no hosts of their own which host is tried for them.
func (r *route) shelter() {
	as := map[zonefile.Name]zonefile.Name{}
	for h := range r.d.hosts() {
		for _, n := range h.With {
			as[n] = h.Name
		}
	}
	for i := range r.d.Excluded {
		if x := &r.d.Excluded[i]; x.Reason == NoUsableAddress {
			x.TriedAs = as[x.Name]
			x.as = r.d.written(x.TriedAs)
		}
	}
}

// decide finds the tier that takes the message, or says why none does.
func (r *route) decide() {
	if r.d.Outcome != "" {
		return
	}
	if len(r.d.Tiers) == 0 {
		r.noHost()
		return
	}
	r.limit()
	for i := range r.d.Tiers {
		r.d.Tiers[i].share(r.d.Profile)
	}
	sessions := 0
	for i := range r.d.Tiers {
		n := r.d.Tiers[i].tally()
		if n.takes+n.rejects > 0 {
			r.d.Decides = i
			r.end(verdict(n))
			return
		}
		if sessions += n.putsOff; r.d.Profile.gaveUp(sessions) {
			break
		}
	}
	if r.d.Profile.returns554() && r.all554() {
		r.end(Bounced, "5.3.2")
		return
	}
	r.end(Deferred, "4.4.1")
}

// limit marks the addresses that the profile's server never gets to.
func (r *route) limit() {
	r.beyond = r.d.beyond()
	skipped := r.beyond
	switch r.d.Profile {
	case Postfix:
	case OpenSMTPD:
		skipped = r.d.beyondOpenSMTPD()
	default:
		return
	}
	for _, a := range skipped {
		a.Skip = SkipLimit
	}
}

// verdict is the outcome at a tier that answers: one host that takes the message is enough to call it
// delivered, a 550 to RCPT from all is final (RFC 5321 §4.2.1).
func verdict(n tally) (Outcome, string) {
	if n.takes == 0 {
		return Bounced, "5.1.1"
	}
	return Delivered, ""
}

// noHost says what happens when no host is left. The domain's own address is never used when there are
// MX records (RFC 5321 §5.1).
func (r *route) noHost() {
	switch {
	case r.unreachable:
		r.end(Deferred, "4.4.1")
	case r.temporary:
		r.end(Deferred, "4.4.3")
	case r.d.Source == FromAddress:
		if r.d.Excluded[0].Reason == NoAddress {
			r.d.Source, r.d.Excluded = FromNothing, nil
		}
		r.end(Bounced, "5.1.2")
	default:
		r.end(Bounced, "5.4.4")
	}
}
