package document

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// A save, ready to be carried out: it is made from a session at once, and holds nothing that changes meanwhile.

// Saving is a save that is ready to be carried out: a zone with its new serial, and its changed files.
// It holds nothing that changes, so it may run beside the screen.
type Saving struct {
	Before, Zone *zonefile.Zone
	Changes      []disk.Change
	Notes        []string             // what the shell is told of it, beside how it ended
	allowed      func([]string) error // asked right before the install: named may have begun to write the file itself
}

// Saved is how a saving ended.
type Saved struct {
	Saving
	Results []disk.Result
	Err     error
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
	content := func(name string) []byte {
		if f := next.File(name); f != nil {
			return f.Bytes()
		}
		return nil
	}
	changes := s.Store.Set.Changes(content, disk.SaveOptions{Now: now, InPlace: s.Store.Less != ""})
	root, hosting := s.Store.Set.Root(), s.Store.Hosting
	allowed := func([]string) error { return hosting.Unchanged(root.Path()) }
	return Saving{Before: z, Zone: next, Changes: changes, allowed: allowed}, nil
}

// InPlace is the same save by writing into the old files where no new ones can take their place.
func (sv Saving) InPlace() Saving {
	sv.Changes = slices.Clone(sv.Changes)
	for i := range sv.Changes {
		sv.Changes[i].Options.InPlace = true
	}
	return sv
}

// Run saves. What is read back before the install must be what was written.
func (sv Saving) Run() Saved {
	for i := range sv.Changes {
		want := sv.Changes[i].New
		sv.Changes[i].Options.Verify = func(got []byte) error {
			if !bytes.Equal(got, want) {
				return fmt.Errorf("the new file reads differently from what was written")
			}
			return nil
		}
	}
	results, err := disk.SaveAll(sv.Changes, sv.allowed)
	return Saved{Saving: sv, Results: results, Err: err}
}
