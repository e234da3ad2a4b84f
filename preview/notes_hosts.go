package preview

// Notes on single hosts: those that are never used, and those that are used with a reservation.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// noteExcluded speaks of hosts that are never used through a fault of the zone.
func (r *route) noteExcluded() []Note {
	severity := Warning
	if len(r.d.Tiers) == 0 {
		severity = Error
	}
	var out []Note
	for _, x := range r.d.Excluded {
		rec := records(x.Record)
		switch x.Reason {
		case IPLiteral:
			out = append(out, one("target-ip-literal", Error, rec, "%s is an address, and an MX takes a host name: %s", Display(x.Name), literal(x.Name))...)
		case NotHostname:
			out = append(out, one("target-not-hostname", Error, rec, "%s is no host name: %s", r.d.written(x.Name), notHostname(x.Name))...)
		case NoSuchName, NoAddress, AliasCircle, TooManyAliases:
			out = append(out, one("target-"+string(x.Reason), severity, rec, "%s is %s", r.d.written(x.Name), x.Text())...)
		case Unreachable:
			out = append(out, one("target-unreachable", severity, rec, "%s has %s", r.d.written(x.Name), r.outOfReach(x))...)
		case WorseDuplicate:
			out = append(out, one("duplicate-host", Warning, rec,
				"%s is listed more than once, and only the best preference counts; Postfix, qmail, Haraka and Go try it twice", r.d.written(x.Name))...)
		case NoUsableAddress:
			out = append(out, r.noteUnusable(x)...)
		}
	}
	return out
}

// literal says which servers connect to an address in the place of a name.
func literal(n zonefile.Name) string {
	switch text := string(n); {
	case strings.HasPrefix(text, "["):
		return "Exim, Postfix and Haraka pass it over; sendmail and OpenSMTPD connect to it"
	case strings.Contains(text, ":"):
		return "sendmail was seen to read parts of such a name as IPv4 addresses, and to connect to those"
	}
	return "Exim and Go pass it over; Postfix, sendmail, qmail, OpenSMTPD and Haraka connect to it"
}

// notHostname says what servers do with a name that is none of a host.
func notHostname(n zonefile.Name) string {
	switch text := string(n); {
	case n.IsWildcard():
		return "Exim, sendmail and Go pass it over; Postfix, OpenSMTPD and Haraka connect to what the wildcard gives"
	case strings.Contains(text, `\.`):
		return "it has a dot inside a label, and Exim, Postfix, sendmail and OpenSMTPD pass it over"
	case strings.Contains(text, `\032`), strings.Contains(text, `\ `):
		return "it has a blank, and Exim, Postfix and sendmail pass it over; OpenSMTPD connects to it"
	}
	return "a label takes letters, digits and hyphens, and senders may pass over all others"
}

// outOfReach says why nobody connects to a host.
func (r *route) outOfReach(x Excluded) string {
	for _, a := range x.Addresses {
		if is := zonefile.SpecialAddress(a.IP); is.Reach == zonefile.Nobody {
			return fmt.Sprintf("the address %s, which is %s: no server connects to it", a.IP, is.Is)
		}
	}
	return "addresses that Debian's Exim ignores: it goes on as if the host had none"
}

// noteUnusable speaks of a host whose addresses the sender must all skip; hosts of its preference may have them.
func (r *route) noteUnusable(x Excluded) []Note {
	switch host := r.d.written(x.TriedAs); {
	case x.TriedAs != "":
		return one("same-address", Warning, records(x.Record),
			"%s has only addresses of %s: both are drawn, so that %s gets the mail of two hosts", r.d.written(x.Name), host, host)
	case x.listed():
		return one("same-address", Info, records(x.Record), "%s adds nothing: it has no address but those of hosts before it", r.d.written(x.Name))
	}
	text := "%s has no address that this sender can use: where there is no other host, Exim and Postfix return the mail or keep it queued, sendmail and OpenSMTPD keep it"
	if r.q.Sender.uses(netip.IPv4Unspecified()) && slices.ContainsFunc(x.Addresses, func(a Address) bool { return a.IP.Is4In6() }) {
		text += "; sendmail connects to an IPv4-mapped one by IPv4"
	}
	return one("no-usable-address", Warning, records(x.Record), text, r.d.written(x.Name))
}

