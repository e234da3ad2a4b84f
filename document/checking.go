package document

// What the world serves of a zone, asked on request. Package probe knows what to ask and what answers mean; here it is put together for one
// zone: its name servers, their addresses, by the file or by DNS, and what the parent says.

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// Checking is how the name servers of a zone are asked.
type Checking struct {
	Zone    *zonefile.Zone
	Signed  bool                  // named signs the zone of the file as it loads it
	Domains []zonefile.Name       // whose mail is asked about; none: all that have MX
	Servers []netip.AddrPort      // who is asked for addresses that the zone does not know; none: nobody
	TrustAD bool                  // what the servers call authentic is believed, wherever they are
	Private bool                  // addresses that are for nobody on the Internet are asked too
	Tell    func(line string)     // hears of each destination before the first packet to it
	Now     func() time.Time      // the clock
	Pause   func(context.Context) // waits between two rounds of Serial

	// Heard hears of each result of Serial when it is another one: who, its state, and what it says.
	Heard func(who, state, says string)

	Caches []netip.AddrPort // who is asked what it keeps; none: Servers

	// At is where hosts are asked by SMTP instead of at the addresses that DNS has for them, which may have none yet.
	At map[zonefile.Name][]netip.Addr

	door     *probe.Door
	taken    *destinations
	answered bool // there is no file: the zone is made of answers, and does not know all that is in it
}

// open is the same with one way out for all that it asks.
func (c Checking) open() Checking {
	if c.door == nil {
		c.door = &probe.Door{Private: c.Private, Tell: c.Tell}
	}
	if c.taken == nil {
		c.taken = new(destinations)
	}
	return c
}

// Result is what came of one thing that was asked.
type Result struct {
	probe.Result
	Said []probe.SaidLine // the dialogue, where there was one
}

// Who is who was asked, in words.
func (r Result) Who() string {
	who := r.who()
	if r.Policy != "" && r.Policy != "none" {
		who += ", " + strings.ToUpper(r.Policy)
	}
	return who
}

// who is who was asked, without the policy.
func (r Result) who() string {
	switch {
	case r.Address.IsValid():
		return string(r.Host) + " " + r.Address.String()
	case r.Host == "" && r.Kind == "smtp": // of several hosts
		return string(r.Subject)
	}
	return string(r.Host)
}

// Says is what came, what it means and what may be done, in words.
func (r Result) Says() string {
	var says []string
	for _, s := range []string{r.Seen, r.Means, r.Fix} {
		if s != "" {
			says = append(says, s)
		}
	}
	if !r.Until.IsZero() {
		says = append(says, "until "+r.Until.Local().Format(time.RFC3339))
	}
	return strings.Join(says, "; ")
}

// Checked is what came of it.
type Checked struct {
	Results []Result
	Beyond  int // sets of records that were not asked about, for there are more than MaxQuestions
	Hosts   int // that take mail and were not asked, for there are more than a run asks

	Everywhere time.Time // when all name servers were seen with the serial of the file; the zero time: not all were
}

// And is both.
func (c Checked) And(o Checked) Checked {
	at := c.Everywhere
	if o.Everywhere.After(at) {
		at = o.Everywhere
	}
	return Checked{slices.Concat(c.Results, o.Results), c.Beyond + o.Beyond, c.Hosts + o.Hosts, at}
}

// add adds a result.
func (c *Checked) add(r probe.Result) { c.Results = append(c.Results, Result{Result: r}) }

// Own tells whether a name server of this machine has the zone of a file, by its configuration.
func (a Asking) Own(path string) bool { return len(a.placement(path).Zones) > 0 }

// Signs tells whether it signs a zone of the file as it loads it.
func (a Asking) Signs(path string) bool {
	return slices.ContainsFunc(a.placement(path).Zones, func(z server.Zone) bool { return z.Kind == "signed" })
}

// Places is the name servers of the zone that are asked, with the addresses that its file has for them. It asks nobody.
func (c Checking) Places() (known []probe.Target, unknown []zonefile.Name) {
	known, unknown = c.nameServers()
	return firstOfHosts(known), unknown
}

// nameServers is Places with all addresses.
func (c Checking) nameServers() (known []probe.Target, unknown []zonefile.Name) {
	for i, host := range probe.NameServers(c.Zone) {
		if i == probe.MostServers {
			break
		}
		addresses := c.Zone.Addresses(host)
		if c.answered || addresses.Result == zonefile.Outside || addresses.Result == zonefile.Delegated && len(addresses.Records) == 0 {
			unknown = append(unknown, host)
			continue
		}
		known = append(known, targets(host, addresses)...)
	}
	return known, unknown
}

