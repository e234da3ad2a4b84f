package preview

// What a move is asked to do, and why it cannot be done: each refusal names the host or domain, the reason, the remedy.

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// newPlanner finds out what the move is, and refuses what cannot be.
func newPlanner(z *zonefile.Zone, m Migration, past Past) (*planner, error) {
	m.From, m.To = unmapped(m.From), unmapped(m.To)
	p := &planner{
		Migration: m, past: past, start: z, aliases: map[zonefile.Name]bool{},
		signing: map[*zonefile.Zone]map[zonefile.Name][]zonefile.Record{}, domains: map[*zonefile.Zone][]zonefile.Name{},
		lacking: map[*zonefile.Zone][]hostAddress{}, reached: map[*zonefile.Zone]phase{},
	}
	if err := p.named(); err != nil {
		return nil, err
	}
	hosts := p.exchanges(z)
	if len(hosts) == 0 {
		return nil, fmt.Errorf("%s has no MX records that lead to a host: there is none to leave, and none to stand behind: add the first MX record as an edit", Display(z.Origin()))
	}
	p.kind = p.kindOf(p.first()) // same names at both ends tell it before the domains are looked at; a step does not change it
	for _, check := range []func(*zonefile.Zone) error{p.apart, p.readable, p.addressed} {
		if err := check(z); err != nil {
			return nil, err
		}
	}
	return p, p.something(z, hosts)
}

// unmapped is hosts with their IPv4 addresses as such, which is how senders connect to them.
func unmapped(hosts []MailHost) []MailHost {
	out := slices.Clone(hosts)
	for i, h := range hosts {
		out[i].Addrs = nil
		for _, ip := range h.Addrs {
			out[i].Addrs = append(out[i].Addrs, ip.Unmap())
		}
	}
	return out
}

// named refuses hosts that no mail can be sent to, by their names and the addresses that are given.
func (p *planner) named() error {
	if len(p.From)+len(p.To) == 0 {
		return errors.New("a move leads from one host to another: name them")
	}
	seen := map[zonefile.Name]bool{}
	for _, h := range p.To {
		if seen[h.Name] {
			return fmt.Errorf("%s is named twice as a new host: name it once, with all its addresses", Display(h.Name))
		}
		seen[h.Name] = true
		if err := hostName(p.start, h.Name); err != nil {
			return err
		}
	}
	seen = map[zonefile.Name]bool{}
	for _, h := range p.From {
		switch {
		case h.Name == zonefile.Root:
			return errors.New("the root is no host: name the old host")
		case seen[h.Name]:
			return fmt.Errorf("%s is named twice as an old host: name it once, with all its addresses", Display(h.Name))
		}
		seen[h.Name] = true
		p.own = append(p.own, provider(h.Name))
	}
	return spfTerms(p.SPF)
}

// spfTerms refuses terms that let nobody send, and those that are none: a record with one is broken as a whole (RFC 7208 §4.6).
func spfTerms(terms []string) error {
	for _, term := range terms {
		shown := zonefile.Printable(term, false)
		spf := policy.ParseSPF("v=spf1 " + term)
		switch {
		case len(spf.Terms) != 1:
			return fmt.Errorf("--spf %s: give one SPF term, as include:spf.provider.example", shown)
		case spf.Broken():
			return fmt.Errorf("--spf %s: %s", shown, zonefile.Printable(spf.Terms[0].Faults[0].Text, false))
		case spf.Terms[0].Modifier, spf.Terms[0].IsAll():
			return fmt.Errorf("--spf %s names no hosts: give the term by which the new ones send, as include:spf.provider.example", shown)
		case spf.PassesNobody():
			return fmt.Errorf("--spf %s lets nobody send: give the term without its sign", shown)
		}
	}
	return nil
}

// hostName refuses names that no sender looks up as a host (RFC 5321 §2.3.5, RFC 1123 §2.1).
func hostName(z *zonefile.Zone, n zonefile.Name) error {
	text := Display(n)
	switch {
	case isLiteral(n):
		return fmt.Errorf("%s is an address, and an MX has the name of a host (RFC 5321 section 5.1): write NAME=%s", text, text)
	case n == zonefile.Root:
		return errors.New("an MX that leads to the root says that no mail is taken (RFC 7505): name a host")
	case n.Within("invalid."):
		return fmt.Errorf("%s: names in invalid never have an address (RFC 6761 section 6.4): name a host", text)
	case n.Labels() < 2:
		return fmt.Errorf("%s has one label: write %s.%s", text, text, Display(z.Origin()))
	}
	for label := range strings.SplitSeq(text, ".") {
		for _, c := range []byte(label) {
			if c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
				return fmt.Errorf("%s is no name of a host: a label has letters, digits and hyphens", zonefile.Printable(text, false))
			}
		}
		if strings.Trim(label, "-") != label { // BIND: check-names refuses the zone, as it does with an underscore
			return fmt.Errorf("%s is no name of a host: a label neither starts nor ends with a hyphen", text)
		}
	}
	return nil
}

