package preview

// What to look at before the next step of a move: for people in sentences, for programs as data.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// checks is what to look at after a step.
func (p *planner) checks(s *Step, f phase) []Check {
	out := p.served(s)
	switch {
	case f == phasePrepare && len(p.To) > 0:
		return append(out, p.newHostChecks(s.Result)...)
	case s.Script == "":
		return nil
	case p.kind == SameHost && f == phaseSwap:
		return append(out, p.swapChecks(s)...)
	case f == phaseAdd:
		return append(out, p.testChecks(s.Result)...)
	case f == phaseSwap:
		return append(out, p.relayChecks(s)...)
	case f == phaseRemove:
		return append(out, Check{Said, p.oldList(), "no mail", fmt.Sprintf("the log of %s shows no mail for these domains any more", p.oldList())})
	case f == phaseClean:
		return append(out, Check{Said, p.oldList(), "nothing sends", fmt.Sprintf("nothing sends through %s any more: newsletters, scanners, web forms", p.oldList())})
	}
	return out
}

// served asks the name servers and resolvers for what a step changed.
func (p *planner) served(s *Step) []Check {
	if len(s.replaced) == 0 {
		return nil
	}
	zone := Display(s.Base.Origin())
	first := s.replaced[0]
	return []Check{
		{DNS, zone, setsOf(s.replaced), fmt.Sprintf("all name servers of %s give the new records: dig +short %s %s at each of them", zone, first.typ, Display(first.owner))},
		{Cache, Display(first.owner), first.typ.String(), fmt.Sprintf("resolvers have forgotten the old %s of %s", first.typ, Display(first.owner))},
	}
}

// mostWanted is how many sets of records or domains a check names: the serial of a name server tells of the rest.
const mostWanted = 20

// setsOf is the sets of records of some answers, as SetsWanted reads them.
func setsOf(all []replaced) string {
	var sets []string
	for _, r := range all {
		if set := Display(r.owner) + " " + r.typ.String(); !slices.Contains(sets, set) && len(sets) < mostWanted {
			sets = append(sets, set)
		}
	}
	return strings.Join(sets, ", ")
}

// SetsWanted is the sets of records that a check of name servers or resolvers wants.
func (c Check) SetsWanted() (names []zonefile.Name, types []zonefile.Type) {
	for set := range strings.SplitSeq(c.Want, ", ") {
		owner, word, _ := strings.Cut(set, " ")
		if c.Kind == Cache {
			owner, word = c.Subject, set
		}
		n, err := zonefile.ParseName(owner, zonefile.Root)
		t, ok := zonefile.ParseType(word)
		if err == nil && ok {
			names, types = append(names, n), append(types, t)
		}
	}
	return names, types
}

// NamesWanted is the names that a check wants: the domains whose mail a host takes, the hosts that a policy lists, the name of an address.
func (c Check) NamesWanted() (names []zonefile.Name) {
	for word := range strings.FieldsSeq(c.Want) {
		if n, err := zonefile.ParseName(word, zonefile.Root); err == nil {
			names = append(names, n)
		}
	}
	return names
}

// words is some names as NamesWanted reads them. Of those that a wildcard makes none is known.
func words(names []zonefile.Name) string {
	var out []string
	for _, n := range names {
		if !n.IsWildcard() && len(out) < mostWanted {
			out = append(out, Display(n))
		}
	}
	return strings.Join(out, " ")
}

// newHostChecks are those of the new hosts before any domain names them.
func (p *planner) newHostChecks(z *zonefile.Zone) []Check {
	var out []Check
	for _, h := range p.To {
		name := Display(h.Name)
		for _, at := range p.machines(h) {
			out = append(out,
				Check{SMTP, at, words(p.moving(z)), at + " answers on port 25, accepts mail for all domains that move, and refuses unknown recipients at RCPT"},
				Check{Relay, at, "refused", at + " relays for nobody"})
		}
		for _, ip := range p.addressesIn(z, h) {
			out = append(out, Check{PTR, ip.String(), name, fmt.Sprintf("the PTR record of %s names %s", ip, name)})
		}
	}
	out = append(out, p.elsewhereChecks(z)...)
	for _, d := range p.moving(z) {
		if len(z.RRset(zonefile.Name("_mta-sts."+d), zonefile.TypeTXT)) > 0 && p.kind != SameHost {
			out = append(out, Check{STS, Display(d), words(names(p.To)), fmt.Sprintf("the MTA-STS policy of %s lists %s, and its id is new", Display(d), p.newList())})
		}
	}
	return out
}

// machines is what is asked for a new host: its name, or, while that leads to another machine, its addresses. Of one machine
// that moves nothing can be asked before.
func (p *planner) machines(h MailHost) []string {
	switch {
	case p.kind != SameHost:
		return []string{Display(h.Name)}
	case p.Single:
		return nil
	}
	var out []string
	for _, ip := range h.Addrs {
		out = append(out, ip.String())
	}
	return out
}

