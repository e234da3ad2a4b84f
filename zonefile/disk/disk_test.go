//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The two contents that most tests save one over the other.
const (
	oldText = "$TTL 3600\nexample.com. SOA ns hostmaster 1 7200 900 1209600 300\n MX 10 mx1\xe9\n"
	newText = "$TTL 3600\nexample.com. SOA ns hostmaster 2 7200 900 1209600 300\n MX 10 mx1\xe9\n MX 20 mx2\n"
)

// zone makes a zone file in a new directory.
func zone(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "db.example.com")
	past := time.Now().Add(-time.Hour)
	if err := errors.Join(os.WriteFile(path, []byte(oldText), 0o640), os.Chtimes(path, past, past)); err != nil {
		t.Fatal(err)
	}
	return path
}

// options keep what a test writes out of the user's state directory.
func options(t testing.TB) Options { return Options{StateDir: filepath.Join(t.TempDir(), "state")} }

// open opens a file that must open, until the end of the test.
func open(t testing.TB, path string, opt Options) *File {
	t.Helper()
	f, err := Open(path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// mustSave saves and wants nothing but Saved.
func mustSave(t testing.TB, f *File, data string, opt SaveOptions) Result {
	t.Helper()
	r, err := f.Save([]byte(data), opt)
	if err != nil || r.Outcome != Saved {
		t.Fatalf("Save = %+v, %v", r, err)
	}
	return r
}

// saveChecked is SaveAll whose check is given what is stored of each change.
func saveChecked(changes []Change, check func(stored []string) error) ([]Result, error) {
	s := newSave(changes)
	return s.run(func() error {
		var stored []string
		for _, st := range s.steps {
			b, err := st.candidate.read()
			if err != nil {
				return err
			}
			stored = append(stored, string(b))
		}
		return check(stored)
	})
}

// wantContent compares a file.
func wantContent(t testing.TB, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s holds %q, want %q", path, got, want)
	}
}

// wantNames compares the names in a directory.
func wantNames(t testing.TB, dir string, want ...string) {
	t.Helper()
	if got := names(t, dir); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%s holds %q, want %q", dir, got, want)
	}
}

