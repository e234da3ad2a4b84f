//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"sync"
	"time"
)

// This file is the state of a save: a step for each change, and how far it is.

// SaveOptions say how one file is saved.
type SaveOptions struct {
	// InPlace is the user's consent to write into the old file where it cannot be replaced. See File.InPlace.
	InPlace bool
	// KeepCopy makes an undo copy of the old version a condition: without one nothing is written.
	KeepCopy bool
	// KeepRecord makes a record of both versions of all files a condition, where there are several: without one nothing is
	// written, so that an interruption can always be repaired.
	KeepRecord bool
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
	read() ([]byte, error)           // the new bytes as they are stored
	install() (Outcome, error)       // puts them at the name
	settle(confirm) (Outcome, error) // makes the installed file durable and the File the new one
	undo(confirm) (Outcome, error)   // takes an installed file back
	discard() error                  // forgets what was not installed
	release()                        // closes what is still open
	remarks() []string               // for Result.Notes
}

// confirm makes the names in the directory of a file durable, as they are when it is first asked.
type confirm func(*File) error

// A confirmer is what became of the directories that were made durable: each is once, for all files in it, which may ask side by side.
type confirmer struct {
	mu   sync.Mutex
	dirs map[*directory]error
}

// of is a confirm.
func (c *confirmer) of(f *File) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err, known := c.dirs[f.in]
	if !known {
		err = f.kernel.sync(f.dir)
		if c.dirs == nil {
			c.dirs = map[*directory]error{}
		}
		c.dirs[f.in] = err
	}
	return err
}

// A step is what became of one change so far.
type step struct {
	Change
	number    int       // in the record
	changed   bool      // the bytes are not the old ones
	kept      string    // where the undo copy of what it replaces is; "" if there is none
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
	lazy    bool    // what it keeps in the state directory is made durable in one go
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
