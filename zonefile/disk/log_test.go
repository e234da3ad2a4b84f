//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// newLog begins a log of an open file until the end of the test.
func newLog(t *testing.T, f *File) *Log {
	t.Helper()
	l, err := NewLog(f)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

// wantEdits checks what can be recovered.
func wantEdits(t *testing.T, path string, opt Options, want ...string) Recovery {
	t.Helper()
	r, err := Recover(path, opt)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(bytes.Join(r.Edits, []byte("|"))); len(r.Edits) != len(want) || got != fmt.Sprint(joined(want)) {
		t.Errorf("edits %q, want %q", r.Edits, want)
	}
	if string(r.Base) != oldText || r.Path != path {
		t.Errorf("%+v", r)
	}
	return r
}

// joined is edits as wantEdits compares them.
func joined(edits []string) (s string) {
	for i, e := range edits {
		if i > 0 {
			s += "|"
		}
		s += e
	}
	return s
}

func TestLog(t *testing.T) {
	path, opt := zone(t), options(t)
	f := open(t, path, opt)
	l := newLog(t, f)
	if _, err := Recover(path, opt); !errors.Is(err, fs.ErrNotExist) || l.Path() != "" {
		t.Errorf("a log before the first edit: %v", err)
	}
	edits := []string{"one", "", "\x00\xff", "four"}
	for _, e := range edits {
		if err := l.Append([]byte(e)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Recover(path, opt); !errors.Is(err, ErrReadOnly) {
		t.Errorf("a living session's log is offered: %v", err)
	}
	l.Close()
	wantEdits(t, path, opt, edits...)
	if _, err := NewLog(f); !errors.Is(err, ErrLogExists) {
		t.Errorf("NewLog = %v", err)
	}
	if err := wantEdits(t, path, opt, edits...).Remove(); err != nil {
		t.Error(err)
	}
	newLog(t, f)
}

func TestLogReset(t *testing.T) {
	path, opt := zone(t), options(t)
	f := open(t, path, opt)
	l := newLog(t, f)
	if err := l.Append([]byte("one")); err != nil {
		t.Fatal(err)
	}
	mustSave(t, f, newText, SaveOptions{})
	if err := l.Reset(); err != nil {
		t.Fatal(err)
	}
	if _, err := Recover(path, opt); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a log after Reset: %v", err)
	}
	if err := l.Append([]byte("two")); err != nil {
		t.Fatal(err)
	}
	l.Close()
	r, err := Recover(path, opt)
	if err != nil || string(r.Base) != newText || len(r.Edits) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestLogCutAtEveryByte(t *testing.T) {
	path, opt := zone(t), options(t)
	l := newLog(t, open(t, path, opt))
	var ends []int64
	for _, e := range []string{"one", "two"} {
		if err := l.Append([]byte(e)); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, l.size)
	}
	l.Close()
	whole, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	head := int(ends[0]) - 12 - len("one")
	for n := range len(whole) {
		var r Recovery
		err := r.parse(whole[:n])
		want := 0
		if int64(n) >= ends[0] {
			want = 1
		}
		if (err == nil) != (n >= head) || err == nil && len(r.Edits) != want {
			t.Errorf("%d of %d bytes: %d edits, %v, want %d", n, len(whole), len(r.Edits), err, want)
		}
		zeros := append(bytes.Clone(whole[:n]), make([]byte, len(whole)-n)...) // as ext4 leaves a tail
		if r = (Recovery{}); r.parse(zeros) == nil && len(r.Edits) > want {
			t.Errorf("%d bytes and zeros: edits %q", n, r.Edits)
		}
	}
}

func TestLogSurvivesAFullDisk(t *testing.T) {
	path, opt := zone(t), options(t)
	fail := ""
	opt.around = func(call string, do func() error) error {
		if call == fail {
			return unix.ENOSPC
		}
		return do()
	}
	for _, call := range []string{"pwrite", "fsync", "renameat", "mkdir", "openat"} {
		t.Run(call, func(t *testing.T) {
			f := open(t, path, opt)
			defer f.Close()
			l := newLog(t, f)
			fail = call
			if err := l.Append([]byte("one")); !errors.Is(err, unix.ENOSPC) {
				t.Errorf("Append = %v", err)
			}
			fail = ""
			if err := l.Append([]byte("two")); err != nil {
				t.Fatal(err)
			}
			if fail = call; call == "pwrite" || call == "fsync" {
				if err := l.Append([]byte("three")); !errors.Is(err, unix.ENOSPC) {
					t.Errorf("Append = %v", err)
				}
				fail = ""
				if err := l.Append([]byte("four")); err != nil {
					t.Fatal(err)
				}
				l.Close()
				wantEdits(t, path, opt, "one", "two", "three", "four")
			}
			fail = ""
			if err := l.Reset(); err != nil {
				t.Error(err)
			}
			_ = os.Remove(l.Path())
		})
	}
}

func FuzzRecovery(f *testing.F) {
	f.Add(appendBlock(appendBlock(appendBlock([]byte(logMagic), []byte("/p")), []byte("base")), []byte("edit")))
	f.Fuzz(func(t *testing.T, text []byte) {
		var r Recovery
		if r.parse(text) != nil {
			return
		}
		again := appendBlock(appendBlock([]byte(logMagic), []byte(r.Path)), r.Base)
		for _, e := range r.Edits {
			again = appendBlock(again, e)
		}
		if !bytes.HasPrefix(text, again) {
			t.Errorf("%q was read as %q", text, again)
		}
	})
}
