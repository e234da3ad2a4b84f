package newzone

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

func TestMain(m *testing.M) { os.Exit(needs.Main{M: m}.Run()) }

// example is the answers of one server of its own.
func example() Answers {
	return Answers{
		Origin: "zone.example.", TTL: "1d", Serial: "2026112801", Report: "postmaster@zone.example",
		Servers:   hosts("ns1=192.0.2.53", "ns2.example.net"),
		Exchanges: exchanges("mail=192.0.2.10,2001:db8::10"), Web: addresses("192.0.2.80"),
	}
}

// hosts reads hosts.
func hosts(texts ...string) (list []Host) {
	for _, text := range texts {
		h, err := ReadHost(text, "zone.example.")
		if err != nil {
			panic(err)
		}
		list = append(list, h)
	}
	return list
}

// exchanges reads exchanges.
func exchanges(texts ...string) (list []Exchange) {
	for _, text := range texts {
		x, err := ReadExchange(text, "zone.example.")
		if err != nil {
			panic(err)
		}
		list = append(list, x)
	}
	return list
}

// addresses reads addresses.
func addresses(text string) []netip.Addr {
	list, err := Addresses(text)
	if err != nil {
		panic(err)
	}
	return list
}

func TestText(t *testing.T) {
	a := example()
	a.Exchanges = append(a.Exchanges, exchanges("branch.zone.example:mx.branch=192.0.2.30", "branch:mail", "mx.example.net")...)
	const want = `$ORIGIN zone.example.
$TTL 1d
@         IN SOA ns1 hostmaster (
              2026112801 ; serial
              8h         ; refresh
              2h         ; retry
              4w         ; expire
              1h )       ; negative answers
          IN NS    ns1
          IN NS    ns2.example.net.
          IN MX    10 mail
          IN MX    20 mx.example.net.
          IN A     192.0.2.80
          IN TXT   "v=spf1 mx -all"
branch    IN MX    10 mx.branch
          IN MX    20 mail
          IN TXT   "v=spf1 mx -all"
ns1       IN A     192.0.2.53
mail      IN A     192.0.2.10
          IN AAAA  2001:db8::10
          IN TXT   "v=spf1 a -all"
mx.branch IN A     192.0.2.30
          IN TXT   "v=spf1 a -all"
www       IN CNAME @
_dmarc    IN TXT   "v=DMARC1; p=none; rua=mailto:postmaster@zone.example"
`
	if got, err := a.Text(); err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
}

// What is left out is in no line, and all else is as it was.
func TestWithout(t *testing.T) {
	all := example()
	whole, err := all.Text()
	if err != nil {
		t.Fatal(err)
	}
	for of, has := range map[string]string{OfWWW: "www ", OfSPF: "v=spf1", OfDMARC: "_dmarc "} {
		a := example()
		a.Without = []string{of}
		text, err := a.Text()
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for l := range strings.Lines(whole) {
			if !strings.Contains(l, has) {
				want = append(want, strings.Fields(l)...)
			}
		}
		for l := range strings.Lines(text) {
			got = append(got, strings.Fields(l)...)
		}
		if len(want) == len(strings.Fields(whole)) || strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("without %s:\n%s", of, text)
		}
	}
}

