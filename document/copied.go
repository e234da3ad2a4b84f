package document

// What undo copies tell of a move of which nothing is remembered: what stood in the files before each save, and whether
// what a save wrote is what stood there before the next. Where it is not, others have written, and nobody knows what.

import (
	"slices"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// unhurried is how long a save takes at most from its undo copy to the new file.
const unhurried = time.Minute

// copied is the undo copies of one file, the oldest first.
type copied []disk.Copy

// at is what the file held until a save at an hour: what the first save from then on has replaced, else what it holds now.
func (c copied) at(hour time.Time, now []byte) []byte {
	for _, copied := range c {
		if !copied.Time.Before(hour) {
			held, err := copied.Read()
			if err != nil {
				return nil
			}
			return held
		}
	}
	return now
}

// of is the copy that a save at an hour made.
func (c copied) of(hour time.Time) (disk.Copy, bool) {
	i := slices.IndexFunc(c, func(d disk.Copy) bool { return d.Time.Equal(hour) })
	if i < 0 {
		return disk.Copy{}, false
	}
	return c[i], true
}

// adopt takes undo copies in the place of a memory, back to the text from before the first step of a move.
func (m *Move) adopt(request preview.Migration) {
	if m.Remembered() || len(m.texts) != 1 || preview.NotBegun(m.zone, request) {
		return
	}
	all, hours := m.copies()
	found := false
	for i := len(hours) - 1; i >= 0 && !found; i-- {
		older := m.copyAt(all, hours[i])
		m.follow(all, hours[i], older)
		m.texts = slices.Insert(m.texts, 0, older)
		found = older.zone != nil && preview.NotBegun(older.zone, request)
	}
	if found {
		m.before = 0
	} else {
		m.texts = slices.Insert(m.texts, 0, heldText{}) // what the first step has replaced is not known
	}
}

// copies is the undo copies of all files, and the hours of their saves.
func (m *Move) copies() (all []copied, hours []time.Time) {
	for _, f := range m.files {
		var list copied
		if f.path != "" {
			list, _ = disk.History(f.path, m.keeper.opt)
		}
		slices.Reverse(list)
		all = append(all, list)
		for _, c := range list {
			hours = append(hours, c.Time)
		}
	}
	slices.SortFunc(hours, time.Time.Compare)
	return all, slices.CompactFunc(hours, time.Time.Equal)
}

// copyAt is what the files held until a save at an hour; a text that nobody knows if one of them is not known.
func (m *Move) copyAt(all []copied, hour time.Time) heldText {
	now := textOf(m.zone)
	t := heldText{Root: all[0].at(hour, now.Root)}
	for i, in := range now.Included {
		held := all[i+1].at(hour, in.Text)
		t.Included = append(t.Included, included{in.Path, held})
	}
	z := t.read(m.zone)
	if z == nil {
		return heldText{}
	}
	for f := range z.Files() {
		for w := range z.Inclusions(f) {
			if _, err := w.Included(); err != nil {
				return heldText{}
			}
		}
	}
	t.Sum = t.sum()
	return t
}

// follow says of the oldest text that is known whether it is what the save at an hour has made of an older one, and since
// when it stood there then.
func (m *Move) follow(all []copied, hour time.Time, older heldText) {
	t := &m.texts[0]
	held := append([]included{{nil, t.Root}}, t.Included...)
	was := append([]included{{nil, older.Root}}, older.Included...)
	whole := len(held) == len(was) && older.Root != nil && t.Root != nil
	var kept time.Time
	for i := range held {
		c, saved := all[i].of(hour)
		if saved && c.Kept.After(kept) {
			kept = c.Kept
		}
		whole = whole && (saved && c.LedTo(held[i].Text) || !saved && string(held[i].Text) == string(was[i].Text))
	}
	if len(m.texts) == 1 && whole { // it stands there now: the files tell whether somebody else has written since
		since := t.Written.Sub(kept)
		whole = since > -time.Second && since < unhurried
	}
	if t.Other = !whole; whole && len(m.texts) > 1 {
		t.Written = kept
	}
}
