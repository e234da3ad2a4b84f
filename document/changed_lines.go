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
func ChangedLines(before, after *zonefile.Zone) []string {
	var out []string
	owners := Owners{Zone: before}
	for f := range after.Files() {
		old := before.File(f.Name())
		if old == nil {
			continue
		}
		if text := DiffText(f.Name(), string(old.Bytes()), string(f.Bytes())); len(text) > 2 { // behind the names
			out = append(out, owners.Changed(old, text[2:])...)
		}
	}
	return out
}

// Owners finds the record that a line belongs to, in a version of a zone.
type Owners struct {
	Zone *zonefile.Zone

	of map[*zonefile.File][]zonefile.Record // in the order of the file; nil before the first question
}

// Changed is the lines alone that the hunks of a unified diff take out of a file of the zone and put into it. Where the first
// of some begins with a blank, it has its owner from a line above, or goes on with a record that begins there: "@@ owner"
// stands before it.
func (o *Owners) Changed(f *zonefile.File, hunks []string) []string {
	var out []string
	at, inside := 0, false // the line of the file that comes next; the line before was one of these
	for _, line := range hunks {
		if line == "" || line[0] != '-' && line[0] != '+' {
			if inside = false; strings.HasPrefix(line, "@@") {
				at = hunkStart(line)
			} else if strings.HasPrefix(line, " ") {
				at++
			}
			continue
		}
		above := at
		if line[0] == '-' {
			at++
		} else {
			above--
		}
		if !inside && len(line) > 1 && (line[1] == ' ' || line[1] == '\t') {
			if owner := o.above(f, above); owner != "" {
				out = append(out, "@@ "+preview.Display(owner))
			}
		}
		out, inside = append(out, line), true
	}
	return out
}

// hunkStart is the number of the line where a hunk begins in the text as it was; what is put in alone stands before it.
func hunkStart(head string) (line int) {
	if _, err := fmt.Sscanf(head, "@@ -%d", &line); err != nil {
		return 0
	}
	return line
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
