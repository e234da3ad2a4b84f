package preview

// The random part: the order in which one message tries the addresses of a route.

import (
	"iter"
	"math/rand/v2"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Attempt is one connection that a sender tries.
type Attempt struct {
	Tier int // index in Delivery.Tiers
	Host zonefile.Name
	Address
}

// Draw is the attempts of one message up to the one that decides, in an order that the sender might
// draw. Equal seeds draw the same.
func (d Delivery) Draw(seed uint64) []Attempt {
	rng := rand.New(rand.NewPCG(seed, seed))
	var out []Attempt
	sessions, left, putOff := 0, d.postfixTargets(), -1
	for i, t := range d.Tiers {
		for j, v := range t.draw(d.Profile, rng) {
			switch {
			case d.Profile.isExim() && j > 0 && len(out) >= eximAddresses,
				d.Profile == Postfix && (len(out) >= postfixAddresses || !left.spend(&v.Address)),
				d.Profile == Sendmail && v.host == putOff: // it goes on with the next host
				continue
			case d.Profile == OpenSMTPD && len(out) >= openSMTPDAddresses:
				return out
			}
			out = append(out, Attempt{i, t.Hosts[v.host].Name, v.Address})
			if v.Fault == Rcpt450 {
				sessions++
				putOff = v.host
			}
			if v.answers() || d.Profile.gaveUp(sessions) {
				return out
			}
		}
		putOff = -1
	}
	return out
}

// visit is an address in the order of attempts, the index of its host in the tier, and that of the name that was drawn.
type visit struct {
	host, lot int
	Address
}

// answers tells whether the attempt decides.
func (v visit) answers() bool { return v.Fault.answers() }

// draw is an order in which a sender might try a tier. All but Postfix and Exim keep the order of addresses in the DNS
// answer: that of the zone, or one that name servers draw (BIND: rrset-order).
func (t *Tier) draw(p Profile, rng *rand.Rand) []visit {
	tried := t.visits(rng.Perm(len(t.lots)))
	switch {
	case p == Postfix:
		shuffle(rng, tried)
	case p.isExim():
		for run := range runs(tried) {
			shuffle(rng, run)
		}
		lift(tried)
	case rng.IntN(2) == 0:
		for run := range runs(tried) {
			shuffle(rng, run)
		}
	}
	return once(tried)
}

// visits is the addresses of the names in that order, those with IPv6 first (RFC 6724).
func (t *Tier) visits(order []int) []visit {
	var out []visit
	for _, i := range order {
		from := len(out)
		for _, x := range t.lots[i].tries {
			if a := t.at(x); a.Skip == "" {
				out = append(out, visit{x.host, i, a})
			}
		}
		slices.SortStableFunc(out[from:], func(a, b visit) int { return family(&b.Address) - family(&a.Address) })
	}
	return out
}

// once drops the addresses that were tried already.
func once(tried []visit) []visit {
	seen := make(map[netip.Addr]bool, len(tried))
	return slices.DeleteFunc(tried, func(v visit) bool {
		twice := v.IP.IsValid() && seen[v.IP]
		seen[v.IP] = true
		return twice
	})
}

// runs yields the stretches of one name and family.
func runs(v []visit) iter.Seq[[]visit] {
	return func(yield func([]visit) bool) {
		for from := 0; from < len(v); {
			to := from + 1
			for to < len(v) && v[to].lot == v[from].lot && family(&v[to].Address) == family(&v[from].Address) {
				to++
			}
			if !yield(v[from:to]) {
				return
			}
			from = to
		}
	}
}

// lift does what Exim does to the hosts of one preference: one pass that swaps an IPv4 address with an
// IPv6 one behind it.
func lift(v []visit) {
	for i := 1; i < len(v); i++ {
		if family(&v[i-1].Address) < family(&v[i].Address) {
			v[i-1], v[i] = v[i], v[i-1]
		}
	}
}

// used yields the addresses that the sender does not skip.
func (h *Host) used() iter.Seq[*Address] {
	return func(yield func(*Address) bool) {
		for i := range h.Addresses {
			if h.Addresses[i].Skip == "" && !yield(&h.Addresses[i]) {
				return
			}
		}
	}
}

// used yields the addresses of all hosts that the sender does not skip.
func (t *Tier) used() iter.Seq[*Address] {
	return func(yield func(*Address) bool) {
		for i := range t.Hosts {
			for a := range t.Hosts[i].used() {
				if !yield(a) {
					return
				}
			}
		}
	}
}

// reached tells an address that a sender would use if it went on for long enough.
func (a Address) reached() bool { return a.Skip == "" || a.Skip == SkipLimit }

// reached yields the addresses that a sender would use if it went on for long enough.
func (t *Tier) reached() iter.Seq[*Address] {
	return func(yield func(*Address) bool) {
		for i := range t.Hosts {
			for j := range t.Hosts[i].Addresses {
				if a := &t.Hosts[i].Addresses[j]; a.reached() && !yield(a) {
					return
				}
			}
		}
	}
}

// faults yields what a sender meets at each address that it tries.
func (t *Tier) faults() iter.Seq[Fault] {
	return func(yield func(Fault) bool) {
		for a := range t.used() {
			if !yield(a.Fault) {
				return
			}
		}
		for _, h := range t.Hosts {
			if h.Status == NotChecked && !yield(h.Fault) {
				return
			}
		}
	}
}

// tally is what a tier says to a recipient, in addresses.
type tally struct{ takes, rejects, putsOff int }

// tally counts the answers of a tier.
func (t *Tier) tally() tally {
	var n tally
	for f := range t.faults() {
		switch {
		case f == Rcpt450:
			n.putsOff++
		case f == Rcpt550:
			n.rejects++
		case f.answers():
			n.takes++
		}
	}
	return n
}
