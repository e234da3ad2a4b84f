package ui

// How many rows the panes could fill, so that none is empty beside one that is cut. It is told of the zone, for a number of its
// names, and not of the one under the cursor, and found out once for a version and a size.

import (
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// filling is what the panes could fill.
type filling struct {
	of                          filledBy
	records, delivery, problems int
}

// filledBy is what that depends on.
type filledBy struct {
	zone   *zonefile.Zone
	report *lint.Report
	names  int
	height int // of the screen

	records, delivery, problems int // widths
}

// What is asked for what it could fill: more names fill every screen themselves, and more records every pane.
const (
	mostAskedNames   = 16
	mostAskedRecords = 64
)

// add adds to a need what the panes of a layout could fill.
func (f *filling) add(n *draw.Need, p *panes, l draw.Layout) {
	by := filledBy{p.doc.Zone(), p.doc.Findings.Report, n.Names, l.Help.Y, l.Records.W, l.Lower.Body.W, l.Lower.Body.W}
	switch l.Columns() {
	case 3:
		by.delivery, by.problems = l.Right.Body.W, l.Corner.Body.W
	case 2:
		by.problems = l.Right.Body.W
	}
	if f.of != by {
		f.of = by
		f.measure(p)
	}
	n.Records, n.Delivery, n.Problems, n.Source = f.records+1, f.delivery, f.problems, p.doc.Zone().Root().Lines()
}

// measure finds out what panes could fill. What is wrong with a version that is not examined yet is taken for what was wrong before.
func (f *filling) measure(p *panes) {
	z, found := p.doc.Zone(), p.doc.Findings
	f.records, f.delivery = 0, 0
	names := []document.NameRow{{Name: z.Origin()}}
	for _, r := range append(names, found.Names[:min(len(found.Names), mostAskedNames)]...) {
		if len(z.Node(r.Name).Records) > mostAskedRecords {
			f.records, f.delivery = f.of.height, f.of.height
			break
		}
		f.records = max(f.records, len(p.recordRows(r.Name, f.of.records, false)))
		f.delivery = max(f.delivery, len(p.deliveryRows(p.usualRoute(r.Name), f.of.delivery, 4*f.of.height)))
	}
	if found.Checked && !p.doc.Stale() {
		f.problems = p.problems.lines(found, f.of.problems, f.of.height)
	}
}

// usualRoute is what becomes of mail for a name where nothing is supposed.
func (p *panes) usualRoute(n zonefile.Name) preview.Delivery {
	return preview.Route([]*zonefile.Zone{p.doc.Zone()}, preview.Query{Domain: n, Show: p.written})
}
