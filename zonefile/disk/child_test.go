//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// This file is the programs that the proofs trace, kill and stop: the test binary runs itself again as one of them.

// childEnv names the program that a child is.
const childEnv = "MAILZONE_TEST_CHILD"

func TestMain(m *testing.M) {
	if name := os.Getenv(childEnv); name != "" {
		os.Exit(child(name, os.Args[1:]))
	}
	os.Exit(m.Run())
}

// child is the main function of a child.
func child(name string, args []string) (status int) {
	switch name {
	case "once":
		return once(args[0], args[1], args[2])
	case "forever":
		return forever(args[0], args[1], args[2])
	case "count":
		return countUp(args[0], args[1])
	case "keys":
		return answerKeys(args[0])
	}
	fmt.Fprintf(os.Stderr, "no child is called %q\n", name)
	return 2
}

// childCommand is the command that runs a child.
func childCommand(t testing.TB, name string, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env = append(os.Environ(), childEnv+"="+name)
	cmd.Stderr = os.Stderr
	return cmd
}

// A report is what the child once says about its save.
type report struct {
	Result
	Error    string
	Bytes    []byte // of the File afterwards
	ReadOnly string // the reason, as after Open
	InPlace  bool
	Warnings []string
}

// The path that once asks for right before the save and right after, so that a trace shows where it is.
const marker = "/mailzone-test-marker"

// once saves newText on one thread, so that every system call of the save is a call of that thread.
func once(path, state, how string) (status int) {
	runtime.LockOSThread()
	f, err := Open(path, Options{StateDir: state})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	var r report
	r.ReadOnly, _ = f.ReadOnly()
	r.InPlace, r.Warnings = f.InPlace(), f.Warnings()
	_ = unix.Access(marker, unix.F_OK)
	r.Result, err = f.Save([]byte(newText), SaveOptions{InPlace: how == "in place"})
	_ = unix.Access(marker, unix.F_OK)
	r.Bytes = f.Bytes()
	if err != nil {
		r.Error = err.Error()
	}
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// readReport reads what once wrote.
func readReport(out []byte) (r report, err error) {
	err = json.Unmarshal(out, &r)
	return r, err
}

// edition is content of a zone file that tells its number and whether it is whole. One is not as long as the next.
func edition(n int) []byte {
	head := fmt.Appendf(nil, "$TTL 3600\nexample.com. SOA ns hostmaster %d 7200 900 1209600 300\n", n)
	line := fmt.Appendf(nil, "host%d A 192.0.2.1 ; the address of a host in edition %d\n", n, n)
	return append(head, bytes.Repeat(line, 4000+n%7*100)...)
}

// editionOf is the number of an edition; whole is false for anything else.
func editionOf(data []byte) (n int, whole bool) {
	fields := strings.Fields(string(data[:min(len(data), 100)]))
	if len(fields) < 7 {
		return 0, false
	}
	n, err := strconv.Atoi(fields[6])
	return n, err == nil && bytes.Equal(data, edition(n))
}

// forever writes one edition after the other in some way, and the number of each that was written.
func forever(path, state, how string) (status int) {
	write, err := writer(path, state, how) // which repairs the file
	data, readErr := os.ReadFile(path)
	n, _ := editionOf(data)
	ahead := make(chan []byte, 64) // made beforehand, so that the time goes into writing
	go func(next int) {
		for ; ; next++ {
			ahead <- edition(next)
		}
	}(n + 1)
	for err = both(err, readErr); err == nil; {
		n++
		if err = write(<-ahead); err == nil {
			_, err = fmt.Println(n)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// The ways to write a file: the one that is proved, and the controls.
const (
	bySave      = "disk.Save"
	byInPlace   = "disk.Save in place"
	byLog       = "disk.Log"
	byWriteFile = "os.WriteFile"
	byNoSync    = "no fsync"
	byNoDirSync = "no directory fsync"
)

// writer is a way to write a file.
func writer(path, state, how string) (func([]byte) error, error) {
	if how == byWriteFile {
		return func(data []byte) error { return os.WriteFile(path, data, 0o640) }, nil
	}
	f, err := Open(path, Options{StateDir: state, around: withoutSync(how)})
	if err != nil {
		return nil, err
	}
	if how == byLog {
		l, err := NewLog(f)
		return func(data []byte) error { return l.Append(data[:80]) }, err
	}
	return func(data []byte) error {
		_, err := f.Save(data, SaveOptions{InPlace: how == byInPlace})
		return err
	}, nil
}

// withoutSync is for kernel.around: it leaves out every fsync, or the one of the directory after a new file was installed.
func withoutSync(how string) func(string, func() error) error {
	installed := false
	return func(call string, do func() error) error {
		switch {
		case call == "renameat2" || call == "renameatx_np":
			installed = true
		case call != "fsync":
		case how == byNoSync:
			return nil
		case how == byNoDirSync && installed:
			installed = false
			return nil
		}
		return do()
	}
}

// countUp adds one to the number in a file as often as it is told.
func countUp(path, times string) (status int) {
	want, err := strconv.Atoi(times)
	for n := 0; n < want && err == nil; {
		switch err = addOne(path); {
		case err == nil:
			n++
		case errors.Is(err, ErrConflict), errors.Is(err, ErrReadOnly), strings.Contains(err.Error(), "right now"):
			err = nil
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// addOne adds one to the number in a file.
func addOne(path string) error {
	f, err := Open(path, Options{StateDir: filepath.Join(path+".state", strconv.Itoa(os.Getpid()))})
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := strconv.Atoi(strings.TrimSpace(string(f.Bytes())))
	if err != nil {
		return err
	}
	_, err = f.Save(fmt.Appendln(nil, n+1), SaveOptions{})
	return err
}

// answerKeys saves a file in the background and answers every byte that it reads with one that says whether the save has
// ended: s for yes, . for not yet.
func answerKeys(path string) (status int) {
	f, err := Open(path, Options{StateDir: path + ".state"})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	ended := make(chan error, 1)
	answer := byte('.')
	for key := make([]byte, 1); ; {
		if n, _ := os.Stdin.Read(key); n == 0 {
			return 0
		}
		if key[0] == 's' {
			go func() {
				_, err := f.Save([]byte(newText), SaveOptions{})
				ended <- err
			}()
		}
		select {
		case err := <-ended:
			if answer = 's'; err != nil {
				fmt.Fprintln(os.Stderr, err)
				answer = 'e'
			}
		default:
		}
		if _, err := os.Stdout.Write([]byte{answer}); err != nil {
			return 1
		}
	}
}
