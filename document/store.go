package document

// The files under a session: opened, compared and saved together, by package disk.

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// Options say what to open and how.
type Options struct {
	Path        string // the zone file
	Origin      zonefile.Name
	Directory   string   // where relative $INCLUDE paths start; "" if it is not known
	IncludeDirs []string // more directories that included files may be in
	ReadOnly    bool
	New         bool         // a name that is free is a file without records, which the first save makes
	Name        string       // what messages call a zone that is in no file; Path is "" then
	Text        []byte       // of that zone
	Fragment    bool         // a file of which nobody knows the origin is read as well, as of the root
	Root        string       // where absolute $INCLUDE paths start: the directory that named runs in; "" if the configuration has to tell
	Shared      *disk.Shared // by who opens many zones; nil otherwise
	Lint        lint.Options // which rules run and what they go by; the day and what to compare with are the document's
	State       string       // where undo copies are kept; "" is the place for the user's own zones

	Stamp func(path string) (disk.Stamp, error) // tells when a file was written; nil: disk.StampOf
	Sight func(name string) (disk.Stamp, error) // tells whether a file was written to; nil: disk.Sight
	Now   func() time.Time                      // tells when named was seen with a version; nil: time.Now

	Asking
	Parsing func()              // hears that files were read and are parsed now; nil if nobody asks
	Told    func(zonefile.Told) // hears which zone the file is, and what tells it; nil if nobody asks
}

// Store is the files of a zone on disk: the zone file and what it includes.
type Store struct {
	Opt     Options
	Set     *disk.Set
	Locked  string          // why the zone cannot be saved, "" if it can
	Looking string          // why the user chose to look only, which stays when the files are read again; "" if not
	beside  disk.Neighbours // what named keeps beside the files
	held    *zonefile.Zone  // as it was read
	placed  server.Placement
	Less    string // why a save has to write into an old file, which is less safe; "" if it has not

	Hosting server.Hosting // what named does with the zone file, once it has answered
}

// Open opens and reads a zone file with all it includes.
func Open(opt Options) (*Store, *zonefile.Zone, error) {
	st := &Store{Opt: opt}
	if opt.Placed != nil {
		if _, err := os.Lstat(opt.Path); err == nil || opt.New { // a file that is not there is none of named's: what it has is not read for that
			st.placed = opt.placement(opt.Path)
		}
	}
	if st.Opt.Directory == "" {
		st.Opt.Directory = st.placed.Directory
	}
	st.Opt.Root = cmp.Or(st.Opt.Root, st.placed.Root)
	z, err := st.read()
	st.Opt.Parsing, st.Opt.Told = nil, nil // what is read again later is no opening
	if err != nil {
		return nil, nil, err
	}
	return st, z, nil
}

// read opens the files anew and reads the zone.
func (st *Store) read() (*zonefile.Zone, error) {
	st.Close() // first: the lock is ours
	set, z, err := st.Load(st.Opt.ReadOnly)
	if err != nil {
		return nil, err
	}
	st.Take(set, z)
	return z, nil
}

// Take makes files that were opened the store's own.
func (st *Store) Take(set *disk.Set, z *zonefile.Zone) {
	st.Set, st.beside, st.held = set, set.Neighbours(), z
	st.findLimits(z)
}

// Peek reads the zone as it is on disk now, and leaves the files that are open as they are.
func (st *Store) Peek() (*zonefile.Zone, error) {
	set, z, err := st.Load(true)
	if err == nil {
		set.Close()
	}
	return z, err
}

// Load opens files and reads the zone in them.
func (st *Store) Load(readOnly bool) (*disk.Set, *zonefile.Zone, error) {
	opt := disk.SetOptions{Directory: st.Opt.Directory, IncludeDirs: st.Opt.IncludeDirs, Root: st.Opt.Root}
	opt.ReadOnly, opt.New, opt.StateDir, opt.Shared = readOnly, st.Opt.New, st.Opt.State, st.Opt.Shared
	set, err := disk.OpenSet(st.Opt.Path, opt)
	if err != nil {
		return nil, nil, err
	}
	if st.Opt.Parsing != nil {
		st.Opt.Parsing()
	}
	z, err := st.parse(set)
	if err != nil {
		set.Close()
		return nil, nil, err
	}
	return set, z, nil
}

