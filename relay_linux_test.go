// What check says of a real Exim that takes mail of everybody, and of one that does not; and of the policy that a move has to change.
package main

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/lab"
	"github.com/mailzone/mailzone/testdata/needs"
)

// eximTakes is a configuration of Exim that takes mail at an address by a list of rules.
func eximTakes(address, rules string) string {
	return fmt.Sprintf(`primary_hostname = mail.example.com
local_interfaces = %s
daemon_smtp_ports = 25
tls_advertise_hosts =
log_file_path = /var/log/exim4/%%slog
pid_file_path = /var/spool/exim4/%s.pid
keep_environment =
domainlist local = example.com
acl_smtp_rcpt = rcpt
begin acl
rcpt:
%s`, address, address, rules)
}

// A real Exim that relays for everybody is bad, one that refuses strangers is ok.
func TestRelayOfExim(t *testing.T) {
	needs.Long(t)
	needs.Root(t)
	needs.Program(t, "iproute2", "ip")
	p := lab.NewPlace(t)
	m := lab.NewMachine(p, "exim4-daemon-light")
	m.Add("/etc/passwd", "Debian-exim:x:59901:59901::/:/bin/false\n")
	m.Add("/etc/group", "Debian-exim:x:59901:\n")
	m.Own("/var/spool/exim4", 0o750, 59901, 59901)
	m.Own("/var/log/exim4", 0o750, 59901, 59901)
	m.Own("/etc/exim4", 0o755, 0, 0)
	for address, rules := range map[string]string{
		"127.0.1.10": "  accept\n",
		"127.0.1.11": "  deny message = relay not permitted\n    !domains = +local\n  accept local_parts = postmaster\n  deny message = unknown user\n",
	} {
		file := "/etc/exim4/" + address + ".conf"
		m.Write(file, eximTakes(address, rules))
		if err := p.Start(m.Command("/usr/sbin/exim4", "-bdf", "-C", file)); err != nil {
			t.Fatal(err)
		}
	}
	zone := filepath.Join(t.TempDir(), "db.example.com")
	put(t, zone, "$TTL 60\n@ SOA ns1 h 12 7200 900 1209600 3600\n@ NS ns1\n@ MX 10 open\n@ MX 20 closed\nns1 A 127.0.1.1\nopen A 127.0.1.10\nclosed A 127.0.1.11\n")
	said := ""
	for end := time.Now().Add(20 * time.Second); ; <-time.After(50 * time.Millisecond) {
		cmd := exec.Command("mailzone", "check", "--relay", "--private", "--resolver", "127.0.0.1:1", "--helo", "sender.test", zone)
		var out, told bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &told
		if err := p.Start(cmd); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if said = out.String(); !strings.Contains(said, "did not come to it") || time.Now().After(end) { // they listen
			break
		}
	}
	for _, want := range []string{
		"open.example.com. 127.0.1.10: bad: mailzone-test.invalid: 250 Accepted; it takes mail for everybody",
		"closed.example.com. 127.0.1.11: ok: mailzone-test.invalid: 550 relay not permitted",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
}

// The policy of a domain that moves has to name the new host before mail is led there, by an id that is new.
func TestPolicyOfAMove(t *testing.T) {
	if !onLoopback(t) {
		return
	}
	if err := unix.Mount("tmpfs", "/var/lib", "tmpfs", 0, ""); err != nil { // where root's plans are remembered
		t.Fatal(err)
	}
	dir := t.TempDir()
	shown := selfSigned(t, filepath.Join(dir, "root.pem"), "mta-sts.example.com")
	t.Setenv("SSL_CERT_FILE", filepath.Join(dir, "root.pem"))
	var policy atomic.Value
	policy.Store("mx: mx.isp.example\r\n")
	l, err := tls.Listen("tcp", "127.0.4.1:443", &tls.Config{Certificates: []tls.Certificate{shown}})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, "version: STSv1\r\nmode: enforce\r\n"+policy.Load().(string)+"max_age: 86400\r\n")
		}))
	}()
	zone := filepath.Join(dir, "db.example.com")
	put(t, zone, "$TTL 1h\n@ SOA ns1 h 12 3600 600 1209600 3600\n@ NS ns1\n@ MX 10 mx.isp.example.\nns1 A 127.0.3.1\n_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 127.0.4.1\n")
	if out, err := exec.Command("mailzone", "plan", "--step", "1", "--yes", "--from", "mx.isp.example", "--to", "mx1.example.com=203.0.113.10", zone).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(zone)
	if err != nil {
		t.Fatal(err)
	}
	lateDNS(t, "127.0.3.1:53", string(text), 0, nil)
	lateDNS(t, "127.0.0.1:53", "$TTL 60\n", 0, nil)
	for _, c := range []struct{ mx, want string }{
		{"mx: mx.isp.example\r\n", "mta-sts.example.com. 127.0.4.1: bad: mode enforce, max_age 86400; it does not name mx1.example.com"},
		{"mx: mx.isp.example\r\nmx: mx1.example.com\r\n", "mta-sts.example.com. 127.0.4.1: ok: mode enforce, max_age 86400, all exchanges are named; the id is that of before the move"},
	} {
		policy.Store(c.mx)
		r := checks(t, "--plan", "--limit", "5s", "--resolver", "127.0.0.1", zone)
		if !strings.Contains(r.out, c.want) {
			t.Errorf("no %q in\n%s%s", c.want, r.out, r.told)
		}
	}
}
