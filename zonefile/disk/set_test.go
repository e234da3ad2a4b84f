package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// writeTree writes files below a new directory and returns it.
func writeTree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// openSet opens a set for the length of a test.
func openSet(t *testing.T, path string, opt SetOptions) *Set {
	t.Helper()
	opt.StateDir = filepath.Join(t.TempDir(), "state")
	s, err := OpenSet(path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestSetFindsIncludes(t *testing.T) {
	dir := writeTree(t, map[string]string{"zones/db": "root", "zones/beside": "beside", "here": "here", "other/beside": "other"})
	t.Chdir(dir)
	for _, tt := range []struct {
		root, directory, path string
		name, data            string
	}{
		{"zones/db", "", "beside", "zones/beside", "beside"},
		{"zones/db", "", "here", "here", "here"},
		{"zones/db", "other", "beside", "other/beside", "other"},
		{"zones/db", "other", dir + "/zones/beside", dir + "/zones/beside", "beside"},
		{"zones/db", "other", "../other/./beside", "other/beside", "other"},
		{"", "", "here", "here", "here"},
	} {
		s := openSet(t, tt.root, SetOptions{Directory: tt.directory})
		name, data, err := s.Include(tt.path)
		if err != nil || name != tt.name || string(data) != tt.data {
			t.Errorf("%s includes %s: %q, %q, %v", tt.root, tt.path, name, data, err)
		}
	}
}

// What is outside the zone file's directory is not opened, whatever the way that leads there; a flag allows more.
func TestSetStaysInside(t *testing.T) {
	dir := writeTree(t, map[string]string{"zones/db": "root", "zones/sub/inc": "sub", "secret": "secret", "common/inc": "common", "zones.old/inc": "old"})
	t.Chdir(filepath.Join(dir, "common"))
	zones := filepath.Join(dir, "zones")
	if err := errors.Join(
		os.Symlink("../secret", filepath.Join(zones, "link")),
		os.Symlink("..", filepath.Join(zones, "up")),
		os.Symlink("/dev/zero", filepath.Join(zones, "zero")),
		unix.Mkfifo(filepath.Join(zones, "fifo"), 0o600),
		os.Symlink("zones/db", filepath.Join(dir, "entry")),
	); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"sub/inc":                      "",
		"sub/../sub/inc":               "",
		zones + "/sub/inc":             "",
		"../secret":                    "outside",
		"sub/../../secret":             "outside",
		dir + "/secret":                "outside",
		"link":                         "outside",
		"up/secret":                    "outside",
		dir + "/common/inc":            "outside",
		"../common/inc":                "outside",
		"../zones.old/inc":             "outside",
		"/etc/passwd":                  "outside",
		"/etc/shadow":                  "outside",
		"/dev/zero":                    "outside",
		"zero":                         "outside",
		"/proc/self/environ":           "outside",
		"fifo":                         "is a FIFO",
		"sub":                          "is a directory",
		"inc":                          "", // from the current directory, as a relative path may be
		"missing":                      "no such file",
		"/" + strings.Repeat("a", 300): "too long",
	} {
		_, data, err := openSet(t, filepath.Join(zones, "db"), SetOptions{}).Include(path)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", path, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want) || data != nil):
			t.Errorf("%s: %q, %v, want %q", path, data, err, want)
		}
	}
	if _, _, err := openSet(t, filepath.Join(dir, "entry"), SetOptions{}).Include("secret"); err != nil { // beside the link
		t.Error(err)
	}
	allowed := openSet(t, filepath.Join(zones, "db"), SetOptions{IncludeDirs: []string{dir + "/common"}})
	if _, data, err := allowed.Include(dir + "/common/inc"); err != nil || string(data) != "common" {
		t.Errorf("allowed: %q, %v", data, err)
	}
	if _, _, err := allowed.Include("../secret"); err == nil {
		t.Error("one directory more allows all")
	}
	t.Chdir("/") // where relative paths would lead anywhere
	if _, _, err := openSet(t, filepath.Join(zones, "db"), SetOptions{}).Include("etc/passwd"); err == nil {
		t.Error("from the root directory everything is read")
	}
	if _, _, err := openSet(t, filepath.Join(zones, "db"), SetOptions{Directory: "/"}).Include("etc/passwd"); err == nil {
		t.Error("where named runs in the root directory, everything is read")
	}
}

func TestSetRefusesToGuess(t *testing.T) {
	dir := writeTree(t, map[string]string{"zones/db": "root", "zones/inc": "one", "inc": "two"})
	t.Chdir(dir)
	_, _, err := openSet(t, "zones/db", SetOptions{}).Include("inc")
	if err == nil || !strings.Contains(err.Error(), "--directory") {
		t.Errorf("Include: %v", err)
	}
}