// Each answer that cannot be is told with its name.
func TestWrong(t *testing.T) {
	for _, tt := range []struct {
		answer, why string
		change      func(*Answers)
	}{
		{OfOrigin, "one label", func(a *Answers) { a.Origin = "example." }},
		{OfOrigin, "no name of a domain", func(a *Answers) { a.Origin = "a_b.example." }},
		{OfOrigin, "no name of a domain", func(a *Answers) { a.Origin = "*.example.com." }},
		{OfTTL, "not a TTL", func(a *Answers) { a.TTL = "soon" }},
		{OfTTL, "not a TTL", func(a *Answers) { a.TTL = "0" }},
		{OfServers, "no name server", func(a *Answers) { a.Servers = nil }},
		{OfServers, "type its address", func(a *Answers) { a.Servers = hosts("ns1") }},
		{OfServers, "leave that out", func(a *Answers) { a.Servers = hosts("ns1.example.net.=192.0.2.1") }},
		{OfServers, "192.0.2.1 is an address", func(a *Answers) { a.Servers = hosts("192.0.2.1") }},
		{OfServers, "192.0.2.1 is an address", func(a *Answers) { a.Servers = hosts("192.0.2.1=192.0.2.2") }},
		{OfExchanges, "2001:db8::1 is an address", func(a *Answers) { a.Exchanges = []Exchange{{"zone.example.", Host{Name: "2001:db8::1."}}} }},
		{OfServers, "no name of a host", func(a *Answers) { a.Servers = hosts("ns_1=192.0.2.1") }},
		{OfExchanges, "no mail server", func(a *Answers) { a.Exchanges = nil }},
		{OfExchanges, "type its address", func(a *Answers) { a.Exchanges = exchanges("mail.zone.example") }},
		{OfExchanges, "is to get none", func(a *Answers) { a.Mail = None }},
		{OfExchanges, "not in the zone", func(a *Answers) { a.Exchanges = exchanges("other.example.:mail=192.0.2.1") }},
		{OfExchanges, "alias of the web server", func(a *Answers) { a.Exchanges = exchanges("www=192.0.2.1") }},
		{OfServers, "named twice", func(a *Answers) { a.Servers = hosts("ns1=192.0.2.1", "ns1=192.0.2.2") }},
		{OfExchanges, "named twice", func(a *Answers) { a.Exchanges = exchanges("mail=192.0.2.1", "mail") }},
		{OfReport, "no mailbox", func(a *Answers) { a.Report = "postmaster" }},
		{OfReport, "no mailbox", func(a *Answers) { a.Report = "a\"b@zone.example" }},
		{OfReport, "no mailbox", func(a *Answers) { a.Report = "a@b@zone.example" }},
	} {
		a := example()
		tt.change(&a)
		_, err := a.Text()
		if bad := new(Wrong); !errors.As(err, &bad) || bad.Answer != tt.answer || !strings.Contains(bad.Why, tt.why) {
			t.Errorf("want %s: %s; got %v", tt.answer, tt.why, err)
		}
	}
	for _, text := range []string{"", "=192.0.2.1", "mail=", "mail=192.0.2", "mail=fe80::1%eth0", "a..b"} {
		if h, err := ReadHost(text, "zone.example."); err == nil {
			t.Errorf("%q is read as %v", text, h)
		}
	}
}

// randomAnswers is a zone of any of the shapes that can be asked for.
func randomAnswers(r *rand.Rand, n int) Answers {
	origin := zonefile.Name(fmt.Sprintf("zone%d.example.", n))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	at := func() string { return pick("198.51.100.7", "198.51.100.8,2001:db8::8", "2001:db8::9") }
	a := Answers{Origin: origin, TTL: pick("1d", "3600", "4h"), Serial: pick("1", "2026112801", "1796057787")}
	read := func(text string) Host {
		h, err := ReadHost(text, origin)
		if err != nil {
			panic(err)
		}
		return h
	}
	a.Servers = append(a.Servers, read(pick("ns1=", "@=", "mail=", "a.very.long.name.of.a.host.in.this.zone=")+at()))
	if r.IntN(2) == 0 {
		a.Servers = append(a.Servers, read("ns2.example.net"))
	}
	if r.IntN(2) == 0 {
		a.Web = addresses(at())
	}
	if r.IntN(4) == 0 {
		a.Mail = None
		return a
	}
	if r.IntN(2) == 0 {
		a.Report = "postmaster@" + strings.TrimSuffix(string(origin), ".")
	}
	for range 1 + r.IntN(3) {
		x, err := ReadExchange(pick("", "", "branch:", "shop.far:")+pick("mail=", "mx2=", "mx.branch=", "@=")+at(), origin)
		if err != nil {
			panic(err)
		}
		if !slices.ContainsFunc(a.Exchanges, func(o Exchange) bool { return o.For == x.For && o.Name == x.Name }) {
			a.Exchanges = append(a.Exchanges, x)
		}
	}
	return a
}

