package ui

import (
	"strconv"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// What an earlier session left: edits in its recovery log, and saves that were interrupted. Nothing of it is written to a file
// here; what comes of it are edits and differences, to be agreed to.

// left is what an earlier session of the file left, if it left something.
func (st *store) left() (disk.Recovery, bool) {
	r, err := disk.Recover(st.opt.Path, disk.Options{StateDir: st.opt.state})
	return r, err == nil && len(r.Edits) > 0
}

// keepJournal begins to log edits. It is an error if an earlier session's are still there.
func (s *session) keepJournal() error {
	if s.store == nil || s.readOnly() != "" || s.journal.keeps() {
		return nil
	}
	log, err := disk.NewLog(s.store.set.Root())
	if err != nil {
		return err
	}
	s.journal.begin(log)
	return nil
}

// takeLogOver begins a log that has the whole way from what is on disk to what is on the screen, in the place of the one
// that is there.
func (s *session) takeLogOver() error {
	s.journal.close()
	log, err := disk.TakeOver(s.store.set.Root())
	if err != nil {
		return err
	}
	s.journal.begin(log)
	s.journal.add(step{from: s.saved, to: s.zone()})
	return nil
}

// recovered is the edits of a recovery against the zone as it is on disk now; none if it has all of them already. Where the
// file has changed since the edits began they are taken over as after a conflict: an insertion would fit anywhere.
func (s *session) recovered(r disk.Recovery) ([]zonefile.Edit, error) {
	now := s.zone()
	if string(r.Base) == string(now.Root().Bytes()) {
		return replay(now, r.Edits)
	}
	include := func(path string, _ *zonefile.File) (string, []byte, error) { return s.store.set.Include(path) }
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
	return rebase(old, mine, now).all()
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

// rescue writes the recovery log anew after a panic, which may have come while edits were being written.
func (s *session) rescue() error {
	if !s.journal.keeps() {
		return errNoLog
	}
	if err := s.takeLogOver(); err != nil {
		return err
	}
	return s.journal.flush()
}

// ending is what ending an interrupted save would write, as a difference.
func (s *session) ending(in *disk.Interrupted, way disk.Way) (diff []string) {
	if !in.Can(way) {
		return nil
	}
	e, err := in.Begin(way, true)
	if err != nil {
		return []string{" " + err.Error()}
	}
	defer e.Close()
	for _, c := range e.Changes {
		diff = append(diff, diffText(s.called(c.File.Path()), string(c.File.Bytes()), string(c.New))...)
	}
	return diff
}

// called is what the zone calls the file at a path.
func (s *session) called(path string) string {
	for f := range s.saved.Files() {
		if on := s.store.set.File(f.Name()); on != nil && on.Path() == path {
			return f.Name()
		}
	}
	return path
}
