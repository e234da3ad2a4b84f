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

// family opens three files of one directory, the last of which includes the others, and has a change for each.
func family(t *testing.T, opt Options) (dir string, changes []Change) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range []string{"a.inc", "b.inc", "main"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("old "+name), 0o644); err != nil {
			t.Fatal(err)
		}
		changes = append(changes, Change{File: open(t, path, opt), New: []byte("new " + name)})
	}
	return dir, changes
}

// wantFamily checks that all files are old, or all new.
func wantFamily(t *testing.T, dir, version string) {
	t.Helper()
	wantNames(t, dir, "a.inc", "b.inc", "main")
	for _, name := range names(t, dir) {
		wantContent(t, filepath.Join(dir, name), version+" "+name)
	}
}

func TestSaveAll(t *testing.T) {
	dir, changes := family(t, options(t))
	checked := 0
	results, err := saveChecked(changes, func(stored []string) error {
		for i, text := range stored {
			if text != string(changes[i].New) {
				t.Errorf("stored of change %d: %q", i, text)
			}
			checked++
		}
		wantFamily(t, dir, "old") // nothing is installed yet
		return nil
	})
	if err != nil || checked != 3 {
		t.Fatalf("SaveAll = %+v, %v, %d checked", results, err, checked)
	}
	for i, r := range results {
		if r.Outcome != Saved || !strings.Contains(r.Message, changes[i].File.Path()) {
			t.Errorf("result %d: %+v", i, r)
		}
	}
	wantFamily(t, dir, "new")
}

func TestSaveAllRefused(t *testing.T) {
	no := errors.New("the zone does not load")
	refuse := func(func() error) error { return no }
	for name, refused := range map[string]func([]Change) func() error{
		"check":                  func([]Change) func() error { return func() error { return no } },
		"read back of the last":  func(c []Change) func() error { onReadBack(c[2].File, refuse); return nil },
		"read back of the first": func(c []Change) func() error { onReadBack(c[0].File, refuse); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			dir, changes := family(t, options(t))
			results, err := SaveAll(changes, refused(changes))
			if !errors.Is(err, no) {
				t.Errorf("error %v", err)
			}
			for _, r := range results {
				if r.Outcome != Untouched || !strings.Contains(r.Message, no.Error()) {
					t.Errorf("result %+v", r)
				}
			}
			wantFamily(t, dir, "old")
		})
	}
}

func TestSaveAllTwice(t *testing.T) {
	dir, changes := family(t, options(t))
	results, err := SaveAll(append(changes, changes[0]), nil)
	if err == nil || len(results) != 4 || results[3].Outcome != Untouched {
		t.Errorf("SaveAll = %+v, %v", results, err)
	}
	wantFamily(t, dir, "old")
}

func TestSaveAllConflict(t *testing.T) {
	dir, changes := family(t, options(t))
	main := changes[2].File.Path()
	results, err := SaveAll(changes, func() error { return os.WriteFile(main, []byte("strange main"), 0o644) })
	if !errors.Is(err, ErrConflict) || len(results) != 3 {
		t.Errorf("SaveAll = %+v, %v", results, err)
	}
	wantNames(t, dir, "a.inc", "b.inc", "main")
	wantContent(t, filepath.Join(dir, "a.inc"), "old a.inc")
	wantContent(t, main, "strange main")
}

func TestSaveAllIsTakenBack(t *testing.T) {
	for fails := range 3 {
		t.Run(fmt.Sprint("install ", fails), func(t *testing.T) {
			opt, n := options(t), 0
			opt.around = func(call string, do func() error) error {
				if call == "renameat2" || call == "renameatx_np" {
					if n++; n == fails+1 {
						return unix.EIO
					}
				}
				return do()
			}
			dir, changes := family(t, opt)
			results, err := SaveAll(changes, nil)
			if !errors.Is(err, unix.EIO) {
				t.Errorf("error %v", err)
			}
			for i, r := range results {
				if r.Outcome != Untouched || !strings.HasPrefix(r.Message, Untouched.String()) {
					t.Errorf("result %d: %+v", i, r)
				}
			}
			wantFamily(t, dir, "old")
			for _, c := range changes { // and all can be saved afterwards
				mustSave(t, c.File, string(c.New), SaveOptions{})
			}
			wantFamily(t, dir, "new")
		})
	}
}
