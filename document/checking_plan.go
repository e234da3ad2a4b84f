package document

// The checks of a plan's step, asked of the world: each by the kind of question that it is, and no destination twice. What came is judged
// as by a check without a plan; here it is put to the check that wanted it.

import (
	"context"
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
	c.greet(ctx, mails.hosts(), how)
	dialogues := c.door.AskMail(ctx, mails.hosts(), probe.Talk{HELO: how.HELO, Patience: how.Patience, Roots: how.roots(), Now: c.Now})
	for i := range s.Checks {
		check := &s.Checks[i]
		var out Checked
		switch check.Kind {
		case preview.DNS:
			c.stepServers(ctx, &s, check.Check, &out)
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

// Asks tells whether a check of the step asks a host by SMTP.
func (s StepChecks) Asks(host zonefile.Name) bool {
	return slices.ContainsFunc(s.Checks, func(c StepCheck) bool {
		return (c.Kind == preview.SMTP || c.Kind == preview.Relay) && slices.Contains(subjects(c.Check), host)
	})
}

// stepServers asks all name servers of the zone for sets of records, or DNS for the addresses of a host of another zone.
func (c Checking) stepServers(ctx context.Context, s *StepChecks, check preview.Check, out *Checked) {
	if names, types := check.SetsWanted(); len(names) > 0 || check.Want == "" {
		var sets []probe.Question
		for i := range names {
			sets = append(sets, probe.Question{Name: names[i], Type: types[i]})
		}
		if _, all := c.serve(ctx, sets, out); all && s.Everywhere.Before(c.Now()) {
			s.Everywhere = c.Now()
		}
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
	var questions []probe.Question
	for i := range names {
		questions = append(questions, probe.Question{Name: names[i], Type: types[i]})
	}
	c.kept(ctx, "what it keeps of "+check.Subject, questions, out)
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
	c.names(ctx, []probe.Target{{Host: host, Address: ip}}, true, out)
}

// stepHost is what a mail server is asked for the checks of a step.
type stepHost struct {
	domains []zonefile.Name
	targets []probe.Target
	others  Checked // those that are not asked
	relay   bool    // it is asked whether it relays
	theirs  bool    // it is no host of this zone: whether it takes mail for others is not asked
}

// stepHosts is the mail servers of a step, by the subjects of its checks.
type stepHosts map[string]*stepHost

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
		} else {
			h.relay = !h.theirs
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
	h.targets = c.admitted("smtp", h.targets, c.door.Barred, &h.others)
}

// hosts is all of them as they are asked.
func (all stepHosts) hosts() (list []probe.Host) {
	for _, subject := range slices.Sorted(maps.Keys(all)) {
		for _, t := range all[subject].targets {
			list = append(list, probe.Host{Target: t, Domains: all[subject].domains, Relay: all[subject].relay})
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
		i := slices.IndexFunc(dialogues, func(d probe.Dialogue) bool { return d.Target == t })
		switch {
		case h.theirs:
			out.add(c.unasked("relay", t, "it is a host of others"))
		case i < 0:
			out.add(c.unasked("relay", t, "the time was over before its turn came"))
		default:
			out.add(probe.JudgeRelay(c.Zone, dialogues[i], c.Now()))
		}
	}
	if h.theirs && len(h.targets) == 0 {
		*out = out.And(h.others)
	}
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
