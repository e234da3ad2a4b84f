package lint

// SARIF 2.1.0, the format in which code scanners and editors take findings.

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mailzone/mailzone/zonefile"
)

// WriteSARIF writes findings as a SARIF 2.1.0 report of one run of a version of the program. Text of the
// files is written in ASCII, other bytes as \DDD; places are counted in code points.
func WriteSARIF(w io.Writer, version string, list []Diagnostic) error {
	run := sarif.NewRunWithInformationURI("mailzone", home)
	run.WithColumnKind("unicodeCodePoints")
	run.Tool.Driver.WithVersion(version)
	for _, d := range list {
		if run.GetRuleIndex(d.Rule.Name) < 0 {
			run.Tool.Driver.AddRule(sarifRule(d.Rule))
		}
		run.AddResult(sarifResult(d, run.GetRuleIndex(d.Rule.Name)))
	}
	report := sarif.NewReport()
	report.AddRun(run)
	return report.PrettyWrite(w)
}

// sarifLevel is a severity in SARIF's words (SARIF §3.27.10).
func sarifLevel(s Severity) string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "note"
}

// sarifRule describes a rule.
func sarifRule(r *Rule) *sarif.ReportingDescriptor {
	text := r.Doc
	for _, e := range r.Examples() {
		text += "\n\n" + e.Title + "\n\n    " + indent(e.Zone)
	}
	return sarif.NewReportingDescriptor().WithID(r.Name).
		WithShortDescription(multiline(r.Summary())).
		WithFullDescription(multiline(r.Doc)).
		WithHelp(multiline(text)).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(sarifLevel(r.Severity)))
}

// multiline is text as descriptions hold it.
func multiline(text string) *sarif.MultiformatMessageString {
	return sarif.NewMultiformatMessageString().WithText(text)
}

// sarifResult is one finding.
func sarifResult(d Diagnostic, rule int) *sarif.Result {
	r := sarif.NewResult().WithRuleID(d.Rule.Name).WithRuleIndex(rule).WithLevel(sarifLevel(d.Severity)).
		WithMessage(sarif.NewTextMessage(ascii(d.Message))).
		WithLocations([]*sarif.Location{sarif.NewLocationWithPhysicalLocation(physical(d.File, d.Span))})
	for _, rel := range d.Related {
		at := sarif.NewLocationWithPhysicalLocation(physical(rel.File, rel.Span))
		r.AddRelatedLocation(at.WithMessage(sarif.NewTextMessage(ascii(rel.Message))))
	}
	for _, f := range d.Fixes {
		if fix := sarifFix(d.Zone, f); fix != nil {
			r.AddFixe(fix)
		}
	}
	return r
}

// physical is a place.
func physical(f *zonefile.File, s zonefile.Span) *sarif.PhysicalLocation {
	from, to := codePoints(f, s.Start), codePoints(f, s.End)
	region := sarif.NewRegion().WithStartLine(from.Line).WithStartColumn(from.Column).
		WithEndLine(to.Line).WithEndColumn(to.Column)
	return sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewSimpleArtifactLocation(fileURI(f.Name()))).WithRegion(region)
}

// codePoints is a position with the column in code points; a byte that is no UTF-8 counts as one.
func codePoints(f *zonefile.File, off uint32) zonefile.Position {
	at := f.Position(off)
	line := f.Slice(zonefile.Span{Start: off - uint32(at.Column-1), End: off})
	at.Column = utf8.RuneCount(line) + 1
	return at
}

// fileURI is a file's name as a URI: relative names stay relative.
func fileURI(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	if filepath.IsAbs(name) {
		u.Scheme = "file"
	}
	return u.String()
}

// sarifFix is a fix that asks nothing, as replacements of bytes; nil for one that asks, fails, or writes what
// JSON cannot hold as it is.
func sarifFix(z *zonefile.Zone, f Fix) *sarif.Fix {
	if len(f.Needs) > 0 {
		return nil
	}
	edits, err := f.Edits(z)
	if err != nil || len(edits) == 0 {
		return nil
	}
	changes := map[*zonefile.File]*sarif.ArtifactChange{}
	fix := sarif.NewFix().WithDescription(sarif.NewTextMessage(ascii(f.Message)))
	for _, e := range edits {
		if !utf8.ValidString(e.New) {
			return nil
		}
		if changes[e.File] == nil {
			changes[e.File] = sarif.NewArtifactChange().WithArtifactLocation(sarif.NewSimpleArtifactLocation(fileURI(e.File.Name())))
			fix.AddArtifactChange(changes[e.File])
		}
		gone := sarif.NewRegion().WithByteOffset(int(e.Start)).WithByteLength(e.Len())
		changes[e.File].AddReplacement(sarif.NewReplacement().WithDeletedRegion(gone).
			WithInsertedContent(sarif.NewArtifactContent().WithText(e.New)))
	}
	for _, c := range changes {
		slices.SortStableFunc(c.Replacements, func(a, b *sarif.Replacement) int {
			return a.DeletedRegion.ByteOffset - b.DeletedRegion.ByteOffset
		})
	}
	return fix
}
