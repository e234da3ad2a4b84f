package document

// The save of many zones: their changed files are opened for writing and compared with what was read, the name server is asked
// about all at once, and all are staged before anything is put at its name, under one record of all, so that after a kill the whole
// can be finished or undone.

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// ManyConsent is what a user agrees to for all zones.
type ManyConsent struct {
	InPlace bool // write into old files where no new ones can take their place
	Beside  bool // save beside other editors
}

// spareFiles is what a process needs besides the files that it saves: named-checkconf is given a thousand.
const spareFiles = 1100

// TooFewFiles says that the process may not have as many open files as the save needs; "" if it may.
func (m *Many) TooFewFiles() string {
	need, have := m.descriptors()
	if need <= have {
		return ""
	}
	return fmt.Sprintf("the save needs %d open files, and this process may have %d: `ulimit -n %d`", need, have, need)
}

// descriptors is how many open files the save needs, and how many the process may have: two for each changed file, the file with
// its lock and the staged one, and one for each directory.
func (m *Many) descriptors() (need, have int) {
	order, users := m.places()
	files, dirs := 0, map[string]bool{}
	for _, path := range order {
		if slices.ContainsFunc(users[path], fileOf.changed) {
			files++
			dirs[path[:strings.LastIndexByte(path, '/')+1]] = true
		}
	}
	return max(2*files, files+spareFiles) + len(dirs), disk.MostOpen()
}

// Hold opens the changed files for writing. A zone is left out if one of its files is not as it was read, or cannot be saved.
func (m *Many) Hold(agreed ManyConsent) {
	order, users := m.places()
	for _, path := range order {
		h := &heldFile{path: path}
		for _, f := range users[path] {
			if f.member.State == Changed && f.changed() {
				h.of = append(h.of, f)
			}
		}
		if len(h.of) == 0 {
			continue
		}
		if why := h.open(m.diskOptions(), agreed); why != "" {
			for _, f := range h.of {
				f.member.out(true, why)
			}
			continue
		}
		m.held = append(m.held, h)
	}
	m.leaveSharersOut()
	m.letGo()
}

// diskOptions are for the files that are held.
func (m *Many) diskOptions() disk.Options {
	return disk.Options{StateDir: m.opt.State, Shared: m.shared}
}

// open opens the file, or says why it cannot be saved.
func (h *heldFile) open(opt disk.Options, agreed ManyConsent) (why string) {
	first := h.of[0]
	f, err := disk.Open(first.file.Name(), opt)
	if err != nil {
		return err.Error()
	}
	h.file = f
	defer func() {
		if why != "" {
			f.Close()
		}
	}()
	if f.Path() != h.path || !bytes.Equal(f.Bytes(), first.file.Bytes()) {
		return first.file.Name() + " was changed by another program after it was read: run the command again"
	}
	switch reason, limited := f.ReadOnly(); {
	case limited && !f.InPlace():
		return first.file.Name() + ": " + reason
	case limited && !agreed.InPlace:
		return first.file.Name() + ": " + reason + ": --in-place writes into the old file"
	}
	for _, e := range f.Editors() {
		if !e.Gone && !agreed.Beside {
			return first.file.Name() + ": " + e.String() + "; --force saves all the same"
		}
	}
	return ""
}

// letGo closes the files of which no zone is to be changed any more.
func (m *Many) letGo() {
	m.held = slices.DeleteFunc(m.held, func(h *heldFile) bool {
		h.of = slices.DeleteFunc(h.of, func(f fileOf) bool { return f.member.State != Changed })
		if len(h.of) == 0 {
			h.file.Close()
		}
		return len(h.of) == 0
	})
}

// Judge asks the name server about all changed zones, before and after.
func (m *Many) Judge() {
	changed := m.In(Changed)
	old, next := make([]server.Text, len(changed)), make([]server.Text, len(changed))
	for i, mem := range changed {
		old[i] = server.Text{Zone: mem.Before, Dir: mem.store.IncludeDir(), Checks: mem.Hosted.Checks}
		next[i] = old[i]
		next[i].Zone = mem.Next
	}
	for i, j := range m.opt.NamedAll(old, next) {
		changed[i].Judged = j
	}
}

// Save saves all changed zones, or none. Files that are included stand before zone files, so that no zone with its new serial is
// ever read with an old part. Notes is what is to be told besides.
func (m *Many) Save(now time.Time, did string, agreed ManyConsent) (notes []string, err error) {
	opt := disk.SaveOptions{Now: now, InPlace: agreed.InPlace, KeepCopy: true, KeepRecord: true}
	changes := m.changes(opt)
	savings := m.savings(opt, did)
	results, err := disk.SaveAll(changes, nil)
	m.ended(results, err)
	for _, r := range results {
		notes = append(notes, r.Notes...)
	}
	if err == nil {
		notes = append(notes, m.note(savings, now)...)
	}
	m.Close()
	slices.Sort(notes)
	return slices.Compact(notes), err
}

// changes is the files that are held with their new texts, in the order of the save.
func (m *Many) changes(opt disk.SaveOptions) (list []disk.Change) {
	slices.SortStableFunc(m.held, func(a, b *heldFile) int { return a.rank() - b.rank() })
	for _, h := range m.held {
		list = append(list, disk.Change{File: h.file, New: h.of[0].next().Bytes(), Options: opt})
	}
	return list
}

// rank is the place of the file in a save.
func (h *heldFile) rank() int {
	if slices.ContainsFunc(h.of, fileOf.isRoot) {
		return 1
	}
	return 0
}

// ended keeps how the save ended for each zone: it is saved if all of its files are.
func (m *Many) ended(results []disk.Result, err error) {
	for _, mem := range m.In(Changed) {
		mem.State = Stored
	}
	for i, h := range m.held {
		r := results[i]
		if r.Outcome == disk.Saved || r.Outcome == disk.Unconfirmed && err == nil {
			continue
		}
		for _, f := range h.of {
			if f.member.State == Stored || f.member.Reason == "" {
				f.member.State, f.member.Reason, f.member.Failed = Refused, r.Message, true
			}
		}
	}
}

// savings are the saves of the zones as they are noted, with the files looked at as they are before.
func (m *Many) savings(opt disk.SaveOptions, did string) []Saving {
	changed := m.In(Changed)
	out := make([]Saving, len(changed))
	sideBySide(len(changed), func(i int) {
		mem := changed[i]
		st := mem.store
		out[i] = Saving{Zone: mem.Next, Did: []string{did}, set: st.Set, notes: st.noteOptions(), agreed: opt, memory: st.remembers(mem.Before, mem.Next)}
		out[i].notes.Relaxed = true
		out[i].memory.look()
	})
	return out
}

// note notes what was done in each zone; a file that zones share is noted once.
func (m *Many) note(savings []Saving, now time.Time) []string {
	first := map[string]int{}
	for i, sv := range savings {
		for f := range sv.memory.onDisk.Files() {
			if on := sv.set.File(f.Name()); on != nil {
				if _, known := first[on.Path()]; !known {
					first[on.Path()] = i
				}
			}
		}
	}
	told := make([][]string, len(savings))
	sideBySide(len(savings), func(i int) {
		told[i] = savings[i].memory.saved(nil, now)
		_ = savings[i].note(func(path string) bool { return first[path] == i }) // as of one save
	})
	return slices.Concat(told...)
}

// String is the zone with its file, as messages have it.
func (m *Member) String() string {
	return fmt.Sprintf("%s: zone %s", m.Path, m.Name())
}
