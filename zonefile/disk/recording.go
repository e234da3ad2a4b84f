//go:build linux || darwin || freebsd || netbsd

package disk

// This file decides which saves keep a record, and hands it to those that write in place before they do.

// A recording is what a save has to keep in its record.
type recording struct {
	steps   []*step // that change something
	entries []entry // of them, in their order
	inPlace *step   // one that writes in place; nil if none does
	whole   *step   // one that is not to be saved without a record; nil if none is
}

// recording finds what is staged.
func (s *save) recording() (rec recording, err error) {
	for _, st := range s.steps {
		if !st.changed || st.File.absent { // it comes last, and nothing is lost with it
			continue
		}
		kind, at, err := st.candidate.writes()
		if err != nil {
			return rec, s.blame(st, failure(st.File.Path(), "cannot be looked at", err))
		}
		if kind == writtenInto {
			rec.inPlace = st
		}
		if st.Options.KeepRecord {
			rec.whole = st
		}
		rec.steps, rec.entries = append(rec.steps, st), append(rec.entries, entry{st.File.Path(), st.File.bytes, st.New, kind, at, st.kept})
	}
	return rec, nil
}

// keepRecord writes the recovery record where the save needs one: it is of several files, or writes in place. The former
// goes on without one unless it must not, for each file is still replaced as a whole.
func (s *save) keepRecord() error {
	rec, err := s.recording()
	if err != nil || rec.inPlace == nil && len(rec.steps) < 2 {
		return err
	}
	switch err = s.writeRecord(rec); {
	case err == nil:
		for _, st := range rec.steps {
			st.candidate.recorded(stored{s.record, st.number, s.version})
		}
	case rec.whole != nil:
		return s.blame(rec.whole, failure(rec.whole.File.Path(), "the save is of several files and cannot be recorded, so that an interruption could not be repaired", err))
	case rec.inPlace != nil:
		return s.blame(rec.inPlace, failure(rec.inPlace.File.Path(), "cannot be written in place without a recovery record", err))
	default:
		st := s.steps[len(s.steps)-1]
		st.notes = append(st.notes, "an interruption between the files could not be repaired later: "+plain(err))
	}
	return nil
}

// writeRecord makes the record of a save. One that is lent has both versions already.
func (s *save) writeRecord(rec recording) (err error) {
	if !s.lent {
		for i, st := range rec.steps {
			st.number = i
		}
		f := rec.steps[0].File
		if s.record, err = newRecord(s.keeper(rec.steps[0]), f.opt, rec.entries, s.steps[0].now()); err == nil {
			s.record.kernel = f.kernel
		}
		return err
	}
	for i, e := range rec.entries {
		if e.kind == writtenInto && err == nil {
			err = s.record.writtenInPlace(rec.steps[i].number, e.at)
		}
	}
	return err
}
