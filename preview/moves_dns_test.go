//go:build linux

package preview

// The name servers and resolvers that a move is really made on: a primary, a secondary that hears of a change in the last
// second in which it may still be behind, and two resolvers whose clock the test turns. What they say is their own: named
// serves the files that the plan makes, and unbound keeps what it was told for as long as it does.

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/testdata/lab"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// The addresses of the servers on the sender's loopback.
const (
	primaryIP   = "127.0.0.53"
	secondaryIP = "127.0.0.54"
	unluckyIP   = "127.0.0.71"
	ordinaryIP  = "127.0.0.72"
)

// movedOrigin is the zone in which mail moves.
const movedOrigin = "example.com."

// needMoves skips where the servers of a move cannot be started.
func needMoves(p *lab.Place) {
	p.T.Helper()
	needs.Program(p.T, "unbound", "unbound")
	if fakeTime() == "" {
		needs.Package("libfaketime")
		p.T.Skip("needs the library of the Debian package libfaketime")
	}
}

// fakeTime is the library that turns a program's clock.
func fakeTime() string {
	found, err := filepath.Glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
	if err != nil || len(found) == 0 {
		return ""
	}
	return found[0]
}

// nameServer is a named that serves the moved zone and the root, in which the hosts of others are.
type nameServer struct {
	*lab.Place
	ip   string
	file string // of the moved zone
	cmd  *exec.Cmd
	log  lab.Lines
}

// startNamed starts named on an address of the loopback, and waits until it runs. zone is its clause for the moved zone.
func startNamed(p *lab.Place, ip, root, zone string) *nameServer {
	p.T.Helper()
	dir := p.T.TempDir()
	n := &nameServer{Place: p, ip: ip, file: filepath.Join(dir, "db.moved")}
	conf := fmt.Sprintf(`options { directory %q; listen-on { %s; }; listen-on-v6 { none; }; recursion no; pid-file none;
session-keyfile none; dnssec-validation no; notify no; minimal-responses yes; };
controls { };
zone "." { type primary; file "db.root"; check-integrity no; };
zone %q { %s };
`, dir, ip, movedOrigin, zone)
	for name, text := range map[string]string{"named.conf": conf, "db.root": root, "db.moved": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			p.T.Fatal(err)
		}
	}
	n.cmd = exec.Command("named", "-g", "-n", "1", "-c", filepath.Join(dir, "named.conf"))
	n.log = lab.Watch(p, n.cmd)
	n.log.Until(p.T, "named runs", func(line string) bool { return strings.HasSuffix(line, " running") })
	return n
}

// serve has a primary serve a version.
func (n *nameServer) serve(z *zonefile.Zone) {
	n.T.Helper()
	var text strings.Builder
	if _, err := z.WriteTo(&text); err != nil {
		n.T.Fatal(err)
	}
	if err := os.WriteFile(n.file, []byte(text.String()), 0o644); err != nil {
		n.T.Fatal(err)
	}
	later := time.Now().Add(time.Hour) // BIND: a file that is not younger than the last load is not read again
	if err := os.Chtimes(n.file, later, later); err != nil {
		n.T.Fatal(err)
	}
	if err := n.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		n.T.Fatal(err)
	}
	n.says("loaded serial", z)
}

// hear tells a secondary that there is a new version (RFC 1996), and waits until it has it.
func (n *nameServer) hear(z *zonefile.Zone) {
	n.T.Helper()
	if _, err := exchange(n.Place, new(dns.Msg).SetNotify(movedOrigin), n.ip); err != nil {
		n.T.Fatal(err)
	}
	n.says("transferred serial", z)
}

// says waits until named tells in its log that it serves a version.
func (n *nameServer) says(what string, z *zonefile.Zone) {
	n.T.Helper()
	serial, _ := z.Serial()
	words := fmt.Sprintf("zone %s/IN: %s %d", strings.TrimSuffix(movedOrigin, "."), what, serial)
	n.log.Until(n.T, words, func(line string) bool { return strings.Contains(line+" ", words) })
}