// exchanges is the hosts that MX records lead to; on the way it finds those that are the old hosts by another name.
func (p *planner) exchanges(z *zonefile.Zone) []zonefile.Name {
	var hosts []zonefile.Name
	seen := map[zonefile.Name]bool{}
	for r := range z.Records() {
		t, ok := r.Target()
		if r.Type() != zonefile.TypeMX || !ok || r.IsNullMX() || seen[t] {
			continue
		}
		seen[t] = true
		hosts = append(hosts, t)
		p.exact = p.exact || len(p.From) > 0 && t == p.From[0].Name
	}
	for _, t := range hosts {
		if a := z.Lookup(t, zonefile.TypeA); a.Aliased() && p.old(a.Name) {
			p.aliases[t] = true
		}
	}
	return hosts
}

// apart refuses hosts that are old and new at once.
func (p *planner) apart(*zonefile.Zone) error {
	if p.kind == SameHost {
		if len(p.To) > 1 {
			return fmt.Errorf("%s keeps its name and gets another address: do that first, and then add other hosts", Display(p.To[0].Name))
		}
		return nil
	}
	for _, h := range p.To {
		if !p.old(h.Name) {
			continue
		}
		if old := p.From[0].Name; h.Name.Below(old) {
			return fmt.Errorf("%s stands for all hosts in it, %s too: name the old host itself", Display(old), Display(h.Name))
		}
		return fmt.Errorf("%s is an old host and a new one: move the others first, then change its address by itself", Display(h.Name))
	}
	return nil
}

// Unreadable is a record that a move would write anew and nobody can read: a fault of the zone, not of the request.
type Unreadable struct {
	Record  zonefile.Record
	Problem zonefile.Problem
}

// Error is the place, what is wrong there, and the remedy.
func (u *Unreadable) Error() string {
	return fmt.Sprintf("%s: put this %s record of %s right or comment it out, and then move mail", u.Problem, u.Record.Type(), Display(u.Record.Owner()))
}

// readable refuses records that nobody can read among those that a move writes anew: they would say something else then.
func (p *planner) readable(z *zonefile.Zone) error {
	var all []zonefile.Record
	for _, d := range p.moving(z) {
		all = append(all, z.RRset(d, zonefile.TypeMX)...)
	}
	for _, h := range p.To {
		all = append(all, hostAddresses(z, h.Name)...)
	}
	for _, r := range all {
		row := z.RowAt(r.File(), r.Span().Start)
		if bad, _ := row.Problem(); row.Unread() {
			return &Unreadable{r, bad}
		}
	}
	return nil
}

// addressed makes sure that each new host has the addresses that it is to have, and no others.
func (p *planner) addressed(z *zonefile.Zone) error {
	for _, h := range p.To {
		if err := p.addressOf(z, h); err != nil {
			return err
		}
		for _, ip := range h.Addrs {
			if err := reachable(z, h.Name, ip); err != nil {
				return err
			}
		}
	}
	return nil
}

// addressOf refuses a new host that would have no address, or one that nobody spoke of.
func (p *planner) addressOf(z *zonefile.Zone, h MailHost) error {
	name := Display(h.Name)
	a := z.Lookup(h.Name, zonefile.TypeA)
	if a.Aliased() && a.Via[0].Owner() == h.Name {
		return fmt.Errorf("%s is an alias, and an MX must not lead to one (RFC 5321 section 5.1): name %s", name, Display(a.Name))
	}
	if a.Aliased() && a.Via[0].Type() == zonefile.TypeDNAME {
		return fmt.Errorf("%s is below a DNAME (%s), where the zone can hold no address of it: name %s", name, a.Via[0].Place(), Display(a.Name))
	}
	if !p.inside(z, h.Name) {
		if p.kind == SameHost {
			return fmt.Errorf("%s is not in %s: its address changes where it stands", name, Display(z.Origin()))
		}
		return nil
	}
	have := hostAddresses(z, h.Name)
	if len(h.Addrs) == 0 && p.kind == SameHost {
		return fmt.Errorf("%s keeps its name: give its new address, %s=192.0.2.1", name, name)
	}
	if len(h.Addrs) == 0 && len(have) == 0 {
		return fmt.Errorf("%s has no address in %s: give its addresses, %s=192.0.2.1", name, Display(z.Origin()), name)
	}
	if len(h.Addrs) == 0 || p.kind == SameHost {
		return nil
	}
	if more := p.surplus(z, h); len(more) > 0 && !p.Replace {
		var lines []string
		for _, r := range more {
			lines = append(lines, fmt.Sprintf("%s (%s)", r.RDataText(), r.Place()))
		}
		return fmt.Errorf("%s has addresses already that are not named: %s. Mail would be sent there too: name them, if that machine takes this mail, or take them out with --replace-addresses",
			name, strings.Join(lines, ", "))
	}
	return sameFamilies(z, h)
}

