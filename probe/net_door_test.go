package probe

// Name servers on this machine are asked for real, and what may not be asked hears nothing.

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/zonefile"
)

// authority answers at a port of 127.0.0.1 as a name server; its answers may be changed on the way.
type authority struct {
	at     netip.AddrPort
	mu     sync.Mutex
	heard  []string
	change func(m *dns.Msg, udp bool)
}

// newAuthority starts one with records, by UDP and, if wanted, by TCP.
func newAuthority(t *testing.T, tcp bool, records string, change func(m *dns.Msg, udp bool)) *authority {
	t.Helper()
	a := &authority{change: change}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a.at = netip.MustParseAddrPort(l.Addr().String())
	pc, err := net.ListenPacket("udp", a.at.String())
	if err != nil {
		t.Fatal(err)
	}
	handler := dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		_, udp := w.LocalAddr().(*net.UDPAddr)
		m := new(dns.Msg).SetReply(q)
		m.Authoritative = true
		zp := dns.NewZoneParser(strings.NewReader(records), "example.com.", "")
		for rr, ok := zp.Next(); ok; rr, ok = zp.Next() {
			if h := rr.Header(); h.Name == q.Question[0].Name && h.Rrtype == q.Question[0].Qtype {
				m.Answer = append(m.Answer, rr)
			}
		}
		a.mu.Lock()
		a.heard = append(a.heard, fmt.Sprintf("%s %s recursion %v", q.Question[0].Name, dns.TypeToString[q.Question[0].Qtype], q.RecursionDesired))
		if a.change != nil {
			a.change(m, udp)
		}
		a.mu.Unlock()
		w.WriteMsg(m)
	})
	servers := []*dns.Server{{PacketConn: pc, Handler: handler}}
	if tcp {
		servers = append(servers, &dns.Server{Listener: l, Handler: handler})
	} else {
		l.Close()
	}
	for _, s := range servers {
		ready := make(chan struct{})
		s.NotifyStartedFunc = func() { close(ready) }
		go s.ActivateAndServe()
		<-ready
		t.Cleanup(func() { s.Shutdown() })
	}
	return a
}

const servedRecords = `$TTL 60
@ SOA ns1 h 10 7200 900 1209600 3600
@ MX 10 mail
mail A 192.0.2.1
`

// served asks one address that is 127.0.0.1.
func served(t *testing.T, d *Door, at netip.AddrPort, sets ...Question) Served {
	t.Helper()
	d.Private, d.port = true, at.Port()
	all := d.AskServed(context.Background(), "example.com.", []Target{{"ns1.example.com.", at.Addr()}, {"ns2.example.com.", at.Addr()}}, sets)
	if len(all) != 2 || all[1].Host != "ns2.example.com." {
		t.Fatalf("%+v", all)
	}
	return all[0]
}

// What is served is asked without recursion, each address once, and each destination is told before it hears anything.
func TestAskServed(t *testing.T) {
	told := 0
	mx := Question{"example.com.", zonefile.TypeMX}
	var early bool
	a := newAuthority(t, true, servedRecords, func(*dns.Msg, bool) { early = early || told == 0 })
	d := &Door{Tell: func(string) { told++ }}
	s := served(t, d, a.at, mx)
	if s.SOA.Err != nil || s.TCP.Err != nil || !s.SOA.Authoritative || len(s.Sets) != 1 || s.Sets[mx].Result != zonefile.Found {
		t.Errorf("%+v", s)
	}
	if got := strings.Join(a.heard, ", "); got != "example.com. SOA recursion false, example.com. SOA recursion false, example.com. MX recursion false" {
		t.Errorf("heard %s", got)
	}
	if early || told != 1 {
		t.Errorf("told %d destinations, a packet before that: %v", told, early)
	}
	if s := served(t, &Door{}, a.at); len(s.Sets) > 0 || s.TCP.Result != 0 || s.TCP.Records != nil {
		t.Errorf("without sets it asks for more than the serial: %+v", s)
	}
}

