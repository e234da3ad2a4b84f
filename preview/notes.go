package preview

// What an operator should know about a route: where real mail servers were seen to do otherwise, and what
// the route rests on.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// note asks every kind of note whether it applies, and puts the outcome in words.
func (r *route) note() {
	r.d.Text = r.sentence()
	for _, f := range []func() []Note{
		r.noteAlias, r.noteCut, r.noteChild, r.noteWildcard, r.noteImplicit, r.noteNullMX, r.noteExcluded, r.noteBestIsDead,
		r.noteNoHost, r.noteNothing, r.noteTargets, r.notePrivate, r.noteEqual, r.noteClusters, r.noteLimits, r.noteMany,
		r.noteSelf, r.noteEverybody, r.noteNameless, r.noteNolisting, r.noteBackup, r.noteFaults, r.note554, r.noteRejects, r.noteQueue,
	} {
		r.d.Notes = append(r.d.Notes, f()...)
	}
}

// noteAlias speaks of a domain that is an alias.
func (r *route) noteAlias() []Note {
	if len(r.d.Via) == 0 || r.found.Endless() {
		return nil
	}
	return one("owner-alias", Info, r.d.Via, "%s is an alias: what counts is the mail of %s; sendmail also rewrites the recipient's address to it",
		r.d.written(r.d.Domain), r.d.written(r.d.Owner))
}

// noteCut speaks of aliases without an end, as resolvers follow them.
func (r *route) noteCut() []Note {
	if !r.found.Endless() {
		return nil
	}
	return one("owner-"+string(endless(r.found)), Error, r.d.Via,
		"%s: name servers answer SERVFAIL, so that Exim, Postfix, sendmail and OpenSMTPD keep the mail queued", r.found)
}

// noteChild speaks of a zone that is loaded, and that the zone above it does not know.
func (r *route) noteChild() []Note {
	if r.zone == nil || r.zone.Origin() == zonefile.Root {
		return nil
	}
	child := r.zone.Origin()
	parent := r.Deepest(child.Parent())
	if parent == nil {
		return nil
	}
	for n := child; n != parent.Origin(); n = n.Parent() {
		if len(parent.RRset(n, zonefile.TypeNS)) > 0 {
			return nil
		}
	}
	return one("child-not-delegated", Warning, nil,
		"%s is loaded, but %s has no NS records for it: name servers that have only the latter answer that its names do not exist",
		r.d.written(child), r.d.written(parent.Origin()))
}

// noteWildcard speaks of a route that a wildcard gives.
func (r *route) noteWildcard() []Note {
	if r.d.Source != FromWildcard {
		return nil
	}
	return one("wildcard", Info, r.mx, "%s exists only by the wildcard %s, which covers no name that has records, or names below it (RFC 4592)",
		r.d.written(r.d.Owner), r.d.written(r.mx[0].Owner()))
}

// noteImplicit speaks of a domain without MX.
func (r *route) noteImplicit() []Note {
	if r.d.Source != FromAddress {
		return nil
	}
	return one("implicit-mx", Info, nil, "%s has no MX: senders try its own address", r.d.written(r.d.Owner))
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
	if slices.ContainsFunc(null, func(m zonefile.Record) bool { p, _ := m.Preference(); return p != 0 }) {
		return one("null-mx-preference", Warning, null,
			"a null MX has preference 0 (RFC 7505 section 3): Haraka and others try the domain's own address here; OpenSMTPD 6.8 keeps the mail queued")
	}
	return one("null-mx", Info, null, "OpenSMTPD 6.8 keeps the mail queued instead of returning it")
}

// noteNothing speaks of names without MX and address.
func (r *route) noteNothing() []Note {
	aliased := r.found == zonefile.NoName && len(r.d.Via) > 0
	if r.d.Code != "5.1.2" || r.found == zonefile.NoName && !aliased || isService(r.d.Domain) || len(r.d.Excluded) > 0 {
		return nil
	}
	return one("no-data", Info, nil, "OpenSMTPD keeps mail for names like this queued instead of returning it")
}

// noteEqual speaks of hosts of equal preference.
func (r *route) noteEqual() []Note {
	var out []Note
	for _, t := range r.d.Tiers {
		if len(t.Hosts) < 2 {
			continue
		}
		out = append(out, one("equal-preference", Info, t.records(),
			"%s have preference %d: tried in random order; Postfix draws by address, Exim by host with IPv6 first, sendmail keeps one order for a process, OpenSMTPD, dma and 64-bit qmail that of the DNS answer", r.d.list(t.names(), "and"), t.Preference)...)
	}
	return out
}
