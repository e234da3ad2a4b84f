package cli

// The formats of lint: each tells what was found, and what could not be read.

import (
	"fmt"

	"github.com/mailzone/mailzone/lint"
)

// printFindings prints findings in a format, and before them what could not be read. In text that is told on standard
// error.
func (p *program) printFindings(format string, missed []unread, found []lint.Diagnostic) error {
	switch format {
	case "sarif":
		return p.printSARIF(missed, found)
	case "json":
		return p.printJSON(missed, found)
	case "github":
		p.printGitHub(missed, found)
		return nil
	}
	for _, d := range found {
		if err := p.printFinding(d); err != nil {
			return err
		}
	}
	return nil
}

// printJSON prints an array.
func (p *program) printJSON(missed []unread, found []lint.Diagnostic) error {
	a := array{p: p}
	for _, u := range missed {
		if err := a.add(u.json()); err != nil {
			return err
		}
	}
	for _, d := range found {
		if err := a.add(newFinding(d)); err != nil {
			return err
		}
	}
	return a.end()
}

// printSARIF prints a report for code scanners.
func (p *program) printSARIF(missed []unread, found []lint.Diagnostic) error {
	report := lint.SARIF{Version: version(), Path: reportPath(placesOf(missed, found))}
	if err := report.Begin(p.out); err != nil {
		return err
	}
	for _, u := range missed {
		report.Unread(u.path, u.why)
	}
	for _, d := range found {
		if err := report.Add(d); err != nil {
			return err
		}
	}
	return report.End()
}

// printGitHub prints the annotations of a workflow.
func (p *program) printGitHub(missed []unread, found []lint.Diagnostic) {
	path := reportPath(placesOf(missed, found))
	for _, u := range missed {
		fmt.Fprintln(p.out, lint.UnreadOnGitHub(path(u.path), u.why))
	}
	for _, d := range found {
		fmt.Fprintln(p.out, d.GitHub(path(d.File.Name())))
	}
}

// placesOf is the names of files that a report may be about, as far as its root is concerned: the first.
func placesOf(missed []unread, found []lint.Diagnostic) []string {
	switch {
	case len(missed) > 0:
		return []string{missed[0].path}
	case len(found) > 0:
		return []string{found[0].File.Name()}
	}
	return nil
}
