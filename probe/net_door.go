package probe

// The way out for whatever asks servers of other people: what may not be asked is not, each destination is told before the first packet
// to it, and not more than some are asked at once.

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/zonefile"
)

// Door lets questions out. Its zero value tells nobody, asks no special addresses, and port 53.
type Door struct {
	Private bool              // addresses that are for nobody on the Internet may be asked too: the zone is one of this machine
	Tell    func(line string) // hears of each destination before the first packet to it; nil if nobody does
	Timeout time.Duration     // for one question; 0 is 3 seconds
	Done    func(n int)       // hears of each n questions that resolvers were asked, from several goroutines; nil if nobody asks
	Many    bool              // it is asked about many zones: a destination is told once for each kind, whatever hosts lead there

	port      uint16 // of name servers; 0 is 53
	own       func() []netip.Addr
	turns     turns
	mu        sync.Mutex
	told      map[string]bool
	answers   map[resolving]*resolved
	resolvers map[string]Resolver
}

// resolving is a question to resolvers.
type resolving struct {
	servers string
	Question
}

// resolved is an answer of resolvers, once it is there.
type resolved struct {
	done chan struct{}
	came bool
	Answer
}

// Barred says why an address is not asked, "" if it may be: a zone of somebody else must not make this machine knock at doors of its own
// network.
func (d *Door) Barred(a netip.Addr) string {
	if a.Is6() && !a.Is4In6() && !a.IsLoopback() && !slices.ContainsFunc(d.addresses(), isGlobal6) {
		return "there is no IPv6 here"
	}
	if why := d.Special(a); why != "" || d.Private {
		return why
	}
	if slices.Contains(d.addresses(), a.Unmap()) {
		return "the address is one of this machine, and no name server here is known to have this zone: --private asks it all the same"
	}
	return ""
}

// Special says why nothing is asked about an address either, "" if it may be: it is one that means nothing to the Internet.
func (d *Door) Special(a netip.Addr) string {
	if s := zonefile.SpecialAddress(a); s.Is != "" && !d.Private {
		return "the address is " + s.Is + ", and no name server here is known to have this zone: --private asks it all the same"
	}
	return ""
}

// isGlobal6 tells an address that leads out by IPv6.
func isGlobal6(a netip.Addr) bool { return a.Is6() && !a.IsLoopback() && !a.IsLinkLocalUnicast() }

// addresses is those of this machine. They are looked up once: with a thousand zones that is what takes the time.
func (d *Door) addresses() []netip.Addr {
	d.mu.Lock()
	if d.own == nil {
		d.own = sync.OnceValue(ownAddresses)
	}
	own := d.own
	d.mu.Unlock()
	return own()
}

// ownAddresses is the addresses of this machine.
func ownAddresses() (own []netip.Addr) {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	for _, a := range all {
		if p, err := netip.ParsePrefix(a.String()); err == nil {
			own = append(own, p.Addr().Unmap())
		}
	}
	return own
}

// tell tells of a destination, once: what kind of question goes there, and of whom it is.
func (d *Door) tell(to netip.AddrPort, kind, of string) {
	line := fmt.Sprintf("ask %s port %d: %s%s", to.Addr(), to.Port(), kind, of)
	once := line
	if d.Many {
		once = to.String() + kind
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.told[once] {
		return
	}
	if d.told == nil {
		d.told = map[string]bool{}
	}
	d.told[once] = true
	if d.Tell != nil {
		d.Tell(line)
	}
}

// Resolve asks resolvers, of which each is told as a destination. Nothing is asked twice, whoever wants to know it. What there was no time
// for is in no answer.
func (d *Door) Resolve(ctx context.Context, servers []netip.AddrPort, what string, questions []Question) map[Question]Answer {
	of := fmt.Sprint(servers)
	if asked := d.claim(of, questions); len(asked) > 0 {
		for _, s := range servers {
			d.tell(s, what, "")
		}
		came := d.resolver(of, servers).Ask(ctx, asked)
		d.mu.Lock()
		for _, q := range asked {
			r := d.answers[resolving{of, q}]
			r.Answer, r.came = came[q]
			close(r.done)
		}
		d.mu.Unlock()
	}
	out := map[Question]Answer{}
	for _, q := range questions {
		d.mu.Lock()
		r := d.answers[resolving{of, q}]
		d.mu.Unlock()
		if <-r.done; r.came {
			out[q] = r.Answer
		}
	}
	return out
}

// resolver asks these servers, for whoever wants to know something of them: not more than some questions at once, all together, and first
// who answered last.
func (d *Door) resolver(of string, servers []netip.AddrPort) Resolver {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.resolvers == nil {
		d.resolvers = map[string]Resolver{}
	}
	r, known := d.resolvers[of]
	if !known {
		r = Resolver{Servers: servers, Timeout: d.Timeout, Done: d.Done, first: new(atomic.Int32), room: make(chan struct{}, mostToDNS)}
		d.resolvers[of] = r
	}
	return r
}

// claim is the questions that nobody has asked these servers, which the caller is to ask.
func (d *Door) claim(servers string, questions []Question) (fresh []Question) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.answers == nil {
		d.answers = map[resolving]*resolved{}
	}
	for _, q := range questions {
		if r := (resolving{servers, q}); d.answers[r] == nil {
			d.answers[r] = &resolved{done: make(chan struct{})}
			fresh = append(fresh, q)
		}
	}
	return fresh
}

