package situations

// BIND twice: one that has the zones, signed by dnssec-signzone, and one that asks it and validates. Beside them a name server for what
// named does not load.

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// serveDNS starts the name servers. Bogus is the owners of TLSA records whose signature is to be wrong.
func serveDNS(dir string, zones map[string]string, bogus []string) error {
	for origin, text := range zones {
		if err := os.WriteFile(filepath.Join(dir, origin), []byte(text), 0o644); err != nil {
			return err
		}
	}
	anchors := ""
	for _, zone := range []string{"signed.example", "provider.example"} {
		anchor, err := signZone(dir, zone)
		if err != nil {
			return err
		}
		anchors += anchor
	}
	if err := spoil(filepath.Join(dir, "signed.example.signed"), bogus); err != nil {
		return err
	}
	if err := serveEmpty(); err != nil {
		return err
	}
	var has, asks strings.Builder
	for origin := range zones {
		file := origin
		if _, err := os.Stat(filepath.Join(dir, origin+".signed")); err == nil {
			file += ".signed"
		}
		fmt.Fprintf(&has, "zone %q { type primary; file %q; check-names ignore; check-mx ignore; check-mx-cname ignore; check-integrity no; };\n", origin, file)
		fmt.Fprintf(&asks, "zone %q { type static-stub; server-addresses { 127.0.1.1; }; };\n", origin)
	}
	if err := os.WriteFile(filepath.Join(dir, "root"), []byte("$TTL 300\n. SOA ns. hostmaster. 1 7200 900 1209600 300\n. NS ns.\nns. A 127.0.0.1\n"), 0o644); err != nil {
		return err
	}
	asks.WriteString("zone \".\" { type primary; file \"root\"; };\n")
	if err := startNamed(dir, "authority", "127.0.1.1", "recursion no; dnssec-validation no;", has.String()); err != nil {
		return err
	}
	return startNamed(dir, "resolver", "127.0.0.1", "recursion yes; dnssec-validation yes; servfail-ttl 0;", "trust-anchors {\n"+anchors+"};\n"+asks.String())
}

// keyData is the key in a file of dnssec-keygen.
var keyData = regexp.MustCompile(`(?m)^\S+ .*IN DNSKEY (\d+ \d+ \d+) (.*)$`)

// signZone signs a zone, and is its trust anchor.
func signZone(dir, zone string) (anchor string, err error) {
	key, err := run(dir, "dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", zone)
	if err != nil {
		return "", err
	}
	key = strings.TrimSpace(key)
	if _, err := run(dir, "dnssec-signzone", "-q", "-z", "-S", "-x", "-O", "full", "-o", zone, "-f", zone+".signed", zone); err != nil {
		return "", err
	}
	text, err := os.ReadFile(filepath.Join(dir, key+".key"))
	if err != nil {
		return "", err
	}
	m := keyData.FindSubmatch(text)
	if m == nil {
		return "", fmt.Errorf("no key in %s", text)
	}
	return fmt.Sprintf("%q static-key %s \"%s\";\n", zone, m[1], bytes.ReplaceAll(m[2], []byte(" "), nil)), nil
}

// spoil changes the signatures of TLSA records.
func spoil(file string, owners []string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	lines := strings.Split(string(text), "\n")
	for _, owner := range owners {
		found := false
		for i, line := range lines {
			f := strings.Fields(line)
			if len(f) < 6 || f[0] != owner || f[3] != "RRSIG" || f[4] != "TLSA" {
				continue
			}
			at := strings.LastIndexByte(line, ' ') + 5
			other := byte('A')
			if line[at] == other {
				other = 'B'
			}
			lines[i], found = line[:at]+string(other)+line[at+1:], true
		}
		if !found {
			return fmt.Errorf("no signature of TLSA at %s", owner)
		}
	}
	return os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o644)
}

// startNamed starts a server, and waits until it serves.
func startNamed(dir, name, address, options, zones string) error {
	conf := fmt.Sprintf(`options { directory %q; listen-on { %s; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; notify no; %s };
controls { };
%s`, dir, address, options, zones)
	file := filepath.Join(dir, name+".conf")
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		return err
	}
	_, err := StartProgram(exec.Command("named", "-g", "-n", "1", "-c", file), " running")
	return err
}

// serveEmpty serves a TLSA record without a digest at every name, as no named does.
func serveEmpty() error {
	pc, err := net.ListenPacket("udp", emptyServer+":53")
	if err != nil {
		return err
	}
	handler := dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg).SetReply(q)
		m.Authoritative = true
		if name := q.Question[0]; name.Qtype == dns.TypeTLSA {
			rr := &dns.RFC3597{Hdr: dns.RR_Header{Name: name.Name, Rrtype: dns.TypeTLSA, Class: dns.ClassINET, Ttl: 300}, Rdata: "030101"}
			m.Answer = append(m.Answer, rr)
		}
		w.WriteMsg(m)
	})
	go (&dns.Server{PacketConn: pc, Handler: handler}).ActivateAndServe()
	return nil
}

// run runs a program to its end, and is what it prints.
func run(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s%s", name, strings.Join(args, " "), err, out.Bytes(), said.Bytes())
	}
	return out.String(), nil
}

// Log is what a program says.
type Log struct {
	lines chan string
	said  []string
}

// startLimit is how long a program may take to start.
const startLimit = 20 * time.Second

// StartProgram starts a program, and waits until it says a word at the end of a line or within one.
func StartProgram(cmd *exec.Cmd, word string) (*Log, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr = w, w
	err = cmd.Start()
	w.Close()
	if err != nil {
		return nil, err
	}
	log := &Log{lines: make(chan string, 1<<16)}
	go func() {
		defer close(log.lines)
		defer cmd.Wait()
		defer r.Close()
		copyLines(r, log.lines)
	}()
	return log, log.Until(startLimit, func(line string) bool { return strings.Contains(line, word) })
}

// Until reads lines until one is found.
func (l *Log) Until(limit time.Duration, is func(line string) bool) error {
	late := time.After(limit)
	for {
		select {
		case line, ok := <-l.lines:
			if !ok {
				return fmt.Errorf("it ended:\n%s", strings.Join(l.said, "\n"))
			}
			if l.said = append(l.said, line); is(line) {
				return nil
			}
		case <-late:
			return fmt.Errorf("not within %s; it said:\n%s", limit, strings.Join(l.said[max(0, len(l.said)-50):], "\n"))
		}
	}
}
