//go:build linux || darwin || freebsd || netbsd

package disk

import "time"

// This file is the state of a save: a step for each change, and how far it is.

// SaveOptions say how one file is saved.
type SaveOptions struct {
	// InPlace is the user's consent to write into the old file where it cannot be replaced. See File.InPlace.
	InPlace bool
	// KeepCopy makes an undo copy of the old version a condition: without one nothing is written.
	KeepCopy bool
	// Now is the time that the undo copy gets; zero is the present.
	Now time.Time
}

// A Change is new content for a file.
type Change struct {
	File    *File
	New     []byte // must not be changed afterwards: the File keeps it
	Options SaveOptions
}

// A candidate is new content for a file that is ready to be put at its name.
type candidate interface {
	writes() (kind, status, error)
	recorded(in stored)
	read() ([]byte, error)     // the new bytes as they are stored
	install() (Outcome, error) // puts them at the name
	settle() (Outcome, error)  // makes the installed file durable and the File the new one
	undo() (Outcome, error)    // takes an installed file back
	discard() error            // forgets what was not installed
	release()                  // closes what is still open
	remarks() []string         // for Result.Notes
}

// A step is what became of one change so far.
type step struct {
	Change
	number    int       // in the record
	changed   bool      // the bytes are not the old ones
	candidate candidate // nil before it is staged, or if nothing changed
	outcome   Outcome
	err       error
	notes     []string
}

// A save is the steps of all changes.
type save struct {
	steps   []*step
	culprit *step   // whose error stopped the save; nil if it was none's alone
	record  *record // of both versions of all files; nil if none was needed
	lent    bool    // the record is of an earlier save, and whoever lent it ends it
	version string  // that the record has of what is to be written: "new", unless it is lent
}

// newSave has a step for each change.
func newSave(changes []Change) *save {
	s := &save{steps: make([]*step, len(changes)), version: "new"}
	for i, c := range changes {
		s.steps[i] = &step{Change: c}
	}
	return s
}

// now is the time of the save.
func (st *step) now() time.Time {
	if st.Options.Now.IsZero() {
		return time.Now()
	}
	return st.Options.Now
}

// blame notes whose error stops the save.
func (s *save) blame(st *step, err error) error {
	s.culprit, st.err = st, err
	return err
}
