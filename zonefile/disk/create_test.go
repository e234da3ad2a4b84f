//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// A new file is complete, with its mode, and what is there already stays.
func TestCreate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "db.new")
	if err := Create(path, []byte(newText), 0o644, Options{}); err != nil {
		t.Fatal(err)
	}
	at, err := os.Stat(path)
	if err != nil || at.Mode() != 0o644 {
		t.Errorf("%v, %v", at.Mode(), err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("nowhere", link); err != nil {
		t.Fatal(err)
	}
	for _, taken := range []string{path, link, dir, dir + "/.", "/"} {
		if err := Create(taken, []byte("other"), 0o644, Options{}); err == nil {
			t.Errorf("%s is written", taken)
		}
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != newText {
		t.Errorf("%q, %v", text, err)
	}
	if err := Create(filepath.Join(dir, "none", "db"), nil, 0o644, Options{}); !errors.Is(err, unix.ENOENT) {
		t.Error(err)
	}
	if names := left(t, dir); names != "db.new link" {
		t.Errorf("left: %s", names)
	}
}

// left is the names in a directory.
func left(t *testing.T, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// Whatever system call fails: the name is free, or has the complete file; and where somebody takes the name meanwhile, his file stays.
func TestCreateFails(t *testing.T) {
	for _, unnamed := range []bool{true, false} {
		failed := 0
		for n := 1; ; n++ {
			dir := t.TempDir()
			path := filepath.Join(dir, "db.new")
			calls, called := 0, ""
			around := func(call string, do func() error) error {
				if !unnamed && call == "open O_TMPFILE" {
					return unix.ENOTSUP
				}
				if calls++; calls == n && call != "close" {
					called = call
					return unix.EIO
				}
				return do()
			}
			err := Create(path, []byte(newText), 0o600, Options{around: around})
			text, readErr := os.ReadFile(path)
			switch {
			case err == nil && string(text) != newText, readErr == nil && string(text) != newText:
				t.Errorf("%s failed: the file has %q (%v)", called, text, err)
			case err != nil && strings.Contains(err.Error(), "not written") == (readErr == nil):
				t.Errorf("%s failed: %v, and the file: %v", called, err, readErr)
			}
			if names := left(t, dir); called != "unlinkat" && strings.Contains(names, stagedPrefix) {
				t.Errorf("%s failed: left: %s", called, names)
			}
			if calls < n {
				break
			}
			if called != "" {
				failed++
			}
		}
		if failed < 6 {
			t.Errorf("only %d calls failed", failed)
		}
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "db.new")
	err := Create(path, []byte(newText), 0o644, Options{around: func(call string, do func() error) error {
		if call == "linkat" {
			if err := os.WriteFile(path, []byte("theirs"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return do()
	}})
	if text, _ := os.ReadFile(path); err == nil || string(text) != "theirs" || left(t, dir) != "db.new" {
		t.Errorf("%v, %q, %s", err, text, left(t, dir))
	}
}
