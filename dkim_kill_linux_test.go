// A run of dkim that is killed, at each system call that can matter: the key and its record are there, or neither is, or the key alone,
// complete and for its owner alone, and the next run says what to do with it.
package main

import (
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// killedAt is the system calls that write, name or make durable.
var killedAt = []string{"write", "pwrite64", "fchmod", "fchown", "fsync", "linkat", "renameat2", "unlinkat", "ftruncate", "utimensat", "fsetxattr", "mkdirat"}

func TestKilledDKIM(t *testing.T) {
	needs.Program(t, "strace", "strace")
	needs.Long(t)
	zone := []byte("$TTL 1d\n@ IN SOA ns1 h 1 1d 1h 4w 1h\n@ IN NS ns1\nns1 IN A 192.0.2.1\n")
	states := map[string]int{}
	for _, call := range killedAt {
		for n := 1; n < 40; n++ {
			dir := t.TempDir()
			for _, sub := range []string{"zone", "keys", "state"} {
				if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			path, key := filepath.Join(dir, "zone", "db.example.com"), filepath.Join(dir, "keys", "a.pem")
			if err := os.WriteFile(path, zone, 0o644); err != nil {
				t.Fatal(err)
			}
			args := []string{"dkim", "--selector", "a", "--type", "ed25519", "--key-out", key, "--yes", path}
			cmd := exec.Command("strace", append([]string{"-f", "-o", "/dev/null", "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:signal=SIGKILL:when=%d", call, n), "mailzone"}, args...)...)
			cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+filepath.Join(dir, "state"))
			_, err := cmd.CombinedOutput()
			state := leftBehind(t, fmt.Sprintf("%s %d", call, n), path, key, string(zone))
			states[state]++
			if state == "key alone" {
				said, _ := exec.Command("mailzone", args...).CombinedOutput()
				if !strings.Contains(string(said), "--key brings that in") {
					t.Errorf("%s %d: the next run says %s", call, n, said)
				}
			}
			if err == nil { // nothing was there to kill it at
				break
			}
		}
	}
	t.Log(states)
	if states["neither"] == 0 || states["key alone"] == 0 || states["both"] == 0 {
		t.Errorf("not every state was seen: %v", states)
	}
}

// leftBehind is which of key and record are there; both are whole.
func leftBehind(t *testing.T, at, path, key, before string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(at, err)
	}
	z := zonefile.Parse(path, text, zonefile.Options{Origin: "example.com."})
	records := z.RRset("a._domainkey.example.com.", zonefile.TypeTXT)
	if len(records) == 0 && string(text) != before {
		t.Errorf("%s: the zone is neither old nor new", at)
	}
	private, err := os.ReadFile(key)
	switch {
	case os.IsNotExist(err) && len(records) == 0:
		return "neither"
	case err != nil:
		t.Fatalf("%s: the record is there, and the key: %v", at, err)
	}
	st, err := os.Stat(key)
	if err != nil || st.Mode() != 0o600 {
		t.Errorf("%s: the key has mode %v, %v", at, st.Mode(), err)
	}
	public, err := policy.ReadDKIMKey(private)
	if block, rest := pem.Decode(private); err != nil || block == nil || len(rest) > 0 {
		t.Fatalf("%s: the key is not whole: %v", at, err)
	}
	if len(records) == 0 {
		return "key alone"
	}
	want, err := policy.DKIMRecord(public)
	if got, _ := records[0].Joined(); err != nil || got != want {
		t.Errorf("%s: the record is of another key: %s", at, got)
	}
	return "both"
}
