//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"bytes"
	"errors"
	"fmt"
)

// This file is the order of a save: look, stage, verify, look again, install, make durable. Several files go through each
// step together, so that nothing is installed before all of them are ready.

// Save puts text at the file's name. After Saved and Unconfirmed the File is the new file; after Untouched it is what it
// was. The error is nil if and only if the outcome is Saved, and is a *SaveError otherwise. The File keeps text: it must not
// be changed.
func (f *File) Save(text []byte, opt SaveOptions) (Result, error) {
	results, err := SaveAll([]Change{{f, text, opt}}, nil)
	return results[0], err
}

// SaveAll saves several files as one, in their order: included files first and the one that includes them last. All are
// staged and verified before any is installed. Should one fail to install, those before it are taken back where that is
// possible. Check, if not nil, is asked once more before the first is installed: an error of it stops the save.
//
// There is one result for each change, whatever happens.
func SaveAll(changes []Change, check func() error) ([]Result, error) {
	return newSave(changes).run(check)
}

// run carries a save out.
func (s *save) run(check func() error) ([]Result, error) {
	err := s.prepare()
	if err == nil {
		err = s.verify(check)
	}
	if err == nil {
		err = s.lookAgain()
	}
	if err != nil {
		return s.abandon(err)
	}
	return s.install()
}

// prepare looks at every file and stages the new ones.
func (s *save) prepare() error {
	seen := map[*File]bool{}
	for _, st := range s.steps {
		if seen[st.File] {
			return s.blame(st, &Error{Path: st.File.Path(), What: "would be saved twice at once"})
		}
		seen[st.File] = true
	}
	s.confirmsAtOnce()
	if err := s.each(s.look); err != nil {
		return err
	}
	if err := s.each(s.stage); err != nil {
		return err
	}
	if err := s.keepRecord(); err != nil {
		return err
	}
	return s.confirm()
}

// each does something with every step. The error is that of the first that fails, who is to blame.
func (s *save) each(do func(*step) error) error {
	at, err := sideBySide(len(s.steps), func(i int) error { return do(s.steps[i]) })
	if err != nil {
		return s.blame(s.steps[at], err)
	}
	return nil
}

// stage makes the candidate: a new file, or where that cannot be and the user agreed, a write into the old one.
func (s *save) stage(st *step) error {
	if !st.changed {
		return nil
	}
	if st.File.absent {
		c, err := stageCreation(st.File, st.New)
		if err == nil {
			st.candidate = c
		}
		return err
	}
	agreed := st.Options.InPlace
	if _, only := st.File.ReadOnly(); !only {
		r, err := stageReplacement(st.File, st.New)
		if err == nil {
			st.candidate = r
			return nil
		}
		if !agreed || !errors.Is(err, ErrInPlace) {
			return err
		}
	}
	o, err := stageOverwrite(st.File, st.New)
	if err != nil {
		return err
	}
	st.candidate = o
	return nil
}

// look looks at the file and keeps an undo copy of it.
func (s *save) look(st *step) error {
	f := st.File
	if f.opt.ReadOnly {
		return &Error{Path: f.Path(), What: f.limit.reason, Err: ErrReadOnly}
	}
	if f.dir < 0 {
		return &Error{Path: f.Path(), What: "was closed", Err: ErrReadOnly}
	}
	if err := f.Conflict(); err != nil {
		return err
	}
	if err := st.allowed(); err != nil {
		return err
	}
	if st.changed = f.absent || !bytes.Equal(st.New, f.bytes); !st.changed || f.absent { // of what is not there nothing is kept
		return nil
	}
	kept, err := s.keeper(st).keepCopy(f.opt, f.Path(), f.bytes, st.New, st.now())
	st.kept = kept
	if err != nil && st.Options.KeepCopy {
		return failure(f.Path(), "no undo copy of what it holds now can be kept", err)
	}
	if err != nil { // no reason to refuse the save, but to say so
		st.notes = append(st.notes, "no undo copy of the old version was kept: "+plain(err))
	}
	return nil
}