// noteBestIsDead speaks of a best host that name servers give no answer for.
func (r *route) noteBestIsDead() []Note {
	if len(r.d.Excluded) == 0 || len(r.d.Tiers) == 0 {
		return nil
	}
	x := r.d.Excluded[0]
	if x.Reason != DeadDelegation || x.Preference >= r.d.Tiers[0].Preference {
		return nil
	}
	return one("best-is-dead", Warning, records(x.Record),
		"%s is the best host, and its name servers do not answer: mail goes to the next one until they do", r.d.written(x.Name))
}

// noteNoHost speaks of a domain that has MX records, and no host behind them.
func (r *route) noteNoHost() []Note {
	if r.d.Code != "5.4.4" {
		return nil
	}
	out := one("no-host", Info, nil, "OpenSMTPD and dma keep such mail queued, Haraka and Go try again later")
	if own := r.addresses(r.d.Owner).Records; len(own) > 0 {
		out = append(out, one("address-not-used", Warning, own, "the domain's own address is not tried where there are MX records")...)
	}
	return out
}

// noteTargets speaks of hosts that are aliases, unknown here, or out of reach for many.
func (r *route) noteTargets() []Note {
	var out []Note
	for h := range r.d.hosts() {
		rec := records(h.Record)
		if len(h.Via) > 0 {
			out = append(out, one("target-alias", Error, append(rec, h.Via...),
				"%s is an alias of %s, which RFC 5321 section 5.1 does not allow: all servers seen follow it, some sites refuse it", r.d.written(h.Name), r.d.written(h.Canonical))...)
		}
		if h.Status == NotChecked && h.Name.Labels() == 1 {
			out = append(out, one("target-one-label", Warning, rec,
				"%s is a name of one label, and hardly any top-level domain is a mail host: is its zone missing behind it?", h.Name)...)
		}
		if h.Status == NotChecked {
			taken := "it is taken as up"
			if h.Fault.broken() != "" {
				taken = "its addresses are not known here"
			}
			out = append(out, one("not-checked", Info, rec, "%s is outside the loaded zones: %s", r.d.written(h.Name), taken)...)
		}
		if len(h.Addresses) > 0 && !slices.ContainsFunc(h.Addresses, func(a Address) bool { return a.IP.Unmap().Is4() }) {
			out = append(out, one("ipv6-only", Warning, rec, "%s has IPv6 addresses only: senders without IPv6 pass it over, or bounce where there is no other host", r.d.written(h.Name))...)
		}
		if a, ok := h.first(func(a Address) bool { return a.IP.Is4In6() }); ok {
			out = append(out, one("target-mapped-address", Warning, rec,
				"%s has %s, IPv4 in the form of IPv6: senders with both families connect by IPv4, and so does sendmail that has IPv4 alone; others do not", r.d.written(h.Name), a.IP)...)
		}
	}
	return out
}

// notePrivate speaks of addresses that only neighbours can connect to, in a zone that is for everybody.
func (r *route) notePrivate() []Note {
	var out []Note
	for h := range r.d.hosts() {
		if a, ok := r.private(h); ok {
			out = append(out, one("target-private-address", Warning, records(h.Record),
				"%s has %s, which is %s: no sender on the Internet reaches it", r.d.written(h.Name), a.IP, zonefile.SpecialAddress(a.IP).Is)...)
		}
	}
	return out
}

// noteClusters speaks of hosts with several addresses of one family.
func (r *route) noteClusters() []Note {
	var out []Note
	for h := range r.d.hosts() {
		if n := h.Cluster(); n > 1 {
			out = append(out, one("cluster", Info, records(h.Record),
				"%s has %d addresses: a cluster, whose share DNS order decides; among hosts of equal preference the sender draws itself",
				r.d.written(h.Name), n)...)
		}
	}
	return out
}

// Cluster is how many addresses a host has, if there are several of one family that senders use; else 0.
func (h *Host) Cluster() int {
	var n families
	seen := map[netip.Addr]bool{}
	for i := range h.Addresses {
		if a := &h.Addresses[i]; a.Skip != SkipUnreachable && !seen[a.IP] {
			seen[a.IP] = true
			n[family(a)]++
		}
	}
	if n[0] < 2 && n[1] < 2 {
		return 0
	}
	return n[0] + n[1]
}