// askEach asks each target that is not barred, some at once, until ctx ends. Those that were not asked are not in the answers.
func askEach[T any](ctx context.Context, d *Door, targets []Target, ask func(i int, l *lane) *T) (out []T) {
	came := make([]*T, len(targets))
	work := make(chan int)
	var workers crash.Group
	for range min(len(targets), mostAtOnce) {
		workers.Go(func() {
			defer crash.Drain(work)
			for i := range work {
				if d.turns.enter(ctx, targets[i].Address) {
					came[i] = ask(i, d.turns.at(targets[i].Address))
					d.turns.leave(targets[i].Address)
				}
			}
		})
	}
	for i, t := range targets {
		if ctx.Err() != nil {
			break
		}
		if d.Barred(t.Address) == "" {
			work <- i
		}
	}
	close(work)
	workers.Wait()
	for _, c := range came {
		if c != nil {
			out = append(out, *c)
		}
	}
	return out
}

// AskServed asks addresses of name servers what they serve of a zone, each address once, whatever hosts have it; without sets the serial
// alone, by UDP. Those whose turn did not come are not in it.
func (d *Door) AskServed(ctx context.Context, zone zonefile.Name, targets []Target, sets []Question) (out []Served) {
	var once []Target
	for _, t := range targets {
		if !slices.ContainsFunc(once, func(o Target) bool { return o.Address == t.Address }) {
			once = append(once, t)
		}
	}
	came := askEach(ctx, d, once, func(i int, l *lane) *Served { return d.askServed(ctx, zone, once[i], sets, l) })
	for _, t := range targets {
		if i := slices.IndexFunc(came, func(s Served) bool { return s.Address == t.Address }); i >= 0 {
			out = append(out, Served{t, came[i].SOA, came[i].TCP, came[i].Sets})
		}
	}
	return out
}

// askServed asks one address. By TCP it is asked about the first zone alone. Who is asked for the serial alone is perhaps being started:
// it is asked again, whatever was before.
func (d *Door) askServed(ctx context.Context, zone zonefile.Name, t Target, sets []Question, l *lane) *Served {
	s, to, soa := &Served{Target: t, Sets: map[Question]Reply{}}, d.at(t), Question{zone, zonefile.TypeSOA}
	if len(sets) > 0 && l.silent() {
		s.SOA.Err = errSilent
		return s
	}
	d.tell(to, "dns", " of "+string(t.Host))
	if s.SOA = d.ask(ctx, l, "udp", to, soa); s.SOA.Err != nil || !s.SOA.Authoritative || len(sets) == 0 {
		return s
	}
	if l.tcp == nil {
		s.TCP = d.ask(ctx, l, "tcp", to, soa)
		l.tcp = s.TCP.ofAddress(ctx)
	} else {
		s.TCP = *l.tcp
	}
	for _, q := range sets {
		if ctx.Err() != nil {
			break
		}
		s.Sets[q] = d.ask(ctx, l, "udp", to, q)
	}
	return s
}

// ofAddress is what a reply by TCP says of an address, whatever zone is asked about; nil if it says nothing of that.
func (r Reply) ofAddress(ctx context.Context) *Reply {
	if ctx.Err() != nil || errors.As(r.Err, new(rcode)) {
		return nil
	}
	return &Reply{Answer: Answer{Err: r.Err}}
}