// parse reads a zone from its text and from the files that a set gives it.
func (st *Store) parse(set *disk.Set) (*zonefile.Zone, error) {
	name, text := st.Opt.Name, st.Opt.Text
	if root := set.Root(); root != nil {
		name, text = st.Opt.Path, root.Bytes()
	}
	told, err := originOf(st.Opt.Origin, st.placed, name, text)
	if err != nil && st.Opt.Fragment {
		told, err = zonefile.Told{Origin: zonefile.Root}, nil
	}
	if err != nil {
		return nil, err
	}
	if st.Opt.Told != nil {
		st.Opt.Told(told)
	}
	include := func(path string, _ *zonefile.File) (string, []byte, error) { return set.Include(path) }
	return zonefile.Parse(name, text, zonefile.Options{Origin: told.Origin, Open: include}), nil
}

// NotText says of a zone that has no SOA why its file is no text, "" if it is one.
func NotText(z *zonefile.Zone) string {
	if _, whole := z.SOA(); whole {
		return ""
	}
	return disk.NotText(z.Root().Bytes())
}

// findLimits keeps why files cannot be saved, or only in place: a save that runs beside the screen must
// not be asked.
func (st *Store) findLimits(z *zonefile.Zone) {
	st.Locked, st.Less, st.Hosting = st.Looking, "", server.Hosting{}
	for f := range z.Files() {
		on := st.Set.File(f.Name())
		if on == nil {
			continue
		}
		switch reason, yes := on.ReadOnly(); {
		case yes && on.InPlace():
			st.Less = on.Path() + ": " + reason
		case yes && f == z.Root():
			st.Locked = reason
		}
	}
	if reason, yes := z.ReadOnly(); yes && st.Locked == "" {
		st.Locked = reason
	}
	if saves := st.Set.Interrupted().Saves; len(saves) > 0 && st.Locked == "" { // of a file that it includes
		st.Locked = InterruptedText(saves[0], st.Opt.Path)
	}
}

// IncludeDir is where named-checkzone takes relative includes from.
func (st *Store) IncludeDir() string {
	if st.Opt.Directory != "" {
		return st.Opt.Directory
	}
	return filepath.Dir(st.Opt.Path)
}

// LookOnly edits nothing from here on, whatever becomes of the files.
func (st *Store) LookOnly(why string) { st.Looking, st.Locked = why, why }

// OnlyRead tells whether the user asked to look, and change nothing.
func (st *Store) OnlyRead() bool { return st.Opt.ReadOnly }

// Shortly is a message with the zone file called as the user called it: a screen has little room.
func (st *Store) Shortly(text string) string {
	if f := st.Set.Root(); f != nil {
		return strings.ReplaceAll(text, f.Path(), f.Name())
	}
	return text
}

// Nearby is the path of another file as the user would call it: one in the directory of the zone file as that is called.
func (st *Store) Nearby(path string) string {
	if f := st.Set.Root(); f != nil && filepath.Dir(f.Path()) == filepath.Dir(path) {
		return filepath.Join(filepath.Dir(f.Name()), filepath.Base(path))
	}
	return path
}

// Editors is who else has the files open in an editor.
func (st *Store) Editors() []disk.Editor { return st.Set.Editors() }

// Warnings is what a user should know about the files before editing.
func (st *Store) Warnings() []string { return st.Set.Warnings() }

// Interrupted is the interrupted saves of all files of the zone.
func (st *Store) Interrupted() disk.Interruptions { return st.Set.Interrupted() }

// Neighbours is what named keeps beside the files.
func (st *Store) Neighbours() disk.Neighbours { return st.beside }

// PathOf is where the file of a name is, free of links; "" if the zone has none of this name on disk, as a $GENERATE has
// none, or standard input.
func (st *Store) PathOf(name string) string {
	if f := st.Set.File(name); f != nil {
		return f.Path()
	}
	return ""
}

// IsNew tells that the zone file is not there yet, and that no configuration has a zone in it.
func (st *Store) IsNew() bool { return st.IsAbsent() && len(st.placed.Names()) == 0 }

// IsAbsent tells that nothing had the name of the zone file when it was opened, and that no save has made it.
func (st *Store) IsAbsent() bool {
	f := st.Set.Root()
	return f != nil && f.IsNew()
}

// Path is where the zone file is, free of links.
func (st *Store) Path() string { return st.Set.Root().Path() }

// Close gives the files up.
func (st *Store) Close() {
	if st.Set != nil {
		st.Set.Close()
	}
}