// allowed says why the file must not be saved in the way that was asked.
func (st *step) allowed() error {
	f := st.File
	if err := f.decide(); err != nil {
		return err
	}
	if reason, yes := f.ReadOnly(); yes && !(f.InPlace() && st.Options.InPlace) {
		e := &Error{Path: f.Path(), What: reason, Err: ErrReadOnly}
		if f.InPlace() {
			e.Err = fmt.Errorf("%w: %w", ErrReadOnly, ErrInPlace)
			e.Remedy = "agree to write into the old file, which is less safe, or save under another name"
		}
		return e
	}
	if int64(len(st.New)) > f.opt.maxSize() {
		return f.tooLarge(int64(len(st.New)))
	}
	return nil
}

// verify reads every staged file back, and asks the caller.
func (s *save) verify(check func() error) error {
	if err := s.each((*step).verify); err != nil || check == nil {
		return err
	}
	return check()
}

// verify compares what is stored with what should be.
func (st *step) verify() error {
	if st.candidate == nil {
		return nil
	}
	stored, err := st.candidate.read()
	if err != nil {
		return failure(st.File.target.dir, "cannot read the new file back", err)
	}
	if !bytes.Equal(stored, st.New) {
		return &Error{Path: st.File.target.dir, What: "the new file reads differently from what was written", Remedy: "look at the kernel's log (dmesg): the disk may be failing"}
	}
	return nil
}

// lookAgain looks for what other programs did while the new files were staged and checked.
func (s *save) lookAgain() error {
	return s.each(func(st *step) error { return st.File.Conflict() })
}

// abandon forgets all that was staged, because of cause. No file was touched.
func (s *save) abandon(cause error) ([]Result, error) {
	for _, st := range s.steps {
		s.discard(st, cause)
	}
	if s.culprit != nil {
		cause = s.culprit.err
	}
	return s.results(), &SaveError{Untouched, cause}
}

// discard forgets what was staged and leaves the step Untouched.
func (s *save) discard(st *step, cause error) {
	st.outcome = Untouched
	switch {
	case st == s.culprit:
	case s.culprit == nil:
		st.err = cause
	default:
		st.err = &Error{Path: st.File.Path(), What: "is saved only together with the others (" + cause.Error() + ")", Err: cause}
	}
	if st.candidate != nil {
		st.err = both(st.err, st.candidate.discard())
	}
}

// install puts the new files at their names in order, then makes them durable.
func (s *save) install() ([]Result, error) {
	for i, st := range s.steps {
		if st.outcome = Saved; st.candidate == nil {
			continue
		}
		if st.outcome, st.err = st.candidate.install(); st.outcome != Saved {
			s.culprit = st
			s.takeBack(i)
			return s.results(), &SaveError{st.outcome, st.err}
		}
	}
	failed := s.settle()
	return s.results(), failed
}

// settle makes what is installed durable, each directory once, and removes the old files: of many side by side, for to give up the
// blocks of a file may wait for the disk.
func (s *save) settle() (failed error) {
	confirmed := new(confirmer)
	_, _ = sideBySide(len(s.steps), func(i int) error {
		if st := s.steps[i]; st.candidate != nil {
			st.outcome, st.err = st.candidate.settle(confirmed.of)
		}
		return nil // what fails for one stops none
	})
	for _, st := range s.steps {
		if st.err != nil && failed == nil {
			failed = &SaveError{st.outcome, st.err}
		}
	}
	return failed
}

// takeBack undoes the installs before the one that failed, and forgets it and those after it.
func (s *save) takeBack(failed int) {
	cause, confirmed := s.steps[failed].err, new(confirmer)
	for i, st := range s.steps {
		if i < failed && st.candidate != nil {
			st.outcome, st.err = st.candidate.undo(confirmed.of)
		}
		if st.outcome == Untouched {
			s.discard(st, cause)
		}
	}
}
