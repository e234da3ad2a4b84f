package lint_test

// DNS of the tests is a server on this machine. Names that start with servfail, silent, big and half misbehave.

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// world is what the server knows, by name, and what it was asked.
type world struct {
	records map[string][]dns.RR
	mu      sync.Mutex
	asked   []string
}

// startWorld serves records by UDP and TCP, and returns where.
func startWorld(t *testing.T, records string) (*world, string) {
	t.Helper()
	w := &world{records: map[string][]dns.RR{}}
	zp := dns.NewZoneParser(strings.NewReader(records), ".", "")
	zp.SetDefaultTTL(300)
	for rr, ok := zp.Next(); ok; rr, ok = zp.Next() {
		w.records[rr.Header().Name] = append(w.records[rr.Header().Name], rr)
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
	for _, s := range []*dns.Server{{Listener: l, Handler: w}, {PacketConn: pc, Handler: w}} {
		ready := make(chan struct{})
		s.NotifyStartedFunc = func() { close(ready) }
		go s.ActivateAndServe()
		<-ready
		t.Cleanup(func() { s.Shutdown() })
	}
	return w, l.Addr().String()
}

// ServeDNS answers as a recursive server does.
func (w *world) ServeDNS(rw dns.ResponseWriter, q *dns.Msg) {
	name, typ := q.Question[0].Name, q.Question[0].Qtype
	_, overUDP := rw.LocalAddr().(*net.UDPAddr)
	w.mu.Lock()
	if line := name + " " + dns.TypeToString[typ]; !slices.Contains(w.asked, line) {
		w.asked = append(w.asked, line)
	}
	w.mu.Unlock()
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
		w.answer(m, name, typ)
	}
	rw.WriteMsg(m)
}

// heard is what the server was asked, sorted.
func (w *world) heard() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Sorted(slices.Values(w.asked))
}

// answer adds the records of a name, aliases before them.
func (w *world) answer(m *dns.Msg, name string, typ uint16) {
	if w.records[name] == nil {
		m.Rcode = dns.RcodeNameError
	}
	for _, rr := range w.records[name] {
		if rr.Header().Rrtype == typ {
			m.Answer = append(m.Answer, rr)
		} else if alias, ok := rr.(*dns.CNAME); ok {
			m.Answer = append(m.Answer, rr)
			w.answer(m, alias.Target, typ)
		}
	}
}

func TestResolve(t *testing.T) {
	paths, err := filepath.Glob("testdata/resolve/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) { resolveCase(t, path) })
	}
}

// resolveCase asks the world of a file, and checks what is found then.
func resolveCase(t *testing.T, path string) {
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range ar.Files {
		files[f.Name] = string(f.Data)
	}
	c := testCase{src: files["zone"], origin: "example.com."}
	if err := c.options(); err != nil {
		t.Fatal(err)
	}
	w, at := startWorld(t, files["dns"])
	zones := []*zonefile.Zone{c.zone(c.complete(c.src))}
	r := lint.Resolver{Servers: []string{at}, Timeout: 200 * time.Millisecond}
	outside, asked := r.Resolve(context.Background(), zones, c.opt)
	c.opt.Outside = outside
	c.check(t)
	heard := w.heard()
	if got := strings.Join(heard, "\n") + "\n"; got != files["asked"] {
		t.Errorf("asked:\n%s", got)
	}
	if len(asked.Questions) != len(heard) {
		t.Errorf("says that it asked %v", asked.Questions)
	}
	for q := range asked.Failed {
		if l := q.Name.Label(); l != "silent" && l != "servfail" && l != "half" {
			t.Errorf("%s: %v", q, asked.Failed[q])
		}
	}
	for _, d := range c.run(zones[0]) {
		for _, rel := range d.Related {
			if rel.File != zones[0].Root() {
				t.Errorf("%s: relates to %s, which is no file", d, rel.File.Name())
			}
		}
	}
}