// A file is one member under one name, whatever path leads to it: a second lock would lock us out.
func TestSetKnowsFilesByInode(t *testing.T) {
	dir := writeTree(t, map[string]string{"db": "root", "inc": "inc"})
	if err := os.Symlink("inc", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(filepath.Join(dir, "inc"), filepath.Join(dir, "hard")); err != nil {
		t.Fatal(err)
	}
	s := openSet(t, filepath.Join(dir, "db"), SetOptions{})
	want := filepath.Join(dir, "inc")
	for _, path := range []string{"inc", "link", "hard", "../" + filepath.Base(dir) + "/inc"} {
		if name, _, err := s.Include(path); err != nil || name != want {
			t.Errorf("Include(%s) = %q, %v", path, name, err)
		}
	}
	if reason, yes := s.File(want).ReadOnly(); yes && !strings.Contains(reason, "hard links") {
		t.Errorf("read-only: %s", reason)
	}
	if name, _, err := s.Include("db"); err != nil || s.File(name) != s.Root() {
		t.Errorf("Include(db) = %q, %v", name, err)
	}
}

func TestSetChanges(t *testing.T) {
	dir := writeTree(t, map[string]string{"db": "root", "one": "1", "two": "2"})
	root := filepath.Join(dir, "db")
	s := openSet(t, root, SetOptions{})
	for _, path := range []string{"one", "two"} {
		if _, _, err := s.Include(path); err != nil {
			t.Fatal(err)
		}
	}
	content := map[string]string{root: "new root", filepath.Join(dir, "one"): "1", filepath.Join(dir, "two"): "new"}
	changes := s.Changes(func(name string) []byte { return []byte(content[name]) }, SaveOptions{})
	if len(changes) != 2 || changes[0].File != s.File(filepath.Join(dir, "two")) || changes[1].File != s.Root() {
		t.Fatalf("Changes: %d, want two and the zone file last", len(changes))
	}
	if _, err := SaveAll(changes, nil); err != nil {
		t.Fatal(err)
	}
	for name, want := range content {
		if got, err := os.ReadFile(name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestSetNeighbours(t *testing.T) {
	dir := writeTree(t, map[string]string{"db": "root", "db.signed": "", "inc": "inc", "inc.jnl": ""})
	s := openSet(t, filepath.Join(dir, "db"), SetOptions{})
	if _, _, err := s.Include("inc"); err != nil {
		t.Fatal(err)
	}
	want := Neighbours{Journals: []string{filepath.Join(dir, "inc")}, Signed: []string{filepath.Join(dir, "db")}}
	if got := s.Neighbours(); !reflect.DeepEqual(got, want) {
		t.Errorf("Neighbours() = %q", got)
	}
}

// What a zone of many files costs to open for writing grows as their number: a directory is listed once for all of them, not
// for each, however they are reached.
func TestManyIncludesListADirectoryOnce(t *testing.T) {
	calls := func(n int) (listed, all int) {
		files := map[string]string{"db": "; the zone\n"}
		for i := range n {
			files[fmt.Sprintf("inc/i%d", i)] = "; included\n"
		}
		dir := writeTree(t, files)
		var opt SetOptions
		opt.around = func(call string, do func() error) error {
			if all++; call == "getdents" {
				listed++
			}
			return do()
		}
		s := openSet(t, filepath.Join(dir, "db"), opt)
		for i := range n {
			if _, _, err := s.Include(filepath.Join(dir, "inc", fmt.Sprintf("i%d", i))); err != nil {
				t.Fatal(err)
			}
		}
		return listed, all
	}
	fewListed, few := calls(20)
	manyListed, many := calls(80)
	if manyListed-fewListed > 60 { // the state directory, for interrupted saves: it is empty, and another may begin one
		t.Errorf("20 includes list directories %d times, 80 %d times", fewListed, manyListed)
	}
	if many > 5*few {
		t.Errorf("20 includes cost %d calls, 80 %d", few, many)
	}
}

// For a zone that is read alone no directory is listed: the few names beside it are asked for.
func TestWhatIsReadAloneListsNoDirectory(t *testing.T) {
	listed := func(shared *Shared) (n int) {
		opt := SetOptions{Options: Options{ReadOnly: true, Shared: shared, StateDir: t.TempDir()}}
		opt.around = func(call string, do func() error) error {
			if call == "getdents" {
				n++
			}
			return do()
		}
		s := openSet(t, filepath.Join(writeTree(t, map[string]string{"db": "; the zone\n"}), "db"), opt)
		if list := s.Root().Editors(); len(list) > 0 {
			t.Errorf("%v", list)
		}
		return n
	}
	if alone, together := listed(nil), listed(&Shared{Many: true}); together != alone+1 {
		t.Errorf("%d directories are listed for a zone alone, and %d where many are read", alone, together)
	}
}
