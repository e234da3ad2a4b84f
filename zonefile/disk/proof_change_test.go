//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// This file lets another program change the file at every system call of a save: none of its bytes may be lost.

// A stranger is another program that changes the file.
type stranger struct {
	name string
	// prepare is called before the save begins, and what it returns in the middle of it.
	prepare func(path string) (change func() error, err error)
	writes  bool // strangeText, which must survive
}

const strangeText = "; another program was here\n"

// strangers change a file in the ways that editors, scripts and packages do.
var strangers = [...]stranger{
	{"replaces", atOnce(replaceFile), true},
	{"rewrites", atOnce(func(path string) error { return os.WriteFile(path, []byte(strangeText), 0o644) }), true},
	{"appends", atOnce(appendToFile), true},
	{"writes a part", atOnce(overwritePart), true},
	{"replaces by a link", atOnce(replaceByLink), true},
	{"removes", atOnce(os.Remove), false},
	{"renames", atOnce(func(path string) error { return os.Rename(path, path+".moved") }), false},
}

// latecomer opens the file before the save and writes to it in the middle: no name leads from it to the new file.
var latecomer = stranger{"writes to what it has open", func(path string) (func() error, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	return func() error {
		_, err := f.WriteString(strangeText)
		return errors.Join(err, f.Close())
	}, err
}, true}

// atOnce is a stranger that needs no preparation.
func atOnce(change func(path string) error) func(string) (func() error, error) {
	return func(path string) (func() error, error) { return func() error { return change(path) }, nil }
}

// come lets a stranger change a file now.
func (s stranger) come(path string) error {
	change, err := s.prepare(path)
	if err != nil {
		return err
	}
	return change()
}

// replaceFile replaces a file as most editors do.
func replaceFile(path string) error {
	tmp := path + ".tmp"
	return errors.Join(os.WriteFile(tmp, []byte(strangeText), 0o644), os.Rename(tmp, path))
}

// appendToFile appends to a file as a shell does.
func appendToFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(strangeText)
	return errors.Join(err, f.Close())
}

// overwritePart writes into a file and leaves its size.
func overwritePart(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte(strangeText), 0)
	return errors.Join(err, f.Close())
}

// replaceByLink puts a link at the name of a file.
func replaceByLink(path string) error {
	tmp := path + ".tmp"
	return errors.Join(os.WriteFile(path+".target", []byte(strangeText), 0o644), os.Symlink(path+".target", tmp), os.Rename(tmp, path))
}

// proveChanges lets every stranger come right before every call of a save, and after the last.
func proveChanges(p trial) {
	inMemory(p.T)
	calls := len(callsOfASave(p.T))
	safe := p.count("%s lost of %s changes")
	late := p.known("a program that holds the old file open and writes to it: %s lost of %s, in the instant before the old file is removed")
	plain := p.control("plain rename: %s lost of %s changes")
	for at := range calls + 1 {
		for _, who := range strangers {
			safe.try(lostAt(p.T, zone(p.T), at, who, nil))
			plain.try(lostAt(p.T, zone(p.T), at, who, blindRename))
		}
		if at < calls {
			late.try(lostAt(p.T, zone(p.T), at, latecomer, nil))
		}
	}
	if plain.wrong == 0 || late.wrong > 1 {
		p.Errorf("%s, %s", plain, late)
	}
}

// blindRename is for kernel.around: the new file is renamed over the old one and nobody compares right before.
func blindRename(call string, do func() error) error {
	if call == "renameat2" || call == "renameatx_np" {
		return unix.EINVAL
	}
	return do()
}

// lostAt saves, lets a stranger come at one call, and says what of him was lost.
func lostAt(t *testing.T, path string, at int, who stranger, system func(string, func() error) error) string {
	t.Helper()
	opt, n := options(t), -1
	change, err := who.prepare(path)
	if err != nil {
		t.Fatal(err)
	}
	var call string
	opt.around = func(name string, do func() error) error {
		if n == at {
			if call, err = name, change(); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
		}
		if n >= 0 {
			n++
		}
		if system != nil {
			return system(name, do)
		}
		return do()
	}
	f := open(t, path, opt)
	n = 0
	r, saveErr := f.Save([]byte(newText), SaveOptions{})
	if n <= at {
		call = "the end"
		if err := change(); err != nil {
			t.Fatal(err)
		}
	}
	if why := lost(t, path, who, r, saveErr); why != "" {
		return fmt.Sprintf("%s at call %d, %s: %s: %+v", who.name, at, call, why, r)
	}
	return ""
}

// lost says what of a stranger's work is neither at the name nor where the message says.
func lost(t *testing.T, path string, who stranger, r Result, err error) string {
	t.Helper()
	said := r.Message + strings.Join(r.Notes, " ")
	got, readErr := os.ReadFile(path)
	switch {
	case (err == nil) != (r.Outcome == Saved):
		return fmt.Sprint("error ", err)
	case !who.writes && readErr == nil && r.Outcome == Untouched:
		return fmt.Sprintf("the file holds %q", got)
	case who.writes && !strings.Contains(string(got), strangeText) && !namedCopy(t, filepath.Dir(path), said):
		return fmt.Sprintf("the file holds %q", got)
	}
	return unnamedLeftover(t, path, said)
}

// namedCopy reports whether a file that the message names holds a stranger's bytes.
func namedCopy(t *testing.T, dir, said string) bool {
	t.Helper()
	for _, name := range names(t, dir) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil && strings.Contains(string(data), strangeText) && strings.Contains(said, name) && strings.HasPrefix(name, stagedPrefix) {
			return true
		}
	}
	return false
}
