package ui

// The files under a session: opened, compared and saved together, by package disk.

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// docOptions say what to open and how.
type docOptions struct {
	Path        string // the zone file
	Origin      zonefile.Name
	Directory   string   // where relative $INCLUDE paths start; "" if it is not known
	IncludeDirs []string // more directories that included files may be in
	ReadOnly    bool
	Lint        lint.Options // which rules run and what they go by; the day and what to compare with are the document's
	state       string       // where undo copies are kept; "" is the place for the user's own zones

	named   func(z *zonefile.Zone, dir string) disk.Opinion // asks named-checkzone
	hosting func(zone, path string) disk.Hosting            // asks what named does with a file; nil if nobody is to be asked
	reload  func(h disk.Hosting, serial uint32, check func() disk.Opinion) reloader
	parsing func() // hears that files were read and are parsed now; nil if nobody asks
}

// store is the files of a zone on disk: the zone file and what it includes.
type store struct {
	opt    docOptions
	set    *disk.Set
	locked string          // why the zone cannot be saved, "" if it can
	beside disk.Neighbours // what named keeps beside the files
	less   string          // why a save has to write into an old file, which is less safe; "" if it has not

	hosting disk.Hosting // what named does with the zone file, once it has answered
}

// openStore opens and reads a zone file with all it includes.
func openStore(opt docOptions) (*store, *zonefile.Zone, error) {
	st := &store{opt: opt}
	z, err := st.read()
	st.opt.parsing = nil // what is read again later is no opening
	if err != nil {
		return nil, nil, err
	}
	return st, z, nil
}

// read opens the files anew and reads the zone.
func (st *store) read() (*zonefile.Zone, error) {
	st.close() // first: the lock is ours
	set, z, err := st.load(st.opt.ReadOnly)
	if err != nil {
		return nil, err
	}
	st.take(set, z)
	return z, nil
}

// take makes files that were opened the store's own.
func (st *store) take(set *disk.Set, z *zonefile.Zone) {
	st.set, st.beside = set, set.Neighbours()
	st.findLimits(z)
}

// peek reads the zone as it is on disk now, and leaves the files that are open as they are.
func (st *store) peek() (*zonefile.Zone, error) {
	set, z, err := st.load(true)
	if err == nil {
		set.Close()
	}
	return z, err
}

// load opens files and reads the zone in them.
func (st *store) load(readOnly bool) (*disk.Set, *zonefile.Zone, error) {
	opt := disk.SetOptions{Directory: st.opt.Directory, IncludeDirs: st.opt.IncludeDirs}
	opt.ReadOnly, opt.StateDir = readOnly, st.opt.state
	set, err := disk.OpenSet(st.opt.Path, opt)
	if err != nil {
		return nil, nil, err
	}
	src, origin := set.Root().Bytes(), st.opt.Origin
	if origin == "" {
		if origin, err = zonefile.GuessOrigin(st.opt.Path, src); err != nil {
			set.Close()
			return nil, nil, err
		}
	}
	if st.opt.parsing != nil {
		st.opt.parsing()
	}
	include := func(path string, _ *zonefile.File) (string, []byte, error) { return set.Include(path) }
	return set, zonefile.Parse(st.opt.Path, src, zonefile.Options{Origin: origin, Open: include}), nil
}

// findLimits keeps why files cannot be saved, or only in place: a save that runs beside the screen must
// not be asked.
func (st *store) findLimits(z *zonefile.Zone) {
	st.locked, st.less, st.hosting = "", "", disk.Hosting{}
	for f := range z.Files() {
		on := st.set.File(f.Name())
		if on == nil {
			continue
		}
		switch reason, yes := on.ReadOnly(); {
		case yes && on.InPlace():
			st.less = on.Path() + ": " + reason
		case yes && f == z.Root():
			st.locked = reason
		}
	}
	if reason, yes := z.ReadOnly(); yes && st.locked == "" {
		st.locked = reason
	}
	if saves := st.set.Interrupted().Saves; len(saves) > 0 && st.locked == "" { // of a file that it includes
		st.locked = saves[0].String() + "; " + saves[0].Remedy(st.opt.Path)
	}
}

// includeDir is where named-checkzone takes relative includes from.
func (st *store) includeDir() string {
	if st.opt.Directory != "" {
		return st.opt.Directory
	}
	return filepath.Dir(st.opt.Path)
}

// onlyRead tells whether the user asked to look, and change nothing.
func (st *store) onlyRead() bool { return st.opt.ReadOnly }

// hostingOf asks what named does with a file, where anybody is to be asked.
func (st *store) hostingOf(zone, path string) (h disk.Hosting) {
	if st.opt.hosting != nil {
		h = st.opt.hosting(zone, path)
	}
	return h
}

// shortly is a message with the zone file called as the user called it: a screen has little room.
func (st *store) shortly(text string) string {
	if f := st.set.Root(); f != nil {
		return strings.ReplaceAll(text, f.Path(), f.Name())
	}
	return text
}

// close gives the files up.
func (st *store) close() {
	if st.set != nil {
		st.set.Close()
	}
}

// drafts is what earlier sessions left of the work in other editors.
func (st *store) drafts() ([]*disk.Draft, error) {
	return disk.Drafts(st.opt.Path, disk.Options{StateDir: st.opt.state})
}

// saving is a save that is ready to be carried out: a zone with its new serial, and its changed files.
// It holds nothing that changes, so it may run beside the screen.
type saving struct {
	before, zone *zonefile.Zone
	changes      []disk.Change
	notes        []string             // what the shell is told of it, beside how it ended
	allowed      func([]string) error // asked right before the install: named may have begun to write the file itself
}

// saved is how a saving ended.
type saved struct {
	saving
	results []disk.Result
	err     error
}

// prepare makes what will be on disk: the zone on the screen with its serial raised.
func (s *session) prepare(now time.Time) (saving, error) {
	z := s.zone()
	edits, err := z.RaiseSerial(s.saved, zonefile.SerialAuto, now)
	if err != nil {
		return saving{}, err
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return saving{}, err
	}
	content := func(name string) []byte {
		if f := next.File(name); f != nil {
			return f.Bytes()
		}
		return nil
	}
	changes := s.store.set.Changes(content, disk.SaveOptions{Now: now, InPlace: s.store.less != ""})
	root, hosting := s.store.set.Root(), s.store.hosting
	allowed := func([]string) error { return hosting.Unchanged(root.Path()) }
	return saving{before: z, zone: next, changes: changes, allowed: allowed}, nil
}

// inPlace is the same save by writing into the old files where no new ones can take their place.
func (sv saving) inPlace() saving {
	sv.changes = slices.Clone(sv.changes)
	for i := range sv.changes {
		sv.changes[i].Options.InPlace = true
	}
	return sv
}

// run saves. What is read back before the install must be what was written.
func (sv saving) run() saved {
	for i := range sv.changes {
		want := sv.changes[i].New
		sv.changes[i].Options.Verify = func(got []byte) error {
			if !bytes.Equal(got, want) {
				return fmt.Errorf("the new file reads differently from what was written")
			}
			return nil
		}
	}
	results, err := disk.SaveAll(sv.changes, sv.allowed)
	return saved{saving: sv, results: results, err: err}
}
