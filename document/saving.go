package document

// A save, ready to be carried out: it is made from a session at once, and holds nothing that changes meanwhile.

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// Saving is a save that is ready to be carried out: a zone with its new serial, and its changed files.
// It holds nothing that changes, so it may run beside the screen.
type Saving struct {
	Before, Zone *zonefile.Zone
	Edits        []zonefile.Edit // that make Zone of what is on disk; nil where they do not come of a session
	Did          []string        // what was done, by the names of the edits
	Notes        []string        // what the shell is told of it, beside how it ended
	Allowed      func() error    // asked right before the install: named may have begun to write the file itself

	set    *disk.Set
	notes  disk.Options // where it is noted what was done
	agreed disk.SaveOptions
	memory saveMemory
	along  companion                                                                  // what is saved with it; nil for nothing
	plan   *Timetable                                                                 // the move of which it is a step; nil if it is none
	end    func(agreed disk.SaveOptions, allowed func() error) ([]disk.Result, error) // nil but for an interrupted save
}

// companion is what is saved with a zone, as one: it carries the save out.
type companion interface{ save(Saving) Saved }

// Saved is how a saving ended.
type Saved struct {
	Saving
	Results []disk.Result
	Err     error
}

// Raised is edits with a higher serial behind them, where they change anything of what is on disk.
func Raised(onDisk *zonefile.Zone, now time.Time, edit func(*zonefile.Zone) ([]zonefile.Edit, error)) ([]zonefile.Edit, error) {
	return zonefile.Chain(onDisk, edit, func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z.Same(onDisk) {
			return nil, nil
		}
		return z.RaiseSerial(onDisk, zonefile.SerialAuto, now)
	})
}

// Prepare makes what will be on disk: the zone on the screen with its serial raised.
func (s *Session) Prepare(now time.Time) (Saving, error) {
	z := s.Zone()
	edits, err := z.RaiseSerial(s.Saved, zonefile.SerialAuto, now)
	if err != nil {
		return Saving{}, err
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return Saving{}, err
	}
	sv := s.Store.Saving(next, disk.SaveOptions{Now: now, InPlace: s.Store.Less != ""})
	sv.Before, sv.memory, sv.Did = z, s.Store.remembers(s.Saved, next), s.did()
	sv.Edits = s.Saved.Compose(s.Unsaved(), edits)
	return sv, nil
}

// did is what was done since the last save, as a history tells it: what was undone, too.
func (s *Session) did() []string {
	if s.At >= s.savedAt {
		return s.Titles()
	}
	var out []string
	for _, v := range slices.Backward(s.Versions[s.At+1 : s.savedAt+1]) {
		out = append(out, "undone: "+v.Title)
	}
	return out
}

// Saving is the save of a version into its files. Right before the install named is asked once more whether it does with the
// zone what it was seen to do.
func (st *Store) Saving(next *zonefile.Zone, opt disk.SaveOptions) Saving {
	return Saving{Zone: next, Allowed: st.unchanged(st.Hosting), set: st.Set, notes: st.noteOptions(), agreed: opt, memory: st.remembers(st.held, next)}
}

// changes is the files that have a new text. It is put together when it is written, not for who only looks at a review.
func (sv Saving) changes() []disk.Change {
	content := func(name string) []byte {
		if f := sv.Zone.File(name); f != nil {
			return f.Bytes()
		}
		return nil
	}
	return sv.set.Changes(content, sv.agreed)
}

// Of is the same save, made as a step of a move: what is known of that is remembered.
func (sv Saving) Of(t *Timetable) Saving {
	sv.plan = t
	return sv
}

// unchanged asks named whether it still does with the zone file what it was seen to do.
func (st *Store) unchanged(seen server.Hosting) func() error {
	root := st.Set.Root().Path()
	return func() error { return seen.Unchanged(root) }
}

// InPlace is the same save by writing into the old files where no new ones can take their place.
func (sv Saving) InPlace() Saving {
	sv.agreed.InPlace = true
	return sv
}

// Run saves.
func (sv Saving) Run() Saved {
	saved := Saved{Saving: sv}
	sv.memory.look()
	switch {
	case sv.end != nil:
		saved.Results, saved.Err = sv.end(sv.agreed, sv.Allowed)
	case sv.along != nil:
		saved = sv.along.save(sv)
	default:
		saved.Results, saved.Err = disk.SaveAll(sv.changes(), sv.Allowed)
	}
	if saved.Err == nil {
		saved.Notes = append(slices.Clip(saved.Notes), sv.memory.saved(sv.plan, sv.agreed.Now)...)
		_ = sv.note(nil) // that undo copies cannot be kept is told with the files, and the history says that nothing is noted
	}
	return saved
}

// note notes a save of these files that has succeeded: of those whose paths somebody wants; nil wants all.
func (sv Saving) note(wants func(path string) bool) error {
	was, is := sv.memory.onDisk, sv.Zone
	if was == nil || sv.end != nil || sv.set == nil {
		return nil
	}
	edits, serial := was.Between(is), ""
	if n, ok := is.Serial(); ok {
		serial = fmt.Sprint(n)
	}
	var failed error
	for f := range was.Files() {
		on, next := sv.set.File(f.Name()), is.File(f.Name())
		if on == nil || next == nil || f.Same(next) || wants != nil && !wants(on.Path()) {
			continue
		}
		n := savedNote{Time: sv.agreed.Now, Was: disk.MarkOf(f.Bytes()), Mark: disk.MarkOf(next.Bytes()), Did: sv.Did, Serial: serial,
			Held: sv.memory.held(on.Path()), Lines: notedOf(f, edits)}
		failed = errors.Join(failed, noteKeeper{on.Path(), sv.notes}.add(n))
	}
	return failed
}
