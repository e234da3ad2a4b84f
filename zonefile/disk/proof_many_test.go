//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
)

// This file kills saves of a thousand zone files, anywhere and most of all while they are installed, and has each ended: all files
// are one version then, and the old one is in the history of each that got another.

// proveMany kills saves of many files, and finishes or undoes them in turn.
func proveMany(p trial) {
	inMemory(p.T)
	files := p.n(40, 1000)
	c := p.count(thousands(files) + " files: %s of %s saves that were killed and ended left both versions, or lost one")
	found := p.known("half-way, and ended: %s of %s")
	m := manyKilled{dir: p.TempDir(), state: filepath.Join(p.TempDir(), "state"), n: files}
	if err := m.write(0); err != nil {
		p.Fatal(err)
	}
	calls, err := m.child(p, anyCall, -1, 0)
	if err != nil {
		p.Fatal(err)
	}
	version := 1 // the first child came to its end
	for try := range p.n(12, 200) {
		what, at := anyCall, rand.IntN(calls)
		if try%3 > 0 {
			what, at = installing, rand.IntN(files)
		}
		if _, err := m.child(p, what, at, version); err != nil {
			p.Fatal(err)
		}
		way := []Way{Finish, Undo}[try%2]
		held, ended, why := m.end(way, version)
		c.try(why)
		if ended {
			found.wrong++ // it is no wrong: the others had ended, or not begun
		}
		found.tried++
		if why != "" {
			p.Fatalf("killed at %s %d, %s: %s", what, at, way, why)
		}
		version = held
	}
	if found.wrong == 0 {
		p.Errorf("no save of %d was killed half-way: this proves nothing", found.tried)
	}
}

// What is counted until the end comes.
const (
	anyCall    = "call"
	installing = "install"
)

// A manyKilled is zone files that are saved again and again.
type manyKilled struct {
	dir, state string
	n          int
}

// name is the path of file i.
func (m manyKilled) name(i int) string {
	return filepath.Join(m.dir, fmt.Sprint("d", i%3), fmt.Sprintf("db.%d", i))
}

// text is a version of file i.
func (m manyKilled) text(i, version int) string {
	return fmt.Sprintf("; zone %d\n; version %d\n%s", i, version, strings.Repeat("; more\n", version%7))
}

// write writes a version of all files.
func (m manyKilled) write(version int) (err error) {
	for i := range m.n {
		err = errors.Join(err, os.MkdirAll(filepath.Dir(m.name(i)), 0o755), os.WriteFile(m.name(i), []byte(m.text(i, version)), 0o644))
	}
	return err
}

// child saves the version after one in a child that ends before a call of a number, if that is not negative; it tells how many
// calls there are.
func (m manyKilled) child(p trial, what string, at, version int) (calls int, err error) {
	out, err := childCommand(p.T, "killedmany", m.dir, m.state, fmt.Sprint(m.n), what, fmt.Sprint(at), fmt.Sprint(version)).Output()
	if exit := new(exec.ExitError); errors.As(err, &exit) && exit.ProcessState.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
		return 0, nil
	}
	if err == nil {
		calls, err = strconv.Atoi(strings.TrimSpace(string(out)))
	}
	return calls, err
}

