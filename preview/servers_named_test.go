//go:build linux

package preview

// BIND, which serves the zones of the cases to the mail servers.

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// limit is how long anything may take that usually takes a second.
const limit = 15 * time.Second

// serveZones starts named on the loopback of a place, with zones by origin, and waits until it answers.
func serveZones(p *place, zones map[string]string) {
	p.t.Helper()
	dir := p.t.TempDir()
	var conf strings.Builder
	fmt.Fprintf(&conf, `options { directory %q; listen-on { 127.0.0.1; }; listen-on-v6 { none; }; recursion yes; pid-file none;
session-keyfile none; dnssec-validation no; notify no; };
controls { };
`, dir)
	// All names that no case has do not exist: named follows delegations, and would ask the root name servers.
	zones["."] = "$TTL 300\n. SOA ns. hostmaster. 1 3600 600 604800 120\n. NS ns.\nns. A 127.0.0.1\n"
	for origin, text := range zones {
		file := filepath.Join(dir, "db."+strings.TrimSuffix(origin, "."))
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			p.t.Fatal(err)
		}
		// Some zones are bad on purpose.
		fmt.Fprintf(&conf, "zone %q { type primary; file %q; check-names ignore; check-mx ignore; check-mx-cname ignore; check-integrity no; };\n", origin, file)
	}
	file := filepath.Join(dir, "named.conf")
	if err := os.WriteFile(file, []byte(conf.String()), 0o644); err != nil {
		p.t.Fatal(err)
	}
	named := exec.Command("named", "-g", "-n", "1", "-c", file)
	log := watch(p, named)
	log.until(p.t, "named runs", func(line string) bool { return strings.HasSuffix(line, " running") })
}

// lines is what a program says, line by line, as it says it.
type lines chan string

// watch starts a program in a place that lives as long as the test, and listens.
func watch(p *place, cmd *exec.Cmd) lines {
	p.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = w, w
	err = p.start(cmd)
	w.Close()
	if err != nil {
		p.t.Fatalf("%s: %v", cmd.Path, err)
	}
	p.t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	out := make(lines, 1<<16) // nobody has to listen to the end
	go func() {
		defer r.Close()
		defer close(out)
		for in := bufio.NewScanner(r); in.Scan(); {
			select {
			case out <- in.Text():
			default:
			}
		}
	}()
	return out
}

// until waits for a line.
func (l lines) until(t *testing.T, what string, is func(string) bool) {
	t.Helper()
	var said []string
	deadline := time.After(limit)
	for {
		select {
		case line, ok := <-l:
			if said = append(said, line); !ok {
				t.Fatalf("ended before %s:\n%s", what, strings.Join(said, "\n"))
			}
			if is(line) {
				return
			}
		case <-deadline:
			t.Fatalf("not within %v: %s:\n%s", limit, what, strings.Join(said, "\n"))
		}
	}
}