// names lists a directory.
func names(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestSave(t *testing.T) {
	path := zone(t)
	f := open(t, path, options(t))
	checked := ""
	results, err := saveChecked([]Change{{f, []byte(newText), SaveOptions{}}}, func(stored []string) error {
		wantContent(t, path, oldText) // nothing is installed yet
		checked = stored[0]
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r := results[0]
	if want := "saved: " + f.Path() + ", "; !strings.HasPrefix(r.Message, want) || len(r.Notes) > 0 {
		t.Errorf("message %q, notes %q, want %q...", r.Message, r.Notes, want)
	}
	if checked != newText {
		t.Errorf("stored before it is installed: %q", checked)
	}
	wantContent(t, path, newText)
	wantNames(t, filepath.Dir(path), "db.example.com")
	if string(f.Bytes()) != newText {
		t.Errorf("Bytes = %q", f.Bytes())
	}
	mustSave(t, f, oldText, SaveOptions{}) // the File is the new file
	wantContent(t, path, oldText)
}

func TestSaveOfTheSameBytes(t *testing.T) {
	path := zone(t)
	before, _ := os.Stat(path)
	r := mustSave(t, open(t, path, options(t)), oldText, SaveOptions{})
	after, _ := os.Stat(path)
	if !os.SameFile(before, after) || !strings.Contains(r.Message, "already") {
		t.Errorf("replaced a file by an equal one: %s", r.Message)
	}
}

func TestSaveOfNothing(t *testing.T) {
	path := zone(t)
	f := open(t, path, options(t))
	mustSave(t, f, "", SaveOptions{})
	wantContent(t, path, "")
	mustSave(t, f, oldText, SaveOptions{})
	wantContent(t, path, oldText)
}

func TestRefusedByTheCaller(t *testing.T) {
	no := errors.New("serial did not go up")
	path := zone(t)
	f := open(t, path, options(t))
	results, err := SaveAll([]Change{{f, []byte(newText), SaveOptions{}}}, func() error { return no })
	if r := results[0]; r.Outcome != Untouched || !errors.Is(err, no) || r.Message != err.Error() {
		t.Errorf("SaveAll = %+v, %v", r, err)
	}
	wantContent(t, path, oldText)
	wantNames(t, filepath.Dir(path), "db.example.com")
	mustSave(t, f, newText, SaveOptions{})
}

// What the disk keeps is read back before it is installed: what cannot be read, or reads differently, is not.
func TestReadBack(t *testing.T) {
	no := errors.New("a bad block")
	for want, read := range map[string]func(do func() error) error{
		"cannot read the new file back: a bad block":                 func(func() error) error { return no },
		"the new file reads differently from what was written: look": func(func() error) error { return nil }, // as an empty file
	} {
		t.Run(want, func(t *testing.T) {
			path := zone(t)
			f := open(t, path, options(t))
			restore := onReadBack(f, read)
			r, err := f.Save([]byte(newText), SaveOptions{})
			if r.Outcome != Untouched || err == nil || r.Message != err.Error() || !strings.Contains(r.Message, want) {
				t.Errorf("Save = %+v, %v", r, err)
			}
			wantContent(t, path, oldText)
			wantNames(t, filepath.Dir(path), "db.example.com")
			restore()
			mustSave(t, f, newText, SaveOptions{})
		})
	}
}

// onReadBack has something else happen when a new file of f, once it was written, is read back.
func onReadBack(f *File, read func(do func() error) error) (restore func()) {
	before, written := f.kernel, false
	f.kernel.around = func(call string, do func() error) error {
		if written = written || call == "pwrite"; written && call == "pread" {
			return read(do)
		}
		return do()
	}
	return func() { f.kernel = before }
}

func TestLinkStaysALink(t *testing.T) {
	path := zone(t)
	dir := filepath.Dir(path)
	if err := os.Mkdir(filepath.Join(dir, "links"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("links", filepath.Join(dir, "through")); err != nil {
		t.Fatal(err)
	}
	first, second := filepath.Join(dir, "through", "first"), filepath.Join(dir, "links", "second")
	for link, to := range map[string]string{first: "second", second: "../db.example.com"} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	f := open(t, first, options(t))
	if f.Path() != path || len(f.Chain()) != 3 || f.Chain()[2] != path {
		t.Errorf("Path %s, Chain %q", f.Path(), f.Chain())
	}
	mustSave(t, f, newText, SaveOptions{})
	wantContent(t, path, newText)
	if to, err := os.Readlink(first); err != nil || to != "second" {
		t.Errorf("the link became %q, %v", to, err)
	}
}

func TestLinkThatMoved(t *testing.T) {
	path := zone(t)
	link, other := path+".link", path+".other"
	if err := errors.Join(os.Symlink(path, link), os.WriteFile(other, []byte(oldText), 0o644)); err != nil {
		t.Fatal(err)
	}
	f := open(t, link, options(t))
	if err := errors.Join(os.Remove(link), os.Symlink(other, link)); err != nil {
		t.Fatal(err)
	}
	if r, err := f.Save([]byte(newText), SaveOptions{}); !errors.Is(err, ErrConflict) || r.Outcome != Untouched {
		t.Errorf("Save = %+v, %v", r, err)
	}
	wantContent(t, path, oldText)
	wantContent(t, other, oldText)
}

func TestLaterThanTheOldFile(t *testing.T) {
	path := zone(t)
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	future := st.ModTime().AddDate(1, 0, 0)
	if err := os.Chtimes(path, future, future); err != nil {
		t.Fatal(err)
	}
	r := mustSave(t, open(t, path, options(t)), newText, SaveOptions{})
	if st, err := os.Stat(path); err != nil || !st.ModTime().After(future) {
		t.Errorf("the new file's time %v is not after %v", st.ModTime(), future)
	}
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "time") {
		t.Errorf("notes %q", r.Notes)
	}
}

// inMemory puts the temporary directories of a test that saves a thousand times into memory, where there is such a place.
func inMemory(t testing.TB) {
	t.Helper()
	const memory = "/dev/shm"
	if dir, err := os.MkdirTemp(memory, "mailzone"); err == nil {
		_ = os.Remove(dir)
		t.Setenv("TMPDIR", memory)
	}
}