// AskDelegation asks servers of the parent to whom they refer for a zone.
func (d *Door) AskDelegation(ctx context.Context, zone zonefile.Name, targets []Target) []Delegation {
	return askEach(ctx, d, targets, func(i int, l *lane) *Delegation {
		t := targets[i]
		of := " of " + string(zone) + " at " + string(t.Host)
		if d.Many {
			of = " of the zones at " + string(t.Host)
		}
		d.tell(d.at(t), "delegation", of)
		in, _, err := d.exchange(ctx, l, "udp", d.at(t), Question{zone, zonefile.TypeNS})
		if err != nil {
			return &Delegation{Target: t, Err: err}
		}
		hosts, err := referral(in, zone)
		return &Delegation{t, hosts, d.ask(ctx, l, "udp", d.at(t), Question{zone, zonefile.TypeDS}).Answer, err}
	})
}

// AskSigned asks addresses of name servers for the keys of a zone, and their signatures.
func (d *Door) AskSigned(ctx context.Context, zone zonefile.Name, targets []Target) []Signed {
	return askEach(ctx, d, targets, func(i int, l *lane) *Signed {
		s, q := &Signed{Target: targets[i]}, Question{zone, zonefile.TypeDNSKEY}
		d.tell(d.at(s.Target), "dns", " of "+string(s.Host))
		in, _, err := d.exchange(ctx, l, "udp", d.at(s.Target), q)
		if err == nil && in.Truncated {
			in, _, err = d.exchange(ctx, l, "tcp", d.at(s.Target), q)
		}
		if err == nil {
			err = read(in, q).Err
		}
		if s.Err = err; err == nil {
			s.take(in, zone)
		}
		return s
	})
}

// at is where a name server is asked.
func (d *Door) at(t Target) netip.AddrPort { return netip.AddrPortFrom(t.Address, orElse(d.port, 53)) }

// ask asks a name server for what it has itself.
func (d *Door) ask(ctx context.Context, l *lane, network string, to netip.AddrPort, q Question) Reply {
	in, took, err := d.exchange(ctx, l, network, to, q)
	if err == nil && in.Truncated {
		in, took, err = d.exchange(ctx, l, "tcp", to, q)
	}
	if err != nil {
		return Reply{Answer: Answer{Err: err}, Took: took}
	}
	return Reply{Answer: read(in, q), Authoritative: in.Authoritative, Recursive: in.RecursionAvailable, Took: took}
}

// exchange sends one question and waits for its answer. Who is silent is asked for the SOA alone.
func (d *Door) exchange(ctx context.Context, l *lane, network string, to netip.AddrPort, q Question) (*dns.Msg, time.Duration, error) {
	if l.silent() && q.Type != zonefile.TypeSOA {
		return nil, 0, errSilent
	}
	m := new(dns.Msg).SetQuestion(string(q.Name), uint16(q.Type))
	m.RecursionDesired = false
	m.SetEdns0(1232, q.Type == zonefile.TypeDNSKEY) // what passes everywhere without fragments (RFC 9715); keys with signatures (RFC 3225)
	c := dns.Client{Net: network, Timeout: orElse(d.Timeout, 3*time.Second)}
	var in *dns.Msg
	var took time.Duration
	var err error
	if network == "udp" {
		in, took, err = l.exchange(ctx, &c, m, to)
	} else {
		in, took, err = c.ExchangeContext(ctx, m, to.String())
	}
	if err != nil {
		err = failure(ctx, err, c.Timeout)
	}
	if l.hears(ctx, err); err != nil {
		return nil, took, err
	}
	return in, took, nil
}

// referral is the hosts that a message of the parent's server names for a zone: in its authority, or in its answer where the server has
// both zones.
func referral(in *dns.Msg, zone zonefile.Name) (hosts []zonefile.Name, err error) {
	if in.Rcode != dns.RcodeSuccess && in.Rcode != dns.RcodeNameError {
		return nil, rcode(dns.RcodeToString[in.Rcode])
	}
	for _, section := range [][]dns.RR{in.Answer, in.Ns} {
		for _, rr := range section {
			if ns, ok := rr.(*dns.NS); ok && strings.EqualFold(ns.Hdr.Name, string(zone)) {
				if n, err := zonefile.ParseName(ns.Ns, zonefile.Root); err == nil {
					hosts = append(hosts, n)
				}
			}
		}
		if len(hosts) > 0 {
			return hosts, nil
		}
	}
	if isReferral(in) {
		return nil, errors.New("it refers to others, and does not have the zone above")
	}
	return nil, nil
}
