// What page faults cost. A program that has just begun writes to memory that the kernel gives it page by page, which takes three
// times as long on some machines as on others, and of short commands more than of long ones. So it is measured, and what faults
// cost more than on the machine of the page of figures is nobody's fault.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// faultsMain is the program that measures what a page fault costs, in nanoseconds.
func faultsMain() {
	const size = 64 << 20
	least := time.Duration(0)
	for round := range 5 {
		fresh, err := unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		inSmallPages(fresh)
		before := taken()
		for i := 0; i < size; i += os.Getpagesize() {
			fresh[i] = 1
		}
		if took := taken() - before; round == 0 || took < least {
			least = took
		}
		_ = unix.Munmap(fresh) // fails only for what is not mapped
	}
	fmt.Println(least.Nanoseconds() / int64(size/os.Getpagesize()))
}

// taken is the processor time that this program has taken.
func taken() time.Duration {
	var u unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_SELF, &u) // fails only for a number that is none
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// faultCost is what a page fault costs on this machine.
func faultCost(t *testing.T) time.Duration {
	t.Helper()
	out, err := exec.Command("faults").Output()
	if err != nil {
		t.Fatal(err)
	}
	var ns int64
	if _, err := fmt.Sscan(string(out), &ns); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	return time.Duration(ns)
}

// tellFaults is how the page says what a page fault cost where it was written.
const tellFaults = "A page fault took %d ns."

// toldFaults is what it says; 0 where it does not.
func toldFaults(page string) time.Duration {
	var ns int64
	if m := regexp.MustCompile(`A page fault took (\d+) ns`).FindStringSubmatch(page); m != nil {
		_, _ = fmt.Sscan(m[1], &ns) // digits
	}
	return time.Duration(ns)
}

// A machine on which page faults are dear changes no ratio; a program that takes longer, or has more faults, does.
func TestDearPageFaults(t *testing.T) {
	const peer, command, ms = "peer", "command", time.Millisecond
	was := &figures{s: subject{sizes: []int{1, 10}, commands: []timed{{name: peer}, {name: command}}}, cells: map[string][]usage{
		peer: {{cpu: 300 * ms}, {}}, command: {{cpu: 25 * ms}, {}}}}
	for _, tt := range []struct {
		name          string
		dear          time.Duration
		peer, command usage
		slower        bool
	}{
		{"as it was", 0, usage{cpu: 300 * ms, faults: 4000}, usage{cpu: 25 * ms, faults: 3000}, false},
		{"a faster machine", 0, usage{cpu: 150 * ms, faults: 4000}, usage{cpu: 13 * ms, faults: 3000}, false},
		{"each fault costs 10 µs more", 10 * time.Microsecond, usage{cpu: 340 * ms, faults: 4000}, usage{cpu: 55 * ms, faults: 3000}, false},
		{"they cost that, and large pages bring the memory", 10 * time.Microsecond, usage{cpu: 340 * ms, faults: 4000}, usage{cpu: 55 * ms, faults: 300, peak: 3000 << 12}, false},
		{"they cost that, and it takes half as long again", 10 * time.Microsecond, usage{cpu: 340 * ms, faults: 4000}, usage{cpu: 68 * ms, faults: 3000}, true},
		{"it takes twice as long", 0, usage{cpu: 300 * ms, faults: 4000}, usage{cpu: 50 * ms, faults: 3000}, true},
		{"it has many more faults", 0, usage{cpu: 300 * ms, faults: 4000}, usage{cpu: 25*ms + 8000*2300*time.Nanosecond, faults: 11000}, true},
	} {
		now := &figures{s: was.s, dear: tt.dear, cells: map[string][]usage{peer: {tt.peer}, command: {tt.command}}}
		if got := len(now.slower(was)) > 0; got != tt.slower {
			t.Errorf("%s: slower %t, %.1f times as fast, and was %.1f", tt.name, got, now.ratio(command, 0), was.ratio(command, 0))
		}
	}
}
