package lint

// Which names an edit touches: their records, their TTLs, or what stands between their records.

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// How many edits are followed: so many, and of a large zone one for so many of its octets. Each costs a visit of the names that
// it reaches, in both versions: of more a full run is quicker.
const (
	leastFollowed  = 512
	octetsFollowed = 2048
)

// isFar tells whether so many edits of a zone were made that they are not followed: a report after them is one of a full run.
func isFar(z *zonefile.Zone, edits []zonefile.Edit) bool {
	size := 0
	for f := range z.Files() {
		size += f.Size()
	}
	return len(edits) > max(leastFollowed, size/octetsFollowed)
}

// touched finds the owner names that edits touch, and whether their records may have changed: of a name beside only what
// stands around them has. It is false when the edits may reach further: they changed a directive, more of the SOA than its
// serial or a broken line, or what they changed is inherited to the end of a file.
func touched(before, after *zonefile.Zone, edits []zonefile.Edit) (map[zonefile.Name]bool, bool) {
	t := touch{before: before, after: after, moved: zonefile.OffsetsAfter(edits), grown: map[*zonefile.File]int{},
		names: map[zonefile.Name]bool{}, heirs: map[*zonefile.File]zonefile.Span{}}
	if isFar(before, edits) || before.Origin() != after.Origin() || !sameFiles(before, after) {
		return nil, false
	}
	for _, e := range slices.SortedStableFunc(slices.Values(edits), byStart) {
		if !t.edit(e) {
			return nil, false
		}
	}
	for n, changed := range t.names {
		t.names[n] = changed || !sameRecords(before.Node(n), after.Node(n))
	}
	return t.names, true
}