// Every zone that is made is clean by the rules, and named serves it.
func TestMadeZones(t *testing.T) {
	dir, r := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	var conf strings.Builder
	made := map[zonefile.Name]string{}
	for n := range 120 {
		a := randomAnswers(r, n)
		text, err := a.Text()
		if err != nil { // one host twice at one preference, as the same name for two things
			t.Fatalf("%+v: %v", a, err)
		}
		z := zonefile.Parse("db", []byte(text), zonefile.Options{Origin: a.Origin})
		for _, d := range lint.Run([]*zonefile.Zone{z}, lint.Options{}) {
			if d.Severity >= lint.Warning {
				t.Errorf("%s\n%s", d, text)
			}
		}
		path := filepath.Join(dir, fmt.Sprintf("db.%d", n))
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		made[a.Origin] = a.Serial
		fmt.Fprintln(&conf, a.statement(path))
	}
	served(t, dir, conf.String(), made)
}

// served starts named with zones, and asks it for their serials.
func served(t *testing.T, dir, zones string, made map[zonefile.Name]string) {
	t.Helper()
	needs.Program(t, "bind9", "named")
	free, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.LocalAddr().(*net.UDPAddr).Port
	free.Close()
	conf := fmt.Sprintf("options { directory %q; pid-file none; session-keyfile none; listen-on port %d { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; notify no; dnssec-validation no; };\ncontrols { };\n%s", dir, port, zones)
	path := filepath.Join(dir, "named.conf")
	if err := os.WriteFile(path, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("named", "-g", "-n", "1", "-c", path)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	var said strings.Builder
	running := false
	lines := bufio.NewScanner(out)
	for !running && lines.Scan() {
		fmt.Fprintln(&said, lines.Text())
		running = strings.HasSuffix(lines.Text(), " running")
	}
	if !running {
		t.Fatalf("named does not run:\n%s", said.String())
	}
	for origin, serial := range made {
		m := new(dns.Msg)
		m.SetQuestion(string(origin), dns.TypeSOA)
		answer, err := dns.Exchange(m, fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil || !answer.Authoritative || len(answer.Answer) != 1 || fmt.Sprint(answer.Answer[0].(*dns.SOA).Serial) != serial {
			t.Errorf("%s: %v, %v", origin, err, answer)
		}
	}
}

// What a file has stays: the start of its zone is written in the words of the place where it goes, and hosts that have addresses need none.
func TestStart(t *testing.T) {
	a := example()
	a.Present = &Present{Origin: "example.", Servers: []zonefile.Name{"ns2.example.net."}, Hosts: []zonefile.Name{"ns1.zone.example."}}
	a.Servers = hosts("ns1", "dns=192.0.2.54", "ns2.example.net")
	a.Exchanges = nil
	const want = `$TTL 1d
zone     IN SOA ns1.zone hostmaster.zone (
             2026112801 ; serial
             8h         ; refresh
             2h         ; retry
             4w         ; expire
             1h )       ; negative answers
         IN NS    ns1.zone
         IN NS    dns.zone
dns.zone IN A     192.0.2.54
`
	if got, err := a.Text(); err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
	a.Present = &Present{Origin: "zone.example.", TTL: true, Hosts: []zonefile.Name{"ns1.zone.example.", "dns.zone.example."}}
	a.Servers = hosts("dns")
	if got, err := a.Text(); err != nil || !strings.HasPrefix(got, "@ IN SOA dns hostmaster (\n") || !strings.HasSuffix(got, "\n  IN NS    dns\n") {
		t.Errorf("%v\n%s", err, got)
	}
}
