package lint

// Which names an edit touches: their records, their TTLs, or what stands between their records.

import (
	"github.com/mailzone/mailzone/zonefile"
)

// mostEdits is how many edits are followed: each is compared with all others, and of thousands a full run is
// quicker.
const mostEdits = 512

// touched finds the owner names whose records edits changed. It is false when the edits may reach further:
// they changed a directive, the SOA or a broken line, or what they changed is inherited to the end of a file.
func touched(before, after *zonefile.Zone, edits []zonefile.Edit) (map[zonefile.Name]bool, bool) {
	t := touch{before: before, after: after, edits: edits, names: map[zonefile.Name]bool{}}
	if len(edits) > mostEdits || before.Origin() != after.Origin() || !sameFiles(before, after) {
		return nil, false
	}
	for _, e := range edits {
		if !t.edit(e) {
			return nil, false
		}
	}
	return t.names, true
}

// sameFiles tells whether two versions have the same files, each of them once.
func sameFiles(a, b *zonefile.Zone) bool {
	names := map[string]int{}
	for f := range a.Files() {
		names[f.Name()]++
	}
	for f := range b.Files() {
		names[f.Name()]--
	}
	for f := range a.Files() {
		if names[f.Name()] != 0 || f.ReadOnly() != "" && len(names) > 1 {
			return false
		}
	}
	return len(names) > 0
}

// touch collects touched names.
type touch struct {
	before, after *zonefile.Zone
	edits         []zonefile.Edit
	names         map[zonefile.Name]bool
}

// edit collects the names around one edit, in both versions.
func (t *touch) edit(e zonefile.Edit) bool {
	f := t.after.File(e.File.Name())
	start := zonefile.Shift(t.edits, e.File, e.Start)
	start -= min(start, uint32(len(e.New))) // an insertion stands behind what it inserted
	end := zonefile.Shift(t.edits, e.File, e.End)
	return t.neighbour(t.before, e.File, e.Start) && t.neighbour(t.after, f, start) &&
		t.rows(t.before, e.File, e.Start, e.End) && t.rows(t.after, f, start, max(end, start+uint32(len(e.New)))) &&
		t.inherit(e.File, f, e.End)
}

// neighbour adds the name of the last record before a place.
func (t *touch) neighbour(z *zonefile.Zone, f *zonefile.File, at uint32) bool {
	for at > 0 {
		w := z.RowAt(f, at-1)
		if w.Kind() == zonefile.RowRecord {
			t.names[w.Owner()] = true
			return true
		}
		if w.Kind() != zonefile.RowBlank {
			return true
		}
		at = w.Span().Start
	}
	return true
}

// rows adds the names of the rows that a range touches.
func (t *touch) rows(z *zonefile.Zone, f *zonefile.File, from, to uint32) bool {
	for w := range z.FileRows(f, from) {
		if w.Span().Start > to {
			break
		}
		switch r := w.Record(); w.Kind() {
		case zonefile.RowBlank:
		case zonefile.RowRecord:
			if r.Type() == zonefile.TypeSOA {
				return false
			}
			t.names[r.Owner()] = true
		default:
			return false
		}
	}
	return true
}

// inherit adds the names of the rows behind an edit, up to the first that inherits nothing of it: it names
// its owner, and its TTL is the same in both versions.
func (t *touch) inherit(old, f *zonefile.File, from uint32) bool {
	for w := range t.before.FileRows(old, from) {
		s := w.Span()
		if s.Start < from {
			continue
		}
		now := t.after.RowAt(f, zonefile.Shift(t.edits, old, s.Start))
		switch w.Kind() {
		case zonefile.RowBlank:
			continue
		case zonefile.RowRecord:
		default:
			return false
		}
		r, next := w.Record(), now.Record()
		if next.IsZero() {
			return false
		}
		t.names[r.Owner()], t.names[next.Owner()] = true, true
		if r.OwnerText() != "" && r.OwnerText() == next.OwnerText() && r.TTL() == next.TTL() {
			return true
		}
	}
	return t.before.Root() == old && t.oneFile()
}

// oneFile tells whether the zone is one file: then nothing inherits beyond its end.
func (t *touch) oneFile() bool {
	n := 0
	for range t.before.Files() {
		n++
	}
	return n == 1
}
