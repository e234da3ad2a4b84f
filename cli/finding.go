package cli

import (
	"fmt"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// This file prints findings: what `lint` has to say.

// printFinding prints one finding, its source line with a marker, what has to do with it, and its fixes.
func (p *program) printFinding(d *lint.Diagnostic) error {
	at := d.Position()
	p.printPlaced(fmt.Sprintf("%s:%d:%d: ", d.File.Name(), at.Line, at.Column), d.Severity, d.Message, d.Rule.Name)
	p.printExcerpt(d.File, d.Span, styleOf[d.Severity])
	for _, r := range d.Related {
		at := r.File.Position(r.Span.Start)
		p.line(7, "   see "+p.show(fmt.Sprintf("%s:%d:%d: %s", r.File.Name(), at.Line, at.Column, r.Message)))
	}
	for _, f := range d.Fixes {
		p.line(8, "   fix: "+p.show(f.Message))
	}
	_, err := fmt.Fprintln(p.out)
	return err
}

// printPlaced prints what was found at a place, or with none: the rest of it goes under its text, unless little of the line
// is left for that.
func (p *program) printPlaced(at string, s lint.Severity, message, rule string) {
	at = p.show(at)
	indent := cells(at) + len(s.String()) + 2
	if indent > p.columns/2 {
		indent = 4
	}
	p.line(indent, p.paint(strong, at)+p.paint(styleOf[s], s.String()+":")+" "+p.show(message)+p.paint(faint, " ["+rule+"]"))
}

// The types below are the JSON of findings: a stable interface.

// finding is a finding in JSON. Lines and columns count from 1, columns in bytes; the end is exclusive.
type finding struct {
	Zone string `json:"zone"`
	View text   `json:"view"` // of the name server; "" without views, and where it was not asked
	region
	Severity string       `json:"severity"`
	Rule     string       `json:"rule"`
	URL      string       `json:"url"` // of the rule's page
	Message  text         `json:"message"`
	Related  []related    `json:"related"`
	Fixes    []findingFix `json:"fixes"`
}

// region is a place in JSON.
type region struct {
	File      text `json:"file"`
	Line      int  `json:"line"`
	Column    int  `json:"column"`
	EndLine   int  `json:"endLine"`
	EndColumn int  `json:"endColumn"`
}

// related is another place that a finding speaks of, in JSON.
type related struct {
	region
	Message text `json:"message"`
}

// findingFix is a fix in JSON. A safe one guesses nothing and asks nothing. One that asks for a value has no edits: they
// are not known before the answer.
type findingFix struct {
	Message text   `json:"message"`
	Safe    bool   `json:"safe"`
	Edits   []edit `json:"edits"`
}

// edit is a change of text in JSON: what stands in the region gives way to the new text.
type edit struct {
	region
	New lines `json:"new"`
}

// newEdits is edits as JSON has them.
func newEdits(edits []zonefile.Edit) []edit {
	out := make([]edit, 0, len(edits))
	for _, e := range edits {
		out = append(out, edit{newRegion(e.File, e.Span), lines(e.New)})
	}
	return out
}

// newRegion is a span as JSON has it.
func newRegion(f *zonefile.File, s zonefile.Span) region {
	from, to := f.Position(s.Start), f.Position(s.End)
	return region{text(f.Name()), from.Line, from.Column, to.Line, to.Column}
}
