package disk

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// This file ends the program at every system call by which a file comes to be that was not there before.

// proveKilledMaking ends each way at every call in turn. Then the file is there and complete, or it is not there; the next start tells of
// what is left or removes it, and saves as if nothing had been.
func proveKilledMaking(p trial) {
	p.needs("strace", "strace")
	inMemory(p.T)
	for _, m := range makings {
		c := p.count(m.name + ": %s damaged of %s")
		steps := steady(func() []tracedCall {
			_, calls := m.traced(p.T, "")
			return calls
		})
		if len(steps) < 8 {
			p.missing("strace cannot trace here: %d calls", len(steps))
		}
		n, there := p.n(min(len(steps), 16), len(steps)), 0
		workers(n, func(i int) {
			at := len(steps) - n + i // the slice is of the last calls, in which the names come and go
			inject := fmt.Sprintf("%s:signal=KILL:when=%d", steps[at].name, steps[at].when)
			path, calls := m.traced(p.T, inject)
			for try := 0; len(calls) != at+1 && try < 5; try++ { // the runtime may make a call more or less before
				path, calls = m.traced(p.T, inject)
			}
			is, why := m.afterwards(p.T, path)
			if is {
				c.mu.Lock()
				there++
				c.mu.Unlock()
			}
			if len(calls) != at+1 {
				why = fmt.Sprintf("was not met at call %d but %d", at, len(calls))
			}
			if why != "" {
				why = inject + ": " + why
			}
			c.try(why)
		})
		if there == 0 || there == n {
			p.Errorf("%s: of %d files %d are there", m.name, n, there)
		}
	}
}

// traced makes a file under strace, with something injected.
func (m making) traced(t *testing.T, inject string) (path string, calls []tracedCall) {
	t.Helper()
	path, trace := filepath.Join(t.TempDir(), "db.example.com"), filepath.Join(t.TempDir(), "trace")
	args := []string{"-f", "-qq", "-o", trace, "-e", tracedCalls}
	if inject != "" {
		args = append(args, "-e", "inject="+inject)
	}
	cmd := childCommand(t, "makes", path, path+".state", m.name)
	traced := exec.Command("strace", append(append(args, "--", cmd.Path), cmd.Args[1:]...)...)
	traced.Env = cmd.Env
	out, err := traced.CombinedOutput()
	if err != nil && inject == "" {
		t.Errorf("%v: %s", err, out)
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Error(err)
	}
	return path, callsInTrace(string(text))
}

// afterwards looks at what is left, and saves once more.
func (m making) afterwards(t *testing.T, path string) (there bool, why string) {
	t.Helper()
	text, err := os.ReadFile(path)
	there = err == nil
	if st, statErr := os.Stat(path); there && (string(text) != newText || statErr != nil || st.Mode() != newMode) {
		return there, fmt.Sprintf("it holds %q, %v %v", text, st.Mode(), statErr)
	}
	opt := Options{StateDir: path + ".state", New: true}
	if notes := strings.Join(Leftovers(path, opt), " "); m.creates {
		if left := unnamedLeftover(t, path, notes); left != "" {
			return there, left
		}
	}
	f, err := Open(path, opt)
	if err != nil {
		return there, err.Error()
	}
	defer f.Close()
	said := strings.Join(f.Warnings(), " ")
	if reason, yes := f.ReadOnly(); yes {
		return there, "the next start cannot save it: " + reason
	}
	if left := unnamedLeftover(t, path, said); left != "" {
		return there, left
	}
	if _, err := f.Save([]byte(oldText), SaveOptions{}); err != nil {
		return there, err.Error()
	}
	return there, ""
}
