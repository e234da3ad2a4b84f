package ui

// What a save would change, found out once and beside the screen: the review draws it and asks nothing anew.

import (
	"fmt"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// report is what is to be reviewed. It is made from two versions and nothing else.
type report struct {
	diff     []string
	routes   []preview.Change
	came     []lint.Diagnostic
	went     []lint.Diagnostic
	stay     int    // problems that were there and still are, information not counted
	inPlace  string // why the save has to write into the old file
	serial   string
	newError int
	named    server.Judgement
	unseen   []string // what settings keep from being told
}

// newReport compares what is on disk, with its problems if they are known, with what would be written.
func newReport(before, after *zonefile.Zone, st *document.Store, rules lint.Options, onDisk *lint.Report) report {
	r := report{diff: document.DiffLines(before, after), inPlace: st.Shortly(st.Less)}
	r.named = st.Judge(before, after)
	r.unseen = lint.Unexamined(before, after, rules)
	r.routes = preview.Compare([]*zonefile.Zone{before}, []*zonefile.Zone{after})
	if onDisk == nil {
		onDisk, _ = document.Base{Rules: rules}.ReportOf(before, before)
	}
	old, now := onDisk.Diagnostics, lint.Run([]*zonefile.Zone{after}, rules) // all rules, however long it takes
	r.came, r.went = document.WorstFirst(lint.Since(old, now)), document.WorstFirst(lint.Since(now, old))
	for _, d := range r.came {
		if d.Severity == lint.Error {
			r.newError++
		}
	}
	for _, d := range now {
		if d.Severity > lint.Info {
			r.stay++
		}
	}
	r.stay -= countSerious(r.came)
	r.serial = "no serial"
	if is, ok := after.Serial(); ok {
		r.serial = fmt.Sprintf("serial %d", is)
		if was, ok := before.Serial(); ok {
			r.serial += fmt.Sprintf(" (was %d)", was)
		}
	}
	return r
}

// countSerious counts problems, information left out.
func countSerious(list []lint.Diagnostic) int {
	n := 0
	for _, d := range list {
		if d.Severity > lint.Info {
			n++
		}
	}
	return n
}
