// The exit statuses, which scripts and pipelines rely on: docs/commands.md, the manual and the help say the same.
package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a status means.
const (
	statusDone   = 0 // nothing found
	statusFound  = 1 // findings, mail that does not arrive, a patch that is not empty
	statusUsage  = 2 // the command line is wrong
	statusFailed = 3 // something could not be read, written or asked
)

// Every way in which a command ends has its status, on a terminal as in a pipe.
func TestStatuses(t *testing.T) {
	long(t)
	const good = "$TTL 1d\n@ SOA ns1.dns.net. h.dns.net. 1 1h 15m 2w 1h\n@ NS ns1.dns.net.\n@ NS ns2.dns.org.\n@ MX 10 mx1\nmx1 A 62.96.4.2\n" +
		"@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n"
	dir := t.TempDir()
	for name, src := range map[string]string{
		"good.example":  good,
		"twice.example": good + "mx1 A 62.96.4.2\n",
		"warn.example":  strings.Replace(good, "@ MX", "@ 5m MX", 1),
		"bad.example":   strings.Replace(good, "10 mx1", "10 gone", 1),
		"wrong.example": good + "x A 1.2.3\n",
		"raw.example":   "\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00",
		"nul.example":   "a\x00b\n",
		"unnamed":       "@ 300 A 192.0.2.1\n",
		"off.toml":      "[lint]\ndisable = [\"mx-ttl-low\"]\n",
		"bad.toml":      "[lint]\ncolour = 1\n",
		"dir/x.example": good,
		"no/hosts":      "a A 192.0.2.1\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const add, bad = "update add new.good.example. 300 A 192.0.2.1\n", "update add a..b 300 A 192.0.2.1\n"
	for _, tt := range []struct {
		line, stdin string
		want        int
	}{
		{"version", "", statusDone},
		{"--version", "", statusDone},
		{"-V", "", statusDone},
		{"help", "", statusDone},
		{"help lint", "", statusDone},
		{"lint --help", "", statusDone},
		{"help nothing", "", statusUsage},
		{"", "", statusUsage},
		{"--nothing", "", statusUsage},
		{"good.example", "", statusUsage}, // the editor needs a terminal to read from
		{"one two", "", statusUsage},
		{"completion bash", "", statusDone},
		{"completion", "", statusUsage},
		{"completion csh", "", statusUsage},
		{"rules", "", statusDone},
		{"rules mx-single", "", statusDone},
		{"rules nothing", "", statusUsage},
		{"rules mx-single mx-ttl-low", "", statusUsage},
		{"list good.example", "", statusDone},
		{"list -", good, statusUsage}, // nobody knows which zone it is
		{"list --origin example.com -", good, statusDone},
		{"list wrong.example", "", statusFailed},
		{"list nothing.example", "", statusFailed},
		{"list dir", "", statusFailed},
		{"list raw.example", "", statusFailed},
		{"list nul.example", "", statusFailed},
		{"list unnamed", "", statusUsage},
		{"list --type NOTHING good.example", "", statusUsage},
		{"list good.example good.example", "", statusUsage},
		{"list --format xml good.example", "", statusUsage},
		{"lint good.example", "", statusDone},
		{"lint bad.example", "", statusFound},
		{"lint warn.example", "", statusFound},
		{"lint --fail-on error warn.example", "", statusDone},
		{"lint --fail-on info good.example", "", statusFound},
		{"lint --disable mx-ttl-low warn.example", "", statusDone},
		{"lint --select spf-syntax bad.example", "", statusDone},
		{"lint --config off.toml warn.example", "", statusDone},
		{"lint --config bad.toml warn.example", "", statusFailed},
		{"lint --config nothing.toml warn.example", "", statusFailed},
		{"lint --disable nothing good.example", "", statusUsage},
		{"lint --severity mx-ttl-low=fatal good.example", "", statusUsage},
		{"lint good.example nothing.example", "", statusFailed},
		{"lint bad.example nothing.example", "", statusFailed},
		{"lint raw.example", "", statusFailed},
		{"lint dir", "", statusDone},
		{"lint no", "", statusFailed},
		{"lint --exclude * dir", "", statusUsage},
		{"lint", "", statusUsage},
		{"lint --format json bad.example", "", statusFound},
		{"lint --format sarif nothing.example", "", statusFailed},
		{"lint --against bad.example --origin good.example bad.example", "", statusDone},
		{"lint --fix twice.example", "", statusDone},
		{"lint --fix bad.example", "", statusFound},
		{"lint --fix --diff twice.example", "", statusFound},
		{"lint --fix --diff good.example", "", statusDone},
		{"lint --fix --diff --yes good.example", "", statusUsage},
		{"lint --yes good.example", "", statusUsage},
		{"preview good.example", "", statusDone},
		{"preview good.example good.example", "", statusDone},
		{"preview bad.example", "", statusDone},
		{"preview bad.example bad.example", "", statusFound},
		{"preview --down mx1.good.example good.example good.example", "", statusFound},
		{"preview --down nothing.example good.example good.example", "", statusUsage},
		{"preview --fault mx1.good.example=nothing good.example good.example", "", statusUsage},
		{"preview nothing.example", "", statusFailed},
		{"preview raw.example", "", statusFailed},
		{"apply good.example", add, statusDone},
		{"apply --diff good.example", add, statusFound},
		{"apply --diff good.example", "send\n", statusDone},
		{"apply good.example", bad, statusFailed},
		{"apply --diff --yes good.example", add, statusUsage},
		{"apply -", add, statusUsage},
		{"apply nothing.example", add, statusFailed},
		{"new --origin new.example --ns ns1=62.96.4.3 --preset none db.new", "", statusDone},
		{"new --diff --origin new.example --ns ns1=62.96.4.3 --preset none db.new", "", statusFound},
		{"new --origin new.example db.new", "", statusUsage},
		{"new --origin new.example --ns ns1=62.96.4.3 --preset none good.example", "", statusFailed},
		{"check good.example", "", statusUsage},
		{"check --dns --until-served good.example", "", statusUsage},
		{"check --dns nothing.example", "", statusFailed},
		{"check --plan good.example", "", statusUsage},
		{"merge good.example", "new 300 TXT \"x\"\n", statusDone},
		{"merge --diff good.example", "new 300 TXT \"x\"\n", statusFound},
		{"merge good.example", "www.example.net. A 192.0.2.1\n", statusFound},
		{"merge good.example", "new A\n", statusFailed},
		{"merge --diff --yes good.example", "", statusUsage},
		{"merge -", "", statusUsage},
		{"merge nothing.example", "", statusFailed},
		{"history good.example", "", statusDone},
		{"history --show 1 good.example", "", statusUsage}, // there is none
		{"history --diff good.example", "", statusUsage},
		{"history --finish good.example", "", statusDone},
		{"plan --from mx1.good.example --to mx2.good.example=62.96.4.3 good.example", "", statusDone},
		{"plan --from nothing.example --to mx2.good.example=62.96.4.3 good.example", "", statusUsage},
		{"plan --diff --from mx1.good.example --to mx2.good.example=62.96.4.3 good.example", "", statusUsage},
		{"plan --step 1 --diff --from mx1.good.example --to mx2.good.example=62.96.4.3 good.example", "", statusFound},
		{"plan --from mx1.good.example --to mx2.good.example=62.96.4.3 nothing.example", "", statusFailed},
	} {
		for _, at := range []place{{}, {columns: 80}} {
			if got := runIn(t, dir, at, tt.stdin, strings.Fields(tt.line)...); got.status != tt.want {
				t.Errorf("mailzone %s: status %d, want %d (%d columns)\n%s", tt.line, got.status, tt.want, at.columns, got.text)
			}
		}
	}
}
