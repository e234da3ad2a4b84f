//go:build linux

package lab

// Programs that are watched: what they say is read as they say it.

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Limit is how long anything may take that usually takes a second.
const Limit = 15 * time.Second

// Lines is what a program says, line by line, as it says it.
type Lines chan string

// Watch starts a program in a place that lives as long as the test, and listens.
func Watch(p *Place, cmd *exec.Cmd) Lines {
	p.T.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		p.T.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = w, w
	err = p.Start(cmd)
	w.Close()
	if err != nil {
		p.T.Fatalf("%s: %v", cmd.Path, err)
	}
	p.T.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	out := make(Lines, 1<<16) // nobody has to listen to the end
	go func() {
		defer r.Close()
		defer close(out)
		for in := bufio.NewScanner(r); in.Scan(); {
			select {
			case out <- in.Text():
			default:
			}
		}
	}()
	return out
}

// Until waits for a line.
func (l Lines) Until(t *testing.T, what string, is func(string) bool) {
	t.Helper()
	l.Within(t, Limit, what, is)
}

// Within waits for a line, not longer than a limit.
func (l Lines) Within(t *testing.T, limit time.Duration, what string, is func(string) bool) {
	t.Helper()
	var said []string
	deadline := time.After(limit)
	for {
		select {
		case line, ok := <-l:
			if said = append(said, line); !ok {
				t.Fatalf("ended before %s:\n%s", what, strings.Join(said, "\n"))
			}
			if is(line) {
				return
			}
		case <-deadline:
			t.Fatalf("not within %v: %s:\n%s", limit, what, strings.Join(said, "\n"))
		}
	}
}
