package document

// Some zones asked about in one run: each destination is told once, no host is greeted twice, however many zones name it, and nobody is asked
// the same again. One zone is some zones of which there is one.

import (
	"context"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// zonesAtOnce is how many zones are asked about at once, for each kind: while one waits for a server, others go on.
const zonesAtOnce = 64

// Ask asks all kinds that are wanted side by side, until ctx ends. What demands something of a host is judged where both were asked: the
// policy and the host.
func (c Checking) Ask(ctx context.Context, kinds Kinds, how Mailing) Checked {
	return AskAll(ctx, []Checking{c}, kinds, how)[0]
}

// AskAll asks about all zones, which are asked in the same way, and has what came of each. The limits of what is asked hold for each zone;
// those of how much at once for all, and that an address is asked about few hosts.
func AskAll(ctx context.Context, list []Checking, kinds Kinds, how Mailing) []Checked {
	if len(list) == 0 {
		return nil
	}
	r := newRound(list)
	var all crash.Group
	for _, k := range []struct {
		wanted bool
		ask    func(i int)
	}{
		{kinds.DNS, func(i int) { r.dns[i] = r.list[i].DNS(ctx) }},
		{kinds.PTR, func(i int) { r.ptr[i] = r.list[i].reverse(ctx) }},
		{kinds.Cache, func(i int) { r.caches[i] = r.list[i].caches(ctx) }},
		{kinds.STS, func(i int) { r.policies[i], r.demands[i] = r.list[i].policies(ctx, how) }},
	} {
		if k.wanted {
			all.Go(func() { crash.AtOnce(len(list), zonesAtOnce, k.ask) })
		}
	}
	if kinds.SMTP || kinds.Relay {
		all.Go(func() { r.greetAll(ctx, kinds, how) })
	}
	all.Wait()
	out := make([]Checked, len(list))
	for i := range list {
		out[i] = r.judged(i, kinds)
	}
	return out
}

// round is what came of a run, for each zone.
type round struct {
	list                       []Checking
	dns, ptr, caches, policies []Checked
	demands                    []map[zonefile.Name]probe.Demand
	mail                       []mailing
	heard                      []probe.Dialogue // of all hosts
}

// newRound is a run of which nothing has come. All zones go out by one way.
func newRound(list []Checking) *round {
	n, first := len(list), list[0].open()
	r := &round{list: slices.Clone(list), dns: make([]Checked, n), ptr: make([]Checked, n), caches: make([]Checked, n), policies: make([]Checked, n),
		demands: make([]map[zonefile.Name]probe.Demand, n), mail: make([]mailing, n)}
	if n > 1 {
		first.door.Many = true
	}
	for i := range r.list {
		r.list[i].door, r.list[i].taken = first.door, new(destinations)
	}
	return r
}

// greetAll asks each address of each host that takes mail, once for all zones. No message is sent.
func (r *round) greetAll(ctx context.Context, kinds Kinds, how Mailing) {
	crash.AtOnce(len(r.list), zonesAtOnce, func(i int) { r.mail[i] = r.list[i].places(ctx, kinds) })
	hosts, crowded := r.hosts()
	first := r.list[0]
	first.greet(ctx, hosts, how)
	r.heard = first.door.AskMail(ctx, hosts, probe.Talk{HELO: how.HELO, Patience: how.Patience, Roots: how.roots(), Now: first.Now})
	at := map[probe.Target]probe.Dialogue{}
	for _, d := range r.heard {
		at[d.Target] = d
	}
	crash.AtOnce(len(r.list), zonesAtOnce, func(i int) {
		m := &r.mail[i]
		m.crowded = crowded
		for _, h := range m.hosts {
			if d, came := at[h.Target]; came {
				m.dialogues = append(m.dialogues, d.About(h.Real, h.Domains))
			}
		}
		if kinds.SMTP {
			m.tlsa = r.list[i].tlsa(ctx, m.dialogues)
		}
	})
}

// hosts is all hosts that take mail, each once, with the first of the domains of all zones as recipients, and those that are left out, for
// others are at the same address.
func (r *round) hosts() (hosts []probe.Host, crowded map[probe.Target]bool) {
	at, crowd := map[probe.Target]int{}, map[netip.Addr]int{}
	crowded = map[probe.Target]bool{}
	for _, m := range r.mail {
		for _, h := range m.hosts {
			i, known := at[h.Target]
			switch {
			case known:
				hosts[i].Domains = recipients(hosts[i].Domains, h.Domains)
			case crowded[h.Target]:
			case crowd[h.Address] == mostHosts:
				crowded[h.Target] = true
			default:
				at[h.Target] = len(hosts)
				crowd[h.Address]++
				hosts = append(hosts, h)
			}
		}
	}
	return hosts, crowded
}

// recipients is the first domains of both, each once.
func recipients(list, more []zonefile.Name) []zonefile.Name {
	for _, domain := range more {
		if len(list) < mostDomains && !slices.Contains(list, domain) {
			list = append(slices.Clip(list), domain)
		}
	}
	return list
}

// judged is what all that came means for a zone.
func (r *round) judged(i int, kinds Kinds) Checked {
	c, out := r.list[i], r.dns[i]
	if kinds.SMTP {
		out = out.And(c.judgeMail(r.mail[i], r.heard, r.demands[i]))
	}
	if kinds.Relay {
		out = out.And(c.judgeRelay(r.mail[i], kinds.SMTP))
	}
	return out.And(r.policies[i]).And(r.ptr[i]).And(r.caches[i])
}
