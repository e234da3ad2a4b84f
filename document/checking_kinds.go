package document

// What else is asked of the world about mail servers: the names of their addresses, what caches keep of them, and whether they relay. Each is
// a kind of its own, and the checks of a plan ask by the same questions.

import (
	"context"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// Strangers is the hosts that take mail and are not of the zone, by their addresses: whether these relay is nothing that one asks.
func (c Checking) Strangers() (hosts []zonefile.Name) {
	all, _ := c.Exchanges()
	for _, e := range all {
		own := targets(e.Host, c.Zone.Addresses(e.Host))
		foreign := len(own) == 0
		for _, a := range c.At[e.Host] {
			foreign = foreign || !slices.Contains(own, probe.Target{Host: e.Host, Address: a})
		}
		if foreign {
			hosts = append(hosts, e.Host)
		}
	}
	return hosts
}

// judgeRelay says of each host whether it takes mail for everybody. Those that were not asked are told here, unless they have been.
func (c Checking) judgeRelay(m mailing, told bool) (out Checked) {
	if !told {
		out = m.Checked
	}
	for _, h := range m.hosts {
		i := slices.IndexFunc(m.dialogues, func(d probe.Dialogue) bool { return d.Target == h.Target })
		if i < 0 {
			out.add(c.unasked("relay", h.Target, m.unheard(h.Target)))
			continue
		}
		r := Result{Result: probe.JudgeRelay(c.Zone, m.dialogues[i], c.Now())}
		if !told {
			r.Said = m.dialogues[i].Said
		}
		out.Results = append(out.Results, r)
	}
	return out
}

// reverse asks for the names of each address of each host that takes mail.
func (c Checking) reverse(ctx context.Context) (out Checked) {
	all, _ := c.Exchanges()
	if n := len(all) - mostHosts; n > 0 {
		out.Hosts, all = n, all[:mostHosts]
	}
	var list []probe.Target
	for _, h := range c.hostsOf(ctx, "ptr", all, &out) {
		list = append(list, h.Target)
	}
	c.names(ctx, list, false, &out)
	return out
}

// names asks for the names of addresses, all at once, and for the addresses of these names. With only, the host and no other has to be
// named.
func (c Checking) names(ctx context.Context, list []probe.Target, only bool, out *Checked) {
	if len(c.Servers) == 0 {
		for _, at := range list {
			out.add(c.unasked("ptr", at, "there is no resolver to ask: name one by --resolver"))
		}
		return
	}
	var questions []probe.Question
	for _, at := range list {
		questions = append(questions, namesOf(at))
	}
	answers := c.door.Resolve(ctx, c.Servers, "names of addresses", questions)
	var names []zonefile.Name
	if !only {
		for _, a := range answers {
			names = append(names, probe.NamesOf(a)...)
		}
	}
	back := c.lookUp(ctx, names)
	for _, at := range list {
		a, asked := answers[namesOf(at)]
		if !asked {
			out.add(c.unasked("ptr", at, "the time was over before its turn came"))
			continue
		}
		p := probe.Reversed{Target: at, Only: only, Names: a, Back: map[zonefile.Name][]netip.Addr{}}
		for _, n := range probe.NamesOf(a) {
			if answered(back, n) {
				p.Back[n] = nil
				for _, t := range addressesIn(back, n) {
					p.Back[n] = append(p.Back[n], t.Address)
				}
			}
		}
		out.add(probe.JudgePTR(c.Zone, p, c.Now()))
	}
}

// namesOf is the question for the names of an address.
func namesOf(t probe.Target) probe.Question {
	return probe.Question{Name: zonefile.Backwards(t.Address.Unmap()), Type: zonefile.TypePTR}
}

// caches asks caches what they keep of the MX records of the domains, and of the addresses of their hosts.
func (c Checking) caches(ctx context.Context) (out Checked) {
	var questions []probe.Question
	for _, q := range probe.Sets(c.Zone, c.Domains) {
		if q.Type == zonefile.TypeMX || q.Type == zonefile.TypeA || q.Type == zonefile.TypeAAAA {
			questions = append(questions, q)
		}
	}
	if n := len(questions) - MaxQuestions; n > 0 {
		out.Beyond, questions = n, questions[:MaxQuestions]
	}
	of := c.Zone.Origin().Plain()
	if c.door.Many {
		of = "the zones"
	}
	c.kept(ctx, "what it keeps of "+of, questions, &out)
	return out
}

// kept asks each cache for sets of records.
func (c Checking) kept(ctx context.Context, what string, questions []probe.Question, out *Checked) {
	caches := c.Caches
	if len(caches) == 0 {
		caches = c.Servers
	}
	if len(caches) == 0 {
		out.add(c.unasked("cache", probe.Target{}, "there is no resolver to ask: name one by --cache"))
	}
	came := make([]map[probe.Question]probe.Answer, len(caches))
	var all crash.Group
	for i, s := range caches {
		all.Go(func() { came[i] = c.door.Resolve(ctx, []netip.AddrPort{s}, what, questions) })
	}
	all.Wait()
	for i, s := range caches {
		for _, q := range questions {
			a, asked := came[i][q]
			if !asked {
				out.add(c.unasked("cache", probe.Target{Host: q.Name, Address: s.Addr()}, "the time was over before its turn came"))
				continue
			}
			out.add(probe.JudgeCache(c.Zone, probe.Cached{Question: q, At: s.Addr(), Answer: a}, c.Now()))
		}
	}
}
