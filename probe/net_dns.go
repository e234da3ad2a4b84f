package probe

// DNS is asked here, by UDP and TCP: many questions side by side, so that time goes to those that nobody answers.

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/crash"
)

// Resolver asks recursive servers.
type Resolver struct {
	Servers  []netip.AddrPort // asked one after the other until one answers, the one that answered last first
	Timeout  time.Duration    // for one question to one server; 0 is 3 seconds
	Parallel int              // how many questions are under way at once; 0 is 16
	Done     func(n int)      // hears of each n questions that were asked, from several goroutines; nil if nobody asks

	first *atomic.Int32 // the server that answered last, where several ask; nil if nobody else does
	room  chan struct{} // holds one for each question that is under way, where several ask; nil if nobody else does
}

// SystemServers is the servers that the system asks, by its resolv.conf(5). As glibc does, it passes over what is no
// address.
func SystemServers(path string) ([]netip.AddrPort, error) {
	conf, err := dns.ClientConfigFromFile(path)
	if err != nil {
		return nil, err
	}
	var servers []netip.AddrPort
	for _, s := range conf.Servers {
		if a, err := netip.ParseAddr(s); err == nil {
			servers = append(servers, netip.AddrPortFrom(a, 53))
		}
	}
	if len(servers) == 0 {
		return nil, errors.New("it names no server")
	}
	return servers, nil
}

// Ask asks questions in parallel until ctx ends. Those whose turn did not come are in no answer.
func (r Resolver) Ask(ctx context.Context, questions []Question) map[Question]Answer {
	answers := map[Question]Answer{}
	first := orElse(r.first, new(atomic.Int32)) // the server that answered last
	work := make(chan Question)
	var mu sync.Mutex
	var workers crash.Group
	for range min(len(questions), max(1, orElse(r.Parallel, 16))) {
		workers.Go(func() {
			defer crash.Drain(work)
			for q := range work {
				if r.room != nil && !put(ctx, r.room) {
					continue // it was not asked
				}
				a := r.ask(ctx, q, first)
				if r.room != nil {
					<-r.room
				}
				if r.Done != nil {
					r.Done(1)
				}
				mu.Lock()
				answers[q] = a
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
	return answers
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
func (r Resolver) ask(ctx context.Context, q Question, first *atomic.Int32) Answer {
	a := Answer{Err: errors.New("no server to ask")}
	from := int(first.Load())
	for i := range r.Servers {
		if ended := ctx.Err(); i > 0 && ended != nil {
			return Answer{Err: ended}
		}
		n := (from + i) % len(r.Servers)
		if a = r.askOne(ctx, r.Servers[n].String(), q); a.Err == nil {
			first.Store(int32(n))
			return a
		}
	}
	return a
}

// askOne asks one server, by TCP where the answer does not fit UDP (RFC 1035 §4.2.2).
func (r Resolver) askOne(ctx context.Context, server string, q Question) Answer {
	m := new(dns.Msg).SetQuestion(string(q.Name), uint16(q.Type))
	m.AuthenticatedData = true // it is to say whether it has validated the answer (RFC 6840 §5.7)
	m.SetEdns0(1232, false)    // what passes everywhere without fragments (RFC 9715)
	c := dns.Client{Timeout: orElse(r.Timeout, 3*time.Second)}
	in, _, err := c.ExchangeContext(ctx, m, server)
	if err == nil && in.Truncated {
		c.Net = "tcp"
		in, _, err = c.ExchangeContext(ctx, m, server)
	}
	if err != nil {
		return Answer{Err: failure(ctx, err, c.Timeout)}
	}
	a := read(in, q)
	if a.Err == nil && len(a.Records) == 0 && isReferral(in) {
		return Answer{Err: errors.New("it refers to others, and does not ask them")}
	}
	return a
}

// isReferral tells a message that says who knows, and not that there is nothing (RFC 2308 §2.2).
func isReferral(in *dns.Msg) bool {
	has := map[uint16]bool{}
	for _, rr := range in.Ns {
		has[rr.Header().Rrtype] = true
	}
	return !in.Authoritative && has[dns.TypeNS] && !has[dns.TypeSOA]
}

// failure is what it says of a host that a connection to it failed after some time.
func failure(ctx context.Context, err error, after time.Duration) error {
	var late net.Error
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("%w before the time was over", errNoAnswer)
	case errors.Is(err, syscall.ECONNREFUSED):
		return errClosed
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return errEnded
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		return errNoWay
	case errors.As(err, &late) && late.Timeout():
		return fmt.Errorf("%w in %s s", errNoAnswer, strconv.FormatFloat(after.Seconds(), 'g', 3, 64))
	}
	return err
}
