package ui

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// costKeys is what an operator presses: moving, editing, forms, dialogs of problems, undo. It ends as it begins.
const costKeys = `j G g tab j e "x" "y" tab tab esc a "m" "x" tab "1" esc J e "x" tab esc c u u
2 j I tab "a" "b" ctrl+t "c" esc ? j esc f "1" esc i j i 3 j pgdown G g 1 shift+tab shift+tab`

// A key may cost so many times in a zone of 60,000 names what it costs in one of 1,200, and what it costs there counts as
// so much at the least: one that goes through the whole zone costs 50 times.
const (
	costRatio = 10
	costFloor = 300 * time.Microsecond
)

// No key waits for what is slow in a big zone: the rules and the map of who receives mail run beside the screen, whether
// they have ended or not.
func TestKeysOfABigZone(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a zone of a quarter of a million records")
	}
	peer, big := bigApp(t, 1_200), bigApp(t, 60_000)
	for _, state := range []string{"unexamined", "examined"} {
		t.Run(state, func(t *testing.T) {
			usual := keyCosts(t, peer)
			for n, took := range keyCosts(t, big) {
				if limit := costRatio * max(usual[n].least, costFloor); took.least > limit {
					t.Errorf("%s: %v of CPU, %v in a small zone", took.key, took.least, usual[n].least)
				}
			}
		})
		for _, a := range []*app{peer, big} {
			a.running = work{} // what was begun by the keys is not waited for
			drain(a, examine(a))
		}
	}
}

// BenchmarkKey tells the CPU time of the dearest key in a big zone, and how many times the cost in a small one that is.
func BenchmarkKey(b *testing.B) {
	peer, big := bigApp(b, 1_200), bigApp(b, 250_000)
	for _, a := range []*app{peer, big} {
		drain(a, examine(a))
	}
	var most, usual time.Duration
	for b.Loop() {
		most, usual = dearest(keyCosts(b, big)), dearest(keyCosts(b, peer))
	}
	b.ReportMetric(float64(most.Microseconds())/1000, "ms/key")
	b.ReportMetric(float64(most)/float64(usual), "times")
}

// dearest is the cost of the key that costs most.
func dearest(list []keyCost) time.Duration {
	return slices.MaxFunc(list, func(a, b keyCost) int { return cmp.Compare(a.least, b.least) }).least
}

// bigApp is the editor of a zone with a number of names besides.
func bigApp(t testing.TB, names int) *app {
	t.Helper()
	var src bytes.Buffer
	src.WriteString("$TTL 1d\n@ SOA ns1 hostmaster 7 8h 2h 4w 1h\n NS ns1\n MX 10 mx1\n MX 20 mx2\nns1 A 203.0.113.53\nmx1 A 203.0.113.9\nmx2 A 203.0.113.10\n")
	for i := range names {
		fmt.Fprintf(&src, "n%d A 203.0.113.%d\n MX 10 mx1\n MX 20 gone%d\n TXT \"v=spf1 mx -all\"\n", i, i%250, i%100)
	}
	return appOf(t, src.String())
}

// appOf is the editor of a zone that is too big to be examined between two keys.
func appOf(t testing.TB, text string) *app {
	t.Helper()
	path := filepath.Join(t.TempDir(), "db.example.com")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	opt := Options{Path: path, Origin: "example.com.", state: t.TempDir()}
	opt.Asking.Named = func(*zonefile.Zone, string, *server.Watch) server.Opinion { return server.Opinion{} }
	a, err := openApp(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.end(nil); a.doc.Store.Close() })
	if a.doc.Small() {
		t.Fatal("the zone is examined between two keys")
	}
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	return a
}

// keyCost is what a key costs at the least, and the keys before it.
type keyCost struct {
	key   string
	least time.Duration
}

// keyCosts presses the keys three times over. The least counts: the collector of garbage may take part in one.
func keyCosts(t testing.TB, a *app) []keyCost {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var costs []keyCost
	words := splitKeys(costKeys)
	for round := range 3 {
		n := 0
		for i, word := range words {
			for _, key := range keysOf(t, word) {
				start := threadTime(t)
				a.Update(key)
				a.View()
				took := threadTime(t) - start
				if round == 0 {
					costs = append(costs, keyCost{word + ", after " + strings.Join(words[:i], " "), took})
				}
				costs[n].least = min(costs[n].least, took)
				n++
			}
		}
	}
	return costs
}

// threadTime is the CPU time that this thread has taken.
func threadTime(t testing.TB) time.Duration {
	t.Helper()
	var used unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Nano())
}