// exchange asks a server in the place.
func exchange(p *lab.Place, m *dns.Msg, ip string) (out *dns.Msg, err error) {
	p.Do(func() {
		client := dns.Client{Timeout: lab.Limit}
		out, _, err = client.Exchange(m, net.JoinHostPort(ip, "53"))
	})
	return out, err
}

// clock is the clock of the resolvers: it stands until the test turns it.
type clock struct {
	file string
	now  time.Time
}

// turn sets the clock. A program looks at the file whenever it wants to know the time: it is whole at any moment.
func (c *clock) turn(p *lab.Place, now time.Time) {
	p.T.Helper()
	c.now = now
	if err := os.WriteFile(c.file+".next", []byte(now.UTC().Format(time.DateTime)+"\n"), 0o644); err != nil {
		p.T.Fatal(err)
	}
	if err := os.Rename(c.file+".next", c.file); err != nil {
		p.T.Fatal(err)
	}
}

// resolver is an unbound that asks some servers.
type resolver struct {
	*lab.Place
	ip, conf string
}

// startUnbound starts unbound on an address of the loopback by a clock, and waits until it runs.
func startUnbound(p *lab.Place, ip string, c *clock, servers ...string) *resolver {
	p.T.Helper()
	dir := p.T.TempDir()
	r := &resolver{p, ip, filepath.Join(dir, "unbound.conf")}
	conf := fmt.Sprintf(`server:
  interface: %s
  access-control: 127.0.0.0/8 allow
  directory: %q
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  module-config: "iterator"
  do-not-query-localhost: no
  do-ip6: no
  local-zone: "test." nodefault
remote-control:
  control-enable: yes
  control-interface: %q
  control-use-cert: no
stub-zone:
  name: "."
  stub-addr: %s
`, ip, dir, filepath.Join(dir, "control"), strings.Join(servers, "\n  stub-addr: "))
	if err := os.WriteFile(r.conf, []byte(conf), 0o644); err != nil {
		p.T.Fatal(err)
	}
	cmd := exec.Command("unbound", "-d", "-v", "-c", r.conf)
	cmd.Env = append(os.Environ(), "TZ=UTC", "LD_PRELOAD="+fakeTime(), "FAKETIME_TIMESTAMP_FILE="+c.file,
		"FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1")
	lab.Watch(p, cmd).Until(p.T, "unbound runs", func(line string) bool { return strings.Contains(line, "start of service") })
	return r
}

// control has unbound do something, as unbound-control does.
func (r *resolver) control(words string) {
	r.T.Helper()
	c, err := net.Dial("unix", filepath.Join(filepath.Dir(r.conf), "control"))
	if err != nil {
		r.T.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(lab.Limit))
	fmt.Fprintf(c, "UBCT1 %s\n", words)
	if said, err := io.ReadAll(c); err != nil || !strings.HasPrefix(string(said), "ok") {
		r.T.Fatalf("unbound, %s: %s %v", words, said, err)
	}
}

// ask has unbound ask one server from now on. What it knows it keeps.
func (r *resolver) ask(ip string) {
	r.T.Helper()
	r.control("stub_remove .")
	r.control("stub_add . " + ip)
}

// forget empties the cache.
func (r *resolver) forget() { r.control("flush_zone .") }

// learn has unbound look up names, in all types that mail needs.
func (r *resolver) learn(names []string) {
	r.T.Helper()
	for _, n := range names {
		for _, t := range []uint16{dns.TypeMX, dns.TypeA, dns.TypeAAAA} {
			m, err := exchange(r.Place, new(dns.Msg).SetQuestion(n, t), r.ip)
			if err == nil && m.Rcode != dns.RcodeSuccess && m.Rcode != dns.RcodeNameError {
				err = errors.New(dns.RcodeToString[m.Rcode])
			}
			if err != nil {
				r.T.Fatalf("%s %s at %s: %v", n, dns.TypeToString[t], r.ip, err)
			}
		}
	}
}
