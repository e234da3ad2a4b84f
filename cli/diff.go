package cli

// Diffs for people. What stands in a zone file may look like a terminal's commands, so each line goes by the door to
// the terminal.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// printDiff prints what edits change as a unified diff, as a terminal may see it: it is for reading, not for
// patch(1). Line ends other than LF are not shown.
func (p *program) printDiff(z *zonefile.Zone, edits []zonefile.Edit) error {
	return p.diff(z, edits, udiff.DefaultContextLines, func(_ *zonefile.File, line string, _ bool) { p.printDiffLine(line) })
}

// printDiffLines prints the lines alone that edits change, with the owner where they do not say it.
func (p *program) printDiffLines(z *zonefile.Zone, edits []zonefile.Edit, indent string) error {
	hunks := map[*zonefile.File][]string{}
	err := p.diff(z, edits, 0, func(f *zonefile.File, line string, head bool) {
		if !head || strings.HasPrefix(line, "@@") { // without the names of the file
			hunks[f] = append(hunks[f], line)
		}
	})
	owners := document.Owners{Zone: z}
	for f := range z.Files() {
		for _, line := range owners.Changed(f, hunks[f]) {
			fmt.Fprint(p.out, indent)
			p.printDiffLine(line)
		}
	}
	return err
}

// diff yields the lines of a unified diff, and which are heads: the first two of a file, and those that say where lines are.
func (p *program) diff(z *zonefile.Zone, edits []zonefile.Edit, context int, yield func(f *zonefile.File, line string, head bool)) error {
	for f := range z.Files() {
		var changes []udiff.Edit
		for _, e := range edits {
			if e.File == f {
				changes = append(changes, udiff.Edit{Start: int(e.Start), End: int(e.End), New: e.New})
			}
		}
		name := p.show(f.Name()) // a line end in it would begin a line of its own
		src := string(f.Bytes())
		diff, err := udiff.ToUnified(name, name, src, joined(src, changes), context)
		if err != nil {
			return fail(f.Name(), err)
		}
		n := 0
		for line := range strings.Lines(diff) {
			yield(f, zonefile.TrimLineEnd(line), n < 2 || strings.HasPrefix(line, "@@"))
			n++
		}
	}
	return nil
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

// printDiffLine prints a line of a diff. Tabs count from behind the sign, as they do in the file.
func (p *program) printDiffLine(line string) {
	if strings.HasPrefix(line, "--- ") || strings.HasPrefix(line, "+++ ") {
		fmt.Fprintln(p.out, p.show(line))
		return
	}
	c := columns{p: p}
	if len(line) > 0 {
		c.add([]byte(line[1:]))
		line = line[:1]
	}
	fmt.Fprintln(p.out, line+c.text.String())
}

// lineEdits is the edits, by lines, that make a file hold a text.
func lineEdits(f *zonefile.File, text []byte) []zonefile.Edit {
	var out []zonefile.Edit
	for _, e := range udiff.Lines(string(f.Bytes()), string(text)) {
		out = append(out, zonefile.Edit{File: f, Span: zonefile.Span{Start: uint32(e.Start), End: uint32(e.End)}, New: e.New})
	}
	return out
}
