package preview

// How long a step of a move waits: until every answer that was replaced is forgotten, and what is promised besides.
// Nothing here looks at a clock or a file: who knows since when the name servers say what the zone says brings it, and
// "not known" is an answer that makes a step uncertain, never early.

import (
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// unknownTTL is how long resolvers may keep an answer whose TTL nobody knows. BIND: max-cache-ttl is 604800 by default.
const unknownTTL = 7 * 86400

// ready says from when on the step to do now may be saved: when nothing is left of all that was replaced before it.
func (p *planner) ready(s *Step, f phase) {
	s.Certain, s.NotBefore = true, p.past.Now
	if f == phasePrepare || f == phaseFinished || f == phaseRemove && p.unprepared(s.Base) {
		return // it leads no mail anywhere, or nothing was before it: nothing has to be forgotten
	}
	if len(p.past.Versions) == 0 {
		spread, _ := propagation(s.Base, p.Notify)
		s.Elapsed = p.promised(spread+unknownTTL, f)
		p.unsure(s, Moment{})
	}
	for i, v := range p.past.Versions {
		p.await(s, v, p.wait(f, v, p.version(i+1, s.Base)))
	}
	if d := s.NotBefore.Sub(p.past.Now); d > 0 {
		s.Earliest = uint32((d + time.Second - 1) / time.Second)
	}
}

// wait is how long a phase has to wait from when a version was replaced by the next. Of what nobody knows any answer may
// have been kept.
func (p *planner) wait(f phase, v Version, next *zonefile.Zone) uint32 {
	if v.Zone == nil {
		spread, _ := propagation(next, p.Notify)
		if v.Replaced.Everywhere {
			spread = 0
		}
		return p.promised(spread+unknownTTL, f)
	}
	reached := p.current(v.Zone)
	if after := p.current(next); after > reached {
		reached = after - 1 // the change was this phase's
	}
	wait := Propagate(v.Zone, next, p.Notify).Seconds
	if spread, _ := propagation(v.Zone, p.Notify); v.Replaced.Everywhere {
		wait -= min(wait, spread)
	}
	if reached < f {
		wait = p.promised(wait, f)
	}
	return wait
}

// unprepared tells a host less for which nothing was to prepare: no SPF record has a term that a first step could have given.
func (p *planner) unprepared(z *zonefile.Zone) bool {
	if p.kind != BackupRemoved || len(p.past.Versions) > 0 {
		return false
	}
	olds := append(slices.Clip(p.oldAddresses()), p.shared...)
	return !slices.ContainsFunc(p.moving(z), func(d zonefile.Name) bool {
		_, spf, ok := spfRecord(z, d)
		return ok && slices.ContainsFunc(spf.Terms, func(t policy.Term) bool {
			return slices.ContainsFunc(olds, func(ip netip.Addr) bool { return single(t, ip) })
		})
	})
}

// await lets a step wait for what one version replaced of the one before.
func (p *planner) await(s *Step, v Version, wait uint32) {
	since := v.Replaced
	if !since.Certain {
		if s.Certain || s.Elapsed < wait {
			s.Elapsed = wait
		}
		p.unsure(s, since)
		return
	}
	if ready := since.Time.Add(time.Duration(wait) * time.Second); !ready.Before(s.NotBefore) || s.Since == (Moment{}) {
		s.Since, s.Elapsed = since, wait
		if ready.After(s.NotBefore) {
			s.NotBefore = ready
		}
	}
}

// promised is a wait with what a phase needs besides TTLs: a day behind the swap, and at the end as long as queues keep
// mail.
func (p *planner) promised(wait uint32, f phase) uint32 {
	switch {
	case f == phaseClean:
		return max(wait, transit)
	case f == phaseRemove && p.kind != BackupRemoved, f == phaseRaise && p.kind == SameHost && !p.Single:
		return wait + lag
	}
	return wait
}

// unsure makes a step ask since when the one before is served. As long as nobody answers, it counts as served from now.
func (p *planner) unsure(s *Step, since Moment) {
	s.Since, s.Certain = since, false
	if ready := p.past.Now.Add(time.Duration(s.Elapsed) * time.Second); ready.After(s.NotBefore) {
		s.NotBefore = ready
	}
	offered := ""
	if w := since.Written; !w.IsZero() && !w.After(p.past.Now) { // an hour to come is no answer
		offered = " [" + w.In(p.past.Now.Location()).Format("2 Jan 2006 15:04:05") + ", when it was written]"
	}
	s.Questions = []Check{{
		Kind: Said, Subject: Display(p.start.Origin()), Want: "time",
		Text: fmt.Sprintf("when did the name servers load what %s says now?%s Until that is known, step %d counts as early", p.start.Root().Name(), offered, s.Number),
	}}
}

// time says how long a step takes to hold everywhere, and what else to wait for.
func (p *planner) time(s *Step, f phase) {
	there := propagate(s.Base, s.replaced, p.Notify)
	s.Holds, s.Wait, s.Why = there.Seconds, there.Seconds, there.made
	last := f == phaseRaise || f == phaseRemove && p.kind == BackupRemoved
	switch {
	case f == phaseSwap && p.Single && p.kind == SameHost:
		s.Why += "; so long mail waits in senders' queues: there is one machine"
	case f == phaseSwap && s.Script != "":
		s.Wait += lag
		s.Why += "; and a day for servers that keep answers for longer than they should"
	case f == phaseRemove && p.kind == BackupRemoved && s.Script != "":
		s.Wait += lag
		s.Why += "; and a day for servers that keep answers for longer than they should: so long the host goes on taking mail"
	}
	queued := uint32(transit)
	if s.Script == "" { // nothing is saved: the queues have been emptying since the step before
		queued -= min(queued, p.waited)
	}
	if last && s.Wait < queued && p.leftovers(s.Result) {
		takes := s.Wait
		s.Wait = queued
		s.Why = "mail that the old host sent may wait in queues for 5 days, and is checked when it arrives"
		if f == phaseRemove && s.Script != "" {
			s.Why += "; for the first " + Duration(takes) + " the host goes on taking mail"
		}
	}
	if s.Why != "" {
		s.Why = Duration(s.Wait) + ": " + s.Why
	}
}

// leftovers tells whether any domain has something to clean up.
func (p *planner) leftovers(z *zonefile.Zone) bool {
	for _, d := range p.moving(z) {
		if p.cleaning(z, d) != "" {
			return true
		}
	}
	return false
}
