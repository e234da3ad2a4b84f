package disk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
		{"zones/db", "other", dir + "/here", dir + "/here", "here"},
		{"", "", "here", "here", "here"},
	} {
		s := openSet(t, tt.root, SetOptions{Directory: tt.directory})
		name, data, err := s.Include(tt.path)
		if err != nil || name != tt.name || string(data) != tt.data {
			t.Errorf("%s includes %s: %q, %q, %v", tt.root, tt.path, name, data, err)
		}
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

func TestSetJournals(t *testing.T) {
	dir := writeTree(t, map[string]string{"db": "root", "inc": "inc", "inc.jnl": ""})
	s := openSet(t, filepath.Join(dir, "db"), SetOptions{})
	if _, _, err := s.Include("inc"); err != nil {
		t.Fatal(err)
	}
	if got := s.Journals(); len(got) != 1 || got[0] != filepath.Join(dir, "inc") {
		t.Errorf("Journals() = %q", got)
	}
}
