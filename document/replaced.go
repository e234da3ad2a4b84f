package document

// The lines that edits change, from the edits: what nobody touched is not read, so that a change in a file of a million lines
// costs what the change costs, and one of many lines is told line by line. An edit that leaves a line as it was, or that
// another takes back, is no change. All differences that are shown or printed are made of these.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Replaced is whole lines of a file that go, and those that come in their place. They have their line ends.
type Replaced struct {
	Was, Now   int // the numbers of the first that goes and the first that comes, or of the lines before which they would stand
	Gone, Come []string
}

// ContextLines is how many lines around a change are shown.
const ContextLines = 3

// ReplacedLines is the lines that those of some edits change which are in a file, from above to below.
func ReplacedLines(f *zonefile.File, edits []zonefile.Edit) []Replaced {
	var out []Replaced
	longer := 0 // lines that come above, less those that go
	for all := regionsOf(f, edits); len(all) > 0; {
		n := 1
		for n < len(all) && f.Position(all[n].Start).Line-f.Position(all[n-1].End).Line <= 2*ContextLines {
			n++
		}
		list := replacedIn(all[:n])
		if n > 1 && f.Position(all[n-1].End).Line-f.Position(all[0].Start).Line <= mostSteps {
			if whole := replacedIn([]*region{joined(all[:n])}); count(whole) < count(list) { // the same line goes and comes
				list = whole
			}
		}
		for _, r := range list {
			r.Now += longer
			out = append(out, r)
		}
		for _, r := range list {
			longer += len(r.Come) - len(r.Gone)
		}
		all = all[n:]
	}
	return out
}

// regionsOf is the lines around edits of a file, from above to below.
func regionsOf(f *zonefile.File, edits []zonefile.Edit) (out []*region) {
	mine := slices.DeleteFunc(slices.Clone(edits), func(e zonefile.Edit) bool { return e.File != f })
	slices.SortStableFunc(mine, func(a, b zonefile.Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) // as Apply has it
	})
	for _, e := range mine {
		if n := len(out); n > 0 && out[n-1].takes(e) {
			out[n-1].add(e)
		} else {
			out = append(out, newRegion(f, e))
		}
	}
	return out
}

// region is whole lines of a file with edits in them.
type region struct {
	zonefile.Span // of the file
	file          *zonefile.File
	edits         []zonefile.Edit
	grown         int  // how much longer the edits make it
	whole         bool // up to the end of the last edit the new text is whole lines
}

// newRegion is the lines around an edit.
func newRegion(f *zonefile.File, e zonefile.Edit) *region {
	start := f.Line(f.Position(e.Start).Line).Start
	r := &region{Span: zonefile.Span{Start: start, End: start}, file: f, whole: true}
	r.add(e)
	return r
}

// takes tells whether an edit that stands behind those of a region changes a line of it, too, or lines beside it of which
// some only come or only go: what is taken out here and put in there is no change.
func (r *region) takes(e zonefile.Edit) bool {
	next := newRegion(r.file, e)
	return next.Start < r.End || next.Start == r.End && (r.oneSided() || next.oneSided())
}

// oneSided tells whether lines only come or only go.
func (r *region) oneSided() bool { return r.Len() == 0 || r.Len()+r.grown == 0 }

// add takes an edit in, and the lines behind it that the new text needs to be whole lines.
func (r *region) add(e zonefile.Edit) {
	before := r.Start // where the edit before ends
	if n := len(r.edits); n > 0 {
		before = r.edits[n-1].End
	}
	switch {
	case e.New != "":
		r.whole = strings.HasSuffix(e.New, "\n")
	case e.Start > before:
		r.whole = r.file.Slice(zonefile.Span{Start: e.Start - 1, End: e.Start})[0] == '\n'
	}
	r.edits, r.grown = append(r.edits, e), r.grown+len(e.New)-e.Len()
	if e.End < r.End {
		return
	}
	r.End = e.End
	if line := r.file.Position(e.End).Line; !r.whole || r.file.Line(line).Start != e.End {
		r.End = r.file.Line(line + 1).Start // of a line beyond the last: the end
	}
}

// joined is regions as one, with the lines between them.
func joined(all []*region) *region {
	r := &region{Span: zonefile.Span{Start: all[0].Start, End: all[len(all)-1].End}, file: all[0].file}
	for _, one := range all {
		r.edits = append(r.edits, one.edits...)
	}
	return r
}

// replacedIn is what is replaced in regions, as if nothing above them was.
func replacedIn(all []*region) (out []Replaced) {
	longer := 0
	for _, r := range all {
		old, now := splitLines(string(r.file.Slice(r.Span))), splitLines(r.text())
		first := r.file.Position(r.Start).Line
		for _, s := range (Comparison{}).lines(old, now) {
			out = append(out, Replaced{first + s.from, first + s.start + longer, old[s.from:s.to], now[s.start:s.end]})
		}
		longer += len(now) - len(old)
	}
	return out
}

// count is how many lines go and come.
func count(list []Replaced) (n int) {
	for _, r := range list {
		n += len(r.Gone) + len(r.Come)
	}
	return n
}

// text is what the edits make of the lines.
func (r *region) text() string {
	var b strings.Builder
	at := r.Start
	for _, e := range r.edits {
		b.Write(r.file.Slice(zonefile.Span{Start: at, End: e.Start}))
		b.WriteString(e.New)
		at = e.End
	}
	b.Write(r.file.Slice(zonefile.Span{Start: at, End: r.End}))
	return b.String()
}

// Likeness is all of a change of lines but whose they are: of those that are alike in it one stands for all.
func (r Replaced) Likeness() string {
	var b strings.Builder
	for _, l := range r.Gone {
		b.WriteString("-" + withoutOwner(l) + "\n")
	}
	for _, l := range r.Come {
		b.WriteString("+" + withoutOwner(l) + "\n")
	}
	return b.String()
}

// withoutOwner is the words of a line without the owner that it begins with.
func withoutOwner(line string) string {
	words := strings.Fields(line)
	if len(words) > 0 && line[0] != ' ' && line[0] != '\t' {
		words = words[1:]
	}
	return strings.Join(words, " ")
}
