// What history costs: its copies lie in the state directory, so the program runs where that is a test's own.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
)

// historyScript saves a version without every other record, and shows and restores the one before. What is measured is
// what stands behind it.
const historyScript = `set -e
[ "$(id -u)" != 0 ] || mount -t tmpfs none /var/lib
mailzone apply --yes --force --origin example.com ZONE <SCRIPT >/dev/null 2>&1
[ "$(mailzone history --show 1 ZONE | grep -c '^-h')" -ge COUNT ]
mailzone history --restore 1 --origin example.com ZONE >DIFF 2>/dev/null
[ "$(grep -c '^+h' DIFF)" -ge COUNT ]
`

func TestHistoryCostsAsItGrows(t *testing.T) {
	needs.Long(t)
	few := historyCost(t, 10)
	one, two, four := historyCost(t, 2_000)-few, historyCost(t, 4_000)-few, historyCost(t, 8_000)-few
	t.Logf("n, 2n, 4n cost %v, %v, %v", one, two, four)
	if float64(four) > steepest*steepest*float64(one) { // two steps at once: processes cost unevenly
		t.Error("it grows faster than the input")
	}
}

// historyCost is the least CPU time of a save, of showing its copy and of restoring it, in a zone of n records.
func historyCost(t *testing.T, n int) time.Duration {
	t.Helper()
	least := time.Duration(1 << 62)
	for range 3 {
		least = min(least, historyOnce(t, n))
	}
	return least
}

// historyOnce does it once.
func historyOnce(t *testing.T, n int) time.Duration {
	t.Helper()
	dir := t.TempDir()
	zone, script := "$TTL 1d\n@ SOA ns1 h 1 4h 1h 2w 1h\n@ NS ns1\nns1 A 192.0.2.1\n", ""
	for i := range n {
		zone += fmt.Sprintf("h%d A 192.0.2.2\n", i)
		if i%2 == 0 {
			script += fmt.Sprintf("update delete h%d.example.com. A\n", i)
		}
	}
	for name, text := range map[string]string{"zone": zone, "script": script} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	fill := strings.NewReplacer("ZONE", "zone", "SCRIPT", "script", "DIFF", "diff", "COUNT", fmt.Sprint((n+1)/2))
	cmd := exec.Command("bash", "-c", fill.Replace(historyScript))
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "XDG_STATE_HOME="+dir)
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}
