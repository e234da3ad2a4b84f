//go:build linux || darwin || freebsd || netbsd

package disk

// This file ends an interrupted save: it makes all files the new version or all the old one, by a save like any other, under
// the record that is there. So a kill in the middle of it leaves what the first one left, and the next try goes on. A file
// that is neither version is left alone, and the record with it, until the user lets go of both versions.

import (
	"crypto/sha256"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// An Ending is an interrupted save that is about to be ended: nobody else can end it before Close.
type Ending struct {
	Changes []Change          // what will be written, in the order of the first save
	Left    []InterruptedFile // those that are neither version

	way     Way
	record  *record
	numbers []int // of the changes in the record
}

// Begin prepares the end of the save, and writes nothing. It is an error if a file holds something else than when the save
// was found: what was seen is what is agreed to. For a look alone, readOnly leaves the files unlocked.
func (in *Interrupted) Begin(w Way, readOnly bool) (*Ending, error) {
	r, err := in.take()
	if err != nil {
		return nil, err
	}
	e := &Ending{way: w, record: r}
	if err := e.gather(in, readOnly); err != nil {
		e.Close()
		return nil, err
	}
	return e, nil
}

// take opens the record alone. Somebody may be looking at it, which takes a moment.
func (in *Interrupted) take() (*record, error) {
	k := kernel{around: in.opt.around}
	const tries, pause = 100, 10 * time.Millisecond
	for range tries {
		r, err := k.openRecord(in.opt, in.Dir, kernel.lock)
		if r != nil || err != nil {
			return r, err
		}
		if _, err := k.statAt(unix.AT_FDCWD, in.Dir); err != nil {
			break
		}
		time.Sleep(pause)
	}
	return nil, &Error{in.Dir, "another mailzone has ended this interrupted save, or is about to", "look again", nil}
}

// gather finds what has to be written.
func (e *Ending) gather(in *Interrupted, readOnly bool) error {
	w, now := e.way, e.record.interrupted()
	if now == nil || !slices.Equal(now.Files, in.Files) {
		last := in.Files[len(in.Files)-1].Path
		return &Error{last, "the files of its interrupted save have changed since they were looked at", "look again", ErrConflict}
	}
	for i, file := range now.Files {
		switch {
		case file.Holds == Neither:
			e.Left = append(e.Left, file)
		case w.replaces(file.Holds):
			if err := e.add(i, file, readOnly); err != nil {
				return err
			}
		}
	}
	if len(e.Changes) == 0 {
		return &Error{in.name(in.Files[0]), "there is nothing to " + string(w) + ": " + in.String(), "`mailzone history --forget` makes undo copies of both versions", nil}
	}
	return nil
}

// add opens a file that has to be written.
func (e *Ending) add(i int, file InterruptedFile, readOnly bool) error {
	opt := e.record.opt
	opt.ReadOnly, opt.ending = readOnly, true
	f, err := Open(file.Path, opt)
	if err != nil {
		return err
	}
	data, err := e.record.version(i, e.way.version())
	if err == nil && (f.Path() != file.Path || sha256.Sum256(f.bytes) != file.sum) {
		err = conflict(file.Path, "was changed while it was opened")
	}
	if err != nil {
		f.Close()
		return err
	}
	e.Changes, e.numbers = append(e.Changes, Change{File: f, New: data}), append(e.numbers, i)
	return nil
}

// Other is what the other way would write to the file of change i, nil if that is what the file holds already.
func (e *Ending) Other(i int) []byte {
	number := e.numbers[i]
	for _, version := range []string{"old", "new"} {
		data, err := e.record.version(number, version)
		if err == nil && string(data) != string(e.Changes[i].New) && string(data) != string(e.Changes[i].File.bytes) {
			return data
		}
	}
	return nil
}

// Save ends the save, as SaveAll saves. What is replaced becomes an undo copy first, or nothing is written. The record goes
// unless a file is still another version than the others, or neither.
func (e *Ending) Save(opt SaveOptions, check func() error) (results []Result, ended bool, err error) {
	opt.KeepCopy = true
	for i := range e.Changes {
		e.Changes[i].Options = opt
	}
	s := newSave(e.Changes)
	s.record, s.lent, s.version = e.record, true, e.way.version()
	for i, st := range s.steps {
		st.number = e.numbers[i]
	}
	results, err = s.run(check)
	if ended = e.record.interrupted() == nil; ended && err == nil {
		e.record.settle()
	}
	return results, ended, err
}

// Close gives up what has not been saved.
func (e *Ending) Close() {
	for _, c := range e.Changes {
		c.File.Close()
	}
	e.record.release()
}

// Forget makes undo copies of both versions of every file, and removes the record. No zone file is written to.
func (in *Interrupted) Forget() error {
	r, err := in.take()
	if err != nil {
		return err
	}
	defer r.release()
	if err := r.keepBoth(); err != nil {
		return err
	}
	r.remove()
	return nil
}
