//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// This file measures a save of a thousand files beside programs that do nothing but copy them, and sync sixteen of them side by side:
// to new names, or in the place of the old ones as well.

// copyMany is such a program; what it has copied before is gone.
func copyMany(paths []string, replace bool) error {
	_, err := sideBySide(len(paths), func(i int) error {
		data, err := os.ReadFile(paths[i])
		if err != nil {
			return err
		}
		f, err := os.Create(paths[i] + ".new")
		if err != nil {
			return err
		}
		if _, err = f.Write(data); err == nil {
			err = f.Sync()
		}
		if err = errors.Join(err, f.Close()); err == nil && replace {
			err = os.Rename(paths[i]+".new", paths[i])
		}
		return err
	})
	return err
}

// Of a save of 1,000 files, opened before, the median beside those of the programs, in turns.
func TestSaveOfManyBesideACopy(t *testing.T) {
	if !*torture {
		t.Skip("a measurement: -torture runs it")
	}
	const n, rounds = 1000, 5
	dir := t.TempDir()
	var paths []string
	for i := range n {
		path := filepath.Join(dir, fmt.Sprintf("db.%d", i))
		if err := os.WriteFile(path, edition(0)[:600], 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	took := map[string][]time.Duration{}
	timed := func(what string, do func() error) {
		before := time.Now()
		if err := do(); err != nil {
			t.Fatal(err)
		}
		took[what] = append(took[what], time.Since(before))
	}
	for round := range rounds {
		opt := Options{StateDir: filepath.Join(dir, "state"), Shared: &Shared{Many: true}}
		var changes []Change
		for _, path := range paths {
			f, err := Open(path, opt)
			if err != nil {
				t.Fatal(err)
			}
			changes = append(changes, Change{f, append(fmt.Appendf(nil, "; %d\n", round), edition(0)[:600]...), SaveOptions{KeepCopy: true, KeepRecord: true}})
		}
		timed("save", func() error { _, err := SaveAll(changes, nil); return err })
		for _, c := range changes {
			c.File.Close()
		}
		timed("copy", func() error { return copyMany(paths, false) })
		for _, path := range paths {
			if err := os.Remove(path + ".new"); err != nil {
				t.Fatal(err)
			}
		}
		timed("copy and replace", func() error { return copyMany(paths, true) })
	}
	median := func(what string) time.Duration { return slices.Sorted(slices.Values(took[what]))[rounds/2] }
	t.Log(took)
	if all := median("copy and replace"); median("save") > 3*all {
		t.Errorf("a save takes %v, and %v without copies, record and proofs", median("save"), all)
	}
	for _, peer := range []string{"copy", "copy and replace"} {
		t.Logf("a save of %d files takes %v, %s %v: %.1f times", n, median("save"), peer, median(peer), float64(median("save"))/float64(median(peer)))
	}
}
