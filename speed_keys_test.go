// What a key waits for is the processor: how much of it the first frame takes and a cursor key, in every pane and every kind of
// zone. It is what the kernel counted for the program, so a busy machine counts little; and on one where an idle program costs
// more than is usual, the limits are as many times higher.
package main

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/testdata/shapes"
)

// keysFlag holds keys to what they may cost. A plain run walks through one kind of zone and lets them cost twice that: it tells what
// has become slow, on whatever machine, in seconds.
var keysFlag = flag.Bool("keys", false, "hold cursor keys to their limit, in every pane and on every kind of zone")

// walkedShape is the zone that a plain run walks through: where a key costs most.
const walkedShape = "hosting"

// What the processor may work, on a machine as startLimit knows it.
const (
	firstFrameCPU = 50 * time.Millisecond
	cursorKeyCPU  = 3 * time.Millisecond
	cursorKeys    = 200
	steady        = 12 * time.Millisecond // between two keys: less than a hand that holds one needs
)

// ran is the processor time that the program has taken, to the nanosecond: cpu counts in ticks, which are longer than a key.
func (k *typist) ran() (sum time.Duration) {
	k.proc("stat") // skips where there is none
	tasks, _ := filepath.Glob(filepath.Join("/proc", strconv.Itoa(k.cmd.Process.Pid), "task", "*", "schedstat"))
	for _, task := range tasks {
		text, _ := os.ReadFile(task)
		if f := strings.Fields(string(text)); len(f) > 0 {
			n, _ := strconv.ParseInt(f[0], 10, 64)
			sum += time.Duration(n)
		}
	}
	if len(tasks) == 0 || sum == 0 {
		return k.cpu()
	}
	return sum
}

// walk presses cursor keys, down until nothing changes and then back: a short list has an end. It returns the mean of what the
// processor works, with what follows when the hands rest, and how many keys changed nothing.
func (k *typist) walk(keys int) (mean time.Duration, idle int) {
	k.bytes(rested)
	before, key, other := k.ran(), keyDown, keyUp
	for range keys {
		if k.press(key, steady) == 0 {
			key, other = other, key
			idle++
		}
	}
	k.bytes(rested)
	return (k.ran() - before) / time.Duration(keys), idle
}

// slowness is how many times as much as usual an idle program costs here, and at least 1.
func slowness(t *testing.T, idle string) float64 {
	t.Helper()
	least := startOf(t, idle, "")
	for range 20 {
		least = least.least(startOf(t, idle, ""))
	}
	return float64(startLimit(least)) / float64(startCPU)
}

// firstFrame is what the processor has worked when the first frame is there.
func firstFrame(t *testing.T, args ...string) time.Duration {
	t.Helper()
	k := typing(t, args...)
	defer k.end()
	for end := time.Now().Add(time.Minute); !strings.Contains(k.sent.String(), "NAMES"); {
		if k.bytes(time.Millisecond); time.Now().After(end) {
			t.Fatalf("no frame came:\n%q", k.sent.String())
		}
	}
	return k.ran()
}

// The first frame is there before one notices, on the demo and on a zone of a thousand records of every kind.
func TestFirstFrame(t *testing.T) {
	bin, idle := built(t), idleProgram(t)
	starts := map[string][]string{"the demo": {bin, "demo"}}
	for _, s := range shapes.All {
		zone := filepath.Join(t.TempDir(), "zone")
		makeShape(t, s.Name, zone, 1000)
		starts[s.Name] = []string{bin, "--origin", s.Origin, zone}
	}
	t.Chdir(t.TempDir())
	for name, args := range starts {
		limit := time.Duration(float64(firstFrameCPU) * slowness(t, idle))
		least := firstFrame(t, args...)
		for try := 0; try < 8 && least > limit; try++ {
			least = min(least, firstFrame(t, args...))
		}
		if t.Logf("%s: %v", name, least); least > limit {
			t.Errorf("%s: the first frame takes %v of CPU, want at most %v", name, least, limit)
		}
	}
}

// A cursor key is done before one notices, in every pane and on every kind of zone.
func TestProcessorOfACursorKey(t *testing.T) {
	needs.Long(t)
	bin, idle, most := built(t), idleProgram(t), float64(cursorKeyCPU)
	if !*keysFlag {
		most *= 2
	}
	for _, s := range shapes.All {
		if s.Name != walkedShape && !*keysFlag {
			continue
		}
		zone := filepath.Join(t.TempDir(), "zone")
		makeShape(t, s.Name, zone, 10_000)
		k := typing(t, bin, "--origin", s.Origin, zone)
		k.settle()
		for _, pane := range []struct{ name, keys string }{{"names", "jjjj"}, {"records", "\t"}, {"delivery", "1"}, {"problems", "2"}, {"source", "3"}} {
			k.press(pane.keys, rested)
			limit := time.Duration(most * slowness(t, idle))
			mean, idle := k.walk(cursorKeys)
			for try := 0; try < 4 && mean > limit; try++ {
				again, _ := k.walk(cursorKeys)
				mean = min(mean, again)
			}
			if t.Logf("%s, %s: %v, %d of %d keys changed nothing", s.Name, pane.name, mean, idle, cursorKeys); mean > limit {
				t.Errorf("%s, %s: a cursor key takes %v of CPU, want at most %v", s.Name, pane.name, mean, limit)
			}
		}
		k.end()
	}
}
