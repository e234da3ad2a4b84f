//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestHistory(t *testing.T) {
	path, opt := zone(t), options(t)
	f := open(t, path, opt)
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	const saves = keptCopies + 5
	for i := range saves {
		mustSave(t, f, fmt.Sprintln("; version", i), SaveOptions{Now: now.Add(-time.Duration(i) * time.Hour)}) // a clock that is wrong
	}
	if err := os.Remove(path); err != nil { // the moment when copies are wanted
		t.Fatal(err)
	}
	copies, err := History(path, opt)
	if err != nil || len(copies) != keptCopies {
		t.Fatalf("%d copies, %v", len(copies), err)
	}
	for i, c := range copies {
		got, err := c.Read()
		if want := fmt.Sprintln("; version", saves-2-i); err != nil || string(got) != want || c.Size != int64(len(want)) || c.Zone != path {
			t.Errorf("copy %d is %q, %v: %+v, want %q", i, got, err, c, want)
		}
	}
	if copies, err := History(path+".other", opt); err != nil || len(copies) > 0 {
		t.Errorf("another file has the copies %v, %v", copies, err)
	}
}

func TestUndoCopyThatCannotBeKept(t *testing.T) {
	path := zone(t)
	file := path + ".file"
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	r := mustSave(t, open(t, path, Options{StateDir: file}), newText, SaveOptions{})
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "no undo copy") {
		t.Errorf("notes %q", r.Notes)
	}
}

func TestStateDirOfOthersIsRefused(t *testing.T) {
	path, opt := zone(t), options(t)
	if err := errors.Join(os.Mkdir(opt.StateDir, 0o755), os.Chmod(opt.StateDir, 0o777)); err != nil {
		t.Fatal(err)
	}
	r := mustSave(t, open(t, path, opt), newText, SaveOptions{})
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "chmod 700") {
		t.Errorf("notes %q", r.Notes)
	}
	if got := names(t, filepath.Join(opt.StateDir, undoDir, stateKey(path))); len(got) > 0 {
		t.Errorf("%q were written there", got)
	}
}

func TestStateDir(t *testing.T) {
	t.Setenv("HOME", "/home/someone")
	t.Setenv("XDG_STATE_HOME", "/xdg")
	if os.Geteuid() == 0 {
		wantStateDir(t, rootStateDir)
		return
	}
	wantStateDir(t, "/xdg/mailzone")
	t.Setenv("XDG_STATE_HOME", "relative")
	wantStateDir(t, "/home/someone/.local/state/mailzone")
	t.Setenv("HOME", "")
	wantStateDir(t, "")
}

// wantStateDir checks the default state directory.
func wantStateDir(t *testing.T, want string) {
	t.Helper()
	if got, err := (Options{}).stateDir(); got != want || (err == nil) != (want != "") {
		t.Errorf("state directory %q, %v, want %q", got, err, want)
	}
}

func TestLeftoversAreRemoved(t *testing.T) {
	inMemory(t)
	for at, call := range callsOfASave(t) {
		t.Run(fmt.Sprint(call, at), func(t *testing.T) {
			f, _, _, _ := sabotaged(t, &saboteur{fault: fault{at: at, after: true}}, SaveOptions{})
			path, opt := f.Path(), Options{StateDir: f.opt.StateDir}
			f.Close()
			closeAll(t, filepath.Dir(path))
			again := open(t, path, opt)
			left := names(t, filepath.Dir(path))
			switch {
			case len(left) == 1:
			case len(left) == 2 && strings.Contains(strings.Join(again.Warnings(), " "), left[0]): // never installed
				wantContent(t, filepath.Join(filepath.Dir(path), left[0]), newText)
				wantContent(t, path, oldText)
			default:
				t.Errorf("left: %q, warnings %q", left, again.Warnings())
			}
		})
	}
}

func TestLeftoverThatIsNoCopyStays(t *testing.T) {
	path, opt := zone(t), options(t)
	name, err := randomName(nameKey(filepath.Base(path)))
	if err != nil {
		t.Fatal(err)
	}
	other, err := randomName(nameKey("db.other"))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(path)
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, name), []byte("; only here\n"), 0o644),
		os.WriteFile(filepath.Join(dir, other), []byte(oldText), 0o644),
	); err != nil {
		t.Fatal(err)
	}
	f := open(t, path, opt)
	if w := strings.Join(f.Warnings(), " "); !strings.Contains(w, name) || strings.Contains(w, other) {
		t.Errorf("warnings %q", w)
	}
	wantContent(t, filepath.Join(dir, name), "; only here\n")
	wantContent(t, filepath.Join(dir, other), oldText)
}
