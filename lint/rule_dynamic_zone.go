package lint

// A zone that named changes by itself: the journal beside the file says so.

import (
	"bytes"
	"slices"
)

var dynamicZone = &Rule{
	Name:     "dynamic-zone",
	Severity: Warning,
	Doc: `The zone has a journal: named takes dynamic updates and writes the file itself. An edit is lost, or refused
with "journal out of sync". Use nsupdate, or freeze the zone first (rndc freeze) and thaw it after.`,
	Bad: `; db.example.com.jnl is there
www A 192.0.2.1`,
	Good:   "www A 192.0.2.1",
	Refs:   []string{"RFC 2136", "BIND: rndc freeze"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		for f := range p.Zone.Files() {
			if slices.Contains(p.run.opt.Journals, f.Name()) {
				s := f.Line(1)
				s.End = s.Start + uint32(len(bytes.TrimRight(f.Slice(s), " \t\r")))
				p.Report(f, s, "the zone has a journal, so named writes this file: rndc freeze %s before an edit, rndc thaw after it", bare(p.Zone.Origin()))
			}
		}
	},
}
