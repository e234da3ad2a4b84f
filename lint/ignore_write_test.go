package lint_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// An ignore that is written silences its finding up to its last day, then the finding speaks again; nothing else is
// found or lost by it, and no record changes. This holds for every finding of every case, and for the zones below.
func TestIgnore(t *testing.T) {
	paths, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for i, path := range paths {
		if testing.Short() && i%4 != 0 {
			continue
		}
		for _, c := range loadCases(t, path) {
			c.opt.Info = true
			checkSilences(t, c.rule+"/"+c.name, c.zone(c.complete(c.src)), c.beside, c.opt)
		}
	}
	for name, src := range layouts {
		include := func(string, *zonefile.File) (string, []byte, error) {
			return "mail.inc", []byte("shop 60 MX 10 gone\n\t60 MX 20 ( 192.0.2.1 ) ; ours\n"), nil
		}
		z := zonefile.Parse("db.example.com", []byte(src), zonefile.Options{Origin: "example.com.", Open: include})
		checkSilences(t, name, z, nil, lint.Options{Info: true})
	}
}

// layouts is zones in which a comment is not easy to place.
var layouts = map[string]string{
	"several lines":     "$TTL 1d\n@ SOA ns1 h 1 1h\n 1h 1w 1h\n@ NS ns1\n@ IN 60 MX ( ; why\n  10 ; a number\n  gone\n) ; ours\n  60 MX 20 gone2",
	"blank owners":      "$TTL 1d\n@ SOA ns1 h ( 1 1h 1h 1w\n1h )\n  NS ns1\n  60 MX 10 gone ; lint:ignore mx-ttl-low until 2026-01-01 of old\n  MX 20 gone\n",
	"CRLF":              "$TTL 1d\r\n@ SOA ns1 h 1 1h 1h 1w 1h\r\n@ 60 MX 10 gone\r\n",
	"a byte order mark": "\xef\xbb\xbf$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ 60 MX 10 gone\n",
	"an included file":  "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n$INCLUDE mail.inc\nwww A 192.0.2.1\n",
	"included twice":    "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n$INCLUDE mail.inc\n$INCLUDE mail.inc sub\nwww A 192.0.2.1\n",
	"made records":      "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n$GENERATE 1-3 m$ 60 MX 10 gone$\n$GENERATE 1-9/2 n$ MX 10 192.0.2.$\n",
	"broken lines":      "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ MX ten gone\n\n@ 60 MX 10 gone\n@ TXT (\"open\n",
	"Latin-1":           "$TTL 1d\n; M\xfcller\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ 60 MX 10 gone ; f\xfcr M\xfcller\n",
	"expired":           "@ SOA ns1 h 1 1h 1h 1w 1h\n; lint:ignore mx-ttl-low until 2026-01-01 first\n; a word\n@ 60 MX 10 gone\n",
	"expired, of two":   "@ SOA ns1 h 1 1h 1h 1w 1h\n; lint:ignore mx-ttl-low,mx-single until 2026-01-01 first\n@ 60 MX 10 gone\n",
	"expired, of all":   "@ SOA ns1 h 1 1h 1h 1w 1h\n@ 60 MX 10 gone\n; lint:ignore-file mx-ttl-low until 2026-01-01 all\n",
	"empty":             "",
	"one line":          "@ 60 MX 10 gone",
}

// checkSilences silences every finding of a zone, each for itself.
func checkSilences(t *testing.T, name string, z *zonefile.Zone, beside []*zonefile.Zone, opt lint.Options) {
	t.Helper()
	opt.Today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	report := lint.Start(append([]*zonefile.Zone{z}, beside...), opt)
	for _, d := range report.Diagnostics {
		for _, file := range []bool{false, true} {
			s := lint.Silence{Until: "2026-11-27", Reason: "we; know (this)", File: file}
			if d.Zone != z || d.OfFile() && !file {
				continue
			}
			edits, err := lint.Ignore(d, s)
			if err != nil {
				if d.Rule.Name != "unused-ignore" && d.File.ReadOnly() == "" {
					t.Errorf("%s: %s: %v", name, d, err)
				}
				continue
			}
			checkSilence(t, silencing{fmt.Sprintf("%s: %s, file %v", name, d, file), d, s, edits, beside, opt}, report)
		}
	}
}

// silencing is one ignore that was written.
type silencing struct {
	name   string
	d      lint.Diagnostic
	s      lint.Silence
	edits  []zonefile.Edit
	beside []*zonefile.Zone
	opt    lint.Options
}