// targets is the addresses of a host, each once.
func targets(host zonefile.Name, found zonefile.Answer) (list []probe.Target) {
	for _, r := range found.Records {
		a, ok := r.Addr()
		if t := (probe.Target{Host: host, Address: a}); ok && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// resolve finds the addresses of hosts by DNS. Hosts without any are results.
func (c Checking) resolve(ctx context.Context, kind string, hosts []zonefile.Name, out *Checked) (list []probe.Target) {
	if len(hosts) == 0 {
		return nil
	}
	if len(c.Servers) == 0 {
		for _, host := range hosts {
			out.add(c.unasked(kind, probe.Target{Host: host}, "its address is not in the zone, and there is no resolver to ask: name one by --resolver"))
		}
		return nil
	}
	answers := c.lookUp(ctx, hosts)
	for _, host := range hosts {
		found := addressesIn(answers, host)
		if len(found) == 0 {
			out.add(c.unasked(kind, probe.Target{Host: host}, "DNS has no address for it, or gave no answer"))
		}
		list = append(list, found...)
	}
	return list
}

// lookUp is what DNS says of the addresses of hosts.
func (c Checking) lookUp(ctx context.Context, hosts []zonefile.Name) map[probe.Question]probe.Answer {
	var questions []probe.Question
	for _, host := range hosts {
		questions = append(questions, probe.Question{Name: host, Type: zonefile.TypeA}, probe.Question{Name: host, Type: zonefile.TypeAAAA})
	}
	return c.door.Resolve(ctx, c.Servers, "addresses of hosts", questions)
}

// unasked is the result of somebody who was not asked.
func (c Checking) unasked(kind string, t probe.Target, why string) probe.Result {
	return probe.Unasked(kind, c.Zone, t, why, c.Now())
}

// addressesIn is the addresses of a host in answers.
func addressesIn(answers map[probe.Question]probe.Answer, host zonefile.Name) (list []probe.Target) {
	for _, t := range []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA} {
		for r := range answers[probe.Question{Name: host, Type: t}].Zone(zonefile.Root).RecordsOf(t) {
			if addr, ok := r.Addr(); ok {
				list = append(list, probe.Target{Host: host, Address: addr})
			}
		}
	}
	return list
}

// answered tells whether answers came to both questions about the addresses of a host.
func answered(answers map[probe.Question]probe.Answer, host zonefile.Name) bool {
	for _, t := range []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA} {
		if a, asked := answers[probe.Question{Name: host, Type: t}]; !asked || a.Err != nil {
			return false
		}
	}
	return true
}

// servers is all addresses that may be asked; those that may not are results.
func (c Checking) servers(ctx context.Context, out *Checked) []probe.Target {
	known, unknown := c.nameServers()
	all := probe.NameServers(c.Zone)
	for _, host := range all[min(len(all), probe.MostServers):] {
		out.add(c.unasked("dns", probe.Target{Host: host}, fmt.Sprintf("%d name servers of the zone stand before it: no more are asked", probe.MostServers)))
	}
	return c.admitted("dns", append(known, c.resolve(ctx, "dns", unknown, out)...), c.door.Barred, out)
}

// admitted is the addresses that are asked; those that are not are results. Barred says why one may not be. For the names of addresses
// resolvers are asked, and not the addresses.
func (c Checking) admitted(kind string, list []probe.Target, barred func(netip.Addr) string, out *Checked) (asked []probe.Target) {
	of := map[zonefile.Name]int{}
	for _, t := range list {
		of[t.Host]++
		why := barred(t.Address)
		switch {
		case of[t.Host] > probe.MostAddresses:
			why = fmt.Sprintf("%d addresses of the host stand before it: no more are asked", probe.MostAddresses)
		case why == "" && kind != "ptr" && !c.taken.take(netip.AddrPortFrom(t.Address.Unmap(), uint16(Ports(kind)))):
			why = fmt.Sprintf("%d destinations of the zone stand before it: no more are asked", mostDestinations)
		}
		if why != "" {
			out.add(c.unasked(kind, t, why))
			continue
		}
		asked = append(asked, t)
	}
	return asked
}

// DNS asks every name server of the zone, and two of its parent, until ctx ends.
func (c Checking) DNS(ctx context.Context) (out Checked) {
	c = c.open()
	sets := probe.Sets(c.Zone, c.Domains)
	if n := len(sets) - MaxQuestions; n > 0 {
		out.Beyond, sets = n, sets[:MaxQuestions]
	}
	var have []probe.Target
	var all bool
	var above Checked
	var parent []probe.Delegation
	var both crash.Group
	both.Go(func() { have, all = c.serve(ctx, sets, &out) })
	both.Go(func() { parent = c.parent(ctx, &above) })
	both.Wait()
	if all {
		out.Everywhere = c.Now()
	}
	if out = out.And(above); probe.Vouched(parent) {
		for _, s := range c.door.AskSigned(ctx, c.Zone.Origin(), have) {
			out.add(probe.JudgeSigned(c.Zone, parent, s, c.Now()))
		}
	}
	return out
}

