//go:build linux

// Package lab has places for tests of real servers: a network and a file system of their own, on which packages are unpacked that this
// machine has not. A namespace is held by one thread and its children alone, and has no name: whatever ends the test ends it.
package lab

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/needs"
)

// Place is a thread in a network and a tree of mounts of its own.
type Place struct {
	T    *testing.T
	work chan func()
	Net  string // its network as ip takes it
}

// NewPlace makes a place with nothing but a loopback. It ends with the test.
func NewPlace(t *testing.T) *Place {
	t.Helper()
	p := newPlace(t, unix.CLONE_NEWNET)
	p.Run("ip link set lo up", "")
	return p
}

// Beside makes a place in the network that the test is in, with mounts of its own.
func Beside(t *testing.T) *Place { return newPlace(t, 0) }

// newPlace makes a place with some namespaces besides that of mounts.
func newPlace(t *testing.T, more int) *Place {
	t.Helper()
	p := &Place{T: t, work: make(chan func())}
	ready := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		err := unix.Unshare(more | unix.CLONE_NEWNS | unix.CLONE_FS)
		if err == nil {
			err = unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, "")
		}
		p.Net = fmt.Sprintf("/proc/%d/task/%d/ns/net", os.Getpid(), unix.Gettid())
		ready <- err
		for f := range p.work {
			f()
		}
	}()
	t.Cleanup(func() { close(p.work) })
	if err := <-ready; err != nil {
		needs.Other("namespaces")
		t.Skipf("no namespaces here: %v", err)
	}
	return p
}

// Do runs f in the place.
func (p *Place) Do(f func()) {
	done := make(chan bool)
	p.work <- func() { defer close(done); f() }
	<-done
}

// Try runs f in the place; its error ends the test.
func (p *Place) Try(f func() error) {
	p.T.Helper()
	var err error
	p.Do(func() { err = f() })
	if err != nil {
		p.T.Fatal(err)
	}
}

// Start starts a program in the place, which dies with it: also one that becomes another user, which the kernel spares.
func (p *Place) Start(cmd *exec.Cmd) error {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &unix.SysProcAttr{}
	}
	cmd.SysProcAttr.Pdeathsig = unix.SIGKILL
	var err error
	p.Do(func() { err = cmd.Start() })
	if err == nil {
		p.T.Cleanup(func() { _ = cmd.Process.Kill() })
	}
	return err
}

// Run runs a command line, whose words have no blanks, in the place.
func (p *Place) Run(line, stdin string) {
	p.T.Helper()
	words := strings.Fields(line)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stdin = strings.NewReader(stdin)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := p.Start(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		p.T.Fatalf("%s: %v\n%s", line, err, out.Bytes())
	}
}
