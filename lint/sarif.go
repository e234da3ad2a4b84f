package lint

// SARIF 2.1.0, the format in which code scanners and editors take findings. It is written as they come, and what is only
// known at the end (the rules that found something, what could not be read) stands behind them. Text of the files is
// ASCII, other bytes as \DDD; places are counted in code points.

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mailzone/mailzone/zonefile"
)

// sarifSchema is the standard's schema, with the errata of 2023.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// sarifRoot is what code scanners take for the root of the sources.
const sarifRoot = "%SRCROOT%"

// SARIF writes a report of one run of the program.
type SARIF struct {
	Version string                   // the program's
	Path    func(name string) string // a file's name as the report has it: below the root of the sources, with slashes, or absolute

	w      io.Writer
	n      int // of results
	rules  []*Rule
	unread []sarifNotification
	prints fingerprints
}

// Begin starts the report.
func (s *SARIF) Begin(w io.Writer) error {
	s.w, s.prints = w, fingerprints{}
	return s.write("{\n  \"$schema\": \"" + sarifSchema + "\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n      \"results\": [")
}

// Add writes a finding.
func (s *SARIF) Add(d Diagnostic) error {
	i := slices.Index(s.rules, d.Rule)
	if i < 0 {
		i = len(s.rules)
		s.rules = append(s.rules, d.Rule)
	}
	before := ",\n        "
	if s.n++; s.n == 1 {
		before = "\n        "
	}
	return s.value(before, "        ", s.result(d, i))
}

// Unread tells of a zone file that could not be read: the findings are not all that there are.
func (s *SARIF) Unread(name, message string) {
	at := sarifLocation{Physical: sarifPhysical{Artifact: s.artifact(name)}}
	s.unread = append(s.unread, sarifNotification{sarifReference{Unreadable}, "error", sarifText{Text: ascii(message)}, []sarifLocation{at}})
}

// End writes what is known at the end.
func (s *SARIF) End() error {
	after := "\n      ],\n"
	if s.n == 0 {
		after = "],\n"
	}
	driver := sarifDriver{Name: "mailzone", InformationURI: home, Version: s.Version, Rules: []sarifRule{}}
	for _, r := range s.rules {
		driver.Rules = append(driver.Rules, r.sarif())
	}
	root := map[string]any{sarifRoot: map[string]any{"description": sarifText{Text: "The root of the repository, or where the program ran."}}}
	err := s.value(after+"      \"tool\": ", "      ", sarifTool{driver})
	if err == nil {
		err = s.value(",\n      \"invocations\": ", "      ", []sarifInvocation{{len(s.unread) == 0, s.unread}})
	}
	if err == nil {
		err = s.value(",\n      \"originalUriBaseIds\": ", "      ", root)
	}
	if err == nil {
		err = s.write(",\n      \"columnKind\": \"unicodeCodePoints\"\n    }\n  ]\n}\n")
	}
	return err
}

// write writes text.
func (s *SARIF) write(text string) error {
	_, err := io.WriteString(s.w, text)
	return err
}

// value writes a value behind some text.
func (s *SARIF) value(before, prefix string, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, "  ")
	err := enc.Encode(v)
	if err == nil {
		err = s.write(before + string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))))
	}
	return err
}

// sarifLevel is a severity in SARIF's words (§3.27.10).
func sarifLevel(s Severity) string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "note"
}

// sarif describes a rule.
func (r *Rule) sarif() sarifRule {
	text := r.Doc
	for _, e := range r.Examples() {
		text += "\n\n" + e.Title + "\n\n    " + indent(e.Zone)
	}
	return sarifRule{
		ID: r.Name, HelpURI: r.URL(), ShortDescription: sarifText{Text: r.Summary()}, FullDescription: sarifText{Text: r.Doc},
		Help: sarifText{Text: text, Markdown: strings.ReplaceAll(r.Markdown(), "§", "section ")}, DefaultConfiguration: sarifConfig{sarifLevel(r.Severity)},
		Properties: sarifProperties{[]string{"dns", "mail"}},
	}
}

// result is one finding.
func (s *SARIF) result(d Diagnostic, rule int) sarifResult {
	r := sarifResult{
		RuleID: d.Rule.Name, RuleIndex: rule, Level: sarifLevel(d.Severity), Message: sarifText{Text: ascii(d.Message)},
		Locations: []sarifLocation{{Physical: s.physical(d.File, d.Span)}}, Fingerprints: s.prints.of(d),
	}
	for _, rel := range d.Related {
		r.Related = append(r.Related, sarifLocation{s.physical(rel.File, rel.Span), &sarifText{Text: ascii(rel.Message)}})
	}
	for _, f := range d.Fixes {
		if fix, ok := s.fix(d.Zone, f); ok {
			r.Fixes = append(r.Fixes, fix)
		}
	}
	return r
}

// physical is a place.
func (s *SARIF) physical(f *zonefile.File, span zonefile.Span) sarifPhysical {
	from, to := codePoints(f, span.Start), codePoints(f, span.End)
	return sarifPhysical{s.artifact(f.Name()), &sarifRegion{from.Line, from.Column, to.Line, to.Column}}
}

// artifact is a file: its name as a URI.
func (s *SARIF) artifact(name string) sarifArtifact {
	if s.Path != nil {
		name = s.Path(name)
	}
	u := url.URL{Path: name}
	if path.IsAbs(name) {
		u.Scheme = "file"
		return sarifArtifact{URI: u.String()}
	}
	return sarifArtifact{u.String(), sarifRoot} // with ./ before a name that has a colon (RFC 3986 §4.2)
}

// codePoints is a position with the column in code points; a byte that is no UTF-8 counts as one.
func codePoints(f *zonefile.File, off uint32) zonefile.Position {
	at := f.Position(off)
	line := f.Slice(zonefile.Span{Start: off - uint32(at.Column-1), End: off})
	at.Column = utf8.RuneCount(line) + 1
	return at
}

// fix is a fix that asks nothing, as replacements of bytes; ok is false for one that asks, fails, or writes what
// JSON cannot hold as it is.
func (s *SARIF) fix(z *zonefile.Zone, f Fix) (fix sarifFix, ok bool) {
	if len(f.Needs) > 0 {
		return fix, false
	}
	edits, err := f.Edits(z)
	if err != nil || len(edits) == 0 {
		return fix, false
	}
	fix.Description.Text = ascii(f.Message)
	changed := map[*zonefile.File]int{}
	for _, e := range edits {
		if !utf8.ValidString(e.New) {
			return fix, false
		}
		i, known := changed[e.File]
		if !known {
			i = len(fix.Changes)
			changed[e.File] = i
			fix.Changes = append(fix.Changes, sarifChange{Artifact: s.artifact(e.File.Name())})
		}
		fix.Changes[i].Replacements = append(fix.Changes[i].Replacements, newReplacement(e))
	}
	for _, c := range fix.Changes {
		slices.SortStableFunc(c.Replacements, func(a, b sarifReplacement) int { return a.Deleted.Offset - b.Deleted.Offset })
	}
	return fix, true
}

// newReplacement is an edit.
func newReplacement(e zonefile.Edit) sarifReplacement {
	r := sarifReplacement{Deleted: sarifBytes{int(e.Start), e.Len()}}
	if e.New != "" {
		r.Inserted = &sarifText{Text: e.New}
	}
	return r
}
