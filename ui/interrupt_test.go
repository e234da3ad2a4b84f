package ui

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile/disk"
)

// Saves that are killed, for scripts. The record is one that a real save has made; what the save had written by then is put
// there afterwards.

// errKilled ends a save where it is to be interrupted.
var errKilled = errors.New("killed")

// killed leaves what a save of new texts leaves that is killed when all is installed but the zone file, or in the middle of
// writing into it if that is its only file; and opens the zone again.
func (u *user) killed() {
	u.app.end(nil)
	u.app.doc.Store.Close()
	var changes []disk.Change
	for name, text := range u.next {
		f, err := disk.Open(name, disk.Options{StateDir: u.opt.state})
		if err != nil {
			u.t.Fatal(err)
		}
		changes = append(changes, disk.Change{File: f, New: []byte(text), Options: disk.SaveOptions{InPlace: true}})
	}
	slices.SortFunc(changes, func(a, b disk.Change) int { return strings.Compare(b.File.Name(), a.File.Name()) })
	records, record := filepath.Join(u.opt.state, "recovery"), filepath.Join(u.dir, "record")
	_, err := disk.SaveAll(changes, func() error {
		made, err := filepath.Glob(filepath.Join(records, "*"))
		if err == nil && len(made) == 1 {
			err = os.CopyFS(record, os.DirFS(made[0]))
		}
		return errors.Join(err, errKilled)
	})
	if !errors.Is(err, errKilled) {
		u.t.Fatalf("the save was not interrupted: %v", err)
	}
	for i, c := range changes {
		c.File.Close()
		text, flag := c.New, os.O_TRUNC
		switch {
		case len(changes) == 1:
			text, flag = text[:len(text)/2], 0
		case i == len(changes)-1:
			continue
		}
		if err := overwrite(c.File.Path(), text, flag); err != nil {
			u.t.Fatal(err)
		}
	}
	// Only now: before, it was the record of a save that never began.
	if err := os.Rename(record, filepath.Join(records, "killed")); err != nil {
		u.t.Fatal(err)
	}
	u.next = nil
	u.open()
}

// overwrite writes into a file that is there.
func overwrite(path string, text []byte, flag int) error {
	f, err := os.OpenFile(path, os.O_WRONLY|flag, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}
