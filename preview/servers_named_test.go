//go:build linux

package preview

// BIND, which serves the zones of the cases to the mail servers.

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/mailzone/mailzone/testdata/lab"
)

// serveZones starts named on the loopback of a place, with zones by origin, and waits until it answers.
func serveZones(p *lab.Place, zones map[string]string) {
	p.T.Helper()
	dir := p.T.TempDir()
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
			p.T.Fatal(err)
		}
		// Some zones are bad on purpose.
		fmt.Fprintf(&conf, "zone %q { type primary; file %q; check-names ignore; check-mx ignore; check-mx-cname ignore; check-integrity no; };\n", origin, file)
	}
	file := filepath.Join(dir, "named.conf")
	if err := os.WriteFile(file, []byte(conf.String()), 0o644); err != nil {
		p.T.Fatal(err)
	}
	named := exec.Command("named", "-g", "-n", "1", "-c", file)
	log := lab.Watch(p, named)
	log.Until(p.T, "named runs", func(line string) bool { return strings.HasSuffix(line, " running") })
}
