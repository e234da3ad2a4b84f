package probe

// Whose turn it is to ask: one address is asked one question after the other, and few addresses at once. Who has not answered some
// questions in a row is let alone, for with a thousand zones each silence would be waited for a thousand times.

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// Limits of what is asked at once, whatever is asked about.
const (
	mostAtOnce = 16 // addresses, by the door; one is asked one question after the other
	mostToDNS  = 16 // questions to resolvers
)

// mostMissed is how many questions in a row an address may leave without an answer.
const mostMissed = 3

// errSilent is why an address is not asked any more.
var errSilent = fmt.Errorf("it gave no answer to %d questions in a row, and was not asked again", mostMissed)

// turns is who is asked now, and who has answered. Its zero value lets in.
type turns struct {
	mu    sync.Mutex
	lanes map[netip.Addr]*lane
	slots chan struct{} // holds one for each address that is asked now
}

// lane is the way to one address. Who has its turn alone uses what is known of it.
type lane struct {
	turn   chan struct{} // holds one while somebody asks
	missed int           // questions in a row that had no answer
	tcp    *Reply        // what came by TCP, which an address has or has not whatever zone is asked about
	socket *dns.Conn     // for the questions of one turn by UDP; nil before the first of them
}

// at is the way to an address.
func (t *turns) at(a netip.Addr) *lane {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lanes == nil {
		t.lanes, t.slots = map[netip.Addr]*lane{}, make(chan struct{}, mostAtOnce)
	}
	l := t.lanes[a]
	if l == nil {
		l = &lane{turn: make(chan struct{}, 1)}
		t.lanes[a] = l
	}
	return l
}

// enter waits until nobody else asks an address and few ask others; it is false if ctx ends before.
func (t *turns) enter(ctx context.Context, a netip.Addr) bool {
	l := t.at(a)
	if !put(ctx, l.turn) {
		return false
	}
	if !put(ctx, t.slots) {
		<-l.turn
		return false
	}
	return true
}

// leave lets others in, who have waited longest first.
func (t *turns) leave(a netip.Addr) {
	l := t.at(a)
	l.shut()
	<-t.slots
	<-l.turn
}

// put puts one in, as soon as there is room; it is false if ctx ends before.
func put(ctx context.Context, room chan struct{}) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case room <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// exchange sends a question by UDP and waits for its answer. What comes late to one is no answer to the next: who failed gets another socket.
func (l *lane) exchange(ctx context.Context, c *dns.Client, m *dns.Msg, to netip.AddrPort) (in *dns.Msg, took time.Duration, err error) {
	if l.socket == nil {
		if l.socket, err = c.DialContext(ctx, to.String()); err != nil {
			l.socket = nil
			return nil, 0, err
		}
	}
	if in, took, err = c.ExchangeWithConnContext(ctx, m, l.socket); err != nil {
		l.shut()
	}
	return in, took, err
}

// shut closes the socket of a turn.
func (l *lane) shut() {
	if l.socket != nil {
		l.socket.Close()
		l.socket = nil
	}
}

// hears is told what became of a question to an address whose turn it is, while there was time.
func (l *lane) hears(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil:
	case errors.Is(err, errNoAnswer):
		l.missed++
	default:
		l.missed = 0
	}
}

// silent tells that an address is not worth a question any more.
func (l *lane) silent() bool { return l.missed >= mostMissed }
