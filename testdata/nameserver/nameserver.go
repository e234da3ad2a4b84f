// Package nameserver is the DNS of tests: a server on this machine that answers from records as a recursive one does, and
// remembers what it was asked. Names whose first label is silent, servfail, half or big misbehave.
package nameserver

import (
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/miekg/dns"
)

// Server is a server that runs until its test ends.
type Server struct {
	At      netip.AddrPort
	records map[string][]dns.RR // by name
	mu      sync.Mutex
	asked   []string
}

// Start serves records, as lines of a zone file, by UDP and TCP.
func Start(t testing.TB, records string) *Server {
	t.Helper()
	s := &Server{records: map[string][]dns.RR{}}
	zp := dns.NewZoneParser(strings.NewReader(records), ".", "")
	zp.SetDefaultTTL(300)
	for rr, ok := zp.Next(); ok; rr, ok = zp.Next() {
		s.records[rr.Header().Name] = append(s.records[rr.Header().Name], rr)
	}
	if err := zp.Err(); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	pc, err := net.ListenPacket("udp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []*dns.Server{{Listener: l, Handler: s}, {PacketConn: pc, Handler: s}} {
		ready := make(chan struct{})
		d.NotifyStartedFunc = func() { close(ready) }
		go d.ActivateAndServe()
		<-ready
		t.Cleanup(func() { d.Shutdown() })
	}
	s.At = netip.MustParseAddrPort(l.Addr().String())
	return s
}

// Closed is an address of this machine at which nobody answers.
func Closed(t testing.TB) netip.AddrPort {
	t.Helper()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	pc.Close()
	return netip.MustParseAddrPort(pc.LocalAddr().String())
}

// ServeDNS answers a question.
func (s *Server) ServeDNS(rw dns.ResponseWriter, q *dns.Msg) {
	name, typ := q.Question[0].Name, q.Question[0].Qtype
	_, overUDP := rw.LocalAddr().(*net.UDPAddr)
	s.hear(name + " " + dns.TypeToString[typ])
	m := new(dns.Msg).SetReply(q)
	m.Compress = true
	switch label, _, _ := strings.Cut(name, "."); {
	case label == "silent":
		return
	case label == "servfail", label == "half" && typ == dns.TypeAAAA:
		m.Rcode = dns.RcodeServerFailure
	case label == "big" && overUDP:
		m.Truncated = true
	default:
		s.answer(m, name, typ)
	}
	rw.WriteMsg(m)
}

// hear remembers a question.
func (s *Server) hear(question string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.asked, question) {
		s.asked = append(s.asked, question)
	}
}

// Heard is what the server was asked, each question once, sorted.
func (s *Server) Heard() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(slices.Values(s.asked))
}

// answer adds the records of a name, aliases before them.
func (s *Server) answer(m *dns.Msg, name string, typ uint16) {
	if s.records[name] == nil {
		m.Rcode = dns.RcodeNameError
	}
	for _, rr := range s.records[name] {
		if rr.Header().Rrtype == typ {
			m.Answer = append(m.Answer, rr)
		} else if alias, ok := rr.(*dns.CNAME); ok {
			m.Answer = append(m.Answer, rr)
			s.answer(m, alias.Target, typ)
		}
	}
}
