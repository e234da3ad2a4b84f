//go:build linux

package lab

// A signed zone: one named has it, signed by dnssec-signzone, and another asks that one and validates.

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Signed is a zone that is signed and served, on the loopback of a place. Its resolver is at 127.0.0.1.
type Signed struct {
	*Place
	dir, origin, anchor string
	running             []*exec.Cmd
}

// authority is where the zone is served.
const authority = "127.0.1.1"

// NewSigned makes the key of a zone.
func NewSigned(p *Place, origin string) *Signed {
	p.T.Helper()
	s := &Signed{Place: p, dir: p.T.TempDir(), origin: origin}
	p.Run("ip addr add "+authority+"/32 dev lo", "")
	name := strings.TrimSpace(s.program("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", origin))
	text, err := os.ReadFile(filepath.Join(s.dir, name+".key"))
	if err != nil {
		p.T.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); f[0] != ";" {
			s.anchor = fmt.Sprintf("%q static-key %s %s %s %q;", origin, f[3], f[4], f[5], strings.Join(f[6:], ""))
		}
	}
	return s
}

// program runs a program in the directory of the zone, and is what it prints.
func (s *Signed) program(name string, args ...string) string {
	s.T.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = s.dir
	out, err := cmd.Output()
	if err != nil {
		s.T.Fatalf("%s %q: %v", name, args, err)
	}
	return string(out)
}

// Serve signs the zone as a file has it now, and serves that: name servers are started anew, so that no cache has what was before.
func (s *Signed) Serve(file string) {
	s.T.Helper()
	for _, cmd := range s.running {
		cmd.Process.Kill()
		cmd.Wait()
	}
	s.running = nil
	s.program("dnssec-signzone", "-q", "-z", "-S", "-x", "-O", "full", "-N", "keep", "-o", s.origin, "-f", "signed", file)
	s.named("authority", authority, "recursion no; dnssec-validation no;", fmt.Sprintf("zone %q { type primary; file \"signed\"; };", s.origin))
	s.named("resolver", "127.0.0.1", "recursion yes; dnssec-validation yes;", fmt.Sprintf(`trust-anchors { %s };
zone %q { type static-stub; server-addresses { %s; }; };
zone "." { type primary; file "root"; };`, s.anchor, s.origin, authority))
}

// root is a zone without anything: what is not asked elsewhere does not exist.
const root = "$TTL 300\n. SOA ns. hostmaster. 1 7200 900 1209600 300\n. NS ns.\nns. A 127.0.0.1\n"

// named starts a server.
func (s *Signed) named(name, address, options, zones string) {
	s.T.Helper()
	conf := fmt.Sprintf(`options { directory %q; listen-on { %s; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; notify no; %s };
controls { };
%s
`, s.dir, address, options, zones)
	for file, text := range map[string]string{name + ".conf": conf, "root": root} {
		if err := os.WriteFile(filepath.Join(s.dir, file), []byte(text), 0o644); err != nil {
			s.T.Fatal(err)
		}
	}
	cmd := exec.Command("named", "-g", "-n", "1", "-c", filepath.Join(s.dir, name+".conf"))
	s.running = append(s.running, cmd)
	Watch(s.Place, cmd).Until(s.T, "named runs", func(line string) bool { return strings.HasSuffix(line, " running") })
}