// What servers do wrong comes out as what it is.
func TestAskServedWrong(t *testing.T) {
	mx := Question{"example.com.", zonefile.TypeMX}
	z := zonefile.Parse("db", []byte("@ 60 SOA ns1 h 10 7200 900 1209600 3600\n@ NS ns1\n@ MX 10 mail\nmail A 192.0.2.1\n"), zonefile.Options{Origin: "example.com."})
	for name, c := range map[string]struct {
		tcp    bool
		change func(m *dns.Msg, udp bool)
		want   State
		says   string
	}{
		"as it should be": {true, nil, OK, "all as in the file"},
		"truncated":       {true, func(m *dns.Msg, udp bool) { m.Truncated = udp }, OK, "all as in the file"},
		"no TCP":          {false, nil, Bad, "by TCP: nothing listens"},
		"lame":            {true, func(m *dns.Msg, _ bool) { m.Authoritative = false }, Bad, "not authoritative"},
		"REFUSED":         {true, func(m *dns.Msg, _ bool) { m.Rcode = dns.RcodeRefused; m.Answer = nil }, Bad, "REFUSED"},
		"another question": {true, func(m *dns.Msg, _ bool) {
			m.Question[0].Name = "example.net."
		}, Unknown, "nothing can be said"},
		"another id": {true, func(m *dns.Msg, _ bool) { m.Id++ }, Unknown, "nothing can be said"},
		"control characters": {true, func(m *dns.Msg, _ bool) {
			for _, rr := range m.Answer {
				if mx, ok := rr.(*dns.MX); ok {
					mx.Mx = `\027[31mx.example.`
				}
			}
		}, Bad, "other records: example.com. MX"},
	} {
		a := newAuthority(t, c.tcp, servedRecords, c.change)
		s := served(t, &Door{Timeout: 300 * time.Millisecond}, a.at, mx)
		if r := JudgeServed(Standard{Zone: z}, s, time.Now()); r.State != c.want || !strings.Contains(says(r), c.says) || strings.ContainsRune(says(r), 0x1b) {
			t.Errorf("%s: %s: %q", name, r.State, says(r))
		}
	}
	closed, _ := net.ListenPacket("udp", "127.0.0.1:0")
	at := netip.MustParseAddrPort(closed.LocalAddr().String())
	if r := JudgeServed(Standard{Zone: z}, served(t, &Door{Timeout: 100 * time.Millisecond}, at), time.Now()); r.State != Unknown || !strings.Contains(says(r), "no answer in 0.1 s") {
		t.Errorf("silent: %s: %s", r.State, says(r))
	}
	closed.Close()
	if r := JudgeServed(Standard{Zone: z}, served(t, &Door{}, at), time.Now()); r.State != Bad || !strings.Contains(says(r), "nothing listens") {
		t.Errorf("closed: %s: %s", r.State, says(r))
	}
}

// A referral stands in the authority of an answer, or in the answer itself.
func TestAskDelegation(t *testing.T) {
	ns, _ := dns.NewRR("example.com. 60 IN NS ns1.example.com.")
	other, _ := dns.NewRR("com. 60 IN NS a.example.net.")
	for name, c := range map[string]struct {
		change func(m *dns.Msg, udp bool)
		want   string
	}{
		"referral":     {func(m *dns.Msg, _ bool) { m.Ns = []dns.RR{ns} }, "[ns1.example.com.] <nil>"},
		"answer":       {func(m *dns.Msg, _ bool) { m.Answer = []dns.RR{ns} }, "[ns1.example.com.] <nil>"},
		"of the other": {func(m *dns.Msg, _ bool) { m.Ns = []dns.RR{other} }, "[] <nil>"},
		"refers on":    {func(m *dns.Msg, _ bool) { m.Authoritative, m.Ns = false, []dns.RR{other} }, "[] it refers to others, and does not have the zone above"},
		"no such name": {func(m *dns.Msg, _ bool) { m.Rcode = dns.RcodeNameError }, "[] <nil>"},
		"REFUSED":      {func(m *dns.Msg, _ bool) { m.Rcode = dns.RcodeRefused }, "[] REFUSED"},
	} {
		a := newAuthority(t, true, "$TTL 60\n", c.change)
		d := &Door{Private: true, port: a.at.Port()}
		all := d.AskDelegation(context.Background(), "example.com.", []Target{{"a.gtld.example.", a.at.Addr()}})
		if got := fmt.Sprint(all[0].Hosts, " ", all[0].Err); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Addresses of this machine and of its network are barred, unless the zone is one of this machine.
func TestBarred(t *testing.T) {
	d, own := &Door{}, &Door{Private: true}
	for address, barred := range map[string]bool{
		"127.0.0.1": true, "10.1.2.3": true, "192.168.0.1": true, "169.254.169.254": true, "192.0.2.1": true, "224.0.0.1": true, "::1": true, "fe80::1": true,
		"fd00::1": true, "2001:db8::1": true, "::ffff:10.0.0.1": true, "62.96.4.1": false, "2606:4700::1": false,
	} {
		a := netip.MustParseAddr(address)
		if d.Barred(a) != "" != barred || own.Barred(a) != "" {
			t.Errorf("%s: %q, of an own zone %q", address, d.Barred(a), own.Barred(a))
		}
	}
}

// What there is no time for is not in the list.
func TestAskServedEndsInTime(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	d := &Door{Private: true, Tell: func(line string) { t.Errorf("told %s", line) }}
	if all := d.AskServed(ctx, "example.com.", []Target{{"ns1.example.com.", netip.MustParseAddr("127.0.0.1")}}, nil); len(all) > 0 {
		t.Errorf("%+v", all)
	}
}

// What is barred hears nothing, whoever asks, and is not told as a destination.
func TestBarredIsNotAsked(t *testing.T) {
	a := newAuthority(t, true, servedRecords, nil)
	d := &Door{port: a.at.Port(), Tell: func(line string) { t.Errorf("told %s", line) }}
	here := []Target{{"ns1.example.com.", a.at.Addr()}}
	n := len(d.AskServed(t.Context(), "example.com.", here, nil)) + len(d.AskDelegation(t.Context(), "example.com.", here)) +
		len(d.AskMail(t.Context(), []Host{{Target: here[0]}}, Talk{Now: time.Now})) + len(d.AskPolicies(t.Context(), here, Talk{Now: time.Now}))
	if n > 0 || len(a.heard) > 0 {
		t.Errorf("%d answers, it heard %v", n, a.heard)
	}
}