// byStart orders edits as their texts stand, file by file: an insertion goes before what is replaced at the same place.
func byStart(a, b zonefile.Edit) int {
	return cmp.Or(strings.Compare(a.File.Name(), b.File.Name()), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

// sameRecords tells whether a name has the same records in two versions, in the same order.
func sameRecords(was, is zonefile.Node) bool {
	return slices.EqualFunc(was.Records, is.Records, func(a, b zonefile.Record) bool {
		return a.Type() == zonefile.TypeSOA && sameButSerial(a, b) ||
			a.Type() == b.Type() && a.TTL() == b.TTL() && a.Origin() == b.Origin() && a.RDataText() == b.RDataText()
	})
}

// sameButSerial tells whether of two SOA records at most the serial differs.
func sameButSerial(a, b zonefile.Record) bool {
	was, is := a.RData(), b.RData()
	same := a.Type() == b.Type() && a.Owner() == b.Owner() && a.Origin() == b.Origin() && a.TTL() == b.TTL() && len(was) == len(is)
	for i := 0; same && i < len(was); i++ {
		same = i == int(zonefile.Serial) || was[i].Raw == is[i].Raw
	}
	return same
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
	moved         zonefile.Offsets
	grown         map[*zonefile.File]int           // how much longer a file is behind the edits that were looked at
	names         map[zonefile.Name]bool           // true: its records may have changed
	heirs         map[*zonefile.File]zonefile.Span // of the old version: the rows behind the last edit that inherit of it, and one more
}

// beside adds a name that the edits stand beside.
func (t *touch) beside(n zonefile.Name) {
	if _, known := t.names[n]; !known {
		t.names[n] = false
	}
}

// edit collects the names around one edit, in both versions.
func (t *touch) edit(e zonefile.Edit) bool {
	f := t.after.File(e.File.Name())
	was, is := e.Span, t.now(e)
	whole := e.New == "" || strings.HasSuffix(e.New, "\n") // what stands behind it is a row as before
	if !t.neighbour(t.before, e.File, was.Start) || !t.neighbour(t.after, f, is.Start) {
		return false
	}
	was.Start, is.Start = t.firstRows(e, f, is.Start)
	end, ok := t.rows(t.before, e.File, was, whole)
	if end = t.moved.Shift(e.File, end); end > is.End { // the rows that it parts
		is.End, whole = end, true
	}
	if !ok {
		return false
	}
	_, ok = t.rows(t.after, f, is, whole)
	return ok && t.inherit(e.File, f, e.End)
}

// now is where the text of an edit stands, of each once and in their order.
func (t *touch) now(e zonefile.Edit) zonefile.Span {
	start := uint32(int(e.Start) + t.grown[e.File])
	t.grown[e.File] += len(e.New) - e.Len()
	return zonefile.Span{Start: start, End: max(t.moved.Shift(e.File, e.End), start+uint32(len(e.New)))}
}

// firstRows is where the first rows begin that an edit touches, in both versions: a parenthesis that it opens or closes makes
// one row of many, or many of one, before it as well.
func (t *touch) firstRows(e zonefile.Edit, f *zonefile.File, start uint32) (was, is uint32) {
	was, is = e.Start, start
	for {
		row := rowStart(t.before, e.File, was)
		if row < was {
			was, is = row, min(is, t.moved.Shift(e.File, row))
		}
		now := rowStart(t.after, f, is)
		if now == is {
			return was, is
		}
		for is = now; was > 0 && t.moved.Shift(e.File, was) > is; {
			was = rowStart(t.before, e.File, was-1)
		}
	}
}

// rowStart is where the row begins that holds an offset; the offset where a file has no rows.
func rowStart(z *zonefile.Zone, f *zonefile.File, at uint32) uint32 {
	if w := z.RowAt(f, at); !w.IsZero() {
		return w.Span().Start
	}
	return at
}

// neighbour adds the name of the last record before a place.
func (t *touch) neighbour(z *zonefile.Zone, f *zonefile.File, at uint32) bool {
	for at > 0 {
		w := z.RowAt(f, at-1)
		if w.Kind() == zonefile.RowRecord {
			t.beside(w.Owner())
			return true
		}
		if w.Kind() != zonefile.RowBlank {
			return true
		}
		at = w.Span().Start
	}
	return true
}

// rows adds the names of the rows that a range touches, and tells where the last one ends. What only stands behind whole lines is
// not touched.
func (t *touch) rows(z *zonefile.Zone, f *zonefile.File, in zonefile.Span, whole bool) (end uint32, ok bool) {
	for w := range z.FileRows(f, in.Start) {
		s := w.Span()
		if s.Start > in.End || whole && s.Start == in.End {
			break
		}
		if whole && s.End <= in.Start && bytes.HasSuffix(w.Text(), []byte("\n")) { // lines at the end of the file
			continue
		}
		if !t.row(w) {
			return end, false
		}
		end = s.End
	}
	return end, true
}

// row adds the name of a row; false where the row may reach further than a name.
func (t *touch) row(w zonefile.Row) bool {
	switch r := w.Record(); {
	case w.Kind() == zonefile.RowBlank:
		return true
	case r.IsZero():
		return false
	case r.Type() == zonefile.TypeSOA:
		t.beside(r.Owner())
		return t.onlySerial()
	default:
		t.names[r.Owner()] = true
		return true
	}
}

// onlySerial tells whether the SOA changes in nothing but its serial.
func (t *touch) onlySerial() bool {
	was, had := t.before.SOA()
	is, has := t.after.SOA()
	return had && has && sameButSerial(was, is)
}

// inherit adds the names of the rows behind an edit, up to the first that inherits nothing of it: it names
// its owner, and its TTL is the same in both versions.
func (t *touch) inherit(old, f *zonefile.File, from uint32) bool {
	seen, walked := t.heirs[old]
	if walked && seen.Start <= from && from < seen.End { // of an edit before: its walk came by here, and saw all that this one would
		return true
	}
	for w := range t.before.FileRows(old, from) {
		s := w.Span()
		if s.Start < from {
			continue
		}
		now := t.after.RowAt(f, t.moved.Shift(old, s.Start))
		switch w.Kind() {
		case zonefile.RowBlank:
			continue
		case zonefile.RowDirective, zonefile.RowGenerate: // records that are made have owners of their own, and hand down none
			if now.Kind() != w.Kind() || !bytes.Equal(now.Text(), w.Text()) || now.TTL() != w.TTL() || now.Origin() != w.Origin() {
				return false
			}
			continue
		case zonefile.RowRecord:
		default:
			return false
		}
		r, next := w.Record(), now.Record()
		if next.IsZero() && now.Kind() != zonefile.RowBlank {
			return false
		}
		t.beside(r.Owner())
		if next.IsZero() { // it was commented out, and hands down nothing now
			continue
		}
		t.beside(next.Owner())
		if r.OwnerText() != "" && next.Span().Start == t.moved.Shift(old, s.Start) && r.OwnerText() == next.OwnerText() &&
			r.Origin() == next.Origin() && r.TTL() == next.TTL() {
			t.heirs[old] = zonefile.Span{Start: from, End: s.Start + 1}
			return true
		}
	}
	t.heirs[old] = zonefile.Span{Start: from, End: uint32(old.Size())}
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
