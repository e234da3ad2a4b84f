// The program asks nobody but on request, and nobody whom it has not told before: strace sees every connection and every packet.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// watchedZone leads out at every end: to name servers, hosts and policies here and elsewhere.
const watchedZone = `$TTL 1h
@ SOA ns1 hostmaster 12 2h 15m 2w 1h
@ NS ns1
@ NS ns2.example.net.
@ MX 10 mail
@ MX 20 mx.example.net.
@ TXT "v=spf1 mx include:spf.example.net -all"
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:x@example.net"
_mta-sts TXT "v=STSv1; id=1"
mta-sts A 127.0.1.20
ns1 A 127.0.1.1
mail A 127.0.1.10
`

// Lines of strace.
var (
	straceOut = regexp.MustCompile(`^\d+ +(connect|sendto|sendmsg|sendmmsg)\(.*sa_family=AF_(INET6?), sin6?_port=htons\((\d+)\).*"([0-9a-f.:]+)"`)
	straceSay = regexp.MustCompile(`^\d+ +write\(2, "mailzone: ask ([0-9a-f.:]+) port (\d+): `)
)

// control is where rndc asks the name server of this machine whether it has a zone, as a program of that server does.
const control = "127.0.0.1 953"

// untold is the destinations in what strace saw that were not told before, and all that were gone to.
func untold(t *testing.T, trace string) (hidden, gone []string) {
	t.Helper()
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for in := bufio.NewScanner(bytes.NewReader(text)); in.Scan(); {
		if m := straceSay.FindStringSubmatch(in.Text()); m != nil {
			told[m[1]+" "+m[2]] = true
		}
		if m := straceOut.FindStringSubmatch(in.Text()); m != nil {
			to := m[4] + " " + m[3]
			if to == control {
				continue
			}
			if gone = append(gone, to); !told[to] {
				hidden = append(hidden, in.Text())
			}
		}
	}
	return hidden, gone
}

// traced is a command line of strace that watches a program, with its descriptors 0, 1 and 2 as they are.
func traced(trace string, args ...string) []string {
	return append([]string{"strace", "-f", "-qq", "-s", "200", "-e", "trace=connect,sendto,sendmsg,sendmmsg,write", "-o", trace, "mailzone"}, args...)
}

// Only check and lint --resolve send anything, and that to nobody who was not told.
func TestNothingIsAskedUntold(t *testing.T) {
	needs.Long(t)
	needs.Root(t)
	needs.Program(t, "strace", "strace")
	needs.Program(t, "util-linux", "unshare")
	for i, c := range []struct {
		line string
		asks bool
	}{
		{"check --all --private --resolver 127.0.0.1 db.example.com", true},
		{"check --cache 127.0.0.2 --private --resolver 127.0.0.1 db.example.com", true},
		{"check --relay --private --resolver 127.0.0.1 own.example.com", true},
		{"check --smtp --private --at mail.example.com=127.0.1.66 --resolver 127.0.0.1 db.example.com", true},
		{"check --until-served --limit 1s --private --resolver 127.0.0.1 db.example.com", true},
		{"check --plan --private --resolver 127.0.0.1 --from mail.example.com --to new.example.com=203.0.113.30 db.example.com", false},
		{"check --server --server-config named.conf --all --resolver 127.0.0.1", true},
		{"lint --resolve --resolver 127.0.0.1 db.example.com", true},
		{"check --all --resolver 127.0.0.1 example.com", true},
		{"check --server --server-config named.conf", false},
		{"check example.com", false},
		{"check db.example.com", false},
		{"check --relay --private db.example.com", false},
		{"lint db.example.com", false},
		{"list db.example.com", false},
		{"preview db.example.com", false},
		{"plan --from mail.example.com --to new.example.com=203.0.113.30 db.example.com", false},
		{"apply db.example.com", false},
		{"apply --yes db.example.com", false},
		{"history db.example.com", false},
		{"zones", false},
	} {
		t.Run(c.line, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range map[string]string{"db.example.com": watchedZone, "own.example.com": strings.Replace(watchedZone, "@ MX 20 mx.example.net.\n", "", 1),
				"named.conf": `zone "example.com" { type primary; file "db.example.com"; }; zone "example.org" { type primary; file "db.example.com"; };`} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			args := strings.Fields(c.line)
			if strings.Contains(c.line, "own.example.com") {
				args = append(args, "--origin", "example.com")
			}
			trace := filepath.Join(dir, fmt.Sprintf("trace%d", i))
			cmd := exec.Command("unshare", append([]string{"--net", "sh", "-c", `ip link set lo up; exec "$@"`, "sh"}, traced(trace, args...)...)...)
			cmd.Dir, cmd.Stdin = dir, strings.NewReader("add new A 203.0.113.9\n")
			cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "XDG_STATE_HOME="+dir, "XDG_CONFIG_HOME="+dir)
			out, _ := cmd.CombinedOutput()
			hidden, gone := untold(t, trace)
			if len(hidden) > 0 {
				t.Errorf("not told before:\n%s", strings.Join(hidden, "\n"))
			}
			if wrong := cmd.ProcessState.ExitCode() == 2; wrong != (strings.HasPrefix(c.line, "check ") && !c.asks && !strings.Contains(c.line, "--plan")) {
				t.Errorf("wrong usage: %v\n%s", wrong, out)
			}
			if len(gone) > 0 != c.asks {
				t.Errorf("it goes to %v, and is to ask: %v\n%s", gone, c.asks, out)
			}
		})
	}
}

// The editor asks nobody while one looks around and edits.
func TestEditorAsksNobody(t *testing.T) {
	needs.Long(t)
	needs.Program(t, "strace", "strace")
	dir := t.TempDir()
	zone, trace := filepath.Join(dir, "db.example.com"), filepath.Join(dir, "trace")
	if err := os.WriteFile(zone, []byte(watchedZone), 0o644); err != nil {
		t.Fatal(err)
	}
	k := typing(t, traced(trace, zone)...)
	k.waitFor("serial ")
	for _, keys := range []string{"\t", "\t", "j", "j", "?", "\x1b", "p", "\x1b", "L", "\x1b", "/", "mail\r"} {
		k.press(keys, rested)
	}
	k.end()
	if hidden, gone := untold(t, trace); len(hidden)+len(gone) > 0 {
		t.Errorf("it goes to %v", gone)
	}
	if text, err := os.ReadFile(trace); err != nil || !bytes.Contains(text, []byte("write(1")) {
		t.Errorf("strace saw nothing: %v", err)
	}
}
