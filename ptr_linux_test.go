//go:build linux

// PTR records that follow an edit, before a real named: it serves them by the names that dig makes of addresses, in the deepest zone and
// behind the aliases of RFC 2317.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/lab"
)

func TestPointersBeforeNamed(t *testing.T) {
	danePrograms(t)
	dir, place := t.TempDir(), lab.NewPlace(t)
	machine := lab.NewMachine(place, "bind9-dnsutils")
	const head = "$TTL 1h\n@ IN SOA ns1.example.com. h.example.com. 1 1h 15m 1w 1h\n@ IN NS ns1.example.com.\n"
	conf := fmt.Sprintf("options { directory %q; listen-on { 127.0.0.1; }; listen-on-v6 { none; }; recursion yes; dnssec-validation no; pid-file none; session-keyfile none; };\ncontrols { };\n", dir)
	for file, zone := range map[string]struct{ origin, text string }{
		"forward": {"example.com", "@ IN MX 10 mail\nns1 IN A 192.0.2.53\nmail IN A 192.0.2.10\n"},
		"upper":   {"2.0.192.in-addr.arpa", "9 IN PTR gone.example.com.\n10 IN PTR mail.example.com.\n65 IN CNAME 65.64/26\n64/26 IN NS ns1.example.com.\n"},
		"lower":   {"64/26.2.0.192.in-addr.arpa", ""},
		"six":     {"8.b.d.0.1.0.0.2.ip6.arpa", ""},
	} {
		conf += fmt.Sprintf("zone %q { type primary; file %q; };\n", zone.origin, file)
		if err := os.WriteFile(filepath.Join(dir, file), []byte(head+zone.text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	named := filepath.Join(dir, "named.conf")
	if err := os.WriteFile(named, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	script := "add mail.example.com. 3600 A 192.0.2.9\nadd mail.example.com. 3600 A 192.0.2.65\nadd mail.example.com. 3600 AAAA 2001:db8::10\n"
	cmd := exec.Command("mailzone", "apply", "--ptr", "--yes", "--server-config", named, filepath.Join(dir, "forward"))
	cmd.Stdin, cmd.Env = strings.NewReader(script), append(os.Environ(), "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	lab.Watch(place, exec.Command("named", "-g", "-n", "1", "-c", named)).Until(t, "named runs", func(line string) bool { return strings.HasSuffix(line, " running") })
	for _, address := range []string{"192.0.2.9", "192.0.2.10", "192.0.2.65", "2001:db8::10"} {
		dig := machine.Command("/usr/bin/dig", "+short", "+time=5", "@127.0.0.1", "-x", address)
		var out strings.Builder
		dig.Stdout = &out
		err := place.Start(dig)
		if err == nil {
			err = dig.Wait()
		}
		if got := strings.Fields(out.String()); err != nil || len(got) == 0 || got[len(got)-1] != "mail.example.com." {
			t.Errorf("%s leads back to %q: %v", address, got, err)
		}
	}
}
