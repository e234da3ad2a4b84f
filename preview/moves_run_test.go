//go:build linux

package preview

// One move, made on real servers as the plan says, to the second: each step is saved in the second from which it may be,
// the secondary has it in the last second in which it may be behind, and one resolver asked the secondary in just that
// second, so that it has the old answers for as long as anybody. Messages are sent in every such second. One is lost that
// does not come to a machine that takes mail of its domain then: an old host until the plan lets it go, or a new one.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/testdata/lab"
	"github.com/mailzone/mailzone/zonefile"
)

// moveLab is the machines of moves.
type moveLab struct {
	*internet
	sender             *lab.Place
	mail               exim
	primary, secondary *nameServer
	unlucky, ordinary  *resolver
	clock              *clock
	served             *zonefile.Zone // by the primary
	sent               int            // messages: the number makes recipients differ

	sentOfAll, lostOfAll int // messages in moves that lose none
}

// newMoveLab starts all of them. root has the names of others; faults are the addresses of all hosts.
func newMoveLab(p *lab.Place, in *internet, root string, hosts map[netip.Addr]Fault) *moveLab {
	p.T.Helper()
	connect(p, in.Place)
	for ip, f := range hosts {
		in.host(ip, f)
	}
	for _, ip := range []string{primaryIP, secondaryIP, unluckyIP, ordinaryIP} {
		p.Run("ip addr add "+ip+"/8 dev lo", "")
	}
	l := &moveLab{internet: in, sender: p, clock: &clock{file: p.T.TempDir() + "/clock"}}
	l.clock.turn(p, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	l.primary = startNamed(p, primaryIP, root, `type primary; file "db.moved"; check-integrity no;`)
	l.secondary = startNamed(p, secondaryIP, root, fmt.Sprintf(`type secondary; primaries { %s; }; transfer-source %s; allow-notify { any; };`, primaryIP, secondaryIP))
	l.unlucky = startUnbound(p, unluckyIP, l.clock, primaryIP)
	l.ordinary = startUnbound(p, ordinaryIP, l.clock, primaryIP, secondaryIP)
	l.mail = newExim(p, nil).(exim)
	return l
}

// moveRun is a move under way.
type moveRun struct {
	*moveLab
	moveCase
	early  bool // steps are saved before their time
	silent bool // no messages are sent
	past   Past
	done   []Step   // that were saved
	left   bool     // the old hosts take no mail any more
	back   bool     // the new ones take none any more, for all is undone
	lost   []string // what became of messages that did not arrive

	messages int // that were sent
}

// begin serves the zone of a case, when all that was before is forgotten.
func (l *moveLab) begin(c moveCase) *moveRun {
	l.T.Helper()
	l.clock.turn(l.sender, l.clock.now.Add(30*24*time.Hour))
	l.publish(c.zone)
	l.secondary.hear(l.served)
	return &moveRun{moveLab: l, moveCase: c, past: Past{Before: l.served}}
}

// publish has the primary serve a version, under a serial that secondaries take for new.
func (l *moveLab) publish(z *zonefile.Zone) {
	l.T.Helper()
	if l.served != nil {
		edits, err := z.RaiseSerial(l.served, zonefile.SerialCounter, l.clock.now)
		if err == nil {
			z, err = z.Apply(edits...)
		}
		if err != nil {
			l.T.Fatal(err)
		}
	}
	l.served = z
	l.primary.serve(z)
}

// after turns the clock on.
func (r *moveRun) after(seconds uint32) {
	r.clock.turn(r.sender, r.clock.now.Add(time.Duration(seconds)*time.Second))
}

// late is how long the secondary may be behind.
func (r *moveRun) late() uint32 {
	seconds, _ := propagation(r.served, r.move.Notify)
	return seconds
}

// forward makes the steps up to a number, each in the second from which the plan calls it certain.
func (r *moveRun) forward(last int) {
	r.T.Helper()
	for number := 1; number <= last; number++ {
		if s := r.plan()[number]; s.Script == "" {
			continue
		} else if r.early && len(r.done) > 0 {
			r.after(shortTTL) // what the plan says of it is not asked
		} else {
			r.after(s.Earliest)
		}
		s := r.plan()[number]
		if ready := s.State == StepNow && s.Certain && s.Earliest == 0; ready == r.early && number > 1 {
			r.T.Errorf("%s: step %d in its second: %s, certain %t, in %d s", r.name, number, s.State, s.Certain, s.Earliest)
		}
		r.left = r.left || r.over(number)
		r.past.Versions = append(r.past.Versions, Version{r.served, Moment{Time: r.clock.now, Certain: true}})
		r.done = append(r.done, s)
		r.change(s.Result)
	}
}

// plan is the plan as it is made now.
func (r *moveRun) plan() []Step {
	r.T.Helper()
	r.past.Now = r.clock.now
	steps, err := Plan(r.served, r.move, r.past)
	if err != nil {
		r.T.Fatalf("%s: %v", r.name, err)
	}
	return steps
}

// over tells whether the wait of the step is over in which the old hosts stop to be needed, when a step is saved.
func (r *moveRun) over(number int) bool {
	last := phaseRemove
	if r.done != nil && r.done[0].Kind == SameHost {
		last = phaseSwap
	}
	return slices.ContainsFunc(r.done, func(s Step) bool { return s.phase == last && s.Number < number })
}

// change publishes a version, sends, lets the secondary be behind for as long as it may, sends again, and leaves one
// resolver with what the secondary said in its last second.
func (r *moveRun) change(z *zonefile.Zone) {
	r.T.Helper()
	r.publish(z)
	r.send()
	r.after(r.late())
	if !r.early {
		r.unlucky.forget()
	}
	r.unlucky.ask(secondaryIP)
	r.unlucky.learn(r.names())
	r.ordinary.learn(r.names())
	r.send()
	r.unlucky.ask(primaryIP)
	r.secondary.hear(r.served)
}

// backward undoes all steps that were made, the last one first, each in the second in which the one before is forgotten.
// When the last second of all is over, the new hosts take nothing any more: unbound 1.17 gives an answer to the end of the
// second in which its TTL ends.
func (r *moveRun) backward() {
	r.T.Helper()
	for _, s := range slices.Backward(r.done) {
		r.left = false // the plan says what the old hosts do before a step is undone
		start := r.clock.now
		edits, err := r.served.Script(strings.NewReader(s.Back.Script))
		if err != nil {
			r.T.Fatal(err)
		}
		z, err := r.served.Apply(edits...)
		if err != nil {
			r.T.Fatal(err)
		}
		r.change(z)
		r.clock.turn(r.sender, start.Add(time.Duration(s.Back.Seconds)*time.Second))
	}
	r.send()
	r.after(1)
	r.back = true
	r.send()
}

// send sends messages to all domains of the case by both resolvers, and finds out what became of them.
func (r *moveRun) send() {
	r.T.Helper()
	if r.silent {
		return
	}
	for _, by := range []*resolver{r.unlucky, r.ordinary} {
		r.mail.Write("/etc/resolv.conf", "nameserver "+by.ip+"\n")
		var recipients []string
		for _, d := range r.domains {
			for range r.each {
				r.sent++
				recipients = append(recipients, fmt.Sprintf("m%d@%s", r.sent, d))
			}
		}
		done := r.mail.deliver(recipients)
		for _, to := range recipients {
			if took := r.fate(to); len(took) != 1 || !r.takes(took[0]) {
				r.lost = append(r.lost, fmt.Sprintf("%s at %s by %s: taken by %v: %s", to, r.clock.now.Format(time.DateTime), by.ip, took, done[to].log))
			}
		}
		r.messages += len(recipients)
	}
}

// fate is which addresses took a message. Exim writes an alias's own name to whom it leads: what is before the @ stays.
func (r *moveRun) fate(recipient string) []netip.Addr {
	r.mu.Lock()
	defer r.mu.Unlock()
	local, _, _ := strings.Cut(recipient, "@")
	var out []netip.Addr
	for to, took := range r.taken {
		if strings.HasPrefix(to, local+"@") {
			out = append(out, took...)
		}
	}
	return out
}

// takes tells whether the machine at an address takes mail of the domains now.
func (r *moveRun) takes(ip netip.Addr) bool {
	return slices.Contains(r.news, ip) && !r.back || slices.Contains(r.olds, ip) && !r.left
}
