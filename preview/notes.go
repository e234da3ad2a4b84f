package preview

// What an operator should know about a route: where real mail servers were seen to do otherwise, and what
// the route rests on.

import (
	"fmt"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// note asks every kind of note whether it applies, and puts the outcome in words.
func (r *route) note() {
	r.d.Text = r.sentence()
	for _, f := range []func() []Note{
		r.noteAlias, r.noteWildcard, r.noteImplicit, r.noteNullMX, r.noteExcluded, r.noteNoHost, r.noteTargets,
		r.noteEqual, r.noteLimits, r.noteMany, r.noteSelf, r.noteNolisting, r.noteBackup, r.noteFaults, r.noteRejects, r.noteQueue,
	} {
		r.d.Notes = append(r.d.Notes, f()...)
	}
}

// one is a single note.
func one(id string, s Severity, records []zonefile.Record, format string, args ...any) []Note {
	return []Note{{id, s, fmt.Sprintf(format, args...), records}}
}

// noteAlias speaks of a domain that is an alias.
func (r *route) noteAlias() []Note {
	if len(r.d.Via) == 0 || r.found.Endless() {
		return nil
	}
	return one("owner-alias", Info, r.d.Via, "%s is an alias: what counts is the mail of %s; sendmail also rewrites the recipient's address to it",
		Display(r.d.Domain), Display(r.d.Owner))
}

// noteWildcard speaks of a route that a wildcard gives.
func (r *route) noteWildcard() []Note {
	if r.d.Source != FromWildcard {
		return nil
	}
	return one("wildcard", Info, r.mx, "%s exists only by the wildcard %s, which covers no name that has records, or names below it (RFC 4592)",
		Display(r.d.Owner), Display(r.mx[0].Owner()))
}

// noteImplicit speaks of a domain without MX.
func (r *route) noteImplicit() []Note {
	if r.d.Source != FromAddress {
		return nil
	}
	return one("implicit-mx", Info, nil, "%s has no MX: senders try its own address", Display(r.d.Owner))
}

// noteNullMX speaks of null MX records.
func (r *route) noteNullMX() []Note {
	var null []zonefile.Record
	for _, m := range r.mx {
		if m.IsNullMX() {
			null = append(null, m)
		}
	}
	switch {
	case len(null) == 0:
		return nil
	case len(null) < len(r.mx):
		return one("null-mx-with-others", Error, null,
			"a null MX beside others has no defined meaning: most servers pass it over, Postfix and dma bounce all mail")
	}
	if p, _ := null[0].Preference(); p != 0 {
		return one("null-mx-preference", Warning, null,
			"a null MX has preference 0 (RFC 7505 §3): Haraka and others try the domain's own address here; OpenSMTPD 6.8 keeps the mail queued")
	}
	return one("null-mx", Info, null, "OpenSMTPD 6.8 keeps the mail queued instead of returning it")
}

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
			out = append(out, one("target-ip-literal", Error, rec,
				"%s is an address, and an MX takes a host name: Exim and Go pass it over; Postfix, sendmail, qmail, OpenSMTPD and Haraka connect to it", Display(x.Name))...)
		case NoSuchName, NoAddress, AliasCircle, TooManyAliases:
			out = append(out, one("target-"+string(x.Reason), severity, rec, "%s is %s", Display(x.Name), x.Text())...)
		case WorseDuplicate:
			out = append(out, one("duplicate-host", Warning, rec,
				"%s is listed more than once, and only the best preference counts; Postfix, qmail, Haraka and Go try it twice", Display(x.Name))...)
		case NoUsableAddress:
			if x.listed() {
				out = append(out, one("same-address", Info, rec, "%s adds nothing: it has no address but those of hosts before it", Display(x.Name))...)
				continue
			}
			out = append(out, one("no-usable-address", Warning, rec,
				"%s has no address that this sender can use; senders like it bounce, keep the mail queued, or try all the same", Display(x.Name))...)
		}
	}
	return out
}

