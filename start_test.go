// What the start of the program costs, whatever the command: scripts call it for thousands of zones, and a shell at every
// completion. Tables are data of the program or made when they are asked for, not before main.
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

// What a start may cost.
const (
	startAllocations = 1000
	startCPU         = 5 * time.Millisecond
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

func TestStart(t *testing.T) {
	bin := built(t)
	for _, args := range []string{"version", "rules", "help lint", "list --help", "completion bash", "lint missing"} {
		var least time.Duration
		for run := 0; run < 100 && (run == 0 || least > startCPU); run++ { // the least of many: a busy machine counts for more than there is
			cmd := exec.Command(bin, strings.Fields(args)...)
			if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 3 {
				t.Fatalf("%s: %v", args, err)
			}
			if took := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(); run == 0 || took < least {
				least = took
			}
		}
		if least > startCPU {
			t.Errorf("%s takes %v of CPU, want at most %v", args, least, startCPU)
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
