package ui

// What a save would change, found out once and beside the screen: the review draws it and asks nothing anew. It costs what
// the edits cost: problems are known of the version on the screen, and the name server is asked beside it.

import (
	"fmt"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// report is what is to be reviewed. It is made from two versions and nothing else.
type report struct {
	diff    []string
	routes  []preview.Change
	inPlace string // why the save has to write into the old file
	serial  string
	unseen  []string // what settings keep from being told
}

// newReport compares what is on disk with what would be written.
func newReport(before, after *zonefile.Zone, st *document.Store, rules lint.Options) report {
	r := report{diff: document.DiffLines(before, after), inPlace: st.Shortly(st.Less)}
	r.unseen = lint.Unexamined(before, after, rules)
	r.routes = preview.Compare([]*zonefile.Zone{before}, []*zonefile.Zone{after})
	r.serial = "no serial"
	if is, ok := after.Serial(); ok {
		r.serial = fmt.Sprintf("serial %d", is)
		if was, ok := before.Serial(); ok {
			r.serial += fmt.Sprintf(" (was %d)", was)
		}
	}
	return r
}

// count counts problems that are at least so bad.
func count(list []lint.Diagnostic, least lint.Severity) int {
	n := 0
	for _, d := range list {
		if d.Severity >= least {
			n++
		}
	}
	return n
}
