package preview

// The draw of a tier: what a sender draws are the names of the records (RFC 5321 §5.1), and only then it drops what it
// has twice. Two names of one address take twice the mail.

import (
	"iter"
	"math/rand/v2"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// found is what a sender finds out about a name before it drops anything.
type found struct {
	preference uint16
	name       zonefile.Name
	addresses  []Address
}

// lot is a name in the draw of a tier.
type lot struct{ tries []try }

// try is an address of a host of the tier, by their indices.
type try struct {
	host    int
	address int // -1 of a host that was not checked
}

// at is what is tried.
func (t *Tier) at(x try) Address {
	if x.address < 0 {
		return Address{Fault: t.Hosts[x.host].Fault}
	}
	return t.Hosts[x.host].Addresses[x.address]
}

// deal makes the lots of a tier from what was found under its names, of which some are no hosts of it: others have all
// their addresses.
func (t *Tier) deal(names []found) {
	have, hosts := map[netip.Addr]try{}, map[zonefile.Name]int{}
	for i, h := range t.Hosts {
		hosts[h.Name] = i
		for j, a := range h.Addresses {
			if a.Skip == "" {
				have[a.IP] = try{i, j}
			}
		}
	}
	for _, f := range names {
		host, kept := hosts[f.name]
		l := lot{choose(f.addresses, have)}
		switch {
		case kept && t.Hosts[host].Status == NotChecked:
			l.tries = []try{{host, -1}}
		case !kept:
			t.shelter(f.name, l)
		}
		if len(l.tries) > 0 {
			t.lots = append(t.lots, l)
		}
	}
}

// choose is what a sender may try of some addresses, each once.
func choose(addresses []Address, have map[netip.Addr]try) []try {
	var out []try
	seen := make(map[try]bool, len(addresses))
	for _, a := range addresses {
		if x, ok := have[a.IP]; ok && !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}

// shelter notes with the hosts that have the addresses of a name what is drawn for it.
func (t *Tier) shelter(name zonefile.Name, l lot) {
	for _, x := range l.tries {
		if h := &t.Hosts[x.host]; len(h.With) == 0 || h.With[len(h.With)-1] != name {
			h.With = append(h.With, name)
		}
	}
}

// up is the tries of a lot that answer.
func (t *Tier) up(l lot) []try {
	var out []try
	for _, x := range l.tries {
		if a := t.at(x); a.Skip == "" && a.Fault.answers() {
			out = append(out, x)
		}
	}
	return out
}

// share gives each host of a tier its part of the mail that reaches the tier.
func (t *Tier) share(p Profile) {
	switch {
	case p == Postfix:
		t.shareByAddress()
	case p.isExim() && t.mixed():
		t.shareByFirst()
	default:
		t.shareByName()
	}
}

// shareByName gives every name of which an address is up the same (RFC 5321 §5.1: "randomize them to spread the load").
func (t *Tier) shareByName() {
	var up [][]try
	for _, l := range t.lots {
		if tries := t.up(l); len(tries) > 0 {
			up = append(up, tries)
		}
	}
	for _, tries := range up {
		t.credit(tries, 1/float64(len(up)))
	}
}

// credit gives a share to the hosts of one name's addresses: half of each where it has two. IPv6 is tried first (RFC 6724).
func (t *Tier) credit(tries []try, share float64) {
	six := slices.DeleteFunc(slices.Clone(tries), func(x try) bool { return !t.at(x).IP.Is6() })
	if len(six) > 0 {
		tries = six
	}
	for _, x := range tries {
		t.Hosts[x.host].Share += share / float64(len(tries))
	}
}

// shareByAddress gives every address record that is up the same, so that a host with three gets three times as
// much, as Postfix does.
func (t *Tier) shareByAddress() {
	var up []try
	for _, l := range t.lots {
		up = append(up, t.up(l)...)
	}
	for _, x := range up {
		t.Hosts[x.host].Share += 1 / float64(len(up))
	}
}

// mixed tells whether the tier has addresses of both families.
func (t *Tier) mixed() bool {
	var n families
	for a := range t.used() {
		n[family(a)]++
	}
	return n[0] > 0 && n[1] > 0
}

// shareByFirst counts whose address comes first in the orders that Exim draws.
func (t *Tier) shareByFirst() {
	rng, total := rand.New(rand.NewPCG(0, 0)), 0
	for order := range t.orders(rng) {
		for range shuffles {
			total++
			tried := t.visits(order)
			for run := range runs(tried) {
				shuffle(rng, run)
			}
			lift(tried)
			if i := slices.IndexFunc(tried, visit.answers); i >= 0 {
				t.Hosts[tried[i].host].Share++
			}
		}
	}
	for i := range t.Hosts {
		t.Hosts[i].Share /= float64(total)
	}
}

const (
	shuffles   = 8         // of the addresses of each host, for each order of hosts
	maxOrdered = 6         // how many names are put into all their orders; of more, a sample is drawn
	sample     = 1000      // of the orders of more
	maxVisits  = 1_000_000 // what a sample may cost
)

// orders yields every order of the names of a tier, or a sample of the orders of many.
func (t *Tier) orders(rng *rand.Rand) iter.Seq[[]int] {
	n := len(t.lots)
	return func(yield func([]int) bool) {
		if n <= maxOrdered {
			order := make([]int, n)
			for i := range order {
				order[i] = i
			}
			permute(order, 0, yield)
			return
		}
		addresses := 1
		for _, l := range t.lots {
			addresses += len(l.tries)
		}
		for range min(sample, max(maxVisits/(addresses*shuffles), 1)) {
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

// shuffle puts visits into a random order.
func shuffle(rng *rand.Rand, v []visit) {
	rng.Shuffle(len(v), func(i, j int) { v[i], v[j] = v[j], v[i] })
}