// killedManyChild is the child.
func killedManyChild(args []string) (status int) {
	n, _ := strconv.Atoi(args[2])
	at, _ := strconv.Atoi(args[4])
	version, _ := strconv.Atoi(args[5])
	m := manyKilled{dir: args[0], state: args[1], n: n}
	var armed atomic.Bool
	var calls atomic.Int64
	opt := Options{StateDir: m.state, Shared: new(Shared), around: func(call string, do func() error) error {
		installs := strings.HasPrefix(call, "rename") && call != "renameat" // exchanges two names; where that cannot be, it is tried
		if armed.Load() && (args[3] == anyCall || installs) && calls.Add(1)-1 == int64(at) {
			_ = unix.Kill(os.Getpid(), unix.SIGKILL)
		}
		return do()
	}}
	changes, err := m.open(opt)
	if err == nil {
		armed.Store(true)
		err = m.save(changes, version+1)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(calls.Load())
	return 0
}

// open opens all files for a save.
func (m manyKilled) open(opt Options) (changes []Change, err error) {
	for i := range m.n {
		f, err := Open(m.name(i), opt)
		if err != nil {
			return nil, err
		}
		changes = append(changes, Change{File: f, Options: SaveOptions{KeepCopy: true, KeepRecord: true}})
	}
	return changes, nil
}

// save saves a version of all.
func (m manyKilled) save(changes []Change, version int) error {
	for i := range changes {
		changes[i].New = []byte(m.text(i, version))
	}
	_, err := SaveAll(changes, nil)
	return err
}

// filesCut is how many files are saved as one where the power is cut: as many as are confirmed at once, and some more.
const filesCut = together + 4

// foreverMany saves one version after the other, from the first, and writes the number of each that was saved. A control leaves
// out what makes the state directory durable.
func foreverMany(m manyKilled, how string) (status int) {
	opt := Options{StateDir: m.state, Shared: new(Shared)}
	if how == manyFilesNoSync {
		opt.around = func(call string, do func() error) error {
			if call == "syncfs" {
				return nil
			}
			return do()
		}
	}
	changes, err := m.open(opt)
	for version := 1; err == nil; version++ {
		if err = m.save(changes, version); err == nil {
			_, err = fmt.Println(version)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// end ends the save that wrote the version after one, if it was interrupted, and tells which version all files hold then.
func (m manyKilled) end(way Way, version int) (held int, ended bool, why string) {
	// A child that is forked right now would hold the locks that are taken here until it runs its program.
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	opt := Options{StateDir: m.state, Shared: new(Shared)}
	found, err := FindInterrupted(m.name(m.n/2), opt)
	if err != nil || len(found.Saves) > 1 || len(found.Notes) > 0 {
		return 0, false, fmt.Sprintf("found %v, %v", found, err)
	}
	for _, in := range found.Saves {
		if err := end(in, way); err != nil {
			return 0, true, err.Error()
		}
	}
	count := map[int]int{}
	for i := range m.n {
		data, err := os.ReadFile(m.name(i))
		if err != nil {
			return 0, false, err.Error()
		}
		switch string(data) {
		case m.text(i, version):
			count[version]++
		case m.text(i, version+1):
			count[version+1]++
		default:
			return 0, false, fmt.Sprintf("%s holds %q", m.name(i), data)
		}
	}
	held = version
	if count[version+1] > 0 {
		held++
	}
	switch {
	case len(count) > 1:
		return 0, false, fmt.Sprintf("%d files are old and %d new, and nothing is left to be ended", count[version], count[version+1])
	case len(found.Saves) > 0 && held != map[Way]int{Finish: version + 1, Undo: version}[way]:
		return 0, true, fmt.Sprintf("%s made all files version %d of %d and %d", way, held, version, version+1)
	}
	return held, len(found.Saves) > 0, m.copiesMissing(held, version)
}

// copiesMissing says which file has a new version, and not the old one in its history; and which leftover stays beside one when it
// is opened.
func (m manyKilled) copiesMissing(held, version int) string {
	opt := Options{StateDir: m.state, Shared: new(Shared)}
	for i := range m.n {
		f, err := Open(m.name(i), opt)
		if err != nil {
			return err.Error()
		}
		f.Close()
		if warnings := f.Warnings(); len(warnings) > 0 {
			return fmt.Sprintf("%s: %q", m.name(i), warnings)
		}
		copies, err := History(m.name(i), opt)
		if err != nil {
			return err.Error()
		}
		kept := held == version
		for _, c := range copies {
			data, err := c.Read()
			kept = kept || err == nil && string(data) == m.text(i, version)
		}
		if !kept {
			return fmt.Sprintf("%s has no undo copy of version %d: %v", m.name(i), version, copies)
		}
	}
	for i := range 3 {
		entries, err := os.ReadDir(filepath.Dir(m.name(i)))
		if err != nil {
			return err.Error()
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), stagedPrefix) {
				return e.Name() + " is left"
			}
		}
	}
	return ""
}
