package preview

// The way back: how a step is undone, what has to happen at the old host first, and how long until it holds.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// back is the way back of a step.
func (p *planner) back(s *Step, f phase) Back {
	b := Back{Script: reverse(s.Base, s.change), Seconds: propagate(s.Result, replacements(s.Result, s.Base, s.change), p.Notify).Seconds}
	if s.Script == "" {
		return b
	}
	old := p.oldList()
	delivers := old + " takes mail for these domains and sends it on to the hosts before it, as it did"
	if was := p.beforeMove(); was == nil || p.leads(was) {
		delivers = fmt.Sprintf("mail of these domains is delivered at %s again, before the records change: by now it is sent on from there, and by MX it would be taken for a loop; a fixed route may stay, mail then still reaches %s", old, p.newList())
	}
	switch {
	case p.kind == SameHost && f == phaseSwap:
		b.First = "the machine at the old address takes mail and delivers it"
	case p.kind == BackupRemoved && f == phaseRemove:
		b.First = old + " takes mail for these domains again"
	case f == phaseSwap, f == phaseRemove:
		b.First = delivers
	case f == phaseRaise && p.kind != SameHost:
		b.First = delivers + "; and the TTL that this step wrote counts: make it short before other steps are undone"
	case f == phaseRaise:
		b.First = "the TTL that this step wrote counts: make it short before the addresses are put back"
	case f == phaseClean:
		b.First = "the records are back, and that holds everywhere, before the old host sends again"
	}
	return b
}

// reverse is the script that gives the RRsets of records that were changed what they had before.
func reverse(was *zonefile.Zone, records []zonefile.Record) string {
	var b strings.Builder
	seen := map[rrsetName]bool{}
	for _, r := range records {
		set := rrsetName{r.Owner(), r.Type()}
		if seen[set] || set.typ == zonefile.TypeSOA {
			continue
		}
		seen[set] = true
		fmt.Fprintf(&b, "update delete %s %s\n", set.owner, set.typ)
		had := was.RRset(set.owner, set.typ)
		for i, ttl := 0, uint32(0); i < len(had); i++ {
			if i == 0 {
				ttl = was.RRsetTTL(had[i])
			}
			fmt.Fprintf(&b, "update add %s %d %s %s\n", set.owner, ttl, set.typ, absolute(had[i]))
		}
	}
	return b.String()
}
