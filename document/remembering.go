package document

// What is remembered of a move with each save of the zone, whoever makes it. A memory that cannot be written stops no save,
// and is told.

import (
	"slices"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// saveMemory is what has to be known before a save to remember it afterwards.
type saveMemory struct {
	keeper       keeper
	onDisk, next *zonefile.Zone
	old, files   []zoneFile   // of onDisk, and of next
	stamps       []disk.Stamp // of old
}

// remembers is for a save of a version in the place of another.
func (st *Store) remembers(onDisk, next *zonefile.Zone) saveMemory {
	return saveMemory{keeper: st.keeper(), onDisk: onDisk, next: next, old: st.filesOf(onDisk), files: st.filesOf(next)}
}

// look looks at the files as they are before the save.
func (s *saveMemory) look() { s.stamps = s.keeper.stamps(s.old) }

// held is when a file was written before the save; the zero Time: nobody can tell.
func (s *saveMemory) held(path string) time.Time {
	for i, f := range s.old {
		if f.path == path && i < len(s.stamps) && s.stamps[i] != (disk.Stamp{}) {
			return s.stamps[i].Changed()
		}
	}
	return time.Time{}
}

// saved remembers the save, plan being the one that a step was made of; nil: it was no step. It tells what keeps it from that.
func (s *saveMemory) saved(plan *Timetable, now time.Time) (notes []string) {
	if s.keeper.path == "" || s.onDisk == nil {
		return nil
	}
	m, err := s.keeper.load(s.onDisk)
	if err != nil {
		notes = append(notes, err.Error())
	}
	if m == nil && plan == nil {
		return notes
	}
	if err := s.keeper.keep(s.after(m, plan, s.keeper.stamps(s.files), now), now); err != nil {
		notes = append(notes, err.Error())
	}
	return notes
}

// after is the memory after the save, which has left files of these stamps.
func (s *saveMemory) after(m *memory, plan *Timetable, stamps []disk.Stamp, now time.Time) *memory {
	if plan != nil {
		m = s.planned(plan, now)
	} else {
		s.catchUp(m)
	}
	t := textOf(s.next)
	if last := m.Texts[len(m.Texts)-1]; last.Sum == t.Sum && slices.Equal(last.Stamps, stamps) {
		return m // the files had these bytes already
	}
	t.Stamps, t.Written = stamps, inodeTime(stamps)
	past := preview.Past{}
	if m.Before >= 0 {
		past.Before = m.Texts[m.Before].read(s.onDisk)
	}
	if done := lastDone(s.next, m.Request, past); done > lastDone(s.onDisk, m.Request, past) {
		t.Step, m.Checks = done, openChecks(s.onDisk, m.Request, past, done)
	}
	m.Texts = append(m.Texts, t)
	return m
}

// planned is the memory of the time before a step, as its plan knows it. The text from before the first step is where it
// begins: that is taken for what was served, unless named says that it has loaded another.
func (s *saveMemory) planned(plan *Timetable, now time.Time) *memory {
	known := plan.move
	m := &memory{Origin: s.onDisk.Origin(), Request: plan.Request, Begun: known.Begun, Seen: known.seen, Before: known.before, Texts: slices.Clone(known.texts), Checks: known.Checks}
	if m.Begun.IsZero() {
		m.Begun = now
	}
	for i, moment := range moments(m.Texts, known.loaded, plan.Request.Notify, now) {
		if moment.Certain && m.Texts[i].Told.IsZero() {
			m.Texts[i].Served = moment
		}
	}
	if known.before < 0 && preview.NotBegun(s.onDisk, plan.Request) {
		m.Texts, m.Before = m.Texts[len(m.Texts)-1:], 0
		if n, ok := m.Texts[0].serial(); ok && known.loaded != (server.Loaded{}) && known.loaded.Serial != n {
			m.Texts, m.Before = []heldText{{}, m.Texts[0]}, 1
		}
	}
	return m
}

// catchUp adds what another program has written since to a memory, as it stood there before the save.
func (s *saveMemory) catchUp(m *memory) {
	t := textOf(s.onDisk)
	if last := m.Texts[len(m.Texts)-1]; last.Sum != t.Sum || !slices.Equal(last.Stamps, s.stamps) {
		t.Other, t.Stamps, t.Written = true, s.stamps, changed(s.stamps)
		m.Texts = append(m.Texts, t)
	}
}

// inodeTime is when files came to stand at their names, by the later of their ctimes: a save may have given them a later
// mtime. The zero Time: nobody can tell.
func inodeTime(stamps []disk.Stamp) (last time.Time) {
	for _, s := range stamps {
		if s == (disk.Stamp{}) {
			return time.Time{}
		}
		if c := time.Unix(0, s.Ctime); c.After(last) {
			last = c
		}
	}
	return last
}

// lastDone is the last step of a move that a zone has behind it; 0 of a zone that has no plan.
func lastDone(z *zonefile.Zone, request preview.Migration, past preview.Past) (last int) {
	steps, err := preview.Plan(z, request, past)
	if err != nil {
		return 0
	}
	for _, s := range steps {
		if s.State == preview.StepDone {
			last = s.Number
		}
	}
	return last
}

// openChecks is what only a human sees of what a step has to be looked at for.
func openChecks(before *zonefile.Zone, request preview.Migration, past preview.Past, step int) (out []Answer) {
	steps, err := preview.Plan(before, request, past)
	if err != nil || step >= len(steps) {
		return nil
	}
	for _, c := range steps[step].Checks {
		if c.Kind == preview.Said {
			out = append(out, Answer{Check: c, Step: step})
		}
	}
	return out
}
