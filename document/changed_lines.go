package document

// The lines that a change takes out and puts in, without those around them: where such a line has its owner from one that is
// not shown, nobody could tell whose record it is, so the owner is shown before it.

import (
	"fmt"
	"sort"
	"strings"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// ChangedLines is the lines alone that differ between two versions of a zone.
func ChangedLines(before, after *zonefile.Zone) []ChangedLine {
	var out []ChangedLine
	owners := Owners{Zone: before}
	for f := range after.Files() {
		old := before.File(f.Name())
		if old == nil {
			continue
		}
		if text := DiffText(f.Name(), string(old.Bytes()), string(f.Bytes())); len(text) > 2 { // behind the names
			out = append(out, owners.Lines(old, text[2:])...)
		}
	}
	return out
}

// Owners finds the record that a line belongs to, in a version of a zone.
type Owners struct {
	Zone *zonefile.Zone

	of map[*zonefile.File][]zonefile.Record // in the order of the file; nil before the first question
}

// Changed is what Lines finds, as text: "@@ owner" stands before lines that do not say whose they are.
func (o *Owners) Changed(f *zonefile.File, hunks []string) []string {
	return asText(o.Lines(f, hunks))
}

// asText is lines with their signs, and with their owners where they do not say them.
func asText(lines []ChangedLine) []string {
	var out []string
	for _, l := range lines {
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
	Owner  zonefile.Name // whose record it is, where it is the first of some and does not say so; else ""
}

// Lines is the lines alone that the hunks of a unified diff take out of a file of the zone and put into it. Where the first of
// some begins with a blank, it has its owner from a line above, or goes on with a record that begins there.
func (o *Owners) Lines(f *zonefile.File, hunks []string) []ChangedLine {
	var out []ChangedLine
	var was, is int // the lines that come next
	inside := false // the line before was one of these
	for _, line := range hunks {
		if line == "" || line[0] != '-' && line[0] != '+' {
			if inside = false; strings.HasPrefix(line, "@@") {
				was, is = hunkStarts(line)
			} else if strings.HasPrefix(line, " ") {
				was, is = was+1, is+1
			}
			continue
		}
		l := ChangedLine{Sign: line[:1], Text: line[1:], File: f.Name(), Number: is}
		above := was - 1
		if line[0] == '-' {
			l.Number, above = was, was
			was++
		} else {
			is++
		}
		if !inside && l.Text != "" && (l.Text[0] == ' ' || l.Text[0] == '\t') {
			l.Owner = o.above(f, above)
		}
		out, inside = append(out, l), true
	}
	return out
}

// hunkStarts is the numbers of the lines where a hunk begins, in the text as it was and as it is; what is put in alone stands
// before the line of the old text.
func hunkStarts(head string) (was, is int) {
	_, rest, _ := strings.Cut(head, " +")
	if n, _ := fmt.Sscanf(head, "@@ -%d", &was); n == 0 {
		return 0, 0
	}
	if n, _ := fmt.Sscanf(rest, "%d", &is); n == 0 {
		return was, was
	}
	return was, is
}

// above is the owner of the last record that begins at a line or above it; "" if there is none.
func (o *Owners) above(f *zonefile.File, line int) zonefile.Name {
	if line < 1 {
		return ""
	}
	if o.of == nil {
		o.of = map[*zonefile.File][]zonefile.Record{}
		for r := range o.Zone.Records() {
			o.of[r.File()] = append(o.of[r.File()], r)
		}
	}
	all, end := o.of[f], f.Line(line).End
	n := sort.Search(len(all), func(i int) bool { return all[i].Span().Start >= end })
	if n == 0 {
		return ""
	}
	return all[n-1].Owner()
}
