package preview

// What becomes of the mail of a name when records of others are edited, in a few words: said once for all names that it becomes
// of. Who prints it says how it shows a name.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Fate is what becomes of mail.
type Fate struct {
	Tier       int             // of the hosts that are concerned, the best one; the first is 0
	outcome    Outcome         // where it is not delivered
	first      []zonefile.Name // the hosts that it goes to first, where those are others than before
	more       bool            // there are others behind them
	at, from   []string        // the new addresses of hosts that stay, and the old ones
	gone, come []zonefile.Name // hosts behind the first
}

// fateOf compares two routes that differ.
func fateOf(was, is *Delivery) (f Fate) {
	if is.Outcome != Delivered {
		f.outcome = is.Outcome
		return f
	}
	if was.Outcome != Delivered || !slices.Equal(was.Tiers[0].sorted(), is.Tiers[0].sorted()) {
		f.first, f.more = is.Tiers[0].names(), len(is.Tiers) > 1
		return f
	}
	f.Tier = max(len(was.Tiers), len(is.Tiers))
	before, after := was.byName(), is.byName()
	for now := range is.hosts() {
		for _, old := range before.named[now.Name] {
			if had, has := addressesOf(old), addressesOf(now); !slices.Equal(had, has) {
				f.at, f.from = append(f.at, minus(has, had)...), append(f.from, minus(had, has)...)
				f.Tier = min(f.Tier, after.tierOf(now.Name))
			}
		}
	}
	if len(f.at)+len(f.from) > 0 {
		return f
	}
	f.gone, f.come = before.without(after), after.without(before)
	for _, n := range f.gone {
		f.Tier = min(f.Tier, before.tierOf(n))
	}
	for _, n := range f.come {
		f.Tier = min(f.Tier, after.tierOf(n))
	}
	if len(f.gone)+len(f.come) == 0 {
		f.Tier = 0
	}
	return f
}

// Text says it of mail.
func (f Fate) Text(show func(zonefile.Name) string) string {
	switch {
	case f.outcome == Bounced:
		return "bounces"
	case f.outcome == Deferred:
		return "stays queued"
	case f.outcome == LocalOrLoop:
		return "comes back to the sender"
	case f.outcome != "":
		return "goes by what other name servers say"
	case len(f.first) > 0 && f.more:
		return "goes to " + Equals(f.first, show) + " first"
	case len(f.first) > 0:
		return "goes to " + Equals(f.first, show)
	case len(f.at) > 0:
		return "goes to " + few(f.at, "and")
	case len(f.from) > 0:
		return "no longer goes to " + few(f.from, "and")
	case len(f.gone) > 0:
		return "no longer goes to " + List(f.gone, show)
	case len(f.come) > 0:
		return "goes to " + List(f.come, show) + ", too"
	}
	return "has other backups"
}
