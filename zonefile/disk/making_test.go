//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"fmt"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// This file is the ways in which a file comes to be that was not there, each as a program that a proof can end.

// A making is a way in which a file comes to be.
type making struct {
	name    string
	named   bool // it has a name before it is complete, as where the file system has no files without one
	creates bool // by Create
	make    func(path string, opt Options) error
}

var makings = [...]making{
	{"first save", false, false, firstSave},
	{"first save, no O_TMPFILE", true, false, firstSave},
	{"new file", false, true, createOnce},
	{"new file, no O_TMPFILE", true, true, createOnce},
}

// firstSave saves a name that is free.
func firstSave(path string, opt Options) error {
	opt.New = true
	f, err := Open(path, opt)
	if err != nil {
		return err
	}
	_ = unix.Access(marker, unix.F_OK)
	_, err = f.Save([]byte(newText), SaveOptions{})
	_ = unix.Access(marker, unix.F_OK)
	return err
}

// createOnce writes a new file.
func createOnce(path string, opt Options) error {
	_ = unix.Access(marker, unix.F_OK)
	err := Create(path, []byte(newText), newMode, opt)
	_ = unix.Access(marker, unix.F_OK)
	return err
}

// makeOnce is a child that makes a file, on one thread.
func makeOnce(path, state, how string) (status int) {
	runtime.LockOSThread()
	for _, m := range makings {
		if m.name != how {
			continue
		}
		opt := Options{StateDir: state}
		if m.named {
			opt.around = withoutUnnamed
		}
		if err := m.make(path, opt); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}

// withoutUnnamed is for kernel.around: the file system has no files without a name.
func withoutUnnamed(call string, do func() error) error {
	if call == "open O_TMPFILE" {
		return unix.ENOTSUP
	}
	return do()
}
