//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// This file makes every system call of a save fail in turn, before and after it took effect, once and from then on; and ends
// the program at each.

// A fault is what happens at one system call.
type fault struct {
	at     int   // the number of the call
	err    error // nil: the program ends here
	after  bool  // the call takes effect first
	sticky bool  // all later calls fail as well
}

func (f fault) String() string {
	return fmt.Sprintf("call %d: %v, after %v, sticky %v", f.at, f.err, f.after, f.sticky)
}

// crashed is the panic that stands for the end of the program.
type crashed struct{}

// A saboteur counts the calls of a kernel and brings the fault about.
type saboteur struct {
	fault
	armed bool
	calls []string
}

// around is for kernel.around.
func (s *saboteur) around(call string, do func() error) error {
	if !s.armed {
		return do()
	}
	n := len(s.calls)
	s.calls = append(s.calls, call)
	if n != s.at && !(s.sticky && n > s.at) {
		return do()
	}
	if s.after {
		_ = do()
	}
	if s.err == nil {
		panic(crashed{})
	}
	return s.err
}

// sabotaged saves newText over oldText with a fault.
func sabotaged(t *testing.T, s *saboteur, opt SaveOptions) (f *File, r Result, err error, crash bool) {
	t.Helper()
	o := options(t)
	o.around = s.around
	f = open(t, zone(t), o)
	s.armed = true
	defer func() {
		s.armed = false
		if p := recover(); p != nil {
			if _, ok := p.(crashed); !ok {
				panic(p)
			}
			crash = true
		}
	}()
	r, err = f.Save([]byte(newText), opt)
	return f, r, err, false
}

// callsOfASave are the system calls that a save makes.
func callsOfASave(t *testing.T) []string {
	s := &saboteur{fault: fault{at: -1}}
	if _, r, err, _ := sabotaged(t, s, SaveOptions{}); err != nil {
		t.Fatalf("Save = %+v, %v", r, err)
	}
	return s.calls
}

// wantLaw checks that the file, the outcome and the message agree, and that nothing is left that the message does not name.
func wantLaw(t *testing.T, f *File, r Result, err error) {
	t.Helper()
	saved := report{Result: r, Bytes: f.Bytes()}
	if err != nil {
		saved.Error = err.Error()
	}
	if why := lawBroken(t, f.Path(), saved); why != "" {
		t.Error(why)
	}
}

func TestEveryCallFails(t *testing.T) {
	inMemory(t)
	errnos := []unix.Errno{unix.EIO, unix.ENOSPC, unix.EPERM, unix.EINVAL, unix.ENOENT, unix.EINTR}
	outcomes := map[Outcome]int{}
	for at, call := range callsOfASave(t) {
		for i := range 4 * len(errnos) {
			s := &saboteur{fault: fault{at, errnos[i/4], i&1 > 0, i&2 > 0}}
			if s.err == unix.EINTR && (s.sticky || s.after && !strings.Contains(call, "rename")) {
				continue // retried for ever, or against what the kernel promises
			}
			t.Run(fmt.Sprint(call, s.fault), func(t *testing.T) {
				before := descriptors(t)
				f, r, err, _ := sabotaged(t, s, SaveOptions{})
				outcomes[r.Outcome]++
				wantLaw(t, f, r, err)
				f.Close()
				if after := descriptors(t); after != before {
					t.Errorf("%d descriptors were open before, %d after", before, after)
				}
			})
		}
	}
	t.Log(outcomes)
	for _, o := range []Outcome{Saved, Untouched, Unconfirmed} {
		if outcomes[o] == 0 {
			t.Errorf("no save was %q", o)
		}
	}
}

// descriptors counts the open files of the process, where that is possible.
func descriptors(t *testing.T) int {
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		return 0
	}
	return len(names(t, "/proc/self/fd"))
}

func TestEndAtEveryCall(t *testing.T) {
	inMemory(t)
	for at, call := range callsOfASave(t) {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprint(call, at, after), func(t *testing.T) {
				f, _, _, crash := sabotaged(t, &saboteur{fault: fault{at: at, after: after}}, SaveOptions{})
				got, err := os.ReadFile(f.Path())
				if err != nil || !crash || string(got) != oldText && string(got) != newText {
					t.Errorf("crashed %v; the file holds %q, %v", crash, got, err)
				}
			})
		}
	}
}

// closeAll closes what a crash left open in a directory, as the end of a process does.
func closeAll(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("needs /proc")
	}
	for _, e := range entries {
		to, err := os.Readlink("/proc/self/fd/" + e.Name())
		if fd, atoiErr := strconv.Atoi(e.Name()); err == nil && atoiErr == nil && strings.HasPrefix(to, dir) {
			_ = unix.Close(fd)
		}
	}
}
