package disk

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// This file lets strace fail, or end the program at, every system call of a save. It differs from the tests that do so
// by the package's kernel in that nothing of the package is asked which calls there are.

// savedErrors are the errors that every call fails with.
var savedErrors = [...]string{"EIO", "ENOSPC", "EDQUOT", "EPERM", "EINVAL", "ENOENT", "ENOSYS", "EINTR"}

// tracedCalls are the calls that have to do with files. Those of Go's runtime (futex, mmap, epoll) are not the save's.
const tracedCalls = "trace=%file,%desc"

// runtimeCalls are in tracedCalls and made by Go's runtime alone.
var runtimeCalls = [...]string{"mmap", "epoll_ctl", "epoll_create1", "epoll_pwait", "eventfd2", "execve"}

// A tracedCall is a call between the markers of the child once: its name, and the how many-th of that name it is in its
// thread, which is how strace counts.
type tracedCall struct {
	name     string
	when     int
	injected bool
}

// traceLine matches a call in strace's output: the thread, the call, and the rest.
var traceLine = regexp.MustCompile(`(?m)^(\d+) +(\w+)\((.*)$`)

// callsInTrace finds the calls of the save in a trace.
func callsInTrace(trace string) (calls []tracedCall) {
	lines := traceLine.FindAllStringSubmatch(trace, -1)
	isMarker := func(line []string) bool { return strings.Contains(line[3], `"`+marker+`"`) }
	first := slices.IndexFunc(lines, isMarker)
	if first < 0 {
		return nil
	}
	thread, seen, in := lines[first][1], map[string]int{}, false
	for _, line := range lines {
		name := line[2]
		if line[1] != thread || strings.Contains(line[3], "resumed>") {
			continue
		}
		seen[name]++
		switch {
		case isMarker(line):
			in = !in
		case in && !slices.Contains(runtimeCalls[:], name):
			calls = append(calls, tracedCall{name, seen[name], strings.Contains(line[3], "(INJECTED)")})
		}
	}
	return calls
}

// A tracedSave is one run of the child once under strace.
type tracedSave struct {
	path  string
	state string
	out   []byte // its report
	err   error  // how it ended
	calls []tracedCall
}

