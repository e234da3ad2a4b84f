package document

import (
	"strconv"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// What an earlier session left in its recovery log. Nothing of it is written to a file here; what comes of it are edits, to be
// agreed to.

// Left is what an earlier session of the file left, if it left something.
func (st *Store) Left() (disk.Recovery, bool) {
	r, err := disk.Recover(st.Opt.Path, disk.Options{StateDir: st.Opt.State})
	return r, err == nil && len(r.Edits) > 0
}

// DropLeft removes what an earlier session left, and begins to log edits.
func (s *Session) DropLeft(r disk.Recovery) error {
	if err := r.Remove(); err != nil {
		return err
	}
	return s.KeepJournal()
}

// KeepJournal begins to log edits. It is an error if an earlier session's are still there.
func (s *Session) KeepJournal() error {
	if s.Store == nil || s.ReadOnly() != "" || s.Journal.Keeps() {
		return nil
	}
	log, err := disk.NewLog(s.Store.Set.Root())
	if err != nil {
		return err
	}
	s.Journal.begin(log)
	return nil
}

// TakeLogOver begins a log that has the whole way from what is on disk to what is on the screen, in the place of the one
// that is there.
func (s *Session) TakeLogOver() error {
	s.Journal.Close()
	log, err := disk.TakeOver(s.Store.Set.Root())
	if err != nil {
		return err
	}
	s.Journal.begin(log)
	s.Journal.add(step{from: s.Saved, to: s.Zone()})
	return nil
}

// Recovered is the edits of a recovery against the zone as it is on disk now; none if it has all of them already. Where the
// file has changed since the edits began they are taken over as after a conflict: an insertion would fit anywhere.
func (s *Session) Recovered(r disk.Recovery) ([]zonefile.Edit, error) {
	now := s.Zone()
	if string(r.Base) == string(now.Root().Bytes()) {
		return replay(now, r.Edits)
	}
	include := func(path string, _ *zonefile.File) (string, []byte, error) { return s.Store.Set.Include(path) }
	old := zonefile.Parse(now.Root().Name(), r.Base, zonefile.Options{Origin: now.Origin(), Open: include})
	edits, err := replay(old, r.Edits)
	if err != nil {
		return nil, err
	}
	mine, err := old.Apply(edits...)
	if err != nil {
		return nil, err
	}
	if wasSaved(mine, now) {
		return nil, nil
	}
	return Rebase(old, mine, now).all()
}

// wasSaved tells whether a save wrote a version: the file differs from it in the serial at most.
func wasSaved(mine, now *zonefile.Zone) bool {
	soa, ok := mine.SOA()
	serial, known := now.Serial()
	if !ok || !known {
		return mine.Same(now)
	}
	edits, err := mine.Set(soa, zonefile.Serial, strconv.FormatUint(uint64(serial), 10))
	if err != nil {
		return false
	}
	saved, err := mine.Apply(edits...)
	return err == nil && saved.Same(now)
}

// Rescue writes the recovery log anew after a panic, which may have come while edits were being written.
func (s *Session) Rescue() error {
	if !s.Journal.Keeps() {
		return ErrNoLog
	}
	if err := s.TakeLogOver(); err != nil {
		return err
	}
	return s.Journal.Flush()
}
