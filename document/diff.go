package document

// Differences between versions as lines. What both have in common is left out first: a change in a large file costs
// what the change costs.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/mailzone/mailzone/zonefile"
)

// DiffLines is the difference between two versions of a zone as a unified diff, in lines. It looks at what differs, and at the
// lines around.
func DiffLines(before, after *zonefile.Zone) []string {
	var out []string
	edits := before.Between(after)
	for f := range after.Files() {
		old := before.File(f.Name())
		if old == nil {
			continue
		}
		if lines := fileLines(old, f, edits); len(lines) > 0 {
			out = append(append(out, "--- "+f.Name(), "+++ "+f.Name()), lines...)
		}
	}
	return out
}

// DiffText is the difference of two texts. What they have in common at both ends is left out first, by
// whole lines, so that a change in a file of a million lines costs what the change costs.
func DiffText(name, a, b string) []string {
	if a == b {
		return nil
	}
	head := commonHead(a, b, contextLines)
	tail := commonTail(a[len(head):], b[len(head):], contextLines)
	skipped := strings.Count(head, "\n")
	lines := hunks(a[len(head):len(a)-len(tail)], b[len(head):len(b)-len(tail)], skipped, skipped)
	return append([]string{"--- " + name, "+++ " + name}, lines...)
}

// contextLines is how many lines around a change are shown.
const contextLines = 3

// hunks is the difference of two pieces of text that stand behind so many lines.
func hunks(a, b string, above, aboveNow int) []string {
	text, err := unified(a, udiff.Lines(a, b), contextLines, above, aboveNow)
	if err != nil {
		return []string{err.Error()}
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return lines[min(2, len(lines)):] // the names are the caller's
}

// Patch is what edits change of a text as a unified diff, which patch(1) takes, without the two lines that name the file.
func Patch(text string, edits []udiff.Edit, context int) (string, error) {
	u, err := unified(text, edits, context, 0, 0)
	return withoutNames(u), err
}

// withoutNames is a diff without the two lines that name the file.
func withoutNames(u string) string {
	for range min(2, strings.Count(u, "\n")) {
		_, u, _ = strings.Cut(u, "\n")
	}
	return u
}

// unified is what edits change of a piece of a text that stands behind so many lines.
func unified(text string, edits []udiff.Edit, context, above, aboveNow int) (string, error) {
	u, err := udiff.ToUnifiedDiff("", "", text, edits, context)
	if err != nil {
		return "", err
	}
	ahead := aboveNow - above
	for _, h := range u.Hunks { // the library's ToLine leaves out the lines between two changes of one hunk above
		h.FromLine += above
		h.ToLine = h.FromLine + ahead
		ahead += longer(h)
	}
	return u.String(), nil
}

// longer is by how many lines a hunk makes the text longer.
func longer(h *udiff.Hunk) (n int) {
	for _, line := range h.Lines {
		switch line.Kind {
		case udiff.Insert:
			n++
		case udiff.Delete:
			n--
		}
	}
	return n
}

// EditLines is the difference that edits make, in lines; a file is named if it is not the zone file. It looks at the
// lines around the edits alone, however long the file is.
func EditLines(before, after *zonefile.Zone, edits []zonefile.Edit) []string {
	var out []string
	for f := range before.Files() {
		lines := fileLines(f, after.File(f.Name()), edits)
		if len(lines) > 0 && f != before.Root() {
			out = append(out, "+++ "+f.Name())
		}
		out = append(out, lines...)
	}
	return out
}

// fileLines is the difference that those of some edits make which are in a file.
func fileLines(f, next *zonefile.File, edits []zonefile.Edit) (out []string) {
	mine := slices.DeleteFunc(slices.Clone(edits), func(e zonefile.Edit) bool { return e.File != f })
	slices.SortStableFunc(mine, func(a, b zonefile.Edit) int { return cmp.Compare(a.Start, b.Start) })
	for from, to := 0, 0; from < len(mine); from = to {
		for to = from + 1; to < len(mine) && within(f, mine[to-1], mine[to], 2*contextLines+1); {
			to++
		}
		out = append(out, around(f, next, mine[:from], mine[from:to])...)
	}
	return out
}

// within tells whether an edit begins at most so many lines below one above it.
func within(f *zonefile.File, above, e zonefile.Edit, lines int) bool {
	return f.Position(e.Start).Line-f.Position(above.End).Line <= lines
}

// around is the difference at edits that are near one another; before are those that stand above them.
func around(f, next *zonefile.File, before, edits []zonefile.Edit) []string {
	first := max(f.Position(edits[0].Start).Line-contextLines, 1)
	last := f.Position(edits[len(edits)-1].End).Line + contextLines
	old := zonefile.Span{Start: f.Line(first).Start, End: f.Line(last + 1).Start} // of a line beyond the last: the end
	now := zonefile.Span{
		Start: zonefile.Shift(before, f, old.Start),
		End:   zonefile.Shift(append(slices.Clip(before), edits...), f, old.End),
	}
	return hunks(string(f.Slice(old)), string(next.Slice(now)), first-1, next.Position(now.Start).Line-1)
}

// commonHead is the whole lines that two texts begin with alike, but for the last few.
func commonHead(a, b string, keep int) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for i := 0; i <= keep; i++ {
		n = strings.LastIndexByte(a[:max(n, 0)], '\n')
	}
	return a[:n+1]
}

// commonTail is the whole lines that two texts end with alike, but for the first few.
func commonTail(a, b string, keep int) string {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	tail := a[len(a)-n:]
	for i := 0; i <= keep; i++ {
		_, rest, found := strings.Cut(tail, "\n")
		if !found {
			return ""
		}
		tail = rest
	}
	return tail
}
