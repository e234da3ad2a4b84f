package preview

// A migration from one mail host to another, step by step, timed by the TTLs in the zone.
//
// The order is the one in which mail is never lost: the new host is made known before it is named, named
// behind the old one before it goes first, and the old one goes only when nobody remembers it. The zone
// never passes through a state without MX, in which mail would go to the domain's own address, and never
// through a null MX, which returns mail.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Migration is a move of mail from one host to another.
type Migration struct {
	From    zonefile.Name   // the old host, or the domain that all old hosts are in
	To      zonefile.Name   // the new host
	Addrs   []netip.Addr    // its addresses
	Domains []zonefile.Name // the names that move; none means all whose MX lead to From
	Notify  bool            // name servers hear of changes at once (RFC 1996)
}

// Step is one change of the zone, and all that goes with it.
type Step struct {
	Number int
	Title  string
	State  State
	Items  []Item          // of the inventory: what leads to the old host
	Script string          // the change in the syntax of nsupdate; "" where nothing is to be changed
	Base   *zonefile.Zone  // the zone as it is then
	Edits  []zonefile.Edit // of Base; of a later step they apply when the steps before are done
	Result *zonefile.Zone  // the zone after the step
	Checks []string        // what to look at before the next step

	Earliest uint32 // seconds from now until the step may be saved
	Wait     uint32 // seconds from saving it until the next step
	Why      string // what the wait is for
	Rollback uint32 // seconds until undoing it holds everywhere

	// Elapsed is, of the step to do now, the seconds that must have passed since the step before it was saved;
	// when that was, a zone does not say. Beyond is what comes on top and the zone does not say either.
	Elapsed uint32
	Beyond  string

	to zonefile.Name
}

// Changes says whose mail the step sends elsewhere. The new host itself, which is nobody's domain, is left out.
func (s Step) Changes() []Change {
	changes := Compare([]*zonefile.Zone{s.Base}, []*zonefile.Zone{s.Result})
	return slices.DeleteFunc(changes, func(c Change) bool { return c.Domain == s.to })
}

// State tells how far a migration is.
type State string

// The states of a step. The strings are those of the JSON output.
const (
	StepDone  State = "done"
	StepNow   State = "now"
	StepLater State = "later"
)

// The steps, in order. A domain's phase is the step that it is to do next.
const (
	stepInventory = iota
	stepPrepare
	stepAdd
	stepSwap
	stepRemove
	stepRaise
	stepClean
	finished
)

// TTLs and waits of the plan, in seconds.
const (
	shortTTL   = 300       // while hosts change, so that a rollback is quick
	addressTTL = 3600      // of the new host
	longTTL    = 86400     // afterwards: host names of mail rarely change
	lag        = 24 * 3600 // senders with caches that hold on for longer than they should
	transit    = 5 * 86400 // a queue keeps mail that the old host signed (Postfix, sendmail)
	notifyTime = 60        // until all name servers have a change that they were notified of
)

// Plan is the steps of a migration, from the one that the zone is in. It reads that from the zone itself.
func Plan(z *zonefile.Zone, m Migration) ([]Step, error) {
	p, err := newPlanner(z, m)
	if err != nil {
		return nil, err
	}
	current := finished
	for _, d := range p.domains {
		current = min(current, p.phase(z, d))
	}
	steps := []Step{{Title: title(stepInventory), State: StepDone, Items: p.inventory(z), Base: z, Result: z, to: m.To}}
	if current == stepPrepare {
		steps[0].State = StepNow
	}
	at := uint32(0)
	for k := stepPrepare; k < finished; k++ {
		s := Step{Number: k, Title: title(k), State: stateOf(k, current), Base: z, Result: z, to: m.To}
		if k == current {
			s.Elapsed, s.Beyond = p.elapsed(k, z)
		}
		if k >= current {
			if err := p.fill(&s); err != nil {
				return nil, err
			}
			s.Earliest, z = at, s.Result
			at += s.Wait
		}
		steps = append(steps, s)
	}
	return steps, nil
}

// title says what a step is for.
func title(step int) string {
	switch step {
	case stepInventory:
		return "list what leads to the old host"
	case stepPrepare:
		return "make the new host known, and the TTL of the MX records short"
	case stepAdd:
		return "add the new host behind the old one, and test it"
	case stepSwap:
		return "put the new host first"
	case stepRemove:
		return "remove the old host"
	case stepRaise:
		return "make the TTL of the MX records long again"
	}
	return "remove what let the old host send"
}

// stateOf is the state of step k when current is the next to do.
func stateOf(k, current int) State {
	switch {
	case k < current:
		return StepDone
	case k == current:
		return StepNow
	}
	return StepLater
}

// planner makes the steps.
type planner struct {
	Migration
	domains []zonefile.Name
	signing map[*zonefile.Zone]map[zonefile.Name][]zonefile.Record // see keys
	lacking lacking                                                // see missing
	own     string                                                 // the last labels of From: what ends so is taken for the old provider's
	aliases map[zonefile.Name]bool                                 // exchanges that are aliases of the old host
}