// noteNoHost speaks of a domain whose own address could be taken for a way out.
func (r *route) noteNoHost() []Note {
	if r.d.Code != "5.4.4" || len(r.addresses(r.d.Owner).Records) == 0 {
		return nil
	}
	return one("address-not-used", Warning, r.addresses(r.d.Owner).Records,
		"the domain's own address is not tried where there are MX records; OpenSMTPD and dma keep the mail queued, Haraka and Go try again later")
}

// noteTargets speaks of hosts that are aliases, unknown here, or out of reach for many.
func (r *route) noteTargets() []Note {
	var out []Note
	for h := range r.d.hosts() {
		rec := records(h.Record)
		if len(h.Via) > 0 {
			out = append(out, one("target-alias", Error, append(rec, h.Via...),
				"%s is an alias of %s, which RFC 5321 §5.1 does not allow: all servers seen follow it, some sites refuse it", Display(h.Name), Display(h.Canonical))...)
		}
		if h.Status == NotChecked {
			out = append(out, one("not-checked", Info, rec, "%s is outside the loaded zones: it is taken as up", Display(h.Name))...)
		}
		if len(h.Addresses) > 0 && !slices.ContainsFunc(h.Addresses, func(a Address) bool { return a.IP.Is4() }) {
			out = append(out, one("ipv6-only", Warning, rec, "%s has IPv6 addresses only: senders without IPv6 pass it over, or bounce where there is no other host", Display(h.Name))...)
		}
	}
	return out
}

// noteEqual speaks of hosts of equal preference.
func (r *route) noteEqual() []Note {
	var out []Note
	for _, t := range r.d.Tiers {
		if len(t.Hosts) < 2 {
			continue
		}
		out = append(out, one("equal-preference", Info, t.records(),
			"%s have preference %d: tried in random order; Postfix draws by address, Exim by host with IPv6 first, sendmail keeps one order for a process, OpenSMTPD, dma and 64-bit qmail that of the DNS answer", list(t.names(), "and"), t.Preference)...)
	}
	return out
}

// noteLimits speaks of hosts that Postfix never gets to.
func (r *route) noteLimits() []Note {
	var names []zonefile.Name
	var recs []zonefile.Record
	beyond := map[*Address]bool{}
	for _, a := range r.beyond {
		beyond[a] = true
	}
	for h := range r.d.hosts() {
		within := slices.ContainsFunc(h.Addresses, func(a Address) bool { return a.Skip == "" || a.Skip == SkipLimit })
		for i := range h.Addresses {
			a := &h.Addresses[i]
			within = within && ((a.Skip != "" && a.Skip != SkipLimit) || beyond[a])
		}
		if within {
			names, recs = append(names, h.Name), append(recs, records(h.Record)...)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return one("address-limit", Warning, recs,
		"the better hosts have %d addresses or more: Postfix tries no others and never reaches %s; Exim goes on with one of each preference", postfixAddresses, list(names, "and"))
}

// noteMany speaks of more hosts than OpenSMTPD was seen to try.
func (r *route) noteMany() []Note {
	const most = 8
	n := 0
	for range r.d.hosts() {
		n++
	}
	if n <= most {
		return nil
	}
	return one("host-limit", Info, nil, "of %d hosts OpenSMTPD 6.8 tries the first %d and starts over", n, most)
}

// noteSelf speaks of a sender that is among the hosts.
func (r *route) noteSelf() []Note {
	var recs []zonefile.Record
	for _, x := range r.d.Excluded {
		if x.Reason == Self {
			recs = append(recs, x.Record)
		}
	}
	switch {
	case len(recs) == 0:
		return nil
	case r.d.Outcome == LocalOrLoop:
		return one("sender-is-best", Warning, recs, "Postfix and sendmail return the mail as a loop unless they deliver it, Exim freezes it; OpenSMTPD and Go connect to themselves")
	}
	return one("sender-is-backup", Info, recs, "the sender drops itself and all that is no better; Postfix, Exim and qmail know themselves by address (and miss it behind NAT), sendmail by name, OpenSMTPD, Haraka and Go not at all")
}

// records is a list of one record; empty for none.
func records(r zonefile.Record) []zonefile.Record {
	if r.IsZero() {
		return nil
	}
	return []zonefile.Record{r}
}
