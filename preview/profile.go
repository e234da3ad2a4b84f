package preview

// How single mail servers draw among equal hosts, where they give up, and how they take a greeting. A profile changes
// order, limits and shares; what is usable at all it changes only for a server that is configured to ignore addresses.

import (
	"fmt"
	"net/netip"
	"slices"
)

// Profile names the mail server whose habits a sender has.
type Profile string

// The profiles. The zero Profile is RFC.
const (
	RFC        Profile = "rfc"
	Postfix    Profile = "postfix"
	Exim       Profile = "exim"
	EximDebian Profile = "exim-debian" // as Debian configures it: with ignore_target_hosts
	Sendmail   Profile = "sendmail"
	OpenSMTPD  Profile = "opensmtpd"
)

// Profiles lists the profiles in the order in which they are offered.
func Profiles() []Profile { return []Profile{RFC, Postfix, Exim, EximDebian, Sendmail, OpenSMTPD} }

// isExim tells both ways to run Exim.
func (p Profile) isExim() bool { return p == Exim || p == EximDebian }

// ignores tells an address that a sender treats as if it were not there. Exim, Debian's exim4-config:
// ignore_target_hosts of the router dnslookup.
func (p Profile) ignores(ip netip.Addr) bool {
	return p == EximDebian && slices.ContainsFunc(debianIgnores, func(n netip.Prefix) bool { return n.Contains(ip) })
}

// debianIgnores is Debian's ignore_target_hosts. An IPv4-mapped address is none of them.
var debianIgnores = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/32"), netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("255.255.255.255/32"), netip.MustParsePrefix("::/128"), netip.MustParsePrefix("::1/128"),
	netip.MustParsePrefix("fc00::/7"), netip.MustParsePrefix("fe80::/10"), netip.MustParsePrefix("100::/64"),
}

// returns554 tells a sender that returns the mail where every host greets with 554: 5yz is permanent (RFC 5321 §4.2.1).
// Postfix and OpenSMTPD keep it queued.
func (p Profile) returns554() bool { return p.isExim() || p == Sendmail }

// Limits that the servers come with.
const (
	postfixAddresses   = 5 // smtp_mx_address_limit
	postfixSessions    = 2 // smtp_mx_session_limit
	openSMTPDSessions  = 1 // a 450 ends the attempt, as observed
	openSMTPDAddresses = 8 // then it starts over, as observed: 75 connections to 8 addresses, none to a ninth
	eximAddresses      = 5 // hosts_max_try, then one of each preference
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

// limit is how many addresses a sender tries, in words.
func (p Profile) limit() string {
	if p == Postfix {
		return fmt.Sprintf("%d addresses", postfixAddresses)
	}
	return fmt.Sprintf("%d addresses", openSMTPDAddresses)
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

// beyondOpenSMTPD is the addresses that OpenSMTPD never gets to.
func (d *Delivery) beyondOpenSMTPD() []*Address {
	var out []*Address
	n := 0
	for i := range d.Tiers {
		before := n
		for a := range d.Tiers[i].used() {
			if n++; before >= openSMTPDAddresses {
				out = append(out, a)
			}
		}
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

// postfixTargets is how many addresses of each family Postfix keeps at most: 5 in all, but neither family crowds
// out the other (smtp_balance_inet_protocols). Which of two large families has three was seen both ways.
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
	return families{postfixAddresses - half, postfixAddresses - half}
}
