// What a check of all zones of a name server costs: a thousand zones are asked about at four name servers, and nobody is asked twice.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/situations"
)

// What a check of a thousand zones may cost.
const (
	hostedZones = 1000
	mostForAll  = 3 * time.Second // from its start to its end
	overAsking  = 2               // times what it takes to ask the same and to look at nothing
	mostSockets = 64
)

// hostedText is a zone of a hoster: its mail goes to a host of its own name, at one address with all others, and to one of the hoster.
const hostedText = `$TTL 1h
@ SOA ns1.hosting.example. hostmaster.hosting.example. 12 2h 15m 2w 1h
@ NS ns1.hosting.example.
@ NS ns2.hosting.example.
@ NS ns3.hosting.example.
@ NS ns4.hosting.example.
@ MX 10 mail
@ MX 20 mx.hosting.example.
@ TXT "v=spf1 mx -all"
_dmarc TXT "v=DMARC1; p=none"
mail A 127.0.2.1
`

// hoster writes the zones of a hoster and starts its four name servers, of which two have the zone above as well, and is the file of a
// configuration that has the zones of its customers alone.
func hoster(t *testing.T) (conf string) {
	t.Helper()
	dir := t.TempDir()
	var zones, above strings.Builder
	above.WriteString("$TTL 1h\n@ SOA ns1.hosting hostmaster.hosting 1 2h 15m 2w 1h\n@ NS ns1.hosting\n@ NS ns2.hosting\n")
	for i := range 4 {
		fmt.Fprintf(&above, "ns%d.hosting A 127.0.3.%d\n", i+1, i+1)
	}
	above.WriteString("mx.hosting A 127.0.2.2\n")
	for i := range hostedZones {
		name := fmt.Sprintf("z%04d", i)
		put(t, filepath.Join(dir, name), hostedText)
		fmt.Fprintf(&zones, "zone %q { type primary; file %q; };\n", name+".example", filepath.Join(dir, name))
		for ns := range 4 {
			fmt.Fprintf(&above, "%s NS ns%d.hosting\n", name, ns+1)
		}
	}
	put(t, filepath.Join(dir, "above"), above.String())
	conf = filepath.Join(dir, "zones.conf")
	put(t, conf, zones.String())
	for i := range 4 {
		own := ""
		if i < 2 {
			own = fmt.Sprintf("zone \"example\" { type primary; file %q; };\n", filepath.Join(dir, "above"))
		}
		at := fmt.Sprintf("127.0.3.%d", i+1)
		if out, err := exec.Command("ip", "addr", "add", at+"/32", "dev", "lo").CombinedOutput(); err != nil { // named asks which there are
			t.Fatalf("%v: %s", err, out)
		}
		file := filepath.Join(dir, fmt.Sprintf("named%d.conf", i))
		put(t, file, fmt.Sprintf(`options { directory %q; listen-on { %s; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; notify no;
  recursion no; dnssec-validation no; check-integrity no; };
controls { };
include %q;
%s`, dir, at, conf, own))
		if _, err := situations.StartProgram(exec.Command("named", "-g", "-n", "1", "-c", file), " running"); err != nil {
			t.Fatal(err)
		}
	}
	return conf
}

// merelyAsked is how long it takes, from start to end and of processors, to ask the same at each address in turn and to look at nothing.
func merelyAsked(t *testing.T) (took, cpu time.Duration) {
	t.Helper()
	used := func() time.Duration {
		var u unix.Rusage
		if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	before, begun := used(), time.Now()
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			at := fmt.Sprintf("127.0.3.%d:53", i+1)
			for n := range hostedZones {
				zone := fmt.Sprintf("z%04d.example.", n)
				types := map[string][]uint16{zone: {dns.TypeSOA, dns.TypeMX, dns.TypeTXT}, "_dmarc." + zone: {dns.TypeTXT}, "mail." + zone: {dns.TypeA}}
				if i < 2 {
					types[zone] = append(types[zone], dns.TypeNS, dns.TypeDS)
				}
				for name, list := range types {
					for _, typ := range list {
						if _, _, err := new(dns.Client).Exchange(new(dns.Msg).SetQuestion(name, typ), at); err != nil {
							t.Error(err)
						}
					}
				}
			}
		})
	}
	all.Wait()
	return time.Since(begun), used() - before
}

