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

func TestWriteElsewhere(t *testing.T) {
	path := zone(t)
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	f := open(t, path, options(t))
	f.Close() // as when the file could not be opened again
	copied := filepath.Join(t.TempDir(), "copy")
	if err := f.WriteElsewhere(copied, []byte(newText)); err != nil {
		t.Fatal(err)
	}
	wantContent(t, copied, newText)
	wantContent(t, path, oldText)
	if st, err := os.Stat(copied); err != nil || st.Mode() != 0o640 {
		t.Errorf("mode %v, %v", st.Mode(), err)
	}
}

// Nothing that is there is written to, whatever it is.
func TestWriteElsewhereRefuses(t *testing.T) {
	path := zone(t)
	f := open(t, path, options(t))
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(os.WriteFile(at("file"), []byte("precious"), 0o600), os.Symlink("nowhere", at("dangling")),
		os.Symlink(path, at("link")), unix.Mkfifo(at("fifo"), 0o600), os.Mkdir(at("dir"), 0o700)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		path: "something of this name", at("file"): "something of this name", at("dangling"): "something of this name", at("link"): "something of this name",
		at("fifo"): "something of this name", at("dir"): "something of this name", "": "is a directory", "..": "is a directory", "/": "is a directory",
		at("no/such"): "no such file", at("file/x"): "not a directory",
	} {
		err := f.WriteElsewhere(name, []byte(newText))
		if err == nil || !strings.Contains(err.Error(), ": not written: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", name, err, want)
		}
	}
	wantContent(t, at("file"), "precious")
	wantContent(t, path, oldText)
}

// Each step that fails leaves either nothing or a whole file, and the error says which.
func TestWriteElsewhereFails(t *testing.T) {
	for call, c := range map[string]struct {
		nth     int
		says    string
		written bool
	}{
		"openat": {1, "not written", false},
		"pwrite": {1, "not written", false},
		"fchmod": {1, "not written", false},
		"fsync":  {1, "not written", false},
		"fsync2": {2, "written, but the disk did not confirm it", true},
	} {
		t.Run(call, func(t *testing.T) {
			path, seen, armed := zone(t), 0, false
			opt := options(t)
			opt.around = func(name string, do func() error) error {
				if armed && strings.TrimSuffix(call, "2") == name {
					if seen++; seen == c.nth {
						return unix.EIO
					}
				}
				return do()
			}
			f := open(t, path, opt)
			copied := filepath.Join(t.TempDir(), "copy")
			armed = true
			err := f.WriteElsewhere(copied, []byte(newText))
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want %q", err, c.says)
			}
			data, err := os.ReadFile(copied)
			if c.written && string(data) != newText || !c.written && err == nil {
				t.Errorf("there is %q, %v", data, err)
			}
		})
	}
}
