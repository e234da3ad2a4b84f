package lint_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// allFaults is every finding of every fault in testdata.
func allFaults(t *testing.T) []lint.Diagnostic {
	t.Helper()
	base, err := os.ReadFile("testdata/clean/postfix-selfhosted.zone")
	if err != nil {
		t.Fatal(err)
	}
	ar, err := txtar.ParseFile("testdata/faults.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []lint.Diagnostic
	for _, f := range ar.Files {
		z := zonefile.Parse("zones/db, 1:2.example", withFault(t, string(base), string(f.Data)), zonefile.Options{Origin: "example.com."})
		all = append(all, lint.Run([]*zonefile.Zone{z}, lint.Options{Info: true})...)
	}
	return all
}

// The report follows the standard's schema and holds every finding; its fixes do what the fix does.
func TestSARIF(t *testing.T) {
	all := allFaults(t)
	var b bytes.Buffer
	if err := lint.WriteSARIF(&b, "1.2.3", all); err != nil {
		t.Fatal(err)
	}
	report, err := sarif.FromBytes(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := report.Validate(); err != nil {
		t.Fatal(err)
	}
	results := report.Runs[0].Results
	if len(results) != len(all) {
		t.Fatalf("%d results of %d findings", len(results), len(all))
	}
	fixes := 0
	for i, r := range results {
		for _, fix := range r.Fixes {
			fixes++
			checkSARIFFix(t, all[i], fix)
		}
		at := all[i].Position()
		if got := r.Locations[0].PhysicalLocation.Region; *got.StartLine != at.Line || *got.StartColumn != at.Column {
			t.Errorf("%s: at %d:%d", all[i], *got.StartLine, *got.StartColumn)
		}
	}
	if fixes < 20 {
		t.Errorf("only %d fixes", fixes)
	}
}

// checkSARIFFix does the replacements of a fix and compares with one of the finding's own.
func checkSARIFFix(t *testing.T, d lint.Diagnostic, fix *sarif.Fix) {
	t.Helper()
	text := string(d.File.Bytes())
	list := fix.ArtifactChanges[0].Replacements
	for i := len(list) - 1; i >= 0; i-- {
		at := list[i].DeletedRegion.ByteOffset
		text = text[:at] + *list[i].InsertedContent.Text + text[at+*list[i].DeletedRegion.ByteLength:]
	}
	for _, f := range d.Fixes {
		if len(f.Needs) > 0 || f.Message != *fix.Description.Text {
			continue
		}
		edits, err := f.Edits(d.Zone)
		if err != nil {
			t.Fatal(err)
		}
		next, err := d.Zone.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		if string(next.Root().Bytes()) == text {
			return
		}
	}
	t.Errorf("%s: the replacements do something else", d)
}

// Bytes of a file that are no text reach no report as they are.
func TestOutputIsASCII(t *testing.T) {
	src := "$TTL 1d\n@ SOA ns1.dns.net. h.dns.net. 1 4h 1h 2w 1h\n@ NS ns1.dns.net.\n@ NS ns2.dns.org.\n" +
		"\xe4\xf6 \x1b[31m A 192.0.2.1\n@ MX 10 m\xfc\x1b\\;x\n@ TXT \"v=spf1 \x07\xffip:1 ::error -all\"\n"
	z := zonefile.Parse("db.\x1b,a", []byte(src), zonefile.Options{Origin: "example.com."})
	found := lint.Run([]*zonefile.Zone{z}, lint.Options{Info: true})
	if len(found) < 3 {
		t.Fatalf("%v", found)
	}
	var b bytes.Buffer
	if err := lint.WriteSARIF(&b, "", found); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(b.Bytes()) {
		t.Error("not JSON")
	}
	for _, d := range found {
		line := d.GitHub()
		if strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 || strings.Count(line, "::") < 2 {
			t.Errorf("%q", line)
		}
		if !strings.HasPrefix(line, "::"+map[lint.Severity]string{lint.Info: "notice", lint.Warning: "warning", lint.Error: "error"}[d.Severity]+` file=db.\027%2Ca,line=`) {
			t.Errorf("%q", line)
		}
	}
}
