package document

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

// Session is the document: the versions of a zone from the file as it is on disk to what is on the
// screen. It knows nothing of terminals. "Modified" is a comparison of two versions, and undo is a step
// in a list.
type Session struct {
	Store    *Store // nil for a zone that is in no file
	Versions []Version
	At       int            // the version on the screen
	savedAt  int            // where in versions the saved one stands; -1 if it is no longer there
	Saved    *zonefile.Zone // what is on disk
	Now      func() time.Time
	rules    lint.Options // which rules run; see examining
	compared comparison
	Journal  journal
	Findings Findings     // of the version on the screen, or of one before it
	Base     Findings     // the last that are complete, of whatever version
	OnDisk   *lint.Report // the problems of what is on disk; nil while nobody knows them
	reports  reports
	seen     Looked // of the files, by the last look
	Whole    bool   // all names are wanted, however many there are
}

// Version is a zone and the change that led to it.
type Version struct {
	Zone  *zonefile.Zone
	Title string          // of the change, as undo calls it
	Now   Spot            // where the change shows in this version
	Was   Spot            // where it was in the version before
	edits []zonefile.Edit // of the version before; nil if that is no longer the one they were made in
	Stay  bool            // the change is in many places: the cursor does not go there
	Marks []zonefile.Name // the names that were marked for it; nil for none
	run   run             // of changes that this version is one of; the zero run if none can join
}

// NewSession starts with the zone as it is on disk.
func NewSession(z *zonefile.Zone, st *Store) *Session {
	s := &Session{Store: st, Now: time.Now}
	if st != nil {
		s.rules = st.Opt.Lint
	}
	s.Start(z)
	return s
}

// Start forgets all versions and begins with one that is on disk.
func (s *Session) Start(z *zonefile.Zone) {
	s.Versions, s.At, s.savedAt, s.Saved, s.OnDisk = []Version{{Zone: z}}, 0, 0, z, nil
}

// Zone is the version on the screen.
func (s *Session) Zone() *zonefile.Zone { return s.Versions[s.At].Zone }

// Version is the version on the screen, with the change that led to it.
func (s *Session) Version() Version { return s.Versions[s.At] }

// ErrNothing says that an edit would leave every byte as it is.
var ErrNothing = errors.New("nothing to change: it is like this already")

// ReadOnly says why nothing may be changed, "" if it may.
func (s *Session) ReadOnly() string {
	if s.Store == nil {
		return ""
	}
	return s.Store.Locked
}

// Change is a change of the document: edits that are made against its newest version.
type Change struct {
	Title string // what undo and the review call it, as "add MX mx1"
	Make  func(*zonefile.Zone) ([]zonefile.Edit, error)
	// Follow is the row that the cursor stays on, a record or one that was commented out; without one the cursor goes where
	// the change is.
	Follow zonefile.Row
	Find   func(*zonefile.Zone) zonefile.Record // finds a record that is new; nil if there is none
	Stay   bool                                 // leaves the cursor where it is: the change is in many places
	// Run makes one change of those that follow the same row one after the other, so that one undo takes them all back.
	Run   bool
	Marks []zonefile.Name // the names that were marked for the change, which undo brings back
	// Name is what undo calls the change by what came of it; nil: the title.
	Name func(Edited) string
}

// Change makes a new version. It forgets the versions that were undone.
func (s *Session) Change(c Change) error {
	if why := s.ReadOnly(); why != "" {
		return fmt.Errorf("read-only: %s", why)
	}
	z := s.Zone()
	edits, err := c.Make(z)
	if err != nil {
		return err
	}
	if Idle(edits) {
		return ErrNothing
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return err
	}
	was, now := places(edits)
	w := c.landed(next, edits)
	if !w.IsZero() {
		now = SpotOfRow(w)
	}
	s.Journal.add(step{z, next, func() []zonefile.Edit { return edits }})
	s.add(c, Version{Zone: next, Title: c.Title, Now: now, Was: was, edits: edits, Stay: c.Stay, Marks: c.Marks}, w)
	return nil
}

// add puts a version behind the one on the screen. It forgets the versions that were undone.
func (s *Session) add(c Change, v Version, landed zonefile.Row) {
	made := Edited{From: s.Zone(), To: v.Zone, Edits: v.edits, Was: c.Follow, Is: landed}
	if last := s.Version(); c.Run && s.At != s.savedAt && last.edits != nil && last.run.endsAt(c.Follow) {
		s.At--
		made = made.behind(s.Zone(), last.run, last.edits)
		v.edits, v.Was = made.Edits, last.Was
	}
	if s.savedAt > s.At {
		s.savedAt = -1
	}
	s.Versions = slices.Clip(s.Versions[:s.At+1])
	if c.Run && Idle(made.Edits) { // a run that came back to where it began: there is nothing to undo
		made = made.idle()
		s.Versions[s.At].Now = v.Now
	}
	if c.Run {
		v.run = run{made.Was, made.Is}
	}
	if c.Name != nil {
		v.Title = c.Name(made)
	}
	if made.To != made.From {
		s.Versions = append(s.Versions, v)
		s.At++
	}
}

