package document

// What is known of the move of a zone from the days before, and who tells it: the memory, undo copies, the times of the
// files, the name server. It is gathered here; package document says elsewhere what follows from it.

import (
	"slices"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// A Move is what is known of the move of a zone from the time before now. It holds still: who wants to know what has come
// since recalls it anew.
type Move struct {
	Request preview.Migration // what was asked for; no hosts: no move is remembered
	Begun   time.Time         // when its first step was saved
	Checks  []Answer          // what to look at before the next step, as far as only a human can, and who has
	Notes   []string          // what to say of it: a memory that is not used, a clock that went back

	keeper keeper
	zone   *zonefile.Zone // as it is on disk
	files  []zoneFile
	texts  []heldText
	before int
	seen   time.Time // by the clock, when something was remembered
	loaded server.Loaded
}

// zoneFile is a file of the zone: its place, and the words that include it.
type zoneFile struct{ path, words string }

// Remembered tells whether a move is under way that was remembered.
func (m *Move) Remembered() bool { return len(m.Request.From)+len(m.Request.To) > 0 }

// AsksPast is how to find out what is known of the time before, for who asks beside the screen; saved is the zone as it is
// on disk. It asks named and reads files, and may take seconds.
func (st *Store) AsksPast(saved *zonefile.Zone) func() *Move {
	if st == nil || st.Set == nil || st.Set.Root() == nil {
		return func() *Move { return &Move{zone: saved, before: -1} }
	}
	k, hosting := st.keeper(), st.AsksHosting(saved)
	files := st.filesOf(saved)
	return func() *Move {
		m := &Move{zone: saved, keeper: k, files: files, before: -1}
		if hosting != nil {
			m.loaded = hosting().Loaded
		}
		m.recall()
		return m
	}
}

// filesOf is the files of a version: the zone file, and what it includes.
func (st *Store) filesOf(z *zonefile.Zone) []zoneFile {
	if z == nil || st.Set == nil || st.Set.Root() == nil {
		return nil
	}
	files := []zoneFile{{path: st.Set.Root().Path()}}
	for f := range z.Files() {
		for w := range z.Inclusions(f) {
			if in, err := w.Included(); in != nil && err == nil {
				files = append(files, zoneFile{st.PathOf(in.Name()), w.IncludePath()})
			}
		}
	}
	return files
}

// Past finds it out at once.
func (st *Store) Past(saved *zonefile.Zone) *Move { return st.AsksPast(saved)() }

// recall reads the memory and looks at the files.
func (m *Move) recall() {
	was, err := m.keeper.load(m.zone)
	if err != nil {
		m.Notes = append(m.Notes, err.Error())
	}
	stamps := m.keeper.stamps(m.files)
	current := textOf(m.zone)
	current.Written, current.Stamps = changed(stamps), stamps
	m.take(was, current)
}

// take takes over what is remembered, if anything is, and what the files hold now. Somebody else has written them where they
// are not, to the time of their inodes, what the last save left.
func (m *Move) take(was *memory, current heldText) {
	if was == nil {
		m.texts = []heldText{current}
		return
	}
	m.Request, m.Begun, m.Checks, m.seen = was.Request, was.Begun, was.Checks, was.Seen
	m.texts, m.before = was.Texts, was.Before
	for i := range m.texts {
		m.texts[i].read(m.zone)
	}
	if last := &m.texts[len(m.texts)-1]; last.Sum != current.Sum || !slices.Equal(last.Stamps, current.Stamps) {
		current.Other = true
		m.texts = append(m.texts, current)
	}
}

// stamps looks at files; of one that nobody can look at there is the zero Stamp.
func (k keeper) stamps(files []zoneFile) []disk.Stamp {
	look := k.stamp
	if look == nil {
		look = disk.StampOf
	}
	out := make([]disk.Stamp, len(files))
	for i, f := range files {
		out[i], _ = look(f.path)
	}
	return out
}

// latest is the name of the file that was written last, as messages call it.
func (m *Move) latest(z *zonefile.Zone) string {
	last := m.texts[len(m.texts)-1]
	i := slices.IndexFunc(last.Stamps, func(s disk.Stamp) bool { return s.Changed().Equal(last.Written) })
	if i > 0 && i < len(m.files) {
		return m.files[i].words
	}
	return z.Root().Name()
}

// changed is when the last of files came to be what it is, by the later of its times; the zero Time: nobody can tell.
func changed(stamps []disk.Stamp) (last time.Time) {
	for _, s := range stamps {
		if s == (disk.Stamp{}) {
			return time.Time{}
		}
		if c := s.Changed(); c.After(last) {
			last = c
		}
	}
	return last
}
