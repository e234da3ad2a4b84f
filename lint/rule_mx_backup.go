package lint

// Hosts that are tried after others. A backup is no fault, but it has duties that are easily forgotten.

import (
	"cmp"
	"slices"

	"golang.org/x/net/publicsuffix"

	"github.com/mailzone/mailzone/zonefile"
)

var mxBackup = &Rule{
	Name:     "mx-backup",
	Severity: Info,
	NoFault:  true,
	Doc: `A domain has a backup of its own: an exchange with a higher number than another. Spammers try the highest
number first, so it needs the same filters as the main server. It must know the recipients: one that takes mail for
everybody returns it later to senders that are forged. And senders keep mail for days anyway, so a backup gains only
where it holds mail longer than they do, or where mail can be read there. It is told once for equal MX records, and
not of the hosts of one provider, who sees to that.

What a backup is good for: senders come back at their own pace, often hours later, and some give up after a day; a
backup can be told when the main server is up again, and hands over its queue at once.

Why a host is only a backup, and does not have an equal number: it belongs to somebody else, a provider or a friend; it
has no mailboxes and only holds mail; it has no list of the recipients, so that the main server is to judge first; its
traffic costs more; its line has less bandwidth, or a higher latency.

Spam and numbers: a highest number where nothing answers keeps off what only tries that one, and costs other
senders nothing until all other hosts are down; then they wait as they would without it. Nolisting is the opposite, a
lowest number where nothing listens, against spam that is sent to the lowest only. There every sender pays with a try,
and honest programs that try one host only never get through. A port that refuses is passed by all servers that were
seen; OpenSMTPD was not seen to get past a host that is silent, and qmail stops at one that greets badly.`,
	Bad: `@ MX 10 mail
@ MX 20 backup
mail A 192.0.2.1
backup A 198.51.100.2`,
	Good: `@ MX 10 mail
mail A 192.0.2.1
mail AAAA 2001:db8::1
mail AAAA 2001:db8::2
mail A 198.51.100.1`,
	Refs:   []string{"RFC 5321 §4.5.4.1", "RFC 5321 §5.1"},
	Visits: mxOwners,
	Census: true,
	Check: func(p *Pass) {
		if len(p.Real()) > 1 { // a name with one has none that is tried later
			if set := p.setNumber(); p.first(set) {
				reportBackups(p, set)
			}
		}
	},
}

// reportBackups reports the worst exchange of the visited name, if it is a backup.
func reportBackups(p *Pass, set uint64) {
	all := p.Real()
	if len(all) < 2 || p.oneProviders(all) {
		return
	}
	byPreference := func(a, b *exchange) int { return cmp.Compare(a.preference, b.preference) }
	best, last := slices.MinFunc(all, byPreference), slices.MaxFunc(all, byPreference)
	isBest := func(x *exchange) bool { return x.preference == best.preference && x.host == last.host }
	if best.preference == last.preference || slices.ContainsFunc(all, isBest) || p.triesBackupFirst(all) ||
		last.found.missing() || p.misspelt(last) { // other rules speak of those
		return
	}
	d := p.AtExchange(last, "exchange %s is tried last: %s", quoted(last.host), zonefile.BackupAdvice)
	d.once = set
	d.Relate(best.Record, "the host that is tried first")
}

// oneProviders tells exchanges that are all of one organisation, and that not the zone's.
func (p *Pass) oneProviders(all []*exchange) bool {
	if slices.ContainsFunc(all, func(x *exchange) bool { return p.run.in.Deepest(x.host) != nil }) {
		return false
	}
	own, first := organisation(p.Zone.Origin()), organisation(all[0].host)
	return first != own && !slices.ContainsFunc(all, func(x *exchange) bool { return organisation(x.host) != first })
}

// organisation is the domain that somebody has registered and that a name is in; of Google, which has several, one.
func organisation(n zonefile.Name) string {
	domain, err := publicsuffix.EffectiveTLDPlusOne(bare(n))
	switch {
	case err != nil:
		return bare(n)
	case domain == "googlemail.com":
		return "google.com"
	}
	return domain
}
