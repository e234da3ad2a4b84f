package cli

// The formats of lint: each tells what was found, and what could not be read.

import (
	"fmt"
	"iter"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// printFindings prints findings in a format, and before them what could not be read. In text that is told on standard
// error.
func (p *program) printFindings(format string, missed []unread, found iter.Seq[*lint.Diagnostic], views map[*zonefile.Zone]string) error {
	switch format {
	case "sarif":
		return p.printSARIF(missed, found)
	case "json":
		return p.printJSON(missed, found, views)
	case "github":
		p.printGitHub(missed, found)
		return nil
	}
	for d := range found {
		if err := p.printFinding(d); err != nil {
			return err
		}
	}
	return nil
}

// printJSON prints an array.
func (p *program) printJSON(missed []unread, found iter.Seq[*lint.Diagnostic], views map[*zonefile.Zone]string) error {
	a := array{p: p}
	for _, u := range missed {
		if err := a.add(u.json()); err != nil {
			return err
		}
	}
	w := findingWriter{views: views}
	for d := range found {
		if err := a.addLine(w.line(d)); err != nil {
			return err
		}
	}
	if w.beyond {
		p.note(fmt.Sprintf("the edits of the first %d fixes are in the JSON: make them, and examine the zone again", mostEdited))
	}
	return a.end()
}

// printSARIF prints a report for code scanners.
func (p *program) printSARIF(missed []unread, found iter.Seq[*lint.Diagnostic]) error {
	report := lint.SARIF{Version: version(), Path: reportPath()}
	if err := report.Begin(p.out); err != nil {
		return err
	}
	for _, u := range missed {
		report.Unread(u.path, u.why)
	}
	for d := range found {
		if err := report.Add(*d); err != nil {
			return err
		}
	}
	return report.End()
}

// printGitHub prints the annotations of a workflow.
func (p *program) printGitHub(missed []unread, found iter.Seq[*lint.Diagnostic]) {
	path := reportPath()
	for _, u := range missed {
		fmt.Fprintln(p.out, lint.UnreadOnGitHub(path(u.path), u.why))
	}
	for d := range found {
		fmt.Fprintln(p.out, d.GitHub(path(d.File.Name())))
	}
}