// newPlanner finds the names that move.
func newPlanner(z *zonefile.Zone, m Migration) (*planner, error) {
	p := &planner{Migration: m, domains: m.Domains, own: provider(m.From), signing: map[*zonefile.Zone]map[zonefile.Name][]zonefile.Record{}}
	switch {
	case m.From == "" || m.To == "":
		return nil, fmt.Errorf("a migration leads from one host to another: name both")
	case m.To.Within(m.From):
		return nil, fmt.Errorf("%s stands for all hosts in it, %s too: name the old host itself", Display(m.From), Display(m.To))
	}
	hosts := p.exchanges(z)
	for _, d := range p.domains {
		if len(p.split(z, d).all()) == 0 {
			return nil, fmt.Errorf("%s has no MX record that leads to %s or %s: there is nothing to move", Display(d), Display(m.From), Display(m.To))
		}
	}
	if len(hosts) == 0 {
		return nil, fmt.Errorf("%s has no MX records: there is no host to leave, add the new one", Display(z.Origin()))
	}
	if len(p.domains) == 0 {
		return nil, fmt.Errorf("no MX record of %s leads to %s: name the host that they lead to, %s", Display(z.Origin()), Display(m.From), list(hosts, "or"))
	}
	return p, p.addressed(z)
}

// exchanges collects the domains that move, where they are not given, and the hosts that MX records have.
func (p *planner) exchanges(z *zonefile.Zone) []zonefile.Name {
	var hosts []zonefile.Name
	p.aliases = map[zonefile.Name]bool{}
	seen, moves := map[zonefile.Name]bool{}, map[zonefile.Name]bool{}
	for r := range z.Records() {
		t, ok := r.Target()
		if r.Type() != zonefile.TypeMX || !ok || r.IsNullMX() {
			continue
		}
		if !seen[t] {
			seen[t] = true
			hosts = append(hosts, t)
			if a := z.Lookup(t, zonefile.TypeA); a.Aliased() && a.Name.Within(p.From) {
				p.aliases[t] = true
			}
		}
		if d := r.Owner(); len(p.Domains) == 0 && (p.old(t) || t == p.To) && !moves[d] {
			moves[d] = true
			p.domains = append(p.domains, d)
		}
	}
	return hosts
}

// old tells whether an exchange is the old host, under its name or as an alias of it.
func (p *planner) old(t zonefile.Name) bool { return t.Within(p.From) || p.aliases[t] }

// addressed makes sure that the new host has an address in the end.
func (p *planner) addressed(z *zonefile.Zone) error {
	a := z.Lookup(p.To, zonefile.TypeA)
	if a.Aliased() {
		return fmt.Errorf("%s is an alias, and an MX must not lead to one (RFC 5321 section 5.1): name %s", Display(p.To), Display(a.Name))
	}
	if a.Result == zonefile.Outside || a.Result == zonefile.Delegated || len(p.Addrs) > 0 || len(hostAddresses(z, p.To)) > 0 {
		return nil
	}
	return fmt.Errorf("%s has no address in %s: give its addresses", Display(p.To), Display(z.Origin()))
}

// hostAddresses is the address records of a host of the zone.
func hostAddresses(z *zonefile.Zone, n zonefile.Name) []zonefile.Record {
	return append(slices.Clip(z.RRset(n, zonefile.TypeA)), z.RRset(n, zonefile.TypeAAAA)...)
}

// fill makes a step of the zone as it is then.
func (p *planner) fill(s *Step) error {
	var parts []string
	if s.Number == stepPrepare {
		for _, ip := range p.missing(s.Base) {
			parts = append(parts, fmt.Sprintf("update add %s %d %s %s\n", p.To, addressTTL, zonefile.AddressType(ip.Unmap()), ip.Unmap()))
		}
	}
	for _, d := range p.domains {
		if p.phase(s.Base, d) == s.Number {
			parts = append(parts, p.change(s.Number, s.Base, d))
		}
	}
	s.Script = strings.Join(parts, "")
	var err error
	if s.Edits, err = s.Base.Script(strings.NewReader(s.Script)); err != nil {
		return fmt.Errorf("step %d, %s: %w", s.Number, s.Title, err)
	}
	if s.Result, err = s.Base.Apply(s.Edits...); err != nil {
		return fmt.Errorf("step %d, %s: %w", s.Number, s.Title, err)
	}
	s.Checks = p.checks(s)
	p.time(s)
	return nil
}

// time says how long a step takes to hold everywhere, and what else to wait for.
func (p *planner) time(s *Step) {
	there, back := Propagate(s.Base, s.Result, p.Notify), Propagate(s.Result, s.Base, p.Notify)
	s.Wait, s.Why, s.Rollback = there.Seconds, there.Text, back.Seconds
	switch {
	case s.Script == "":
	case s.Number == stepSwap:
		s.Wait += lag
		s.Why += "; and a day for servers that keep answers for longer than they should"
	case s.Number == stepRaise && p.leftovers(s.Result):
		s.Wait = max(s.Wait, transit)
		s.Why = "mail that the old host sent may wait in queues for 5 days, and is checked when it arrives"
	}
}

// elapsed is how long ago the step before the next must have been saved. The TTLs that it replaced are those
// that are in the zone now, but for the MX records that step 1 gave a shorter one.
func (p *planner) elapsed(next int, z *zonefile.Zone) (seconds uint32, beyond string) {
	spread, _ := propagation(z, p.Notify)
	ttl := uint32(0)
	for _, d := range p.domains {
		ttl = max(ttl, z.RRsetTTL(z.RRset(d, zonefile.TypeMX)[0]))
	}
	switch next {
	case stepAdd:
		return spread, "the TTL that the MX records had before it"
	case stepSwap, stepRaise:
		return spread + ttl, ""
	case stepRemove:
		return spread + ttl + lag, ""
	case stepClean:
		return transit, ""
	}
	return 0, ""
}

// leftovers tells whether any domain has something to clean up.
func (p *planner) leftovers(z *zonefile.Zone) bool {
	return slices.ContainsFunc(p.domains, func(d zonefile.Name) bool { return p.cleaning(z, d) != "" })
}