// standard is what name servers are compared with of which this came: the file, or else the newest version that one of them serves.
func (c Checking) standard(served []probe.Served) probe.Standard {
	if c.answered {
		if by, ok := probe.Newest(c.Zone.Origin(), served); ok {
			return by
		}
	}
	return probe.Standard{Zone: c.Zone, Signed: c.Signed}
}

// serve asks every name server of the zone for some sets of records. It tells which addresses have the zone, each once, and whether all of
// all name servers have it as the file does.
func (c Checking) serve(ctx context.Context, sets []probe.Question, out *Checked) (have []probe.Target, all bool) {
	list := c.servers(ctx, out)
	all = c.whole(ctx, list)
	served := c.door.AskServed(ctx, c.Zone.Origin(), list, sets)
	by := c.standard(served)
	for _, s := range served {
		r := probe.JudgeServed(by, s, c.Now())
		out.add(r)
		all = all && r.State == probe.OK
		if s.SOA.Err == nil && s.SOA.Authoritative && !slices.ContainsFunc(have, func(t probe.Target) bool { return t.Address == s.Address }) {
			have = append(have, s.Target)
		}
	}
	for _, t := range list {
		if !slices.ContainsFunc(served, func(s probe.Served) bool { return s.Target == t }) {
			out.add(c.unasked("dns", t, "the time was over before its turn came"))
			all = false
		}
	}
	return have, all
}

// whole tells whether a list has all addresses of all name servers of the zone, as far as the zone and DNS tell.
func (c Checking) whole(ctx context.Context, list []probe.Target) bool {
	known, unknown := c.nameServers()
	outside := c.lookUp(ctx, unknown)
	for _, host := range unknown {
		if !answered(outside, host) {
			return false
		}
		known = append(known, addressesIn(outside, host)...)
	}
	for _, host := range probe.NameServers(c.Zone) {
		if !slices.ContainsFunc(known, func(t probe.Target) bool { return t.Host == host }) {
			return false
		}
	}
	return len(known) > 0 && !slices.ContainsFunc(known, func(t probe.Target) bool { return !slices.Contains(list, t) })
}

// mostParents is how many servers of the parent are asked.
const mostParents = 2

// parent asks servers of the zone above to whom they refer.
func (c Checking) parent(ctx context.Context, out *Checked) (came []probe.Delegation) {
	if len(c.Servers) == 0 || c.Zone.Origin() == zonefile.Root {
		return nil
	}
	for up := c.Zone.Origin().Parent(); ctx.Err() == nil; up = up.Parent() {
		q := probe.Question{Name: up, Type: zonefile.TypeNS}
		above := c.door.Resolve(ctx, c.Servers, "name servers above the zone", []probe.Question{q})[q]
		if above.Err != nil { // who is further above does not know the zone, and says so
			out.add(c.unasked("dns", probe.Target{Host: up}, "DNS says nothing of its name servers, so who delegates the zone is not known: "+above.Err.Error()))
			return nil
		}
		if hosts := probe.NameServers(above.Zone(up)); len(hosts) > 0 {
			list := c.resolve(ctx, "dns", hosts[:min(len(hosts), mostParents)], out)
			var one []probe.Target
			for _, t := range list {
				if c.door.Barred(t.Address) == "" && !slices.ContainsFunc(one, func(o probe.Target) bool { return o.Host == t.Host }) {
					one = append(one, t)
				}
			}
			came = c.door.AskDelegation(ctx, c.Zone.Origin(), one)
			for _, d := range came {
				out.add(probe.JudgeDelegation(c.Zone, d, c.Now()))
			}
			return came
		}
		if up == zonefile.Root {
			break
		}
	}
	return nil
}

// Serial asks every name server for the SOA alone, again and again, until each serves the serial of the file or ctx ends. The results are
// the last of each.
func (c Checking) Serial(ctx context.Context) (out Checked) {
	c = c.open()
	left := c.servers(ctx, &out)
	last := map[probe.Target]probe.Result{}
	order, whole := slices.Clone(left), c.whole(ctx, left)
	for len(left) > 0 && ctx.Err() == nil {
		for _, s := range c.door.AskServed(ctx, c.Zone.Origin(), left, nil) {
			r := probe.JudgeServed(c.standard(nil), s, c.Now())
			was, known := last[s.Target]
			if known && ctx.Err() != nil { // it was cut off
				continue
			}
			if ctx.Err() == nil && (!known || was.State != r.State || was.Seen != r.Seen) {
				is := Result{Result: r}
				c.Heard(is.Who(), string(r.State), is.Says())
			}
			if last[s.Target] = r; r.State == probe.OK {
				left = slices.DeleteFunc(left, func(t probe.Target) bool { return t == s.Target })
			}
		}
		if len(left) > 0 {
			c.Pause(ctx)
		}
	}
	if whole && len(left) == 0 {
		out.Everywhere = c.Now()
	}
	for _, t := range order {
		if r, known := last[t]; known {
			out.add(r)
		}
	}
	return out
}
