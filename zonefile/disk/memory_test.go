//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/needs"
)

// remembered makes a memory of a zone file, and is where it lies.
func remembered(t *testing.T, data string) (path, at string, opt Options) {
	t.Helper()
	path, opt = zone(t), options(t)
	if err := Remember(path, opt, []byte(data)); err != nil {
		t.Fatal(err)
	}
	return path, filepath.Join(opt.StateDir, opt.Memory.directory(), stateKey(path)), opt
}

// wantMemory reads a memory that must be this.
func wantMemory(t *testing.T, path string, opt Options, want string) {
	t.Helper()
	if got, err := Remembered(path, opt); err != nil || string(got) != want {
		t.Errorf("remembered: %q, %v, want %q", got, err, want)
	}
}

func TestMemoryIsKeptAndForgotten(t *testing.T) {
	path, at, opt := remembered(t, "first")
	if err := Remember(path, opt, []byte("second")); err != nil {
		t.Fatal(err)
	}
	wantMemory(t, path, opt, "second")
	if st, err := os.Stat(at); err != nil || st.Mode() != 0o600 {
		t.Errorf("it is %v, %v", st, err)
	}
	if got := names(t, filepath.Dir(at)); len(got) != 1 {
		t.Errorf("beside it: %q", got)
	}
	link := path + ".link"
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	wantMemory(t, link, opt, "second") // by any name that leads to the file
	if _, err := Remembered(path+".other", opt); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of another file: %v", err)
	}
	if err := ForgetRemembered(path, opt); err != nil {
		t.Error(err)
	}
	_, err := Remembered(path, opt)
	if again := ForgetRemembered(path, opt); !errors.Is(err, fs.ErrNotExist) || !errors.Is(again, fs.ErrNotExist) {
		t.Errorf("forgotten: %v, %v", err, again)
	}
}

// A memory is read whole or not at all, wherever it is cut, and whichever byte of it is another.
func TestDamagedMemoryIsNotRead(t *testing.T) {
	path, at, opt := remembered(t, "what is remembered of a move")
	whole, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	damaged := [][]byte{append(whole[:len(whole):len(whole)], 0)}
	for i := range whole {
		other := []byte(string(whole))
		other[i] ^= 0x10
		damaged = append(damaged, whole[:i], other)
	}
	for _, text := range damaged {
		if err := os.WriteFile(at, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Remembered(path, opt); err == nil || errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), "\n") {
			t.Errorf("of %d bytes %q is read: %v", len(text), got, err)
		}
	}
	if err := Remember(path, opt, []byte("anew")); err != nil {
		t.Fatal(err)
	}
	wantMemory(t, path, opt, "anew")
}

// What stands at the name of a memory and is none is told at once, not waited for, not followed, and can be forgotten.
func TestForeignMemoryIsNotRead(t *testing.T) {
	other, of, otherOpt := remembered(t, "of another zone file")
	text, err := os.ReadFile(of)
	if err != nil {
		t.Fatal(err)
	}
	wantMemory(t, other, otherOpt, "of another zone file")
	for name, c := range map[string]struct {
		put  func(at string) error
		want string
	}{
		"link":        {func(at string) error { return os.Symlink(of, at) }, "is a symbolic link"},
		"FIFO":        {func(at string) error { return unix.Mkfifo(at, 0o600) }, "is a FIFO"},
		"huge":        {hugeFile, "belong there"},
		"readable":    {func(at string) error { return errors.Join(os.WriteFile(at, text, 0o600), os.Chmod(at, 0o644)) }, "has mode 0644"},
		"of another":  {func(at string) error { return os.WriteFile(at, text, 0o600) }, "is of another zone file"},
		"empty":       {func(at string) error { return os.WriteFile(at, nil, 0o600) }, "is damaged"},
		"a directory": {func(at string) error { return os.Mkdir(at, 0o700) }, "is a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			path, at, opt := remembered(t, "mine")
			if err := errors.Join(os.Remove(at), c.put(at)); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			if _, err := Remembered(path, opt); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), at) {
				t.Errorf("read: %v, want %q", err, c.want)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			if err := ForgetRemembered(path, opt); err != nil && name != "a directory" {
				t.Errorf("forgotten: %v", err)
			}
		})
	}
}

func TestMemoryOfAnotherUser(t *testing.T) {
	needs.Root(t)
	path, at, opt := remembered(t, "mine")
	if err := os.Chown(at, 65534, -1); err != nil {
		t.Fatal(err)
	}
	if _, err := Remembered(path, opt); err == nil || !strings.Contains(err.Error(), "belongs to another user") {
		t.Errorf("read: %v", err)
	}
}

func TestMemoryInADirectoryOfOthers(t *testing.T) {
	path, _, opt := remembered(t, "mine")
	if err := os.Chmod(opt.StateDir, 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := Remembered(path, opt)
	if again := Remember(path, opt, nil); err == nil || again == nil || !strings.Contains(err.Error(), "chmod 700") {
		t.Errorf("%v, %v", err, again)
	}
}

// An undo copy knows what took its place, and a save that failed leaves none too many.
func TestUndoCopyLedTo(t *testing.T) {
	path, opt := zone(t), options(t)
	f := open(t, path, opt)
	mustSave(t, f, newText, SaveOptions{})
	copies, err := History(path, opt)
	if err != nil || len(copies) != 1 || !copies[0].LedTo([]byte(newText)) || copies[0].LedTo([]byte(oldText)) {
		t.Fatalf("%+v, %v", copies, err)
	}
	k, later := kernel{}, copies[0].Time.Add(time.Hour)
	for _, next := range []string{newText, newText, "; another\n", newText} {
		if _, err := k.keepCopy(opt, path, []byte(oldText), []byte(next), later); err != nil {
			t.Fatal(err)
		}
	}
	copies, err = History(path, opt)
	if err != nil || len(copies) != 3 || !copies[0].LedTo([]byte(newText)) || !copies[1].LedTo([]byte("; another\n")) || copies[2].Time.Before(later) {
		t.Errorf("%+v, %v", copies, err)
	}
}
