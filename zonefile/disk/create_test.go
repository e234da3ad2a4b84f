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

// newOptions open names that are free.
func newOptions(t *testing.T) Options {
	opt := options(t)
	opt.New = true
	return opt
}

// A name that is free is opened as an empty file. Nothing is written before the save, which makes a file that the next save replaces;
// what has taken the name meanwhile stays.
func TestOpenFree(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "db.new")
	f := open(t, path, newOptions(t))
	if reason, yes := f.ReadOnly(); yes || len(f.Bytes()) > 0 || f.Conflict() != nil || left(t, dir) != "" {
		t.Fatalf("%q, %q, %v, %s", reason, f.Bytes(), f.Conflict(), left(t, dir))
	}
	mustSave(t, f, oldText, SaveOptions{KeepCopy: true})
	if at, err := os.Stat(path); err != nil || at.Mode() != newMode || left(t, dir) != "db.new" {
		t.Errorf("%v, %v, %s", at.Mode(), err, left(t, dir))
	}
	mustSave(t, f, newText, SaveOptions{})
	wantContent(t, path, newText)

	g := open(t, filepath.Join(dir, "db.taken"), newOptions(t))
	if err := os.WriteFile(g.Path(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := g.Conflict(); !errors.Is(err, ErrConflict) {
		t.Error(err)
	}
	if r, err := g.Save([]byte(newText), SaveOptions{}); r.Outcome != Untouched || !errors.Is(err, ErrConflict) {
		t.Errorf("%v, %v", r, err)
	}
	wantContent(t, g.Path(), "")
	if f, err := Open(filepath.Join(dir, "none", "db"), newOptions(t)); !errors.Is(err, unix.ENOENT) {
		t.Error(f, err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if f, err := Open(filepath.Join(dir, "link"), newOptions(t)); !errors.Is(err, unix.ENOENT) {
		t.Error(f, err)
	}
}

// Whatever system call of such a save fails, the name is free or has the complete file, as the outcome says; and what somebody puts
// there between the last look and the install stays.
func TestOpenFreeFails(t *testing.T) {
	for _, unnamed := range []bool{true, false} {
		failed := 0
		for n := 1; ; n++ {
			dir, calls, called := t.TempDir(), 0, ""
			opt := newOptions(t)
			f := open(t, filepath.Join(dir, "db.new"), opt)
			f.kernel.around = func(call string, do func() error) error {
				if !unnamed && call == "open O_TMPFILE" {
					return unix.ENOTSUP
				}
				if calls++; calls == n && call != "close" {
					called = call
					return unix.EIO
				}
				return do()
			}
			r, err := f.Save([]byte(newText), SaveOptions{})
			text, readErr := os.ReadFile(f.Path())
			switch {
			case readErr == nil && string(text) != newText, (r.Outcome == Untouched) != (readErr != nil), (err == nil) != (r.Outcome == Saved):
				t.Errorf("%s failed: %v, %v; the file has %q (%v)", called, r.Outcome, err, text, readErr)
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
		if failed < 8 {
			t.Errorf("only %d calls failed", failed)
		}
	}
	dir := t.TempDir()
	f := open(t, filepath.Join(dir, "db.new"), newOptions(t))
	f.kernel.around = func(call string, do func() error) error {
		if call == "linkat" {
			if err := os.WriteFile(f.Path(), []byte("theirs"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return do()
	}
	if r, err := f.Save([]byte(newText), SaveOptions{}); r.Outcome != Untouched || !errors.Is(err, ErrConflict) || left(t, dir) != "db.new" {
		t.Errorf("%v, %v, %s", r, err, left(t, dir))
	}
	wantContent(t, f.Path(), "theirs")
}

// A look at a name that is free finds a change only when something has it.
func TestWatchedFree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db.new")
	s, err := OpenSet(path, SetOptions{Options: newOptions(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := s.Watched()[0]
	if is, err := w.Fate(); is != Kept || err != nil {
		t.Errorf("%v, %v", is, err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if is, err := w.Fate(); is != Made || err != nil {
		t.Errorf("%v, %v", is, err)
	}
}
