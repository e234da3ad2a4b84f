// What the start of the program costs, whatever the command: scripts call it for thousands of zones, and a shell at every
// completion. Tables are data of the program or made when they are asked for, not before main. Half of a start is the kernel's
// work, which is dear on some machines, and for each page of memory: so a program of Go that takes as many pages and does
// nothing else is started beside it, and the pages are counted.
package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a start may cost, on a machine where that of an idle program costs no more than is usual; where it costs more, as many
// times more. Measured: 3.4 ms beside 1.9 ms, and 580 pages.
const (
	startAllocations = 1000
	startPages       = 750
	startCPU         = 5 * time.Millisecond
	usualIdle        = 2 * time.Millisecond
)

// built is the program as its users have it: the test binary starts with the tests' own packages, too.
func built(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "mailzone")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

// idleProgram is a program of Go that takes about as many pages as a start of ours does, and does nothing else.
func idleProgram(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	bin := filepath.Join(dir, "idle")
	put(t, filepath.Join(dir, "main.go"), `package main

var pages [400 << 12]byte

func main() {
	for i := 0; i < len(pages); i += 1 << 12 {
		pages[i] = 1
	}
}
`)
	if out, err := exec.Command("go", "build", "-o", bin, filepath.Join(dir, "main.go")).CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

// startOf is what a run of a program takes.
func startOf(t *testing.T, bin, args string) usage {
	t.Helper()
	cmd := exec.Command(bin, strings.Fields(args)...)
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 3 {
		t.Fatalf("%s %s: %v", bin, args, err)
	}
	return usageOf(cmd.ProcessState)
}

// startLimit is what a start may cost where that of an idle program costs so much.
func startLimit(idle usage) time.Duration {
	return max(startCPU, time.Duration(float64(startCPU)*float64(idle.cpu)/float64(usualIdle)))
}

func TestStart(t *testing.T) {
	bin, idle := built(t), idleProgram(t)
	const most, fewest = 100, 5 // runs; the least of many counts: a busy machine counts for more than there is
	for _, args := range []string{"version", "rules", "help lint", "list --help", "completion bash", "lint missing"} {
		peer, least := startOf(t, idle, ""), startOf(t, bin, args) // of as many runs: of more the least is less
		for run := 1; run < fewest || run < most && least.cpu > startLimit(peer); run++ {
			peer, least = peer.least(startOf(t, idle, "")), least.least(startOf(t, bin, args))
		}
		t.Logf("%s: %v and %d pages, an idle program %v and %d", args, least.cpu, least.faults, peer.cpu, peer.faults)
		if limit := startLimit(peer); least.cpu > limit || least.faults > startPages {
			t.Errorf("%s takes %v of CPU and %d pages where an idle program takes %v, want at most %v and %d",
				args, least.cpu, least.faults, peer.cpu, limit, startPages)
		}
	}
	if n, most := allocationsBefore(t, bin); n > startAllocations || n == 0 {
		t.Errorf("%d allocations before main, want at most %d; most of them:\n%s", n, startAllocations, most)
	}
}

// allocationsBefore is how many allocations a program makes before main, and the packages that make many.
func allocationsBefore(t *testing.T, bin string) (n int, most string) {
	t.Helper()
	cmd := exec.Command(bin, "version")
	var trace strings.Builder
	cmd.Stderr = &trace
	// A library looks for programs of the clipboard, in every folder of PATH.
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`init (\S+) .* (\d+) allocs`).FindAllStringSubmatch(trace.String(), -1) {
		here, _ := strconv.Atoi(m[2])
		if n += here; here >= 20 {
			most += m[0] + "\n"
		}
	}
	return n, most
}
