package ui

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// costKeys is what an operator presses: moving, editing, forms, dialogs of problems, undo. It ends as it begins.
const costKeys = `j G g tab j e "x" "y" tab tab esc a "m" "x" tab "1" esc J e "x" tab esc c u u
2 j I tab "a" "b" ctrl+t "c" esc ? j esc f "1" esc i j i 3 j pgdown G g 1 shift+tab shift+tab`

// keyBudget is the CPU time that a key may take.
const keyBudget = 3 * time.Millisecond

// No key waits for what is slow in a big zone: the rules and the map of who receives mail run beside the screen, whether
// they have ended or not.
func TestKeysOfABigZone(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a zone of a quarter of a million records")
	}
	t.Chdir(t.TempDir())
	var src bytes.Buffer
	src.WriteString("$TTL 1d\n@ SOA ns1 hostmaster 7 8h 2h 4w 1h\n NS ns1\n MX 10 mx1\n MX 20 mx2\nns1 A 203.0.113.53\nmx1 A 203.0.113.9\nmx2 A 203.0.113.10\n")
	for i := range 60_000 {
		fmt.Fprintf(&src, "n%d A 203.0.113.%d\n MX 10 mx1\n MX 20 gone%d\n TXT \"v=spf1 mx -all\"\n", i, i%250, i%100)
	}
	if err := os.WriteFile("db.example.com", src.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	opt := Options{Path: "db.example.com", Origin: "example.com.", state: t.TempDir()}
	opt.named = func(*zonefile.Zone, string) disk.Opinion { return disk.Opinion{} }
	a, err := openApp(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.end(nil); a.doc.store.close() })
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	t.Run("unexamined", func(t *testing.T) { checkCosts(t, a) })
	for !a.doc.findings.checked || a.doc.stale() {
		a.surveying, a.checking = false, false // what was begun by the keys is not waited for
		a.Update(a.examine()())
	}
	t.Run("examined", func(t *testing.T) { checkCosts(t, a) })
}

// checkCosts presses the keys three times over. A key is too slow if it is so every time: the collector of garbage may
// take part in one.
func checkCosts(t *testing.T, a *app) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var least []time.Duration
	words := splitKeys(costKeys)
	for round := range 3 {
		n := 0
		for _, word := range words {
			for _, key := range keysOf(t, word) {
				start := threadTime(t)
				a.Update(key)
				a.View()
				took := threadTime(t) - start
				if round == 0 {
					least = append(least, took)
				}
				least[n] = min(least[n], took)
				n++
			}
		}
	}
	n := 0
	for i, word := range words {
		for range keysOf(t, word) {
			if least[n] > keyBudget {
				t.Errorf("%s, after %s: %v of CPU, the budget is %v", word, strings.Join(words[:i], " "), least[n], keyBudget)
			}
			n++
		}
	}
}

// threadTime is the CPU time that this thread has taken.
func threadTime(t *testing.T) time.Duration {
	t.Helper()
	var used unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Nano())
}