// runTraced saves under strace, in some way and with something injected.
func runTraced(t *testing.T, how, inject string) tracedSave {
	t.Helper()
	s := tracedSave{path: zone(t), state: filepath.Join(t.TempDir(), "state")}
	if how == "in place" {
		if err := os.Link(s.path, filepath.Join(t.TempDir(), "link")); err != nil {
			t.Fatal(err)
		}
	}
	if how == severalFiles {
		if err := os.WriteFile(s.path+includedSuffix, []byte(oldText), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	trace := filepath.Join(t.TempDir(), "trace")
	args := []string{"-f", "-qq", "-o", trace, "-e", tracedCalls}
	if inject != "" {
		args = append(args, "-e", "inject="+inject)
	}
	cmd := childCommand(t, "once", s.path, s.state, how)
	traced := exec.Command("strace", append(append(args, "--", cmd.Path), cmd.Args[1:]...)...)
	traced.Env = cmd.Env
	s.out, s.err = traced.Output()
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	s.calls = callsInTrace(string(text))
	return s
}

// steady is the calls of which two runs tell the same, one after the other: under load the child comes to its work on another thread
// now and then, where calls have other numbers than in nearly all runs.
func steady(trace func() []tracedCall) []tracedCall {
	calls := trace()
	for range 10 {
		again := trace()
		if slices.Equal(calls, again) {
			break
		}
		calls = again
	}
	return calls
}

// tracedSteps are the calls of a save.
func tracedSteps(p trial, how string) []tracedCall {
	p.needs("strace", "strace")
	var s tracedSave
	calls := steady(func() []tracedCall {
		s = runTraced(p.T, how, "")
		return s.calls
	})
	if s.err != nil || len(calls) < 20 {
		p.missing("strace cannot trace here: %v, %d calls", s.err, len(calls))
	}
	return calls
}

// waysToSave are the kinds of save.
var waysToSave = [...]string{"replace", "in place", severalFiles}

// proveErrors fails every call of a save in turn, alone and with all later calls of its name.
func proveErrors(p trial) {
	inMemory(p.T)
	for _, how := range waysToSave {
		c := p.count(how + ": %s wrong outcomes of %s")
		steps := tracedSteps(p, how)
		n := p.n(2*len(savedErrors), len(steps)*len(savedErrors))
		workers(n, func(i int) {
			step, errno := steps[i*len(steps)/n], savedErrors[i%len(savedErrors)]
			c.try(failedAt(p.T, how, step, errno, ""))
			if *torture && errno != "EINTR" { // which would be tried again for ever
				c.try(failedAt(p.T, how, step, errno, "+"))
			}
		})
	}
}

// failedAt fails one call and says what was wrong with the outcome.
func failedAt(t *testing.T, how string, step tracedCall, errno, later string) string {
	t.Helper()
	inject := fmt.Sprintf("%s:error=%s:when=%d%s", step.name, errno, step.when, later)
	s, met := runUntil(t, how, inject, func(s tracedSave) bool {
		return s.err != nil || slices.ContainsFunc(s.calls, func(c tracedCall) bool { return c.injected })
	})
	if !met {
		return inject + " was not met"
	}
	if why := outcomeWrong(t, s); why != "" {
		return inject + ": " + why
	}
	return ""
}

// runUntil saves under strace until the trace shows what was meant: the runtime may make one call of a name more or less
// before the save begins.
func runUntil(t *testing.T, how, inject string, meant func(tracedSave) bool) (s tracedSave, met bool) {
	t.Helper()
	const tries = 5
	for range tries {
		if s = runTraced(t, how, inject); meant(s) {
			return s, true
		}
	}
	return s, false
}

// outcomeWrong says what is wrong with the outcome of a save.
func outcomeWrong(t *testing.T, s tracedSave) string {
	t.Helper()
	if s.err != nil {
		return fmt.Sprintf("%v: %s", s.err, s.out)
	}
	reports, _, err := readReports(s.out)
	if err != nil {
		return err.Error()
	}
	var said []string // of all files, for each names what is left beside it
	for _, r := range reports {
		said = append(append(said, r.Message), r.Notes...)
	}
	for i, r := range reports {
		r.Notes = said
		path := s.path
		if i < len(reports)-1 {
			path += includedSuffix
		}
		if why := lawBroken(t, path, r); why != "" && r.Outcome != Torn {
			return why
		}
	}
	return reopenedWrong(t, s)
}

// reopenedWrong ends what was interrupted, opens the file again, which cleans up, and says what is wrong then.
func reopenedWrong(t *testing.T, s tracedSave) string {
	t.Helper()
	warnings, why := finishedWrong(s.path, s.state)
	if why == "" {
		_, why = endedWrong(s.path, s.state, Undo)
	}
	if why != "" {
		return why
	}
	f, err := Open(s.path, Options{StateDir: s.state})
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	if got := string(f.Bytes()); got != oldText && got != newText {
		return fmt.Sprintf("opened again: %q, warnings %q", got, f.Warnings())
	}
	got, err := os.ReadFile(s.path)
	if err != nil || string(got) != string(f.Bytes()) {
		return fmt.Sprintf("opened again: the file holds %q, %v", got, err)
	}
	return unnamedLeftover(t, s.path, strings.Join(append(warnings, f.Warnings()...), " "))
}

// proveKillAtCalls ends the program at every call of a save in turn: strace's signal comes before the call is made.
func proveKillAtCalls(p trial) {
	inMemory(p.T)
	for _, how := range waysToSave {
		c := p.count(how + ": %s damaged of %s")
		steps := tracedSteps(p, how)
		n := p.n(10, len(steps))
		workers(n, func(i int) {
			at := i * len(steps) / n
			inject := fmt.Sprintf("%s:signal=KILL:when=%d", steps[at].name, steps[at].when)
			s, met := runUntil(p.T, how, inject, func(s tracedSave) bool { return s.err != nil && len(s.calls) == at+1 })
			why := reopenedWrong(p.T, s)
			if !met {
				why = fmt.Sprintf("was not met at call %d but %d", at, len(s.calls))
			}
			if why != "" {
				why = inject + ": " + why
			}
			c.try(why)
		})
	}
}
