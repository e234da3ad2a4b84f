package preview

// A move of mail, step by step, timed by the TTLs in the zone.
//
// The order is the one in which mail is never lost: the new host is made known before it is named, named behind the
// old one before it goes first, and the old one goes only when nobody remembers it. After no step, and with no mixture
// of old and new answers that caches hold, does a domain bounce or reach a host that is neither old nor new: a step
// waits until every answer that the one before replaced is forgotten. The zone never passes through a state without
// MX, in which mail would go to the domain's own address, and never through a null MX, which returns mail.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Plan is the steps of a move, from the one that the zone is in. It reads that from the zone itself; past is what the
// zone does not tell.
func Plan(z *zonefile.Zone, m Migration, past Past) ([]Step, error) {
	p, err := newPlanner(z, m, past)
	if err != nil {
		return nil, err
	}
	steps, err := p.steps(z, phaseFinished)
	if err != nil {
		return nil, err
	}
	return steps, p.lawful(steps)
}

// Made is the steps of a move up to one, as they were planned for a zone that had them before it. What comes behind them is not
// looked at.
func Made(z *zonefile.Zone, m Migration, past Past, last int) ([]Step, error) {
	p, err := newPlanner(z, m, past)
	if err != nil {
		return nil, err
	}
	until := phaseFinished
	if all := p.kind.phases(); last < len(all) {
		until = all[last]
	}
	steps, err := p.steps(z, until)
	for i := range steps {
		if steps[i].Script != "" {
			steps[i].mail = steps[i].compare()
		}
	}
	return steps, err
}

// steps is the steps of all phases before one, from the one that the zone is in.
func (p *planner) steps(z *zonefile.Zone, until phase) ([]Step, error) {
	current := p.current(z)
	first := p.step(z, 0, phaseInventory)
	first.State, first.Items, first.Certain = StepDone, p.inventory(z), true
	if current == phasePrepare {
		first.State = StepNow
	}
	steps, at := []Step{first}, uint32(0)
	for i, f := range p.kind.phases() {
		if f >= until {
			break
		}
		s := p.step(z, i+1, f)
		s.State = stateOf(f, current)
		if f == current {
			p.ready(&s, f)
			at = s.Earliest
		}
		if f >= current {
			if err := p.fill(&s, f); err != nil {
				return nil, err
			}
			s.Earliest, z = at, s.Result
			at += s.Wait
			if s.Script != "" {
				p.waited = 0
			}
			p.waited += s.Wait
		}
		steps = append(steps, s)
	}
	return steps, nil
}

// NotBegun tells whether the first step of a move is still to be done: nothing of it is in the zone.
func NotBegun(z *zonefile.Zone, m Migration) bool {
	p, err := newPlanner(z, m, Past{})
	if err != nil {
		return false
	}
	f := p.current(z)
	return f == phasePrepare || f == phaseRemove && p.unprepared(z)
}

// step is a step that nothing is known of yet.
func (p *planner) step(z *zonefile.Zone, number int, f phase) Step {
	news := map[zonefile.Name]bool{}
	for _, h := range p.To {
		news[h.Name] = true
	}
	return Step{Number: number, Kind: p.kind, Title: p.kind.title(f), Base: z, Result: z, phase: f, news: news}
}

// stateOf is the state of a phase when current is the next to do.
func stateOf(f, current phase) State {
	switch {
	case f < current:
		return StepDone
	case f == current:
		return StepNow
	}
	return StepLater
}

// current is the phase that the domain that is least far has to do next.
func (p *planner) current(z *zonefile.Zone) phase {
	least := phaseFinished
	for _, d := range p.moving(z) {
		least = min(least, p.phase(z, d))
	}
	return least
}

// fill makes a step of the zone as it is then.
func (p *planner) fill(s *Step, f phase) error {
	var err error
	if s.Script, err = p.script(s.Base, f); err != nil {
		return fmt.Errorf("step %d, %s: %w", s.Number, s.Title, err)
	}
	if s.Edits, err = s.Base.Script(strings.NewReader(s.Script)); err != nil {
		return fmt.Errorf("step %d, %s: %w", s.Number, s.Title, err)
	}
	if s.Result, err = s.Base.Apply(s.Edits...); err != nil {
		return fmt.Errorf("step %d, %s: %w", s.Number, s.Title, err)
	}
	if f == phaseRaise {
		p.asWritten(s)
	}
	s.change = changed(s.Base, s.Result)
	s.replaced = replacements(s.Base, s.Result, s.change)
	p.time(s, f)
	s.Back = p.back(s, f)
	s.Checks = p.checks(s, f)
	return nil
}

// script is what a phase changes. In the first, hosts come to be known before the records of domains are touched: they
// may make names that are domains from then on.
func (p *planner) script(z *zonefile.Zone, f phase) (string, error) {
	known := ""
	if f == phasePrepare {
		known = p.hostScript(z)
		edits, err := z.Script(strings.NewReader(known))
		if err != nil {
			return "", err
		}
		if z, err = z.Apply(edits...); err != nil {
			return "", err
		}
	}
	parts := []string{known}
	if p.kind == SameHost {
		parts = append(parts, p.addressScript(z, f))
	}
	for _, d := range p.moving(z) {
		if p.phase(z, d) == f {
			parts = append(parts, p.change(f, z, d))
		}
	}
	return strings.Join(parts, ""), nil
}

// lawful refuses a move after a step of which mail of a domain bounces or waits that was delivered before the first.
func (p *planner) lawful(steps []Step) error {
	narrow := p.narrow(steps[len(steps)-1].Result)
	for i := range steps {
		s := &steps[i]
		if s.Script == "" {
			continue
		}
		s.mail = s.compare()
		lost, why := s.loses()
		if lost == "" && narrow != "" {
			lost, why = s.losesByIPv4(), fmt.Sprintf("senders without IPv6 would find no host: give %s an IPv4 address, too, as %s=192.0.2.1", Display(narrow), Display(narrow))
		}
		if lost != "" {
			return fmt.Errorf("after step %d (%s) mail of %s would not be delivered: %s", s.Number, s.Title, Display(lost), why)
		}
	}
	return nil
}

// loses is a domain whose mail is delivered before the step and not after it, and why so.
func (s *Step) loses() (domain zonefile.Name, why string) {
	for _, c := range Summarize(s.mail) { // of which the same is said have the same fate
		if was, is := c.Before(), c.After(); was.Outcome == Delivered && is.Outcome != Delivered {
			return c.Domain, is.Text
		}
	}
	return "", ""
}

// losesByIPv4 is such a domain for senders that have IPv4 alone.
func (s *Step) losesByIPv4() zonefile.Name {
	for _, c := range s.mail {
		q := Query{Domain: c.Domain, Sender: Sender{IPv4: true}}
		if was, is := Route(c.before, q), Route(c.after, q); was.Outcome == Delivered && is.Outcome != Delivered {
			return c.Domain
		}
	}
	return ""
}

// narrow is a new host whose only addresses are IPv6; "" if there is none.
func (p *planner) narrow(z *zonefile.Zone) zonefile.Name {
	for _, h := range p.To {
		if p.inside(z, h.Name) && len(z.RRset(h.Name, zonefile.TypeA)) == 0 {
			return h.Name
		}
	}
	return ""
}