// TestResolveServers asks the second server where the first one fails, and ends with its time.
func TestResolveServers(t *testing.T) {
	_, good := startWorld(t, "mx.provider.net. A 10.0.0.1\n")
	zones := []*zonefile.Zone{zoneOf("@ MX 10 mx.provider.net.\na MX 10 servfail.provider.net.\n")}
	_, bad := startWorld(t, "")
	closed, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	r := lint.Resolver{Servers: []string{closed.LocalAddr().String(), good, bad}, Parallel: 1}
	_, asked := r.Resolve(context.Background(), zones, lint.Options{})
	if len(asked.Questions) != 4 || len(asked.Failed) != 2 {
		t.Errorf("asked %v, failed %v", asked.Questions, asked.Failed)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	outside, asked := r.Resolve(ended, zones, lint.Options{})
	if len(asked.Questions) != 0 || len(asked.Unasked) != 4 {
		t.Errorf("asked %v, not asked %v", asked.Questions, asked.Unasked)
	}
	for _, d := range lint.Run(zones, lint.Options{Outside: outside}) {
		if strings.HasPrefix(d.Rule.Name, "mx-target") {
			t.Errorf("claims %s", d)
		}
	}
}

// TestResolveManyHosts has more to ask than there is time for: it ends in time, and says what it did not ask.
func TestResolveManyHosts(t *testing.T) {
	var b strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&b, "c%d MX 10 silent.p%d.net.\n", i, i)
	}
	zones := []*zonefile.Zone{zoneOf(b.String())}
	_, at := startWorld(t, "")
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	outside, asked := lint.Resolver{Servers: []string{at}, Timeout: 20 * time.Millisecond}.Resolve(ctx, zones, lint.Options{})
	if took := time.Since(start); took > 10*time.Second { // far below what the questions would take one after the other
		t.Errorf("it took %s", took)
	}
	if all := len(asked.Questions) + len(asked.Unasked); all != 4000 || len(asked.Unasked) == 0 || len(asked.Failed) != len(asked.Questions) {
		t.Errorf("%d questions: asked %d, not asked %d, failed %d", all, len(asked.Questions), len(asked.Unasked), len(asked.Failed))
	}
	if found := lint.Run(zones, lint.Options{Outside: outside, Disable: []string{"spf-missing", "dmarc-missing"}}); len(found) > 1 {
		t.Errorf("claims %s", found[1])
	}
}

// TestResolveManyAddresses asks about a host whose owner gave it more addresses, and one address more names, than anybody
// needs: what is asked about each is bounded and told, and nothing is claimed of the rest.
func TestResolveManyAddresses(t *testing.T) {
	var records strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&records, "big.provider.net. A 62.%d.%d.1\n", 96+i/256, i%256)
	}
	for i := range 600 {
		fmt.Fprintf(&records, "big.1.0.96.62.in-addr.arpa. PTR h%d.provider.net.\n", i)
	}
	w, at := startWorld(t, records.String()+"1.0.96.62.in-addr.arpa. CNAME big.1.0.96.62.in-addr.arpa.\n")
	zones := []*zonefile.Zone{zoneOf("@ MX 10 big.provider.net.\n")}
	outside, asked := lint.Resolver{Servers: []string{at}}.Resolve(context.Background(), zones, lint.Options{})
	back, names := 0, 0
	for _, line := range w.heard() {
		if strings.HasSuffix(line, " PTR") {
			back++
		}
		if strings.HasPrefix(line, "h") {
			names++
		}
	}
	if back != 16 || names > 32 || asked.Crowded["big.provider.net."] != 3000 || len(asked.Crowded) != 1 {
		t.Errorf("asked %d ways back and %d names, and tells %v", back, names, asked.Crowded)
	}
	found := lint.Run(zones, lint.Options{Outside: outside, Disable: []string{"spf-missing", "dmarc-missing"}})
	if len(found) == 0 || len(found) > 17 {
		t.Errorf("%d findings", len(found))
	}
	for _, d := range found {
		if len(d.Message) > 1024 {
			t.Errorf("%d bytes on a line", len(d.Message))
		}
	}
}