// way is how to find the edits that make one version of another, by the steps that lead from the one to the other or back; nil where
// those are not known.
func (s *Session) way(from, to *zonefile.Zone) func() []zonefile.Edit {
	at := func(z *zonefile.Zone) int {
		return slices.IndexFunc(s.Versions, func(v Version) bool { return v.Zone == z })
	}
	i, j := at(from), at(to)
	if min(i, j) < 0 || i == j {
		return nil
	}
	steps := slices.Clone(s.Versions[min(i, j)+1 : max(i, j)+1])
	if slices.ContainsFunc(steps, func(v Version) bool { return v.edits == nil }) {
		return nil
	}
	return func() []zonefile.Edit {
		var edits [][]zonefile.Edit
		for _, v := range steps {
			edits = append(edits, v.edits)
		}
		if i < j {
			return from.Compose(edits...)
		}
		return from.Back(to.Compose(edits...))
	}
}

// Idle tells whether edits leave every byte as it is.
func Idle(edits []zonefile.Edit) bool {
	return !slices.ContainsFunc(edits, func(e zonefile.Edit) bool { return e.New != string(e.File.Slice(e.Span)) })
}

// landed is the row that the cursor goes to after the change, in the version that it made. One that is no longer there is
// none: the cursor goes where the change is.
func (c Change) landed(next *zonefile.Zone, edits []zonefile.Edit) (w zonefile.Row) {
	switch {
	case !c.Follow.IsZero():
		w = c.Follow.In(next, edits)
	case c.Find != nil:
		w = c.Find(next).Row()
	}
	if _, out := w.Commented(); out || !w.Record().IsZero() {
		return w
	}
	return zonefile.Row{}
}

// Undo goes back one version and tells what was undone.
func (s *Session) Undo() (Version, error) {
	if s.At == 0 {
		return Version{}, errors.New("nothing to undo")
	}
	v := s.Version()
	s.At--
	s.Journal.add(step{v.Zone, s.Zone(), s.way(v.Zone, s.Zone())})
	return v, nil
}

// Redo goes forward again and tells what was done.
func (s *Session) Redo() (Version, error) {
	if s.At+1 == len(s.Versions) {
		return Version{}, errors.New("nothing to redo")
	}
	from := s.Zone()
	s.At++
	s.Journal.add(step{from, s.Zone(), s.way(from, s.Zone())})
	return s.Version(), nil
}

// Modified tells whether what is on the screen differs from what is on disk. Two versions are compared
// once: a million records take some milliseconds.
func (s *Session) Modified() bool {
	c := comparison{of: s.Zone(), with: s.Saved}
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

// Unsaved is the edits that make what is on the screen of what is on disk: those that were made. Where they are not known any
// more, as after a save that was undone, it is what differs.
func (s *Session) Unsaved() []zonefile.Edit {
	if s.savedAt < 0 || s.savedAt > s.At || s.Versions[s.savedAt].Zone != s.Saved {
		return s.Saved.Between(s.Zone())
	}
	var steps [][]zonefile.Edit
	for _, v := range s.Versions[s.savedAt+1 : s.At+1] {
		if v.edits == nil {
			return s.Saved.Between(s.Zone())
		}
		steps = append(steps, v.edits)
	}
	return s.Saved.Compose(steps...)
}

// Edits counts the changes since the last save; 0 where there are some that are not a number of steps.
func (s *Session) Edits() int {
	if s.savedAt < 0 {
		return 0
	}
	return max(s.At-s.savedAt, s.savedAt-s.At)
}

// Titles is what was changed since the last save, in order.
func (s *Session) Titles() []string {
	var out []string
	for _, v := range s.Versions[max(s.savedAt, 0)+1 : max(s.At, s.savedAt)+1] {
		out = append(out, v.Title)
	}
	return out
}

// Wrote records that a version of the zone, with its new serial, is on disk. The version takes the place
// of the one that was on the screen when the save began, so undo never brings an old serial back alone.
func (s *Session) Wrote(before, after *zonefile.Zone) {
	s.Saved, s.savedAt, s.OnDisk = after, -1, nil
	for i := range s.Versions {
		if s.Versions[i].Zone == before {
			s.Versions[i].Zone, s.Versions[i].edits, s.savedAt = after, nil, i
			if i+1 < len(s.Versions) {
				s.Versions[i+1].edits = nil
			}
		}
	}
}

// places finds where edits begin, in the version they were made against and in the one they make. The
// first edit that writes something counts, else the first.
func places(edits []zonefile.Edit) (was, now Spot) {
	first := slices.IndexFunc(edits, func(e zonefile.Edit) bool { return e.New != "" })
	e := edits[max(first, 0)]
	before := slices.DeleteFunc(slices.Clone(edits), func(o zonefile.Edit) bool { return o.Start >= e.Start })
	was = Spot{e.File.Name(), e.Start}
	now = Spot{e.File.Name(), zonefile.OffsetsAfter(before).Shift(e.File, e.Start)}
	return was, now
}

// Row is the row at a place of the version on the screen; the zero Row if the file is gone.
func (s *Session) Row(at Spot) zonefile.Row {
	f := s.Zone().File(at.File)
	if f == nil {
		return zonefile.Row{}
	}
	return s.Zone().RowAt(f, at.Off)
}

// SpotOf is where a record stands; of one that a $GENERATE makes, where that does.
func SpotOf(r zonefile.Record) Spot { return SpotOfRow(r.Row()) }

// SpotOfRow is where a row stands; of one that a $GENERATE makes, where that does.
func SpotOfRow(w zonefile.Row) Spot {
	w = w.Home()
	return Spot{w.File().Name(), w.Span().Start}
}

// Spot is a place in a file of the zone. It outlives the version it was found in: it is only looked at.
type Spot struct {
	File string
	Off  uint32
}

// At is a place by its file and offset.
func At(file string, off uint32) Spot { return Spot{file, off} }