// sameFamilies refuses addresses of a host that leave a sender with none where it had one, of the name itself or of a wildcard
// that covers it: of other families, or without IPv4. A resolver may have the old answer for one family, that there is no
// address, and the new one for the other.
func sameFamilies(z *zonefile.Zone, h MailHost) error {
	had := append(standing(z, h.Name, zonefile.TypeA), standing(z, h.Name, zonefile.TypeAAAA)...)
	was, is := addressTypes(had), addressTypes(h.Addrs)
	kept := func(t zonefile.Type) bool { return slices.Contains(is, t) }
	if len(was) == 0 || slices.ContainsFunc(was, kept) && (kept(zonefile.TypeA) || !slices.Contains(was, zonefile.TypeA)) {
		return nil
	}
	return fmt.Errorf("%s is found at %s now, and would be at %s: for a while senders would find no address: give it one of that family, too", Display(h.Name), had[0], h.Addrs[0])
}

// reachable refuses an address that mail from the Internet cannot be sent to.
func reachable(z *zonefile.Zone, host zonefile.Name, ip netip.Addr) error {
	s := zonefile.SpecialAddress(ip.Unmap())
	switch s.Reach {
	case zonefile.Nobody:
		return fmt.Errorf("%s: %s is %s, and no packet can be sent there: give the host's own address", Display(host), ip, s.Is)
	case zonefile.Oneself:
		return fmt.Errorf("%s: %s is %s: whoever sends there sends to itself: give the host's own address", Display(host), ip, s.Is)
	case zonefile.Neighbours:
		if zonefile.Public(z.Origin()) {
			return fmt.Errorf("%s: %s is %s, so only senders of its own network reach it: give the address that the Internet sees", Display(host), ip, s.Is)
		}
	}
	return nil
}

// something refuses a move of nothing.
func (p *planner) something(z *zonefile.Zone, hosts []zonefile.Name) error {
	zone := Display(z.Origin())
	for _, d := range p.Domains {
		if len(p.split(z, d).all()) == 0 && p.kind != BackupAdded || len(z.RRset(d, zonefile.TypeMX)) == 0 {
			return fmt.Errorf("%s has no MX record that leads to %s: there is nothing to move", Display(d), p.hostList())
		}
	}
	switch {
	case len(p.moving(z)) == 0, p.mistaken(z):
		return fmt.Errorf("no MX record of %s leads to %s: name the host that they lead to, %s", zone, p.oldList(), list(hosts, "or"))
	}
	return p.left(z)
}

// mistaken tells a move whose old hosts are nowhere while the new ones stand behind others: it has not ended, its old host
// has another name.
func (p *planner) mistaken(z *zonefile.Zone) bool {
	behind := false
	for _, d := range p.moving(z) {
		x := p.split(z, d)
		if len(x.from) > 0 {
			return false
		}
		behind = behind || len(x.others) > 0 && best(x.others) < best(x.to)
	}
	return behind && len(p.From) > 0 && len(p.To) > 0 && p.kind != SameHost && p.past.Before == nil
}

// left refuses to take the last host from a domain.
func (p *planner) left(z *zonefile.Zone) error {
	if p.kind != BackupRemoved {
		return nil
	}
	for _, d := range p.moving(z) {
		if x := p.split(z, d); len(x.from) > 0 && !slices.ContainsFunc(x.others, notNull) {
			return fmt.Errorf("without %s there is no host left for %s: name a new one, and it is a move", p.oldList(), Display(d))
		}
	}
	return nil
}

// kindOf is the kind of a move that is possible.
func (p *planner) kindOf(z *zonefile.Zone) Kind {
	switch {
	case len(p.From) == 0:
		return BackupAdded
	case len(p.To) == 0:
		return BackupRemoved
	case p.From[0].Name == p.To[0].Name && len(p.From) == 1:
		return SameHost
	}
	several := len(p.From) > 1
	for _, d := range p.moving(z) {
		x := p.split(z, d)
		if p.amongEquals(x) {
			return OneOfEquals
		}
		several = several || len(x.from) > 1
	}
	switch {
	case several:
		return SeveralHosts
	case !p.To[0].Name.Within(z.Origin()): // below a delegation a host is one's own, too
		return Provider
	}
	return NewHost
}

// amongEquals tells whether an old host shares its preference with one that stays.
func (p *planner) amongEquals(x split) bool {
	for _, old := range x.from {
		for _, other := range x.others {
			if samePreference(old) == samePreference(other) {
				return true
			}
		}
	}
	return false
}
