package cli

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// serveDNS starts a server on this machine that knows some records, and returns where.
func serveDNS(t *testing.T, records ...string) string {
	t.Helper()
	handler := dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg).SetRcode(q, dns.RcodeNameError)
		for _, text := range records {
			rr, err := dns.NewRR(text)
			if err != nil {
				t.Error(err)
				continue
			}
			if h := rr.Header(); h.Name == q.Question[0].Name {
				if m.Rcode = dns.RcodeSuccess; h.Rrtype == q.Question[0].Qtype {
					m.Answer = append(m.Answer, rr)
				}
			}
		}
		w.WriteMsg(m)
	})
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ready := make(chan struct{})
	s := &dns.Server{PacketConn: pc, Handler: handler, NotifyStartedFunc: func() { close(ready) }}
	go s.ActivateAndServe()
	<-ready
	t.Cleanup(func() { s.Shutdown() })
	return pc.LocalAddr().String()
}

// TestLintResolve runs the command against a server on this machine.
func TestLintResolve(t *testing.T) {
	at := serveDNS(t, "mx.provider.net. A 62.96.4.1", "1.4.96.62.in-addr.arpa. PTR mx.provider.net.")
	zone := filepath.Join(t.TempDir(), "db.example.com")
	src := "$TTL 1d\n@ SOA ns1.example.net. hostmaster 41 4h 1h 2w 1h\n@ NS ns1.example.net.\n@ NS ns2.example.org.\n" +
		"@ MX 10 mx.provider.net.\n@ MX 20 gone.provider.net.\n@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n"
	if err := os.WriteFile(zone, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, messages bytes.Buffer
	got := Main([]string{"lint", "--resolve", "--resolver", at, zone}, strings.NewReader(""), &out, &messages)
	if got != statusFound || strings.Count(out.String(), "error: ") != 1 ||
		!strings.Contains(out.String(), `:6:9: error: exchange "gone.provider.net." does not exist`) {
		t.Errorf("status %d: %s", got, out.String())
	}
	if want := "mailzone: asked DNS at " + at + ": questions 5, answered 5\n"; messages.String() != want {
		t.Errorf("it says %q, want %q", messages.String(), want)
	}
}
