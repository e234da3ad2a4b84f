package document

// The checks of a plan's step, asked of the world: each by the kind of question that it is, and no destination twice. What came is judged
// as by a check without a plan; here it is put to the check that wanted it.

import (
	"context"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// Steps asks what the checks of a step want to know, until ctx ends.
func (c Checking) Steps(ctx context.Context, s StepChecks, how Mailing) StepChecks {
	c = c.open()
	s.Checks = slices.Clone(s.Checks)
	mails := c.stepHosts(ctx, s)
	dialogues := c.door.AskMail(ctx, mails.hosts(), probe.Talk{HELO: how.HELO, Patience: how.Patience, Roots: how.roots(), Now: c.Now})
	for i := range s.Checks {
		check := &s.Checks[i]
		var out Checked
		switch check.Kind {
		case preview.DNS:
			c.stepServers(ctx, check.Check, &out)
		case preview.Cache:
			c.stepCaches(ctx, check.Check, &out)
		case preview.PTR:
			c.stepPTR(ctx, check.Check, &out)
		case preview.SMTP:
			c.stepMail(ctx, mails[check.Subject], dialogues, &out)
		case preview.Relay:
			c.stepRelay(mails[check.Subject], dialogues, &out)
		case preview.STS:
			c.stepPolicy(ctx, check.Check, s.Step.Base, how, &out)
		}
		check.Results = slices.Concat(check.Results, out.Results)
		if len(check.Results) == 0 {
			check.Results = []Result{{Result: c.unasked(string(check.Kind), probe.Target{}, "nobody is there to ask")}}
		}
	}
	return s
}

// stepServers asks all name servers of the zone for sets of records, or DNS for the addresses of a host of another zone.
func (c Checking) stepServers(ctx context.Context, check preview.Check, out *Checked) {
	if names, types := check.SetsWanted(); len(names) > 0 || check.Want == "" {
		var sets []probe.Question
		for i := range names {
			sets = append(sets, probe.Question{Name: names[i], Type: types[i]})
		}
		c.serve(ctx, sets, out)
		return
	}
	for _, host := range subjects(check) {
		found := c.resolve(ctx, "dns", []zonefile.Name{host}, out)
		if len(found) == 0 {
			continue
		}
		r := probe.Result{Kind: "dns", Subject: c.Zone.Origin(), Host: host, Asked: "addresses", State: probe.OK, At: c.Now()}
		for _, t := range found {
			r.Seen = strings.TrimPrefix(r.Seen+", "+t.Address.String(), ", ")
		}
		out.add(r)
	}
}

// subjects is the name that a check is about; none if it is about none.
func subjects(check preview.Check) []zonefile.Name {
	return preview.Check{Want: check.Subject}.NamesWanted()
}

// stepCaches asks each cache for the set of records that it may have kept.
func (c Checking) stepCaches(ctx context.Context, check preview.Check, out *Checked) {
	names, types := check.SetsWanted()
	for i := range names {
		q := probe.Question{Name: names[i], Type: types[i]}
		for _, s := range c.Servers {
			a, asked := c.door.Resolve(ctx, []netip.AddrPort{s}, "what it keeps of "+check.Subject, []probe.Question{q})[q]
			r := probe.Result{Kind: "cache", Subject: c.Zone.Origin(), Host: q.Name, Address: s.Addr(), Asked: q.Type.String(), At: c.Now(), State: probe.OK}
			switch {
			case !asked || a.Err != nil:
				r.State, r.Means = probe.Unknown, "no sure answer: nothing is said by it"
			case !maps.Equal(dataOf(a.Zone(c.Zone.Origin()), q), dataOf(c.Zone, q)):
				r.State, r.Seen, r.Means = probe.Waits, strings.Join(slices.Sorted(maps.Keys(dataOf(a.Zone(c.Zone.Origin()), q))), ", "), "it keeps what was there before"
			default:
				r.Seen = "as in the file"
			}
			out.add(r)
		}
	}
}

// dataOf is the data of a set of records.
func dataOf(z *zonefile.Zone, q probe.Question) map[string]bool {
	out := map[string]bool{}
	for _, r := range z.Lookup(q.Name, q.Type).Records {
		out[r.CanonicalRData()] = true
	}
	return out
}

// stepPTR asks for the names of an address.
func (c Checking) stepPTR(ctx context.Context, check preview.Check, out *Checked) {
	ip, err := netip.ParseAddr(check.Subject)
	if err != nil {
		return
	}
	host := zonefile.Name("")
	if wanted := check.NamesWanted(); len(wanted) > 0 {
		host = wanted[0]
	}
	at := probe.Target{Host: host, Address: ip}
	if len(c.Servers) == 0 {
		out.add(c.unasked("ptr", at, "there is no resolver to ask: name one by --resolver"))
		return
	}
	q := probe.Question{Name: zonefile.Backwards(ip.Unmap()), Type: zonefile.TypePTR}
	a, asked := c.door.Resolve(ctx, c.Servers, "names of addresses", []probe.Question{q})[q]
	r := probe.Result{Kind: "ptr", Subject: c.Zone.Origin(), Host: host, Address: ip, Asked: "PTR", At: c.Now(), State: probe.OK}
	var names []zonefile.Name
	for p := range a.Zone(zonefile.Root).RecordsOf(zonefile.TypePTR) {
		if n, ok := p.Target(); ok {
			names = append(names, n)
			r.Seen = strings.TrimPrefix(r.Seen+", "+string(n), ", ")
		}
	}
	switch {
	case !asked || a.Err != nil:
		r.State, r.Means = probe.Unknown, "no sure answer: nothing can be said"
	case len(names) == 0:
		r.State, r.Seen, r.Means, r.Fix = probe.Differs, "no PTR record", "many hosts refuse what an address without a name sends", "let who has the network write it"
	case !slices.Contains(names, host):
		r.State, r.Means, r.Fix = probe.Differs, "the host is another", "let who has the network write "+preview.Display(host)
	}
	out.add(r)
}

// stepHost is what a mail server is asked for the checks of a step.
type stepHost struct {
	domains []zonefile.Name
	targets []probe.Target
	others  Checked // those that are not asked
	theirs  bool    // it is no host of this zone: whether it takes mail for others is not asked
}

// stepHosts is the mail servers of a step, by the subjects of its checks.
type stepHosts map[string]*stepHost

// relayed is a domain that nobody has (RFC 2606): who takes its mail takes everybody's.
const relayed zonefile.Name = "mailzone-test.invalid."

// stepHosts finds out where the mail servers of a step are.
func (c Checking) stepHosts(ctx context.Context, s StepChecks) stepHosts {
	all := stepHosts{}
	for _, check := range s.Checks {
		if check.Kind != preview.SMTP && check.Kind != preview.Relay {
			continue
		}
		h := all[check.Subject]
		if h == nil {
			h = &stepHost{}
			all[check.Subject] = h
			c.placeHost(ctx, check.Subject, s.host, h)
		}
		if check.Kind == preview.SMTP {
			wanted := check.NamesWanted()
			h.domains = append(wanted[:min(len(wanted), mostDomains)], h.domains...)
		} else if !h.theirs {
			h.domains = append(h.domains, relayed)
		}
	}
	return all
}

// placeHost finds the addresses of a subject: those that the zone or DNS has of a name, or the one that it is.
func (c Checking) placeHost(ctx context.Context, subject string, host zonefile.Name, h *stepHost) {
	if ip, err := netip.ParseAddr(subject); err == nil {
		h.targets = []probe.Target{{Host: host, Address: ip}}
	} else if names := (preview.Check{Want: subject}).NamesWanted(); len(names) > 0 {
		h.theirs = c.Zone.Addresses(names[0]).Result == zonefile.Outside
		for _, found := range c.hostsOf(ctx, "smtp", []Exchange{{Host: names[0]}}, &h.others) {
			h.targets = append(h.targets, found.Target)
		}
		return
	}
	h.targets = slices.DeleteFunc(h.targets, func(t probe.Target) bool {
		why := c.door.Barred(t.Address)
		if why != "" {
			h.others.add(c.unasked("smtp", t, why))
		}
		return why != ""
	})
}

// hosts is all of them as they are asked.
func (all stepHosts) hosts() (list []probe.Host) {
	for _, subject := range slices.Sorted(maps.Keys(all)) {
		for _, t := range all[subject].targets {
			list = append(list, probe.Host{Target: t, Domains: all[subject].domains})
		}
	}
	return list
}

// stepMail judges whether a host takes the mail of the domains, and what DANE demands of it.
func (c Checking) stepMail(ctx context.Context, h *stepHost, dialogues []probe.Dialogue, out *Checked) {
	*out = out.And(h.others)
	tlsa := c.tlsa(ctx, dialogues)
	open := slices.ContainsFunc(dialogues, func(d probe.Dialogue) bool { return d.Connect == nil })
	for _, t := range h.targets {
		i := slices.IndexFunc(dialogues, func(d probe.Dialogue) bool { return d.Target == t })
		if i < 0 {
			out.add(c.unasked("smtp", t, "the time was over before its turn came"))
			continue
		}
		d := dialogues[i]
		d.Postmaster = maps.Clone(d.Postmaster)
		delete(d.Postmaster, relayed)
		m := probe.Mail{Zone: c.Zone, Policies: c.unjudged(t.Host, []Exchange{{t.Host, h.domains}}, false), Others: open}
		out.Results = append(out.Results, Result{probe.JudgeMail(m, d, c.Now()), d.Said})
		if a, asked := tlsaFor(tlsa, d); asked {
			if r, has := probe.JudgeDANE(m, d, a, c.trusts(), c.Now()); has {
				out.add(r)
			}
		}
	}
}

// stepRelay judges whether a host takes the mail of a domain that is nobody's.
func (c Checking) stepRelay(h *stepHost, dialogues []probe.Dialogue, out *Checked) {
	for _, t := range h.targets {
		r := probe.Result{Kind: "relay", Subject: c.Zone.Origin(), Host: t.Host, Address: t.Address, Asked: "a recipient of others", At: c.Now()}
		i := slices.IndexFunc(dialogues, func(d probe.Dialogue) bool { return d.Target == t })
		switch {
		case h.theirs:
			r.State, r.Means = probe.NotAsked, "it is a host of others"
		case i < 0 || dialogues[i].Postmaster[relayed].Code == 0:
			r.State, r.Means = probe.Unknown, "the dialogue did not come to it: nothing can be said"
		default:
			r = judgeRelay(r, dialogues[i].Postmaster[relayed])
		}
		out.add(r)
	}
	if h.theirs && len(h.targets) == 0 {
		*out = out.And(h.others)
	}
}

// judgeRelay says what the answer for a recipient of others means.
func judgeRelay(r probe.Result, a probe.SMTPReply) probe.Result {
	r.Seen = fmt.Sprintf("%s: %d %s", relayed, a.Code, strings.Join(a.Lines, " "))
	switch a.Code / 100 {
	case 2:
		r.State, r.Means, r.Fix = probe.Bad, "it takes mail for everybody, and will be used by who sends spam", "let it refuse recipients of domains that are not its own"
	case 5:
		r.State = probe.OK
	default:
		r.State, r.Means = probe.Unknown, "it says so of everybody whom it does not know, perhaps: nothing can be said"
	}
	return r
}

// stepPolicy fetches the policy of a domain and judges whether it lists the hosts.
func (c Checking) stepPolicy(ctx context.Context, check preview.Check, before *zonefile.Zone, how Mailing, out *Checked) {
	for _, domain := range subjects(check) {
		var list []probe.Target
		for _, h := range c.hostsOf(ctx, "sts", []Exchange{{"mta-sts." + domain, []zonefile.Name{domain}}}, out) {
			list = append(list, h.Target)
		}
		record, _ := probe.PolicyRecord(c.Zone, domain)
		_, mx := c.Policies()
		hosts := slices.Concat(mx[domain], check.NamesWanted())
		for _, f := range c.door.AskPolicies(ctx, list, probe.Talk{Roots: how.roots(), Now: c.Now}) {
			r := probe.JudgePolicy(domain, record, hosts, f, c.Now()).Result
			if was, _ := probe.PolicyRecord(before, domain); r.State == probe.OK && was == record {
				r.Means = strings.TrimPrefix(r.Means+"; the id is that of before the move: it has to be newer than the policy", "; ")
			}
			out.add(r)
		}
	}
}