// checkSilence checks one ignore against what was found before it.
func checkSilence(t *testing.T, w silencing, report *lint.Report) {
	t.Helper()
	next, err := w.d.Zone.Apply(w.edits...)
	if err != nil {
		t.Errorf("%s: %v", w.name, err)
		return
	}
	if got, want := recordLines(next), recordLines(w.d.Zone); !slices.Equal(got, want) {
		t.Errorf("%s: records\n%q\nwant\n%q", w.name, got, want)
	}
	before := report.Diagnostics
	row := w.d.Zone.RowAt(w.d.File, w.d.Span.Start)
	others := slices.DeleteFunc(slices.Clone(before), func(o lint.Diagnostic) bool {
		same := w.s.File || o.Zone.RowAt(o.File, o.Span.Start) == row
		return o.Rule == w.d.Rule && o.File == w.d.File && same
	})
	on := func(day string) []lint.Diagnostic {
		opt := w.opt
		opt.Today, _ = time.Parse(time.DateOnly, day)
		return lint.Run(append([]*zonefile.Zone{next}, w.beside...), opt)
	}
	today := on("2026-11-22")
	sameFindings(t, w.name+" today", today, others)
	compareReports(t, w.name, report.After(w.d.Zone, next, w.edits), today)
	sameFindings(t, w.name+" on the last day", on("2026-11-27"), others)
	late := on("2026-11-28")
	sameFindings(t, w.name+" after it", late, before)
	for _, d := range late {
		if old, ok := d.Overdue(w.s.File); d.Rule == w.d.Rule && ok && old.Until == w.s.Until && old.Reason == "we" {
			checkAgain(t, w, d)
			return
		}
	}
	t.Errorf("%s: the ignore that is over is not found", w.name)
}

// checkAgain silences a finding anew whose ignore is over: no line is added.
func checkAgain(t *testing.T, w silencing, d lint.Diagnostic) {
	t.Helper()
	edits, err := lint.Ignore(d, lint.Silence{Until: "2027-01-01", Reason: "we know", File: w.s.File})
	if err != nil {
		t.Errorf("%s again: %v", w.name, err)
		return
	}
	next, err := d.Zone.Apply(edits...)
	if err != nil {
		t.Errorf("%s again: %v", w.name, err)
		return
	}
	if got, want := next.File(d.File.Name()).Lines(), d.File.Lines(); got != want {
		t.Errorf("%s again: %d lines, want %d", w.name, got, want)
	}
}

// sameFindings compares findings without their places: a line more moves them.
func sameFindings(t *testing.T, name string, got, want []lint.Diagnostic) {
	t.Helper()
	if g, w := unplaced(got), unplaced(want); !slices.Equal(g, w) {
		t.Errorf("%s: found\n\t%s\nwant\n\t%s", name, strings.Join(g, "\n\t"), strings.Join(w, "\n\t"))
	}
}

// unplaced is findings without their places, in an order of their own.
func unplaced(list []lint.Diagnostic) []string {
	line := regexp.MustCompile(`line \d+|:\d+`)
	var out []string
	for _, d := range list {
		culprit := d.File.Slice(d.Span)
		if slices.Contains([]string{"soa-missing", "dynamic-zone"}, d.Rule.Name) { // told of the first line, whatever it holds
			culprit = nil
		}
		out = append(out, fmt.Sprintf("%s %s %q %s", d.Rule.Name, d.Severity, culprit, line.ReplaceAllString(d.Message, "")))
	}
	slices.Sort(out)
	return out
}

// recordLines is the records of a zone as they are meant.
func recordLines(z *zonefile.Zone) []string {
	var out []string
	for r := range z.Records() {
		out = append(out, fmt.Sprintf("%s %d %s %s", r.Owner(), r.TTL(), r.Type(), r.CanonicalRData()))
	}
	return out
}

func TestIgnoreRefuses(t *testing.T) {
	z := zonefile.Parse("db", []byte("$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ 60 MX 10 gone\n"), zonefile.Options{Origin: "example.com."})
	found := lint.Run([]*zonefile.Zone{z}, lint.Options{})
	i := slices.IndexFunc(found, func(d lint.Diagnostic) bool { return d.Rule.Name == "mx-ttl-low" })
	for want, s := range map[string]lint.Silence{
		"is no day":          {Until: "1.12.2026"},
		"begin with until":   {Reason: "until tomorrow"},
		"begin another":      {Reason: "as LINT:ignore"},
		"text on one line":   {Reason: "a\nmx A 192.0.2.1"},
		`"2026-02-30" is no`: {Until: "2026-02-30"},
	} {
		if _, err := lint.Ignore(found[i], s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", s, err, want)
		}
	}
}