// elsewhereChecks are those of new hosts whose addresses stand in other zones.
func (p *planner) elsewhereChecks(z *zonefile.Zone) []Check {
	var out []Check
	switch records := "records for DKIM and for proving the domain are in the zone: ask the provider for them"; {
	case p.kind == Provider && len(p.SPF) == 0:
		out = append(out, Check{Said, p.newList(), "SPF", "the provider's term is in SPF (--spf include:...), and its " + records})
	case p.kind == Provider:
		out = append(out, Check{Said, p.newList(), "DKIM", "the provider's " + records})
	}
	for _, h := range p.To {
		name := Display(h.Name)
		a := z.Lookup(h.Name, zonefile.TypeA)
		if a.Result != zonefile.Delegated || a.Aliased() {
			continue
		}
		out = append(out, Check{DNS, name, "addresses", fmt.Sprintf("%s has its addresses in the zone %s, which is delegated: no step of this plan writes them", name, Display(a.Cut))})
		if len(h.Addrs) == 0 && len(p.SPF) == 0 && p.kind != BackupAdded {
			out = append(out, Check{Said, name, "SPF", fmt.Sprintf("SPF lets %s send, if it does: its addresses are not known here (%s=192.0.2.1 adds them)", name, name)})
		}
	}
	return out
}

// addressesIn is the addresses of a new host: those that are given, else those that the zone has.
func (p *planner) addressesIn(z *zonefile.Zone, h MailHost) []netip.Addr {
	out := slices.Clone(h.Addrs)
	for _, r := range hostAddresses(z, h.Name) {
		if ip, ok := r.Addr(); ok && len(h.Addrs) == 0 {
			out = append(out, ip)
		}
	}
	return out
}

// testChecks are those of a new host that is named behind the others.
func (p *planner) testChecks(z *zonefile.Zone) []Check {
	var out []Check
	domain := Display(p.moving(z)[0])
	for _, h := range p.To {
		out = append(out, Check{Said, Display(h.Name), "arrives", fmt.Sprintf("a message sent straight to %s arrives: swaks --server %s --to postmaster@%s", Display(h.Name), Display(h.Name), domain)})
	}
	if len(p.From) == 0 || !p.leads(z) { // a backup
		return append(out, Check{Said, p.newList(), "passes on", "what arrives at " + p.newList() + " while the hosts before it are slow reaches the mailboxes"})
	}
	return append(out,
		Check{Said, p.newList(), "arrives", "what arrives at " + p.newList() + ", as it does when a connection to " + p.oldList() + " fails, reaches the mailboxes"},
		Check{Said, p.oldList(), "fixed route", fmt.Sprintf("best from now on: at %s mail of these domains is sent on to %s by a fixed route, not by MX", p.oldList(), p.newList())})
}

// relayChecks are those of an old host that is no longer the best. If it relays by MX while it finds itself as the best,
// it freezes mail as a loop: not before no resolver has the old order. One that never was the best goes on as before.
func (p *planner) relayChecks(s *Step) []Check {
	text := fmt.Sprintf("mail of these domains is no longer delivered at %s: it is sent on by a fixed route, or by MX not before %s after this step is saved; until then it would find itself as the best host and be frozen as a loop",
		p.oldList(), Duration(s.Holds))
	if !p.leads(s.Base) {
		text = fmt.Sprintf("mail that still comes to %s is sent on to the hosts before it, as it was: it never was the best", p.oldList())
	}
	return []Check{
		{Said, p.oldList(), "sends on", text},
		{Said, p.newList(), "arrives", "mail from outside arrives at " + p.newList()},
	}
}

// leads tells whether an old host is the best of any domain, or one of the best: it delivers there, or knows where to.
func (p *planner) leads(z *zonefile.Zone) bool {
	return slices.ContainsFunc(p.moving(z), func(d zonefile.Name) bool {
		x := p.split(z, d)
		return len(x.from) > 0 && best(x.from) <= min(best(x.others), best(x.to))
	})
}

// swapChecks are those of a host that has another address.
func (p *planner) swapChecks(s *Step) []Check {
	host := p.newList()
	if p.Single {
		return []Check{{Said, host, "arrives", "mail from outside arrives at " + host + "'s new address: until the old one is forgotten it waits in senders' queues"}}
	}
	arrives := Check{Said, host, "arrives", "mail from outside arrives at the new address of " + host}
	goes := func(r replaced) bool { return r.owner == p.To[0].Name && !r.none }
	if !slices.ContainsFunc(s.replaced, goes) { // a family comes, and none goes
		return []Check{arrives}
	}
	return []Check{{Said, host, "both", "the machines at the old and the new address both take mail until the next step"}, arrives}
}
