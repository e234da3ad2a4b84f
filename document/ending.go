package document

// The end of a save that was interrupted half-way: all its files become new, or all old, by a save like any other. Commands
// and the editor end it here, and nothing is written that nobody agreed to.

import (
	"errors"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// An Ending is an interrupted save that is about to be ended one way: nobody else can end it before Close.
type Ending struct {
	Texts []Written              // what will be written
	Left  []disk.InterruptedFile // those that are neither version, and are left alone
	of    *disk.Ending
}

// Written is what the end of an interrupted save writes to a file.
type Written struct {
	Path       string
	Holds, New []byte // now, and then
}

// BeginEnding prepares the end of an interrupted save, and writes nothing. For a look alone nothing is locked.
func BeginEnding(in *disk.Interrupted, way disk.Way, look bool) (*Ending, error) {
	of, err := in.Begin(way, look)
	if err != nil {
		return nil, err
	}
	e := &Ending{Left: of.Left, of: of}
	for _, c := range of.Changes {
		e.Texts = append(e.Texts, Written{c.File.Path(), c.File.Bytes(), c.New})
	}
	return e, nil
}

// Other is what the other way would write in the place of text i, nil if the file holds that already.
func (e *Ending) Other(i int) []byte { return e.of.Other(i) }

// Editors is who else has the file of text i open in an editor.
func (e *Ending) Editors(i int) []disk.Editor { return e.of.Changes[i].File.Editors() }

// Save ends the save, of files that nobody can read as a zone: no name server is asked.
func (e *Ending) Save(opt disk.SaveOptions) Saved {
	return Saving{agreed: opt}.Ending(e).Run()
}

// Close gives up what has not been saved.
func (e *Ending) Close() { e.of.Close() }

// Ending is the same save, made as the end of an interrupted one; nil is none.
func (sv Saving) Ending(e *Ending) Saving {
	if e != nil {
		sv.end = func(agreed disk.SaveOptions, allowed func() error) ([]disk.Result, error) {
			results, _, err := e.of.Save(agreed, allowed)
			return results, err
		}
	}
	return sv
}

// Ended is how the end of an interrupted save went.
type Ended struct {
	Results []disk.Result
	Err     error
	Asks    string // why the save has to write into an old file, if that is what stopped it
}

// End ends an interrupted save of the zone, unless named writes the zone itself. The files of the store have to be closed: their
// lock is ours. It may run beside the screen, and changes nothing of the store.
func (st *Store) End(z *zonefile.Zone, in *disk.Interrupted, way disk.Way, inPlace bool) (end Ended) {
	h := st.AskHosting(z)
	if why := h.Forbids(); why != "" {
		end.Err = errors.New(disk.Untouched.String() + ": " + why)
		return end
	}
	e, err := BeginEnding(in, way, false)
	if err != nil {
		end.Err = err
		return end
	}
	defer e.Close()
	saved := Saving{agreed: disk.SaveOptions{InPlace: inPlace}, Allowed: st.unchanged(h)}.Ending(e).Run()
	end.Results, end.Err = saved.Results, saved.Err
	for _, c := range e.of.Changes {
		if reason, yes := c.File.ReadOnly(); yes && c.File.InPlace() && !inPlace && errors.Is(end.Err, disk.ErrReadOnly) {
			end.Asks = c.File.Path() + ": " + reason
		}
	}
	return end
}

// Ending is what ending an interrupted save would write, as a difference.
func (s *Session) Ending(in *disk.Interrupted, way disk.Way) (diff []string) {
	if !in.Can(way) {
		return nil
	}
	e, err := BeginEnding(in, way, true)
	if err != nil {
		return []string{" " + err.Error()}
	}
	defer e.Close()
	for _, t := range e.Texts {
		diff = append(diff, DiffText(s.called(t.Path), string(t.Holds), string(t.New))...)
	}
	return diff
}

// called is what the zone calls the file at a path.
func (s *Session) called(path string) string {
	for f := range s.Saved.Files() {
		if s.Store.PathOf(f.Name()) == path {
			return f.Name()
		}
	}
	return path
}