// A thousand zones are asked about at four name servers in three seconds, or, where others are at work on this machine, in not much more
// than it takes to ask the same and to look at nothing; with few sockets, and what it costs grows as the zones do.
func TestCheckServerCost(t *testing.T) {
	if !onLoopback(t) {
		return
	}
	conf := hoster(t)
	asks := func(zones int, more ...string) checkRun {
		r := checks(t, append([]string{"--server", "--server-config", conf, "--dns", "--resolver", "127.0.3.1"}, more...)...)
		want := fmt.Sprintf("asked about %d zones: %d ok\n", zones, 6*zones) // four name servers, and two above
		if !strings.HasSuffix(r.told, want) {
			t.Fatalf("%s\n%s", r.out, r.told)
		}
		return r
	}
	fifth := asks(hostedZones/5, "--zone", "z0[01]*")
	var r checkRun
	var fair bool
	for i := 0; i < 3 && !fair; i++ { // others may come and go
		took, cpu := merelyAsked(t)
		r = asks(hostedZones)
		t.Logf("%d zones: %v, %v of processors, %d MiB, %d sockets; merely asked: %v, %v", hostedZones, r.took, r.cpu, r.peak>>20, r.sockets, took, cpu)
		fair = r.took <= max(mostForAll, overAsking*took) && r.cpu <= overAsking*cpu
	}
	if !fair {
		t.Errorf("%d zones take %v, %v of processors", hostedZones, r.took, r.cpu)
	}
	if r.sockets == 0 || r.sockets > mostSockets {
		t.Errorf("%d sockets at once", r.sockets)
	}
	t.Logf("a fifth of the zones: %v of processors, %d MiB", fifth.cpu, fifth.peak>>20)
	if r.cpu > 8*fifth.cpu || r.peak > 5*fifth.peak {
		t.Errorf("%v of processors and %d MiB for %d zones, %v and %d MiB for a fifth of them", r.cpu, r.peak>>20, hostedZones, fifth.cpu, fifth.peak>>20)
	}
	for _, line := range []string{"ask 127.0.3.4 port 53: dns of ns4.hosting.example.", "ask 127.0.3.1 port 53: delegation of the zones at ns1.hosting.example."} {
		if strings.Count(r.told, line+"\n") != 1 {
			t.Errorf("%q is not told once:\n%s", line, r.told)
		}
	}
	if told := strings.Count(r.told, ": ask "); told != 8 { // four name servers, two of them for what is above too, and what the resolver is asked for
		t.Errorf("%d destinations are told:\n%s", told, r.told)
	}
}

// The mail servers of all zones are greeted once each, and an address as a few hosts alone.
func TestCheckServerGreetsOnce(t *testing.T) {
	if !onLoopback(t) {
		return
	}
	conf := hoster(t)
	var heard [3]atomic.Int32
	for i := 1; i <= 2; i++ {
		listens(t, fmt.Sprintf("127.0.2.%d:25", i), func(c net.Conn) {
			heard[i].Add(1)
			late(0)(c)
		})
	}
	r := checks(t, "--server", "--server-config", conf, "--smtp", "--ptr", "--format", "json", "--resolver", "127.0.3.1")
	var rows []struct{ Zone, View, Kind, Host, Address, State, Means string }
	if err := json.Unmarshal([]byte(r.out), &rows); err != nil {
		t.Fatalf("%v\n%s", err, r.told)
	}
	count := map[string]int{}
	for _, row := range rows {
		if !strings.HasPrefix(row.Zone, "z") || row.View != "" {
			t.Fatalf("%+v", row)
		}
		count[row.Kind+" "+row.Address+" "+row.State]++
		if row.State == "not-asked" && row.Means != "20 other hosts at this address were asked" {
			t.Fatalf("%+v", row)
		}
	}
	t.Logf("%v, %v of processors, %d sockets; %d and %d connections; %v", r.took, r.cpu, r.sockets, heard[1].Load(), heard[2].Load(), count)
	if heard[1].Load() != 20 || heard[2].Load() != 1 {
		t.Errorf("%d and %d connections", heard[1].Load(), heard[2].Load())
	}
	if count["smtp 127.0.2.1 ok"] != 20 || count["smtp 127.0.2.1 not-asked"] != hostedZones-20 || count["smtp 127.0.2.2 ok"] != hostedZones {
		t.Errorf("%v", count)
	}
	if n := strings.Count(r.told, ": ask "); n > 6 {
		t.Errorf("%d destinations are told:\n%s", n, r.told)
	}
}
