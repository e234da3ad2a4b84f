package preview

// The random part: the order in which one message tries the addresses of a route.

import (
	"iter"
	"math/rand/v2"
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
	sessions, left := 0, d.postfixTargets()
	for i, t := range d.Tiers {
		for j, v := range t.draw(d.Profile, rng) {
			if d.Profile == Exim && j > 0 && len(out) >= eximAddresses {
				break
			}
			if d.Profile == Postfix && !left.spend(&v.Address) {
				continue
			}
			out = append(out, Attempt{i, t.Hosts[v.host].Name, v.Address})
			if v.Fault == Rcpt450 {
				sessions++
			}
			if v.answers() || d.Profile.gaveUp(sessions) {
				return out
			}
		}
	}
	return out
}

// visit is an address in the order of attempts, and the index of its host in the tier.
type visit struct {
	host int
	Address
}

// answers tells whether the attempt decides.
func (v visit) answers() bool { return v.Fault.answers() }

// draw is an order in which a sender might try a tier. OpenSMTPD keeps the order of the DNS answer, which
// name servers draw in its place (BIND: rrset-order).
func (t Tier) draw(p Profile, rng *rand.Rand) []visit {
	order := rng.Perm(len(t.Hosts))
	tried := t.visits(order)
	shuffle := func(v []visit) { rng.Shuffle(len(v), func(i, j int) { v[i], v[j] = v[j], v[i] }) }
	switch p {
	case Postfix:
		shuffle(tried)
	case Exim:
		for run := range runs(tried) {
			shuffle(run)
		}
		lift(tried)
	}
	return tried
}

// visits is the addresses of the hosts in that order, those with IPv6 first (RFC 6724).
func (t Tier) visits(order []int) []visit {
	var out []visit
	for _, i := range order {
		from := len(out)
		for a := range t.Hosts[i].used() {
			out = append(out, visit{i, *a})
		}
		slices.SortStableFunc(out[from:], func(a, b visit) int { return family(&b.Address) - family(&a.Address) })
		if len(out) == from && t.Hosts[i].Status == NotChecked {
			out = append(out, visit{i, Address{Fault: t.Hosts[i].Fault}})
		}
	}
	return out
}

// runs yields the stretches of one host and family.
func runs(v []visit) iter.Seq[[]visit] {
	return func(yield func([]visit) bool) {
		for from := 0; from < len(v); {
			to := from + 1
			for to < len(v) && v[to].host == v[from].host && family(&v[to].Address) == family(&v[from].Address) {
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

// maxOrdered is how many hosts are put into all their orders; of more, a sample is drawn.
const maxOrdered = 6

// orders yields every order of n hosts, or a sample of the orders of many.
func orders(n int) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		if n <= maxOrdered {
			order := make([]int, n)
			for i := range order {
				order[i] = i
			}
			permute(order, 0, yield)
			return
		}
		rng := rand.New(rand.NewPCG(0, 0))
		for range 1000 {
			if !yield(rng.Perm(n)) {
				return
			}
		}
	}
}

// permute yields order with its elements from k on in every order.
func permute(order []int, k int, yield func([]int) bool) bool {
	if k == len(order) {
		return yield(order)
	}
	for i := k; i < len(order); i++ {
		order[k], order[i] = order[i], order[k]
		more := permute(order, k+1, yield)
		order[k], order[i] = order[i], order[k]
		if !more {
			return false
		}
	}
	return true
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

// up counts the addresses of a host that answer; a host that was not checked counts as one.
func (h *Host) up() int {
	n := 0
	for a := range h.used() {
		if a.Fault.answers() {
			n++
		}
	}
	if h.Status == NotChecked && h.Fault.answers() {
		n++
	}
	return n
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
