package document

// What was done to the files of a zone, as far as undo copies and notes tell it: each save, and between two saves what other
// programs wrote. A copy is the text from before a save, and the text after it is that of the next copy, or of the file now. Is
// that another than the save wrote, then another program was there; what the save wrote is known by its note, or not any more.
// The commands and the editor have it from here, with the same numbers.

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// History is what was done to the files of a zone, the last first, as far as it has been read: who waits for it sees the last
// saves while older ones are read.
type History struct {
	Events []Event
	Saves  int // how many there are, read or not
	zone   *zonefile.Zone
	files  []fileHistory
	unread []time.Time // the hours of those that are not read yet, the last first
}

// Unread is how many saves are not read yet.
func (h *History) Unread() int { return len(h.unread) }

// Event is a save, or what another program did.
type Event struct {
	Number  int            // of the undo copy of the zone file, from 1; 0: it has none
	Other   bool           // another program wrote the files
	Time    time.Time      // of a save, or when the other program wrote
	Between bool           // that time is not known: it was after the row below, and before the one above
	Serial  string         // that it wrote; "": not known, or none
	Did     []string       // the names of the edits; none where they are not known
	Diff    []string       // what it changed
	Lines   []NumberedLine // the same as it is read
	Added   int            // lines
	Gone    int
	Err     error // why that is not known

	parts []eventPart
}

// eventPart is what was done to one file.
type eventPart struct {
	name          string // as the zone has it
	before, after func() ([]byte, error)
}

// fileHistory is a file with its copies, the newest first.
type fileHistory struct {
	name   string
	now    *zonefile.File
	copies []disk.Copy
	notes  []*savedNote // of the copies; nil where there is none
	seen   time.Time    // when the file was written that is there now
}

// AsksHistory is how to find out which saves there were of the files that z is in, for who asks beside the screen. What each did is
// read after that, by Further.
func (st *Store) AsksHistory(z *zonefile.Zone) func() (History, error) {
	type known struct {
		name, path string
		now        *zonefile.File
	}
	var files []known
	for f := range z.Files() {
		if path := st.PathOf(f.Name()); path != "" && !slices.ContainsFunc(files, func(k known) bool { return k.path == path }) {
			files = append(files, known{f.Name(), path, f})
		}
	}
	opt, stamp := disk.Options{StateDir: st.Opt.State}, st.keeper()
	return func() (History, error) {
		h := History{zone: z}
		for _, k := range files {
			f := fileHistory{name: k.name, now: k.now}
			var err error
			if f.copies, err = disk.History(k.path, opt); err != nil {
				return h, err
			}
			f.match(noteKeeper{k.path, st.noteOptions()}.load().Saves)
			if s := stamp.stamps([]zoneFile{{path: k.path}})[0]; s != (disk.Stamp{}) {
				f.seen = s.Changed()
			}
			h.files = append(h.files, f)
			for _, c := range f.copies {
				h.unread = append(h.unread, c.Time)
			}
		}
		slices.SortFunc(h.unread, func(a, b time.Time) int { return b.Compare(a) })
		h.unread = slices.CompactFunc(h.unread, time.Time.Equal)
		h.Saves = len(h.unread)
		return h, nil
	}
}

// match finds the note of each copy: both stand in their order.
func (f *fileHistory) match(notes []savedNote) {
	f.notes = make([]*savedNote, len(f.copies))
	at := 0
	for i, c := range f.copies {
		for j := at; j < len(notes) && f.notes[i] == nil; j++ {
			if c.Mark() != "" && notes[j].Mark == c.Mark() && len(notes[j].Did) > 0 {
				f.notes[i], at = &notes[j], j+1
			}
		}
	}
}

// text is what the file held before save i; that of -1 is what it holds now.
func (f *fileHistory) text(i int) ([]byte, error) {
	if i < 0 {
		return f.now.Bytes(), nil
	}
	return f.copies[i].Read()
}

