//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// draftsOf are the texts of the drafts that a session of a zone file would be offered.
func draftsOf(t *testing.T, path string, opt Options) (texts []string) {
	t.Helper()
	found, err := Drafts(path, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found {
		text, err := d.Text()
		if err != nil {
			text = []byte(err.Error())
		}
		texts = append(texts, string(text))
		d.Close()
	}
	return texts
}

// A draft is its session's as long as that lives, then the next one's, until somebody removes it.
func TestDraft(t *testing.T) {
	path, opt := zone(t), options(t)
	f := open(t, path, opt)
	if got := draftsOf(t, path, opt); got != nil {
		t.Errorf("drafts %q before there is one", got)
	}
	d, err := NewDraft(f, "hosts.inc", []byte(oldText))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		path string
		mode fs.FileMode
	}{{d.Path, 0o600}, {filepath.Dir(d.Path), 0o700 | fs.ModeDir}, {d.record, 0o600}, {opt.StateDir, 0o700 | fs.ModeDir}} {
		if st, err := os.Stat(tt.path); err != nil || st.Mode() != tt.mode {
			t.Errorf("%s: %v, %v, want %v", tt.path, st, err, tt.mode)
		}
	}
	if filepath.Base(d.Path) != "hosts.inc" {
		t.Errorf("an editor sees the name %s", d.Path)
	}
	// As editors save: a new file in the place of the old one, and one beside it.
	err = errors.Join(os.WriteFile(d.Path+"~", []byte(newText), 0o644), os.Rename(d.Path+"~", d.Path), os.WriteFile(d.Path+"~", nil, 0o644))
	if err != nil {
		t.Fatal(err)
	}
	if got := draftsOf(t, path, opt); got != nil {
		t.Errorf("drafts %q of a session that is there", got)
	}
	d.Close()
	if got := draftsOf(t, zone(t), opt); got != nil {
		t.Errorf("drafts %q of another zone file", got)
	}
	if got := draftsOf(t, path, opt); !slices.Equal(got, []string{newText}) {
		t.Errorf("drafts %q", got)
	}
	left, err := Drafts(path, opt)
	if err != nil || len(left) != 1 || left[0].File != "hosts.inc" || string(left[0].Base) != oldText || left[0].Path != d.Path {
		t.Fatalf("Drafts = %+v, %v", left, err)
	}
	if err := left[0].Remove(); err != nil {
		t.Error(err)
	}
	wantNames(t, filepath.Join(opt.StateDir, draftDir))
}

// What stands in the place of a draft is never read if it is no file, nor followed.
func TestDraftIsNoFile(t *testing.T) {
	for name, put := range map[string]func(string) error{
		"gone":        func(string) error { return nil },
		"a FIFO":      func(path string) error { return unix.Mkfifo(path, 0o600) },
		"a link":      func(path string) error { return os.Symlink("/etc/passwd", path) },
		"a directory": func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			d, err := NewDraft(open(t, zone(t), options(t)), zoneName, []byte(oldText))
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(os.Remove(d.Path), put(d.Path)); err != nil {
				t.Fatal(err)
			}
			if text, err := d.Text(); err == nil {
				t.Errorf("Text = %q", text)
			}
		})
	}
}

// A record that is damaged, or of another version, is left alone.
func TestDraftDamaged(t *testing.T) {
	path, opt := zone(t), options(t)
	d, err := NewDraft(open(t, path, opt), zoneName, []byte(oldText))
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	record, err := os.ReadFile(d.record)
	if err != nil {
		t.Fatal(err)
	}
	for n := range record {
		if err := os.WriteFile(d.record, record[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if got := draftsOf(t, path, opt); got != nil {
			t.Fatalf("drafts %q with %d bytes of the record", got, n)
		}
	}
	wantContent(t, d.Path, oldText)
}

// When the disk fails at any call there is no draft, nothing is left of it, and the error says so.
func TestNewDraftEveryCallFails(t *testing.T) {
	inMemory(t)
	calls := 1
	for at := 0; at < calls; at++ {
		s := &saboteur{fault: fault{at: at, err: unix.ENOSPC}}
		opt := options(t)
		opt.around = s.around
		f := open(t, zone(t), opt)
		s.armed = true
		d, err := NewDraft(f, zoneName, []byte(oldText))
		s.armed = false
		calls = max(calls, len(s.calls)+1)
		switch {
		case err == nil && at >= len(s.calls):
		case err == nil && s.calls[at] == "flock": // another session could offer it: no reason not to edit
			d.Close()
		case err == nil:
			t.Errorf("call %d (%s) failed, and there is a draft", at, s.calls[at])
		case errors.Is(err, unix.ENOSPC):
			if left, _ := os.ReadDir(filepath.Join(opt.StateDir, draftDir)); len(left) > 0 {
				t.Errorf("call %d (%s) failed, and left %v", at, s.calls[at], left)
			}
		default:
			t.Errorf("call %d (%s): %v", at, s.calls[at], err)
		}
	}
	if calls < 10 {
		t.Errorf("%d calls only", calls)
	}
}
