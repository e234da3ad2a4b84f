package ui

// What is under the cursor, whatever pane has the keys: who asks about something need not go to another pane first.

import (
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// noSubject is why nobody is asked who uses what is under the cursor: a line that has no name.
func (p *panes) noSubject() string {
	if p.focused != paneSource {
		return ""
	}
	switch w := p.source.row(); {
	case w.IsZero():
	case w.Kind() == zonefile.RowGenerate:
		return "this line makes names: U asks about one of them, in NAMES; :used NAME about any"
	case w.Record().IsZero():
		return "this line has no name: :used NAME tells who uses a host, a name or an address"
	}
	return ""
}

// subject is what is under the cursor of the pane that has the keys; the name that is shown where that says nothing else.
func (p *panes) subject() subject {
	var r zonefile.Record
	switch p.focused {
	case paneRecords:
		r = p.records.record()
	case paneDelivery:
		if host := p.delivery.row().host; host != "" {
			return subject{name: host}
		}
	case paneProblems:
		if d, ok := p.problems.row(); ok {
			if n := document.Where(&d); n != "" {
				return subject{name: n}
			}
		}
	case paneSource:
		r = p.source.row().Record()
	}
	if r.IsZero() {
		return subject{name: p.name}
	}
	return subjectOf(r)
}