// Further is the history with one save more, and with what others wrote after that. What was done to several files in one save is
// one row. It reads two copies of each file; the rows that were there are the same.
func (h *History) Further() History {
	out, hour := *h, h.unread[0]
	out.unread = h.unread[1:]
	var rows []Event
	for n := range h.files {
		f := &h.files[n]
		for i, c := range f.copies {
			if !c.Time.Equal(hour) {
				continue
			}
			for _, p := range f.events(i) {
				rows = withRow(rows, p, n == 0)
			}
		}
	}
	for i := range rows {
		rows[i].read(h.zone)
	}
	rows = slices.DeleteFunc(rows, func(p Event) bool { return p.Err == nil && len(p.Diff) == 0 }) // a save that failed
	out.Events = append(slices.Clip(h.Events), rows...)
	slices.SortStableFunc(out.Events, func(a, b Event) int { return b.Time.Compare(a.Time) })
	return out
}

// withRow is rows with one more; what was done to one more file is added to the row of the same save.
func withRow(rows []Event, p Event, root bool) []Event {
	if !root {
		p.Number = 0
	}
	for i, q := range rows {
		if !p.Other && !q.Other {
			rows[i].parts = append(q.parts, p.parts...)
			return rows
		}
	}
	return append(rows, p)
}

// events is save i of a file, and before it in the list what another program wrote between that save and the next.
func (f *fileHistory) events(i int) []Event {
	c, note := f.copies[i], f.notes[i]
	old, next := func() ([]byte, error) { return f.text(i) }, func() ([]byte, error) { return f.text(i - 1) }
	save := Event{Number: i + 1, Time: c.Time, parts: []eventPart{{f.name, old, next}}}
	if note != nil {
		save.Did, save.Serial = note.Did, note.Serial
	}
	if text, err := next(); err != nil || c.Mark() == "" || c.LedTo(text) {
		return []Event{save}
	}
	other := Event{Other: true, Time: f.seen}
	end := other.Time.Add(1)
	if i > 0 {
		end, other.Time = f.copies[i-1].Time, time.Time{}
		if n := f.notes[i-1]; n != nil {
			other.Time = n.Held
		}
	}
	if !other.Time.After(c.Time) || !other.Time.Before(end) { // not known, or a clock was wrong: between the two saves
		other.Time, other.Between = c.Time.Add(1), true
	}
	wrote := func() ([]byte, error) {
		text, err := old()
		switch {
		case err != nil:
			return nil, err
		case note == nil:
			return nil, errNotKept
		}
		return note.wrote(text)
	}
	if _, err := wrote(); err != nil { // both together is all that is known
		save.Did = append(slices.Clip(save.Did), "and another program after it")
		return []Event{save}
	}
	save.parts[0].after = wrote
	other.parts = []eventPart{{f.name, wrote, next}}
	return []Event{other, save}
}

// errNotKept says that a text is gone.
var errNotKept = errors.New("what the save wrote is not kept: another program has replaced it")

// read finds the lines that were changed, and the serial.
func (p *Event) read(z *zonefile.Zone) {
	for _, part := range p.parts {
		old, err := part.before()
		now, errNow := part.after()
		if err == nil {
			err = errNow
		}
		if err != nil {
			p.Err = err
			continue
		}
		lines := DiffText(part.name, string(old), string(now))
		if part.name == z.Root().Name() && len(lines) > 2 {
			lines = lines[2:]
			if p.Serial == "" {
				p.Serial = serialOf(part.name, now, z)
			}
		}
		p.Diff = append(p.Diff, lines...)
	}
	p.Lines = NumberedDiff(p.Diff)
	for _, l := range p.Lines {
		switch l.Sign {
		case "+":
			p.Added++
		case "-":
			p.Gone++
		}
	}
}

