package document

// The patch of edits, as bytes: each group of edits that stand near one another is compared with the lines around it, so
// that a change in a file of a million lines costs what the change costs.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/mailzone/mailzone/zonefile"
)

// EditPatch is what those of some edits that are in a file change of it, as Patch is.
func EditPatch(f *zonefile.File, edits []zonefile.Edit, context int) (string, error) {
	mine := slices.DeleteFunc(slices.Clone(edits), func(e zonefile.Edit) bool { return e.File != f })
	slices.SortStableFunc(mine, func(a, b zonefile.Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) // as Apply has it
	})
	var b strings.Builder
	longer := 0 // lines that the edits above add
	for from, to := 0, 0; from < len(mine); from = to {
		for to = from + 1; to < len(mine) && within(f, mine[to-1], mine[to], 2*context+1); {
			to++
		}
		text, err := patchAround(f, mine[from:to], context, longer)
		if err != nil {
			return "", err
		}
		b.WriteString(text)
		for _, e := range mine[from:to] {
			longer += strings.Count(e.New, "\n") - strings.Count(string(f.Slice(e.Span)), "\n")
		}
	}
	return b.String(), nil
}

// patchAround is the patch of edits that are near one another, below others that make the file so many lines longer.
func patchAround(f *zonefile.File, edits []zonefile.Edit, context, longer int) (string, error) {
	first := max(f.Position(edits[0].Start).Line-context-1, 1) // one more: an insertion may begin with a line end
	last := f.Position(edits[len(edits)-1].End).Line + context + 1
	start, end := f.Line(first).Start, f.Line(last+1).Start // of a line beyond the last: the end
	text := string(f.Slice(zonefile.Span{Start: start, End: end}))
	var changes []udiff.Edit
	for _, e := range edits {
		changes = append(changes, udiff.Edit{Start: int(e.Start - start), End: int(e.End - start), New: e.New})
	}
	u, err := unified(text, joined(text, changes), context, first-1, first-1+longer)
	return withoutNames(u), err
}

// joined is edits of a text with those of one line put together: udiff would do so too, in time that grows as the square
// of how many there are.
func joined(src string, edits []udiff.Edit) []udiff.Edit {
	edits = slices.Clone(edits)
	udiff.SortEdits(edits)
	var out []udiff.Edit
	for len(edits) > 0 {
		first, end := edits[0], edits[0].End
		text := strings.Builder{}
		text.WriteString(first.New)
		n := 1
		for n < len(edits) && end <= edits[n].Start && !strings.Contains(src[end:edits[n].Start], "\n") {
			text.WriteString(src[end:edits[n].Start] + edits[n].New)
			end = edits[n].End
			n++
		}
		out, edits = append(out, udiff.Edit{Start: first.Start, End: end, New: text.String()}), edits[n:]
	}
	return out
}
