package probe

// Many zones and many addresses at once: one address is asked one question after the other, and who is silent is let alone.

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/zonefile"
)

// However many want to ask, an address has one at a time, and not more than some have their turn; who waits is let in by who leaves.
func TestTurns(t *testing.T) {
	var at turns
	address := func(n int) netip.Addr { return netip.AddrFrom4([4]byte{127, 0, 9, byte(n)}) }
	waits := func(n int) bool {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		return !at.enter(ctx, address(n))
	}
	for n := range mostAtOnce {
		if waits(n) {
			t.Fatalf("the first at %d is not let in", n)
		}
		if n < mostAtOnce-1 && !waits(n) {
			t.Fatal("two ask one address")
		}
	}
	if !waits(mostAtOnce) {
		t.Error("too many ask at once")
	}
	if at.leave(address(0)); waits(mostAtOnce) {
		t.Error("nobody is let in by who leaves")
	}
	in := make(chan bool)
	go func() { in <- at.enter(t.Context(), address(1)) }()
	if at.leave(address(1)); !<-in {
		t.Error("who waits is not let in by who leaves")
	}
	ended, end := context.WithCancel(t.Context())
	if end(); at.enter(ended, address(100)) || len(at.slots) != mostAtOnce {
		t.Errorf("after the end %d are in", len(at.slots))
	}
}

// counted is a name server that never answers, and counts what it hears.
func counted(t *testing.T) (at netip.AddrPort, heard func() int) {
	t.Helper()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pc.Close() })
	var n atomic.Int32
	go func() {
		for in := make([]byte, 512); ; n.Add(1) {
			if _, _, err := pc.ReadFrom(in); err != nil {
				return
			}
		}
	}()
	return netip.MustParseAddrPort(pc.LocalAddr().String()), func() int { return int(n.Load()) }
}

// An address that has left some questions in a row without an answer hears no more of any zone, but where the serial alone is waited for.
func TestSilenceIsNotWaitedForAgain(t *testing.T) {
	at, heard := counted(t)
	d := &Door{Private: true, port: at.Port(), Timeout: 50 * time.Millisecond}
	here := []Target{{"ns1.example.net.", at.Addr()}}
	for i := range 3 * mostMissed {
		zone := zonefile.Name(fmt.Sprintf("z%d.example.", i))
		s := d.AskServed(t.Context(), zone, here, []Question{{zone, zonefile.TypeMX}})
		if errors.Is(s[0].SOA.Err, errSilent) != (i >= mostMissed) {
			t.Errorf("%s: %v", zone, s[0].SOA.Err)
		}
		z := zonefile.Parse("db", []byte("@ 60 SOA ns1 h 10 7200 900 1209600 3600\n"), zonefile.Options{Origin: zone})
		if r := JudgeServed(Standard{Zone: z}, s[0], time.Now()); r.State != Unknown {
			t.Errorf("%s: %s, %s", zone, r.State, says(r))
		}
	}
	if d := d.AskDelegation(t.Context(), "z.example.", here); !errors.Is(d[0].Err, errSilent) {
		t.Errorf("its delegation: %v", d[0].Err)
	}
	if s := d.AskSigned(t.Context(), "z.example.", here); !errors.Is(s[0].Err, errSilent) {
		t.Errorf("its keys: %v", s[0].Err)
	}
	if s := d.AskServed(t.Context(), "z.example.", here, nil); !errors.Is(s[0].SOA.Err, errNoAnswer) {
		t.Errorf("the serial alone: %v", s[0].SOA.Err)
	}
	if heard() != mostMissed+1 {
		t.Errorf("it heard %d questions", heard())
	}
}

// An answer makes up for the silence before it: a packet may be lost now and then.
func TestSilenceEnds(t *testing.T) {
	n := 0
	a := newAuthority(t, true, servedRecords, func(m *dns.Msg, udp bool) {
		if n++; n%mostMissed != 0 {
			m.Id++ // no answer to this question
		}
	})
	d := &Door{Private: true, port: a.at.Port(), Timeout: 50 * time.Millisecond}
	var sets []Question
	for i := range 4 * mostMissed {
		sets = append(sets, Question{zonefile.Name(fmt.Sprintf("h%d.example.com.", i)), zonefile.TypeA})
	}
	var s Served
	for range mostMissed {
		s = d.AskServed(t.Context(), "example.com.", []Target{{"ns1.example.com.", a.at.Addr()}}, sets)[0]
		if s.SOA.Err == nil {
			break
		}
	}
	for q, reply := range s.Sets {
		if errors.Is(reply.Err, errSilent) {
			t.Errorf("%s is not asked", q.Name)
		}
	}
	if len(s.Sets) != len(sets) {
		t.Errorf("%d sets", len(s.Sets))
	}
}

// Whether an address is to be had by TCP is found out once, and told of each zone.
func TestTCPIsAskedOnce(t *testing.T) {
	for _, tcp := range []bool{true, false} {
		told := 0
		a := newAuthority(t, tcp, servedRecords+"sub SOA ns1 h 10 7200 900 1209600 3600\n", nil)
		d := &Door{Private: true, Many: true, port: a.at.Port(), Tell: func(string) { told++ }}
		for i, zone := range []zonefile.Name{"example.com.", "sub.example.com."} {
			host := zonefile.Name(fmt.Sprintf("ns%d.example.net.", i))
			s := d.AskServed(t.Context(), zone, []Target{{host, a.at.Addr()}}, []Question{{zone, zonefile.TypeMX}})
			if (s[0].TCP.Err == nil) != tcp || s[0].SOA.Err != nil {
				t.Errorf("%s, by TCP %v: %v", zone, tcp, s[0].TCP.Err)
			}
		}
		want := 2
		if tcp {
			want++
		}
		if got := strings.Count(strings.Join(a.heard, "\n"), "SOA"); got != want || told != 1 {
			t.Errorf("it heard %d questions for an SOA, want %d, and is told %d times", got, want, told)
		}
	}
}

// Resolvers have not more than some questions at once, whoever asks them, and none twice.
func TestResolversAreNotCrowded(t *testing.T) {
	const askers, own, shared = 20, 5, 40
	var now, most, all atomic.Int32
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &dns.Server{PacketConn: pc, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		all.Add(1)
		for n := now.Add(1); n > most.Load(); {
			most.Store(n)
		}
		<-time.After(10 * time.Millisecond)
		now.Add(-1)
		_ = w.WriteMsg(new(dns.Msg).SetReply(q))
	})}
	go func() { _ = s.ActivateAndServe() }()
	t.Cleanup(func() { _ = s.Shutdown() })
	d := &Door{}
	servers := []netip.AddrPort{netip.MustParseAddrPort(pc.LocalAddr().String())}
	var ask sync.WaitGroup
	for n := range askers {
		ask.Go(func() {
			var questions []Question
			for i := range own {
				questions = append(questions, Question{zonefile.Name(fmt.Sprintf("h%d.n%d.example.", i, n)), zonefile.TypeA})
			}
			for i := range shared {
				questions = append(questions, Question{zonefile.Name(fmt.Sprintf("h%d.example.", i)), zonefile.TypeA})
			}
			if got := d.Resolve(t.Context(), servers, "addresses of hosts", questions); len(got) != own+shared {
				t.Errorf("%d answers", len(got))
			}
		})
	}
	ask.Wait()
	if all.Load() != askers*own+shared || most.Load() > mostToDNS {
		t.Errorf("%d questions, %d at once", all.Load(), most.Load())
	}
}
