package preview

// How single mail servers draw among equal hosts, and where they give up. A profile changes order, limits
// and shares, never what is usable at all.

import "slices"

// Profile names the mail server whose habits a sender has.
type Profile string

// The profiles. The zero Profile is RFC.
const (
	RFC       Profile = "rfc"
	Postfix   Profile = "postfix"
	Exim      Profile = "exim"
	Sendmail  Profile = "sendmail"
	OpenSMTPD Profile = "opensmtpd"
)

// Profiles lists the profiles in the order in which they are offered.
func Profiles() []Profile { return []Profile{RFC, Postfix, Exim, Sendmail, OpenSMTPD} }

// Limits that the servers come with.
const (
	postfixAddresses  = 5 // smtp_mx_address_limit
	postfixSessions   = 2 // smtp_mx_session_limit
	openSMTPDSessions = 1 // a 450 ends the attempt, as observed
	eximAddresses     = 5 // hosts_max_try, then one of each preference
)

// gaveUp tells whether a sender stops after as many sessions in which the recipient was put off.
func (p Profile) gaveUp(sessions int) bool {
	switch p {
	case Postfix:
		return sessions >= postfixSessions
	case OpenSMTPD:
		return sessions >= openSMTPDSessions
	}
	return false
}

// beyond is the addresses that Postfix never gets to: its limit is used up at better tiers.
func (d *Delivery) beyond() []*Address {
	var out []*Address
	left := d.postfixTargets()
	for i := range d.Tiers {
		var n families
		for a := range d.Tiers[i].used() {
			n[family(a)]++
			if left[family(a)] == 0 {
				out = append(out, a)
			}
		}
		left.take(n)
	}
	return out
}

// families counts addresses: IPv4, IPv6.
type families [2]int

// family is the index of an address in families.
func family(a *Address) int {
	if a.IP.Is6() {
		return 1
	}
	return 0
}

// take lowers what is left, not below zero.
func (f *families) take(n families) { f[0], f[1] = max(0, f[0]-n[0]), max(0, f[1]-n[1]) }

// spend takes one address from what is left; false if there is none of its family. A host that was not
// checked has no address to count.
func (f *families) spend(a *Address) bool {
	if !a.IP.IsValid() {
		return true
	}
	if f[family(a)] == 0 {
		return false
	}
	f[family(a)]--
	return true
}

// postfixTargets is how many addresses of each family Postfix keeps: 5 in all, but neither family crowds
// out the other (smtp_balance_inet_protocols).
func (d *Delivery) postfixTargets() families {
	var n families
	for i := range d.Tiers {
		for a := range d.Tiers[i].used() {
			n[family(a)]++
		}
	}
	const half = postfixAddresses / 2
	switch v4, v6 := n[0], n[1]; {
	case v4+v6 <= postfixAddresses:
		return n
	case v6 <= half:
		return families{postfixAddresses - v6, v6}
	case v4 <= half:
		return families{v4, postfixAddresses - v4}
	}
	return families{postfixAddresses - half, half}
}

// share gives each host of a tier its part of the mail that reaches the tier.
func (t *Tier) share(p Profile) {
	switch p {
	case Postfix:
		t.shareByAddress()
	case Exim:
		t.shareByFirst()
	default:
		t.shareByHost()
	}
}

// shareByHost gives every host that is up the same (RFC 5321 §5.1: "randomize them to spread the load").
func (t *Tier) shareByHost() {
	up := 0
	for _, h := range t.Hosts {
		up += min(1, h.up())
	}
	for i, h := range t.Hosts {
		if h.up() > 0 {
			t.Hosts[i].Share = 1 / float64(up)
		}
	}
}

// shareByAddress gives every address that is up the same, so that a host with three gets three times as
// much, as Postfix does.
func (t *Tier) shareByAddress() {
	up := 0
	for _, h := range t.Hosts {
		up += h.up()
	}
	for i, h := range t.Hosts {
		if n := h.up(); n > 0 {
			t.Hosts[i].Share = float64(n) / float64(up)
		}
	}
}

// shareByFirst counts whose address comes first in the orders that Exim draws.
func (t *Tier) shareByFirst() {
	total := 0
	for order := range orders(len(t.Hosts)) {
		total++
		tried := t.visits(order)
		lift(tried)
		if i := slices.IndexFunc(tried, visit.answers); i >= 0 {
			t.Hosts[tried[i].host].Share++
		}
	}
	for i := range t.Hosts {
		t.Hosts[i].Share /= float64(total)
	}
}
