package document

// The lines that a change takes out and puts in, without those around them: where such a line has its owner from one that is
// not shown, nobody could tell whose record it is, so the owner is shown before it.

import (
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// ChangedLines is the lines alone that differ between two versions of a zone.
func ChangedLines(before, after *zonefile.Zone) []ChangedLine {
	return changedBy(before, before.Between(after))
}

// EditedLines is the lines alone that edits of a zone change, as text: "@@ owner" stands before those that do not say whose they
// are.
func EditedLines(z *zonefile.Zone, edits []zonefile.Edit) []string {
	var out []string
	for _, l := range changedBy(z, edits) {
		if l.Owner != "" {
			out = append(out, "@@ "+preview.Display(l.Owner))
		}
		out = append(out, l.Sign+l.Text)
	}
	return out
}

// ChangedLine is a line that a change takes out of a file or puts into it.
type ChangedLine struct {
	Sign   string // "-" or "+"
	Text   string
	File   string
	Number int           // where it stood, or stands
	After  int           // the line as it was before that it comes behind; -1: it goes, or takes the place of one
	Owner  zonefile.Name // whose record it is, where it is the first of some and does not say so; else ""
}

// changedBy is the lines that edits change.
func changedBy(z *zonefile.Zone, edits []zonefile.Edit) []ChangedLine {
	var out []ChangedLine
	for f := range z.Files() {
		end := 0 // of the lines before
		for _, r := range ReplacedLines(f, edits) {
			out = append(out, linesOf(z, f, r, end != r.Was)...)
			end = r.end()
		}
	}
	return out
}

// linesOf is the lines of a place where some are replaced; apart from those of the place before where others stand between.
func linesOf(z *zonefile.Zone, f *zonefile.File, r Replaced, apart bool) (out []ChangedLine) {
	after := -1
	if len(r.Gone) == 0 {
		after = r.Was - 1
	}
	add := func(sign string, number int, texts []string) {
		for i, text := range texts {
			out = append(out, ChangedLine{Sign: sign, Text: zonefile.TrimLineEnd(text), File: f.Name(), Number: number + i, After: after})
		}
	}
	add("-", r.Was, r.Gone)
	add("+", r.Now, r.Come)
	if apart {
		out[0].Owner = Unsaid(z, f, r)
	}
	return out
}

// Unsaid is whose record the first of some lines belongs to, where it does not say so: it begins with a blank, so it has its
// owner from a line above, or goes on with a record that begins there. "" if it says so, or belongs to none.
func Unsaid(z *zonefile.Zone, f *zonefile.File, r Replaced) zonefile.Name {
	first, line := append(r.Gone[:len(r.Gone):len(r.Gone)], r.Come...)[0], r.Was
	if first[0] != ' ' && first[0] != '\t' {
		return ""
	}
	if len(r.Gone) == 0 {
		line--
	}
	if line < 1 {
		return ""
	}
	return z.RowAt(f, f.Line(line).Start).Owner()
}
