// Saves that are interrupted, for scripts: the record is one that a real save has made, and what the save had written by
// then is put there by the script.
package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/mailzone/mailzone/zonefile/disk"
)

// errKilled ends a save where it is to be interrupted.
var errKilled = errors.New("killed")

// interrupt leaves what a save leaves that is killed: `interrupt between FILE NEW INCLUDED NEW...`, when all is installed but
// the file that includes the others; `interrupt half FILE NEW`, in the middle of writing into it.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args)%2 == 0 {
		ts.Fatalf("usage: interrupt between|half FILE NEW [INCLUDED NEW...]")
	}
	state := "/var/lib/mailzone" // root's, whatever the environment says
	if os.Geteuid() != 0 {
		state = filepath.Join(ts.Getenv("XDG_STATE_HOME"), "mailzone")
	}
	var changes []disk.Change
	for files := args[1:]; len(files) > 0; files = files[2:] {
		f, err := disk.Open(ts.MkAbs(files[0]), disk.Options{StateDir: state})
		ts.Check(err)
		defer f.Close()
		change := disk.Change{File: f, New: []byte(ts.ReadFile(files[1])), Options: disk.SaveOptions{InPlace: true}}
		changes = append([]disk.Change{change}, changes...)
	}
	record := filepath.Join(ts.Getenv("WORK"), "record")
	var copied error
	_, err := disk.SaveAll(changes, func() error {
		copied = copyRecord(state, changes[0].File.Path(), record)
		return errKilled
	})
	ts.Check(copied)
	if !errors.Is(err, errKilled) {
		ts.Fatalf("the save was not interrupted: %v", err)
	}
	for _, c := range changes[:len(changes)-1] {
		ts.Check(os.WriteFile(c.File.Path(), c.New, 0o644))
	}
	if last := changes[len(changes)-1]; args[0] == "half" {
		ts.Check(writeHalf(last.File.Path(), last.New))
	}
	// Only now: a mailzone of another script would take it for one of a save that never began.
	ts.Check(os.Rename(record, filepath.Join(state, "recovery", fmt.Sprint("killed-", time.Now().UnixNano()))))
}

// copyRecord copies the record of the save of a file that runs.
func copyRecord(state, path, to string) error {
	manifests, err := filepath.Glob(filepath.Join(state, "recovery", "*", "manifest.json"))
	if err != nil {
		return err
	}
	for _, m := range manifests {
		text, err := os.ReadFile(m)
		if err == nil && bytes.Contains(text, []byte(base64.StdEncoding.EncodeToString([]byte(path)))) {
			return os.CopyFS(to, os.DirFS(filepath.Dir(m)))
		}
	}
	return errors.New("there is no record of " + path)
}

// writeHalf writes the first half of a text into a file.
func writeHalf(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(text[:len(text)/2])
	return errors.Join(err, f.Close())
}

// link gives a file a second name: `link FILE NAME`.
func link(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: link FILE NAME")
	}
	ts.Check(os.Link(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
}
