package situations

// The world of some situations: addresses, hosts, name servers and policies, in a network and a tree of mounts of the caller's own.

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// World is what was started. It ends with the program.
type World struct {
	Situations []Situation
	Dir        string // has the zone file of each domain, named after it
	Roots      string // the file of the trusted root
	authority  *authority
}

// Start makes the world of some situations. Nothing but a loopback may be in the network, which no other program uses.
func Start(dir string, all []Situation) (*World, error) {
	w := &World{Situations: all, Dir: dir, Roots: filepath.Join(dir, "root.pem")}
	if err := w.network(); err != nil {
		return nil, err
	}
	var err error
	if w.authority, err = newAuthority(w.Roots); err != nil {
		return nil, err
	}
	served, err := zones(all, w.authority)
	if err != nil {
		return nil, err
	}
	var bogus []string
	for _, s := range all {
		if slices.Contains(s.DNS.Bogus, "TLSA") {
			bogus = append(bogus, "_25._tcp.mx1."+s.Domain+".")
		}
		if err := w.start(s); err != nil {
			return nil, fmt.Errorf("situation %d: %w", s.ID, err)
		}
	}
	names := filepath.Join(dir, "dns")
	if err := os.Mkdir(names, 0o755); err != nil {
		return nil, err
	}
	if err := serveDNS(names, served, bogus); err != nil {
		return nil, err
	}
	conf := filepath.Join(dir, "resolv.conf")
	if err := os.WriteFile(conf, []byte("nameserver 127.0.0.1\noptions edns0 trust-ad\n"), 0o644); err != nil {
		return nil, err
	}
	if err := unix.Mount(conf, "/etc/resolv.conf", "", unix.MS_BIND, ""); err != nil {
		return nil, fmt.Errorf("cannot mount over /etc/resolv.conf: %w", err)
	}
	return w, nil
}

// network gives this machine the addresses. Those that swallow what is sent to them are behind an interface that drops it.
func (w *World) network() error {
	batch := []string{"link set lo up", "addr add 127.0.1.1/32 dev lo", "link add hole type veth peer name nowhere", "link set nowhere up", "link set hole arp off", "link set hole up", "addr add 10.53.0.1/32 dev lo", "addr add 10.53.0.2/32 dev hole",
		"addr add 2001:db8::1/128 dev lo nodad"}
	for _, s := range w.Situations {
		for _, address := range s.hosts() {
			switch long := "32"; {
			case strings.HasPrefix(address, "127."):
			case s.at(address).Port == "timeout":
				batch = append(batch, "route add "+address+"/32 dev hole")
			default:
				if strings.Contains(address, ":") {
					long = "128"
				}
				batch = append(batch, "addr add "+address+"/"+long+" dev lo")
			}
		}
		if s.DNS.STS != nil {
			batch = append(batch, "addr add "+s.policyAddress()+"/32 dev lo")
		}
	}
	file := filepath.Join(w.Dir, "network")
	if err := os.WriteFile(file, []byte(strings.Join(batch, "\n")+"\n"), 0o644); err != nil {
		return err
	}
	_, err := run(w.Dir, "ip", "-batch", file)
	return err
}

// hosts is all addresses of the domain's hosts.
func (s Situation) hosts() (out []string) {
	for _, host := range slices.Sorted(maps.Keys(s.DNS.Addresses)) {
		out = append(out, s.DNS.Addresses[host]...)
	}
	return out
}

// start starts the hosts of a situation and its policy, and writes its zone file.
func (w *World) start(s Situation) error {
	text, err := s.File(w.authority)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(w.Dir, s.Domain), []byte(text), 0o644); err != nil {
		return err
	}
	for _, address := range s.hosts() {
		server := s.at(address)
		if server.Port != "open" {
			continue
		}
		var names []string
		for _, n := range server.Certificate.Names {
			names = append(names, s.full(n))
		}
		if len(names) == 0 {
			names = []string{"nobody.example"}
		}
		shown, err := w.authority.of(orKey(server.Certificate), names)
		if err != nil {
			return err
		}
		if err := server.serveMail(address, &shown); err != nil {
			return err
		}
	}
	if s.DNS.STS != nil {
		return s.DNS.STS.servePolicy(s.policyAddress(), s.Domain, w.authority)
	}
	return nil
}

// orKey is a certificate that has a key.
func orKey(c Certificate) Certificate {
	if c.Key == "" {
		c.Key = "A"
	}
	return c
}

// copyLines reads lines to the end.
func copyLines(r io.Reader, to chan<- string) {
	for in := bufio.NewScanner(r); in.Scan(); {
		select {
		case to <- in.Text():
		default:
		}
	}
}
