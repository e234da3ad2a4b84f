package preview

// Notes on how far servers go: how many addresses they try before the mail waits.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// noteLimits speaks of hosts that Postfix never gets to, and of tiers with more addresses than one message tries.
func (r *route) noteLimits() []Note {
	hosts, recs := r.d.hostsOf(r.beyond)
	var out []Note
	if len(hosts) > 0 {
		out = one("address-limit", Warning, recs,
			"the better hosts have %d addresses or more: Postfix tries no others and never reaches %s; Exim goes on with one of each preference", postfixAddresses, r.d.list(hosts, "and"))
	}
	before := 0
	for i := range r.d.Tiers[:min(len(r.d.Tiers), max(r.d.Decides, 0)+1)] {
		t := &r.d.Tiers[i]
		n, down := t.count()
		// At a worse tier Exim tries one more.
		if n > postfixAddresses || i == r.d.Decides && down > 0 && before >= eximAddresses {
			out = append(out, r.noteLarge(t, n)...)
		}
		before += n
	}
	return out
}

// count counts the addresses of a tier, and those that do not answer.
func (t *Tier) count() (n, down int) {
	for a := range t.reached() {
		if n++; !a.Fault.answers() {
			down++
		}
	}
	return n, down
}

// noteLarge speaks of a tier with more addresses than one message tries. Seen with 8 addresses, one of them up: Exim
// deferred 3 of 8 messages, Postfix 2 of 8.
func (r *route) noteLarge(t *Tier, n int) []Note {
	return one("address-limit", Warning, t.records(),
		"%d addresses of one preference (%s), and a message tries few: Postfix %d in all, Exim %d and then one of each preference, OpenSMTPD %d in all; where those are down it waits, though others are up",
		n, r.d.list(t.names(), "and"), postfixAddresses, eximAddresses, openSMTPDAddresses)
}

// noteMany speaks of more addresses than OpenSMTPD was seen to try.
func (r *route) noteMany() []Note {
	n := 0
	var beyond []*Address
	for i := range r.d.Tiers {
		before := n
		for a := range r.d.Tiers[i].reached() {
			if n++; before >= openSMTPDAddresses {
				beyond = append(beyond, a)
			}
		}
	}
	hosts, recs := r.d.hostsOf(beyond)
	switch {
	case n <= openSMTPDAddresses:
		return nil
	case len(hosts) == 0:
		return one("host-limit", Warning, nil, "of %d addresses OpenSMTPD 6.8 tries the first %d and starts over", n, openSMTPDAddresses)
	}
	return one("host-limit", Warning, recs, "of %d addresses OpenSMTPD 6.8 tries the first %d and starts over: it never reaches %s",
		n, openSMTPDAddresses, r.d.list(hosts, "and"))
}

// hostsOf is the hosts all of whose addresses are among some.
func (d *Delivery) hostsOf(addresses []*Address) (names []zonefile.Name, recs []zonefile.Record) {
	among := map[*Address]bool{}
	for _, a := range addresses {
		among[a] = true
	}
	for h := range d.hosts() {
		mine := slices.ContainsFunc(h.Addresses, Address.reached)
		for i := range h.Addresses {
			a := &h.Addresses[i]
			mine = mine && (!a.reached() || among[a])
		}
		if mine {
			names, recs = append(names, h.Name), append(recs, records(h.Record)...)
		}
	}
	return names, recs
}
