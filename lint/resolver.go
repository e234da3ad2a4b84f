package lint

// Resolver is the one part of the package that uses the network. Rules never do: they are given what it brings.

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/zonefile"
)

// Resolver asks recursive servers.
type Resolver struct {
	Servers  []string      // HOST:PORT, asked one after the other until one answers, the one that answered last first
	Timeout  time.Duration // for one question to one server; 0 is 3 seconds
	Parallel int           // how many questions are under way at once; 0 is 16
	Progress Progress      // hears of each question; nil if nobody asks
}

// Asked is what was asked, and what came of it.
type Asked struct {
	Questions []Question
	Failed    map[Question]error    // no sure answer
	Crowded   map[zonefile.Name]int // exchanges with more addresses than were asked about, and how many they have
	Unasked   []Question            // the time was over before their turn came
}

// SystemResolver is the resolver that the system uses, by /etc/resolv.conf (resolv.conf(5)).
func SystemResolver(path string) (Resolver, error) {
	conf, err := dns.ClientConfigFromFile(path)
	if err != nil {
		return Resolver{}, err
	}
	var r Resolver
	for _, s := range conf.Servers {
		r.Servers = append(r.Servers, net.JoinHostPort(s, conf.Port))
	}
	if len(r.Servers) == 0 {
		return r, fmt.Errorf("%s names no server", path)
	}
	return r, nil
}

// Resolve asks what the rules need to know about names outside the zones, until ctx ends, however many there are.
// Questions without a sure answer are in Asked, and no rule claims anything about them.
func (r Resolver) Resolve(ctx context.Context, zones []*zonefile.Zone, opt Options) (*Outside, Asked) {
	asked := Asked{Failed: map[Question]error{}}
	for {
		open := slices.DeleteFunc(Questions(zones, opt), func(q Question) bool { return asked.Failed[q] != nil })
		if asked.Unasked = open; len(open) == 0 || ctx.Err() != nil {
			asked.Crowded = crowded(zones, opt)
			return opt.Outside, asked
		}
		if r.Progress != nil {
			r.Progress.Step("questions to DNS", len(open))
		}
		replies := r.askAll(ctx, open, asked.Failed)
		for _, q := range open {
			if _, answered := replies[q]; answered || asked.Failed[q] != nil {
				asked.Questions = append(asked.Questions, q)
			}
		}
		opt.Outside = opt.Outside.With(replies)
	}
}

// askAll asks questions in parallel until ctx ends. Those without an answer go into failed.
func (r Resolver) askAll(ctx context.Context, questions []Question, failed map[Question]error) map[Question]Reply {
	replies := map[Question]Reply{}
	var first atomic.Int32 // the server that answered last
	work := make(chan Question)
	var mu sync.Mutex
	var workers crash.Group
	for range min(len(questions), max(1, orElse(r.Parallel, 16))) {
		workers.Go(func() {
			defer crash.Drain(work)
			for q := range work {
				reply, err := r.ask(ctx, q, &first)
				if r.Progress != nil {
					r.Progress.Done(1)
				}
				mu.Lock()
				if err != nil {
					failed[q] = err
				} else {
					replies[q] = reply
				}
				mu.Unlock()
			}
		})
	}
	for _, q := range questions {
		if ctx.Err() != nil {
			break
		}
		work <- q
	}
	close(work)
	workers.Wait()
	return replies
}

// orElse is a value, or another one where it is zero.
func orElse[T comparable](value, other T) T {
	var zero T
	if value == zero {
		return other
	}
	return value
}

// ask asks one server after the other, from the first one on: a dead one is not waited for at every question.
func (r Resolver) ask(ctx context.Context, q Question, first *atomic.Int32) (Reply, error) {
	err := errors.New("no server to ask")
	from := int(first.Load())
	for i := range r.Servers {
		if ended := ctx.Err(); i > 0 && ended != nil {
			return Reply{}, ended
		}
		n := (from + i) % len(r.Servers)
		var reply Reply
		if reply, err = r.askOne(ctx, r.Servers[n], q); err == nil {
			first.Store(int32(n))
			return reply, nil
		}
	}
	return Reply{}, err
}

// askOne asks one server, by TCP where the answer does not fit UDP (RFC 1035 §4.2.2).
func (r Resolver) askOne(ctx context.Context, server string, q Question) (Reply, error) {
	m := new(dns.Msg).SetQuestion(string(q.Name), uint16(q.Type))
	m.SetEdns0(1232, false) // what passes everywhere without fragments (RFC 9715)
	c := dns.Client{Timeout: orElse(r.Timeout, 3*time.Second)}
	in, _, err := c.ExchangeContext(ctx, m, server)
	if err == nil && in.Truncated {
		c.Net = "tcp"
		in, _, err = c.ExchangeContext(ctx, m, server)
	}
	if err != nil {
		return Reply{}, err
	}
	return readReply(in, q)
}

// readReply reads an answer; only what is sure is one.
func readReply(in *dns.Msg, q Question) (Reply, error) {
	if len(in.Question) != 1 || !strings.EqualFold(in.Question[0].Name, string(q.Name)) || in.Question[0].Qtype != uint16(q.Type) {
		return Reply{}, errors.New("an answer to another question")
	}
	reply := Reply{Result: zonefile.NoData}
	switch {
	case in.Truncated:
		return Reply{}, errors.New("a truncated answer")
	case in.Rcode == dns.RcodeNameError: // of the last alias, if there are any (RFC 2308 §2.1, RFC 6604 §3)
		reply.Result = zonefile.NoName
	case in.Rcode != dns.RcodeSuccess:
		return Reply{}, errors.New(dns.RcodeToString[in.Rcode])
	}
	for _, rr := range in.Answer {
		if h := rr.Header(); h.Class == dns.ClassINET {
			h.Ttl = 0 // caches count it down: the same record would look like another
			reply.Records = append(reply.Records, rr.String())
			if h.Rrtype == uint16(q.Type) {
				reply.Result = zonefile.Found
			}
		}
	}
	return reply, nil
}