// serialOf is the serial of a text of the zone file; "" if it has none. Nearly always it stands at the beginning.
func serialOf(name string, text []byte, z *zonefile.Zone) string {
	const beginning = 64 << 10
	head := text[:bytes.LastIndexByte(text[:min(beginning, len(text))], '\n')+1]
	for _, text := range [][]byte{head, text} {
		if n, ok := zonefile.Parse(name, text, zonefile.Options{Origin: z.Origin()}).Serial(); ok {
			return fmt.Sprint(n)
		}
	}
	return ""
}

// before is what the files held before a row, by name. A file that was not written then held what it held before the next save
// of it, or holds now.
func (h *History) before(row int, c Comparison) (map[string][]byte, error) {
	out := map[string][]byte{}
	p := h.Events[row]
	for n := range h.files {
		if c.ended() {
			return nil, nil
		}
		f := &h.files[n]
		at := -1
		for i, c := range f.copies {
			if !c.Time.Before(p.Time) {
				at = i
			}
		}
		text, err := f.text(at)
		for _, part := range p.parts {
			if part.name == f.name {
				text, err = part.before()
			}
		}
		if err != nil {
			return nil, err
		}
		out[f.name] = text
	}
	return out, nil
}

// Since is what has changed from before a row up to a version of the zone.
func (h *History) Since(row int, z *zonefile.Zone, c Comparison) (diff []string, err error) {
	texts, err := h.before(row, c)
	for f := range z.Files() {
		if old, known := texts[f.Name()]; known && err == nil {
			lines := c.text(f.Name(), string(old), string(f.Bytes()))
			if f == z.Root() && len(lines) > 2 {
				lines = lines[2:]
			}
			diff = append(diff, lines...)
		}
	}
	return diff, err
}

// Patch is what a row changed, and PatchSince what has changed since before it, as patch(1) takes it: byte for byte, with the names
// of the files.
func (h *History) Patch(row int, utf8 bool, c Comparison) (string, error) {
	var b strings.Builder
	for _, part := range h.Events[row].parts {
		if c.ended() {
			return "", nil
		}
		old, err := part.before()
		now, errNow := part.after()
		if err := errors.Join(err, errNow); err != nil {
			return "", err
		}
		b.WriteString(c.named(part.name, string(old), string(now), utf8))
	}
	return b.String(), nil
}

// PatchSince is what has changed from before a row up to a version of the zone, as Patch has it.
func (h *History) PatchSince(row int, z *zonefile.Zone, utf8 bool, c Comparison) (string, error) {
	texts, err := h.before(row, c)
	var b strings.Builder
	for f := range z.Files() {
		if old, known := texts[f.Name()]; known && err == nil {
			b.WriteString(c.named(f.Name(), string(old), string(f.Bytes()), utf8))
		}
	}
	return b.String(), err
}

// named is the difference of two texts of a file behind its name; "" if there is none.
func (c Comparison) named(name, old, now string, utf8 bool) string {
	text := c.patch(old, now)
	if text == "" {
		return ""
	}
	name = PatchName(name, utf8)
	return "--- " + name + "\n+++ " + name + "\n" + text
}

// BringBack is the edits that make a version of the zone what it was before a row.
func (h *History) BringBack(row int, z *zonefile.Zone, c Comparison) (edits []zonefile.Edit, err error) {
	texts, err := h.before(row, c)
	for f := range z.Files() {
		if old, known := texts[f.Name()]; known && err == nil {
			edits = append(edits, c.edits(f, string(old))...)
		}
	}
	return edits, err
}

// Has tells whether a row has a text in what was done or in the lines that it changed, whatever the case, and in which line of
// the difference; -1: in none of them.
func (p Event) Has(text string) (line int, found bool) {
	text = strings.ToLower(text)
	for i, l := range p.Diff {
		if l != "" && (l[0] == '+' || l[0] == '-') && strings.Contains(strings.ToLower(l[1:]), text) {
			return i, true
		}
	}
	return -1, strings.Contains(strings.ToLower(strings.Join(p.Did, " ")), text)
}
