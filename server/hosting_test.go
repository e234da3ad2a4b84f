//go:build linux || darwin || freebsd || netbsd

package server

import (
	"os"
	"path/filepath"
	"testing"
)

// What named calls a file, and what mailzone calls it, is the same file where both lead to one path, whether it is there
// at the moment or not.
func TestSameFilePath(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, err := range []error{
		os.MkdirAll(at("real/deep"), 0o755), os.WriteFile(at("real/db"), nil, 0o644),
		os.Symlink("real", at("dir")), os.Symlink("dir/db", at("file")), os.Symlink("real/deep", at("deep")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for of, want := range map[string]bool{
		at("real/db"):          true,
		at("dir/db"):           true,
		at("file"):             true,
		dir + "/deep/../db":    true, // of the directory that the link leads to
		dir + "/real/../db":    false,
		at("dir"):              false,
		at("nowhere/db"):       false,
		at("real/db") + "\x00": false,
		"db":                   true, // named's directory is not known
		"real/db":              true,
		"other/db":             false,
		"":                     false,
	} {
		if got := sameFilePath(of, at("real/db")); got != want {
			t.Errorf("sameFilePath(%q) = %v", of, got)
		}
	}
	if err := os.Remove(at("real/db")); err != nil {
		t.Fatal(err)
	}
	if !sameFilePath(at("dir/db"), at("real/db")) {
		t.Error("a file that is gone is not found by the name of its directory")
	}
	if sameFilePath(at("nowhere/db"), at("real/db")) {
		t.Error("a directory that is not there is taken for another")
	}
}
