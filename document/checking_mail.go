package document

// The mail servers of a zone, asked on request: which hosts take the mail of which domains, where they are, and what the zone says of them
// that demands more than a sender does who verifies nothing.

import (
	"context"
	"crypto/x509"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// Limits of what mail servers are asked.
const (
	mostHosts   = 20 // exchanges
	mostDomains = 10 // of a host: each is a recipient
)

// Mailing is how mail servers are asked.
type Mailing struct {
	HELO     string         // what this machine calls itself
	Own      bool           // that is its own name, and nobody gave it
	Patience time.Duration  // for a banner
	CAs      *x509.CertPool // who signs certificates; nil: those that the system knows
}

// Exchange is a host that takes mail, and of which domains.
type Exchange struct {
	Host    zonefile.Name
	Domains []zonefile.Name
}

// Exchanges is the hosts that take mail of the domains that are asked about, those of smaller preference first, and the domains that take
// none by a null MX.
func (c Checking) Exchanges() (list []Exchange, none []zonefile.Name) {
	domains := c.Domains
	if len(domains) == 0 {
		for node := range c.Zone.NodesOf(zonefile.TypeMX) {
			domains = append(domains, node.Name)
		}
	}
	for _, domain := range domains {
		mx := c.Zone.Lookup(domain, zonefile.TypeMX).Records
		slices.SortStableFunc(mx, func(a, b zonefile.Record) int {
			p, _ := a.Preference()
			q, _ := b.Preference()
			return int(p) - int(q)
		})
		for _, r := range mx {
			host, ok := r.Target()
			switch i := slices.IndexFunc(list, func(e Exchange) bool { return e.Host == host }); {
			case r.IsNullMX():
				none = append(none, domain)
			case ok && i < 0:
				list = append(list, Exchange{host, []zonefile.Name{domain}})
			case ok && !slices.Contains(list[i].Domains, domain):
				list[i].Domains = append(list[i].Domains, domain)
			}
		}
	}
	return list, none
}

// Kinds is what is asked in a run.
type Kinds struct{ DNS, SMTP, STS, PTR, Cache, Relay bool }

// mailing is what was asked of mail servers, and what came.
type mailing struct {
	Checked   // of those that were not asked
	exchanges []Exchange
	hosts     []probe.Host
	dialogues []probe.Dialogue
	tlsa      map[zonefile.Name]probe.Answer
	crowded   map[probe.Target]bool // hosts of all zones that were not asked, for as many others are at their address
}

// places is where the hosts are that take mail of the zone, and what each is asked.
func (c Checking) places(ctx context.Context, kinds Kinds) (m mailing) {
	kind := "smtp"
	if !kinds.SMTP {
		kind = "relay"
	}
	all, none := c.Exchanges()
	for _, domain := range none {
		m.add(c.unasked(kind, probe.Target{Host: domain}, "a null MX: the domain takes no mail (RFC 7505), and senders return it at once"))
	}
	if n := len(all) - mostHosts; n > 0 {
		m.Hosts, all = n, all[:mostHosts]
	}
	m.exchanges, m.hosts = all, c.hostsOf(ctx, kind, all, &m.Checked)
	for i := range m.hosts {
		if m.hosts[i].Relay = kinds.Relay; !kinds.SMTP {
			m.hosts[i].Domains = nil
		}
	}
	return m
}

// greet tells where the name that this machine greets hosts by has no address: some refuse it (RFC 5321 §4.1.4 lets them look).
func (c Checking) greet(ctx context.Context, hosts []probe.Host, how Mailing) {
	if !how.Own || len(hosts) == 0 || c.Tell == nil {
		return
	}
	name, err := zonefile.ParseName(how.HELO, zonefile.Root)
	if err == nil && strings.Contains(how.HELO, ".") {
		if len(c.Servers) == 0 || len(targets(name, c.Zone.Addresses(name))) > 0 {
			return
		}
		for _, a := range c.lookUp(ctx, []zonefile.Name{name}) {
			if a.Err != nil || a.Result == zonefile.Found {
				return
			}
		}
	}
	c.Tell("this machine calls itself " + how.HELO + ", which has no address in DNS: some servers refuse that: --helo NAME says another")
}

// judgeMail says what came of mail servers means, with what policies demand; nil if they were not asked for. Whether port 25 is open from
// here is known by all that was asked, for other zones too.
func (c Checking) judgeMail(m mailing, all []probe.Dialogue, demands map[zonefile.Name]probe.Demand) (out Checked) {
	out = m.Checked
	closed := lint.MeantClosed(c.Zone, c.Now())
	open := slices.ContainsFunc(all, func(d probe.Dialogue) bool { return d.Connect == nil })
	if r, none := probe.Unreached(probe.Mail{Zone: c.Zone}, all, c.Now()); none && len(m.dialogues) > 0 {
		out.add(r)
		return out
	}
	for _, d := range m.dialogues {
		mail := probe.Mail{Zone: c.Zone, Others: open, Closed: slices.Contains(closed, d.Host), Policies: c.unjudged(d.Host, m.exchanges, demands != nil)}
		out.Results = append(out.Results, Result{probe.JudgeMail(mail, d, c.Now()), d.Said})
		for _, e := range m.exchanges {
			for _, domain := range e.Domains {
				if demand, has := demands[domain]; has && e.Host == d.Host {
					out.add(probe.JudgeSTS(mail, d, domain, demand, c.Now()))
				}
			}
		}
		if a, asked := tlsaFor(m.tlsa, d); asked {
			if r, has := probe.JudgeDANE(mail, d, a, c.trusts(), c.Now()); has {
				out.add(r)
			}
		}
	}
	for _, h := range m.hosts {
		if !slices.ContainsFunc(m.dialogues, func(d probe.Dialogue) bool { return d.Target == h.Target }) {
			out.add(c.unasked("smtp", h.Target, m.unheard(h.Target)))
		}
	}
	return out
}

// unheard is why a host was not asked that might have been.
func (m mailing) unheard(t probe.Target) string {
	if m.crowded[t] {
		return fmt.Sprintf("%d other hosts at this address were asked", mostHosts)
	}
	return "the time was over before its turn came"
}

// tlsaNames is where the TLSA records of a host are: at the name that an alias leads to, else at its own (RFC 7672 §2.2.2).
func tlsaNames(d probe.Dialogue) []zonefile.Name {
	if d.Real == "" {
		return []zonefile.Name{"_25._tcp." + d.Host}
	}
	return []zonefile.Name{"_25._tcp." + d.Real, "_25._tcp." + d.Host}
}

// tlsaFor is the answer for a host: the first that is not without records.
func tlsaFor(answers map[zonefile.Name]probe.Answer, d probe.Dialogue) (a probe.Answer, asked bool) {
	for _, n := range tlsaNames(d) {
		if a, asked = answers[n]; a.Err != nil || a.Result == zonefile.Found {
			break
		}
	}
	return a, asked
}

// tlsa is what DNS says of the TLSA records of hosts. Nobody is asked without a resolver, or about a host that did not answer.
func (c Checking) tlsa(ctx context.Context, dialogues []probe.Dialogue) map[zonefile.Name]probe.Answer {
	var questions []probe.Question
	for _, d := range dialogues {
		for _, n := range tlsaNames(d) {
			if q := (probe.Question{Name: n, Type: zonefile.TypeTLSA}); d.Connect == nil && !slices.Contains(questions, q) {
				questions = append(questions, q)
			}
		}
	}
	if len(c.Servers) == 0 {
		return nil
	}
	answers := map[zonefile.Name]probe.Answer{}
	for q, a := range c.door.Resolve(ctx, c.Servers, "TLSA of hosts", questions) {
		answers[q.Name] = a
	}
	return answers
}

// trusts tells whether an answer is believed that a resolver calls authentic: between this machine and another one anybody may have
// changed it (RFC 6698 §A.3).
func (c Checking) trusts() bool {
	return c.TrustAD || !slices.ContainsFunc(c.Servers, func(s netip.AddrPort) bool { return !s.Addr().IsLoopback() })
}

// roots is who may sign certificates.
func (m Mailing) roots() *x509.CertPool {
	if m.CAs != nil {
		return m.CAs
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		return x509.NewCertPool()
	}
	return pool
}

// hostsOf is the addresses that may be asked; those that may not are results.
func (c Checking) hostsOf(ctx context.Context, kind string, all []Exchange, out *Checked) (hosts []probe.Host) {
	var unknown []zonefile.Name
	found, names := map[zonefile.Name][]probe.Target{}, map[zonefile.Name]zonefile.Name{}
	for _, e := range all {
		if at, given := c.At[e.Host]; given && kind != "sts" {
			for _, a := range at {
				found[e.Host] = append(found[e.Host], probe.Target{Host: e.Host, Address: a})
			}
			continue
		}
		a := c.Zone.Addresses(e.Host)
		if a.Aliased() {
			names[e.Host] = a.Name
		}
		if found[e.Host] = targets(e.Host, a); len(found[e.Host]) == 0 && (c.answered || a.Result == zonefile.Outside || a.Result == zonefile.Delegated) {
			unknown = append(unknown, e.Host)
		} else if len(found[e.Host]) == 0 {
			out.add(c.unasked(kind, probe.Target{Host: e.Host}, "the zone has no address for it"))
		}
	}
	for _, t := range c.resolve(ctx, kind, unknown, out) {
		found[t.Host] = append(found[t.Host], t)
	}
	barred := c.door.Barred
	if kind == "ptr" { // the address itself is not asked
		barred = c.door.Special
	}
	for _, e := range all {
		for _, t := range c.admitted(kind, found[e.Host], barred, out) {
			hosts = append(hosts, probe.Host{Target: t, Real: names[e.Host], Domains: e.Domains[:min(len(e.Domains), mostDomains)]})
		}
	}
	return hosts
}

// unjudged is what the zone has that demands more of a host and was not asked for in this run.
func (c Checking) unjudged(host zonefile.Name, all []Exchange, policies bool) (list []string) {
	if len(c.Servers) == 0 && len(c.Zone.Lookup("_25._tcp."+host, zonefile.TypeTLSA).Records) > 0 {
		list = append(list, "TLSA")
	}
	for _, e := range all {
		if e.Host != host || policies {
			continue
		}
		if slices.ContainsFunc(e.Domains, func(d zonefile.Name) bool {
			return len(c.Zone.Lookup("_mta-sts."+d, zonefile.TypeTXT).Records) > 0
		}) {
			list = append(list, "MTA-STS")
		}
	}
	return list
}

// DialogueLine is a line of what was said.
func (r Result) DialogueLine(i int) (ms int64, from, text string) {
	s := r.Said[i]
	from = "client"
	if s.Server {
		from = "server"
	}
	return s.At.Milliseconds(), from, s.Text
}

// Line is a line of what was said, for people.
func (r Result) Line(i int) string {
	ms, from, text := r.DialogueLine(i)
	sign := ">"
	if from == "server" {
		sign = "<"
	}
	return fmt.Sprintf("%6.2f s %s %s", float64(ms)/1000, sign, text)
}

// Policies is the hosts that serve MTA-STS policies of domains, and the hosts that take mail of each domain.
func (c Checking) Policies() (hosts []Exchange, mx map[zonefile.Name][]zonefile.Name) {
	exchanges, _ := c.Exchanges()
	mx = map[zonefile.Name][]zonefile.Name{}
	for _, e := range exchanges {
		for _, domain := range e.Domains {
			mx[domain] = append(mx[domain], e.Host)
		}
	}
	for _, domain := range slices.Sorted(maps.Keys(mx)) {
		if _, ok := probe.PolicyRecord(c.Zone, domain); ok {
			hosts = append(hosts, Exchange{"mta-sts." + domain, []zonefile.Name{domain}})
		}
	}
	return hosts, mx
}

// policies fetches the MTA-STS policy of each domain that has one by its record, from each address of its policy host. What a policy
// demands is taken from the first address where it counts.
func (c Checking) policies(ctx context.Context, how Mailing) (out Checked, demands map[zonefile.Name]probe.Demand) {
	demands = map[zonefile.Name]probe.Demand{}
	all, mx := c.Policies()
	if n := len(all) - mostHosts; n > 0 {
		out.Hosts, all = n, all[:mostHosts]
	}
	var list []probe.Target
	for _, h := range c.hostsOf(ctx, "sts", all, &out) {
		list = append(list, h.Target)
	}
	for _, f := range c.door.AskPolicies(ctx, list, probe.Talk{Roots: how.roots(), Now: c.Now}) {
		domain := f.Host.Parent()
		record, _ := probe.PolicyRecord(c.Zone, domain)
		d := probe.JudgePolicy(domain, record, mx[domain], f, c.Now())
		out.add(d.Result)
		if before, has := demands[domain]; !has || before.STS.Mode == "" {
			demands[domain] = d
		}
	}
	return out, demands
}
