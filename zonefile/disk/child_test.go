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

	"github.com/mailzone/mailzone/testdata/needs"
)

// This file is the programs that the proofs trace, kill and stop: the test binary runs itself again as one of them.

// childEnv names the program that a child is.
const childEnv = "MAILZONE_TEST_CHILD"

func TestMain(m *testing.M) {
	if name := os.Getenv(childEnv); name != "" {
		os.Exit(child(name, os.Args[1:]))
	}
	os.Exit(needs.Main{M: m}.Run())
}

// child is the main function of a child.
func child(name string, args []string) (status int) {
	switch name {
	case "once":
		return once(args[0], args[1], args[2])
	case "makes":
		return makeOnce(args[0], args[1], args[2])
	case "forever":
		return forever(args[0], args[1], args[2])
	case "count":
		return countUp(args[0], args[1], args[2])
	case "keys":
		return answerKeys(args[0])
	case "killed":
		return killedChild(args)
	case "killedmany":
		return killedManyChild(args)
	case "looks":
		return lookAll(args)
	case "interrupts":
		return interrupt(args[0], args[1])
	case "measures":
		return measure(args)
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

// A report is what the child once says about the save of one file.
type report struct {
	Result
	Error   string
	Bytes   []byte // of the File afterwards
	InPlace bool   // whether that would have been possible
}

// The path that once asks for right before the save and right after, so that a trace shows where it is.
const marker = "/mailzone-test-marker"

// once saves newText on one thread, so that every system call of the save is a call of that thread.
func once(path, state, how string) (status int) {
	runtime.LockOSThread()
	reports, err := saveOnce(path, state, how)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(reports)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// saveOnce is one save; a file that is included comes before the one that includes it.
func saveOnce(path, state, how string) ([]report, error) {
	paths := []string{path}
	if how == severalFiles {
		paths = []string{path + includedSuffix, path}
	}
	var changes []Change
	for _, path := range paths {
		f, err := Open(path, Options{StateDir: state})
		if err != nil {
			return nil, err
		}
		changes = append(changes, Change{f, []byte(newText), SaveOptions{InPlace: how == "in place"}})
	}
	_ = unix.Access(marker, unix.F_OK)
	results, err := SaveAll(changes, nil)
	_ = unix.Access(marker, unix.F_OK)
	return reportsOf(changes, results, err), nil
}

// reportsOf tells how each file ended; the error of a save of several is that of the one that stopped it.
func reportsOf(changes []Change, results []Result, err error) (reports []report) {
	for i, c := range changes {
		r := report{Result: results[i], Bytes: c.File.Bytes(), InPlace: c.File.InPlace()}
		switch {
		case err != nil && len(changes) == 1:
			r.Error = err.Error()
		case err != nil && r.Outcome != Saved:
			r.Error = r.Message
		}
		reports = append(reports, r)
	}
	return reports
}

// includedSuffix is what the name of the included file has more.
const includedSuffix = ".inc"

// readReports reads what once wrote: there is one for each file, the last of which is the zone file's.
func readReports(out []byte) (reports []report, last report, err error) {
	err = json.Unmarshal(out, &reports)
	if err == nil && len(reports) == 0 {
		err = errors.New("no report")
	}
	if err == nil {
		last = reports[len(reports)-1]
	}
	return reports, last, err
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
	if how == manyFiles || how == manyFilesNoSync {
		return foreverMany(manyKilled{dir: path, state: state, n: filesCut}, how)
	}
	write, err := writer(path, state, how)
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

	manyFiles       = "many files"
	manyFilesNoSync = "many files, no syncfs"
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
	changes := []Change{{File: f, Options: SaveOptions{InPlace: how == byInPlace}}}
	if how == severalFiles {
		included, err := Open(path+includedSuffix, Options{StateDir: state})
		if err != nil {
			return nil, err
		}
		changes = []Change{{File: included}, changes[0]}
	}
	return func(data []byte) error {
		for i := range changes {
			changes[i].New = data
		}
		_, err := SaveAll(changes, nil)
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
func countUp(path, times, how string) (status int) {
	add := addOne
	if how == byWriteFile {
		add = addOneBlindly
	}
	want, err := strconv.Atoi(times)
	for n := 0; n < want && err == nil; {
		switch err = add(path); {
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

// addOneBlindly adds one as a script does that looks at nothing.
func addOneBlindly(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(strings.TrimSpace(string(data))) // which another one may just be writing
	return os.WriteFile(path, fmt.Appendln(nil, n+1), 0o644)
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
