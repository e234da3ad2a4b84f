package ui

// The document: versions from the file on disk to the screen. It knows no terminal, and what is modified is a
// comparison, not a flag.

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// session is the document: the versions of a zone from the file as it is on disk to what is on the
// screen. It knows nothing of terminals. "Modified" is a comparison of two versions, and undo is a step
// in a list.
type session struct {
	store    *store // nil for a zone that is in no file
	versions []version
	at       int            // the version on the screen
	savedAt  int            // where in versions the saved one stands; -1 if it is no longer there
	saved    *zonefile.Zone // what is on disk
	now      func() time.Time
	rules    lint.Options // which rules run; see examining
	compared comparison
	journal  journal
	findings findings     // of the version on the screen, or of one before it
	base     findings     // the last that are complete, of whatever version
	onDisk   *lint.Report // the problems of what is on disk; nil while nobody knows them
}

// version is a zone and the change that led to it.
type version struct {
	zone  *zonefile.Zone
	title string          // of the change, as undo calls it
	now   spot            // where the change shows in this version
	was   spot            // where it was in the version before
	edits []zonefile.Edit // of the version before; nil if that is no longer the one they were made in
	stay  bool            // the change is in many places: the cursor does not go there
}

// newSession starts with the zone as it is on disk.
func newSession(z *zonefile.Zone, st *store) *session {
	s := &session{store: st, now: time.Now}
	if st != nil {
		s.rules = st.opt.Lint
	}
	s.start(z)
	return s
}

// start forgets all versions and begins with one that is on disk.
func (s *session) start(z *zonefile.Zone) {
	s.versions, s.at, s.savedAt, s.saved, s.onDisk = []version{{zone: z}}, 0, 0, z, nil
}

// zone is the version on the screen.
func (s *session) zone() *zonefile.Zone { return s.versions[s.at].zone }

// version is the version on the screen, with the change that led to it.
func (s *session) version() version { return s.versions[s.at] }

// errNothing says that an edit would leave every byte as it is.
var errNothing = errors.New("nothing to change: it is like this already")

// readOnly says why nothing may be changed, "" if it may.
func (s *session) readOnly() string {
	if s.store == nil {
		return ""
	}
	return s.store.locked
}

// docChange is a change of the document: edits that are made against its newest version.
type docChange struct {
	title string // what undo and the review call it, as "add MX mx1"
	make  func(*zonefile.Zone) ([]zonefile.Edit, error)
	// follow is the record that the cursor stays on; without one the cursor goes where the change is.
	follow zonefile.Record
	find   func(*zonefile.Zone) zonefile.Record // finds a record that is new; nil if there is none
	stay   bool                                 // leaves the cursor where it is: the change is in many places
}

// change makes a new version. It forgets the versions that were undone.
func (s *session) change(c docChange) error {
	if why := s.readOnly(); why != "" {
		return fmt.Errorf("read-only: %s", why)
	}
	z := s.zone()
	edits, err := c.make(z)
	if err != nil {
		return err
	}
	if idle(edits) {
		return errNothing
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return err
	}
	if s.savedAt > s.at {
		s.savedAt = -1
	}
	was, now := places(edits)
	if r := c.landed(next, edits); !r.IsZero() {
		now = spotOf(r)
	}
	s.versions = append(slices.Clip(s.versions[:s.at+1]), version{next, c.title, now, was, edits, c.stay})
	s.at++
	s.journal.add(step{z, next, edits})
	return nil
}

// idle tells whether edits leave every byte as it is.
func idle(edits []zonefile.Edit) bool {
	return !slices.ContainsFunc(edits, func(e zonefile.Edit) bool { return e.New != string(e.File.Slice(e.Span)) })
}

// landed is the record that the cursor goes to after the change, in the version that it made.
func (c docChange) landed(next *zonefile.Zone, edits []zonefile.Edit) zonefile.Record {
	switch {
	case !c.follow.IsZero():
		return c.follow.In(next, edits).Record()
	case c.find != nil:
		return c.find(next)
	}
	return zonefile.Record{}
}

// undo goes back one version and tells what was undone.
func (s *session) undo() (version, error) {
	if s.at == 0 {
		return version{}, errors.New("nothing to undo")
	}
	s.at--
	s.journal.add(step{from: s.versions[s.at+1].zone, to: s.zone()})
	return s.versions[s.at+1], nil
}

// redo goes forward again and tells what was done.
func (s *session) redo() (version, error) {
	if s.at+1 == len(s.versions) {
		return version{}, errors.New("nothing to redo")
	}
	s.at++
	s.journal.add(step{from: s.versions[s.at-1].zone, to: s.zone()})
	return s.versions[s.at], nil
}

// modified tells whether what is on the screen differs from what is on disk. Two versions are compared
// once: a million records take some milliseconds.
func (s *session) modified() bool {
	c := comparison{of: s.zone(), with: s.saved}
	if s.compared.of != c.of || s.compared.with != c.with {
		c.differ = !c.of.Same(c.with)
		s.compared = c
	}
	return s.compared.differ
}

// comparison is whether two versions differ.
type comparison struct {
	of, with *zonefile.Zone
	differ   bool
}

// edits counts the changes since the last save; 0 where there are some that are not a number of steps.
func (s *session) edits() int {
	if s.savedAt < 0 {
		return 0
	}
	return max(s.at-s.savedAt, s.savedAt-s.at)
}

// titles is what was changed since the last save, in order.
func (s *session) titles() []string {
	var out []string
	for _, v := range s.versions[max(s.savedAt, 0)+1 : max(s.at, s.savedAt)+1] {
		out = append(out, v.title)
	}
	return out
}

// wrote records that a version of the zone, with its new serial, is on disk. The version takes the place
// of the one that was on the screen when the save began, so undo never brings an old serial back alone.
func (s *session) wrote(before, after *zonefile.Zone) {
	s.saved, s.savedAt, s.onDisk = after, -1, nil
	for i := range s.versions {
		if s.versions[i].zone == before {
			s.versions[i].zone, s.versions[i].edits, s.savedAt = after, nil, i
			if i+1 < len(s.versions) {
				s.versions[i+1].edits = nil
			}
		}
	}
}

// places finds where edits begin, in the version they were made against and in the one they make. The
// first edit that writes something counts, else the first.
func places(edits []zonefile.Edit) (was, now spot) {
	first := slices.IndexFunc(edits, func(e zonefile.Edit) bool { return e.New != "" })
	e := edits[max(first, 0)]
	before := slices.DeleteFunc(slices.Clone(edits), func(o zonefile.Edit) bool { return o.Start >= e.Start })
	was = spot{e.File.Name(), e.Start}
	now = spot{e.File.Name(), zonefile.Shift(before, e.File, e.Start)}
	return was, now
}

// row is the row at a place of the version on the screen; the zero Row if the file is gone.
func (s *session) row(at spot) zonefile.Row {
	f := s.zone().File(at.file)
	if f == nil {
		return zonefile.Row{}
	}
	return s.zone().RowAt(f, at.off)
}

// spotOf is where a record stands.
func spotOf(r zonefile.Record) spot { return spot{r.File().Name(), r.Span().Start} }

// spot is a place in a file of the zone. It outlives the version it was found in: it is only looked at.
type spot struct {
	file string
	off  uint32
}
