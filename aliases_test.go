// One answer about aliases: what lint and the preview say of chains, circles and DNAMEs is what named does with them.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// aliasHead is the head of both zones, and where their aliases lead to.
const aliasHead = `$TTL 300
@ SOA ns hostmaster 1 3600 600 604800 120
@ NS ns
ns A 192.0.2.53
host A 192.0.2.1
host MX 10 host
host.new A 192.0.2.2
host.new MX 10 host.new
away DNAME new
`

// aliasZones is zones with chains of 9 to 13 aliases, some with a DNAME, some from zone to zone, and with circles. The
// exchange of each name that is returned is the first alias of one.
func aliasZones() (texts map[string]string, starts []zonefile.Name) {
	texts = map[string]string{"example.com.": aliasHead, "example.net.": aliasHead}
	add := func(n int, name func(i int) string, last string) {
		for i := 1; i <= n; i++ {
			to := last
			if i < n {
				to = name(i + 1)
			}
			_, origin, _ := strings.Cut(name(i), ".")
			texts[origin] += name(i) + " CNAME " + to + "\n"
		}
		texts["example.com."] += "mx-" + name(1) + " MX 10 " + name(1) + "\n"
		starts = append(starts, zonefile.Name(name(1)))
	}
	in := func(kind string, n int) func(int) string {
		return func(i int) string { return fmt.Sprintf("%s-%d-%d.example.com.", kind, n, i) }
	}
	for n := 9; n <= 13; n++ {
		add(n, in("chain", n), "host.example.com.")
		add(n-1, in("dname", n), "host.away.example.com.")
		beside := in("beside", n)
		add(n, func(i int) string {
			if i%2 == 0 {
				return strings.Replace(beside(i), ".com.", ".net.", 1)
			}
			return beside(i)
		}, "host.example.com.")
	}
	for _, n := range []int{1, 2, 5, 11, 12, 13} {
		name := in("circle", n)
		add(n, name, name(1))
	}
	return texts, starts
}

func TestAliasesAsNamed(t *testing.T) {
	needs.Program(t, "bind9", "named")
	texts, starts := aliasZones()
	server := serveZones(t, texts)
	var zones []*zonefile.Zone
	for _, origin := range sortedKeys(texts) {
		zones = append(zones, zonefile.Parse(origin, []byte(texts[origin]), zonefile.Options{Origin: zonefile.Name(origin)}))
	}
	found := lint.Run(zones, lint.Options{})
	for _, start := range starts {
		want := server.answers(t, start)
		if want && strings.HasPrefix(string(start), "circle") {
			t.Fatalf("named answers from %s", start)
		}
		for what, is := range map[string]bool{
			"the look-up":               !zonefile.Together(zones...).Addresses(start).Result.Endless(),
			"the preview of the domain": delivers(t, zones, start),
			"the preview of the MX":     delivers(t, zones, "mx-"+start),
			"lint's word on the alias":  !says(found, start, "cname-loop", ""),
			"lint's word on the MX":     !says(found, "mx-"+start, "", "fails") && !says(found, "mx-"+start, "", "back to itself"),
			"lint's fix":                says(found, "mx-"+start, "mx-target-cname", "is an alias of"),
		} {
			if is != want {
				t.Errorf("%s: %s is %v, named's answer %v", start, what, is, want)
			}
		}
	}
}

// delivers tells whether mail for a domain is delivered; else it has to be deferred, as after SERVFAIL.
func delivers(t *testing.T, zones []*zonefile.Zone, domain zonefile.Name) bool {
	t.Helper()
	d := preview.Route(zones, preview.Query{Domain: domain})
	if d.Outcome != preview.Delivered && (d.Outcome != preview.Deferred || d.Code != "4.4.3") {
		t.Errorf("%s: %s %s", domain, d.Outcome, d.Code)
	}
	return d.Outcome == preview.Delivered
}

// says tells whether lint says something of a name. What has no end has no fix either.
func says(found []lint.Diagnostic, name zonefile.Name, rule, words string) bool {
	return slices.ContainsFunc(found, func(d lint.Diagnostic) bool {
		r := d.Zone.RowAt(d.File, d.Span.Start).Record()
		return !r.IsZero() && r.Owner() == name && (rule == "" || d.Rule.Name == rule) && strings.Contains(d.Message, words) &&
			(words != "fails" || len(d.Fixes) == 0)
	})
}

// nameServer is the address of a named.
type nameServer string

// serveZones starts named on the loopback with zones, and waits until it runs. It ends with the test.
func serveZones(t *testing.T, texts map[string]string) nameServer {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	free.Close()
	dir := t.TempDir()
	conf := fmt.Sprintf(`options { directory %q; listen-on port %d { 127.0.0.1; }; listen-on-v6 { none; }; recursion yes;
pid-file none; session-keyfile none; dnssec-validation no; notify no; };
controls { };
`, dir, port)
	// Names of no zone do not exist: nothing is asked for outside.
	files := map[string]string{".": "$TTL 300\n. SOA ns. hostmaster. 1 3600 600 604800 120\n. NS ns.\nns. A 127.0.0.1\n"}
	for origin, text := range texts {
		files[origin] = text
	}
	for _, origin := range sortedKeys(files) {
		conf += fmt.Sprintf("zone %q { type primary; file \"db.%s\"; check-mx-cname ignore; check-integrity no; };\n", origin, origin)
		if err := os.WriteFile(filepath.Join(dir, "db."+origin), []byte(files[origin]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "named.conf")
	if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("named", "-g", "-n", "1", "-c", file)
	log, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	var said strings.Builder
	for in := bufio.NewScanner(log); in.Scan(); fmt.Fprintln(&said, in.Text()) {
		if strings.HasSuffix(in.Text(), " running") {
			go func() { // named must not wait for a reader
				for in.Scan() {
				}
			}()
			return nameServer(fmt.Sprintf("127.0.0.1:%d", port))
		}
	}
	t.Fatalf("named does not run:\n%s", said.String())
	return ""
}

// answers tells whether the name server gives an address for a name; else it has to say SERVFAIL.
func (s nameServer) answers(t *testing.T, n zonefile.Name) bool {
	t.Helper()
	ask := new(dns.Msg).SetQuestion(string(n), dns.TypeA)
	reply, _, err := (&dns.Client{Net: "tcp"}).Exchange(ask, string(s))
	if err != nil {
		t.Fatal(err)
	}
	has := slices.ContainsFunc(reply.Answer, func(r dns.RR) bool { return r.Header().Rrtype == dns.TypeA })
	if reply.Rcode != dns.RcodeServerFailure && !has {
		t.Fatalf("%s: named says %s\n%s", n, dns.RcodeToString[reply.Rcode], reply)
	}
	return has
}
