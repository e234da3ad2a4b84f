package lint_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
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

// sarifReport is what the tests read of a report.
type sarifReport struct {
	Runs []struct {
		Results []struct {
			RuleID    string
			RuleIndex int
			Locations []struct {
				PhysicalLocation struct {
					Region struct{ StartLine, StartColumn int }
				}
			}
			Fingerprints map[string]string `json:"partialFingerprints"`
			Fixes        []sarifFix
		}
		Tool struct {
			Driver struct {
				Rules []struct{ ID, HelpURI string }
			}
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
	}
}

// sarifFix is a fix in a report.
type sarifFix struct {
	Description     struct{ Text string }
	ArtifactChanges []struct {
		Replacements []struct {
			DeletedRegion   struct{ ByteOffset, ByteLength int }
			InsertedContent struct{ Text string }
		}
	}
}

// writeSARIF is a report of findings; it follows the standard's schema.
func writeSARIF(t *testing.T, found []lint.Diagnostic, unread ...string) (text string, report sarifReport) {
	t.Helper()
	var b bytes.Buffer
	w := lint.SARIF{Version: "1.2.3"}
	err := w.Begin(&b)
	for _, name := range unread {
		w.Unread(name, "no such file")
	}
	for _, d := range found {
		err = errors.Join(err, w.Add(d))
	}
	if err = errors.Join(err, w.End()); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.Bytes()))
	if err == nil {
		err = jsonschema.NewCompiler().MustCompile("testdata/sarif-schema-2.1.0.json").Validate(doc)
	}
	if err == nil {
		err = json.Unmarshal(b.Bytes(), &report)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, &b)
	}
	return b.String(), report
}

// The report follows the standard's schema and holds every finding; its fixes do what the fix does.
func TestSARIF(t *testing.T) {
	all := allFaults(t)
	_, report := writeSARIF(t, all)
	run := report.Runs[0]
	if len(run.Results) != len(all) {
		t.Fatalf("%d results of %d findings", len(run.Results), len(all))
	}
	fixes, prints := 0, map[string]bool{}
	for i, r := range run.Results {
		for _, fix := range r.Fixes {
			fixes++
			checkSARIFFix(t, all[i], fix)
		}
		at := all[i].Position()
		if got := r.Locations[0].PhysicalLocation.Region; got.StartLine != at.Line || got.StartColumn != at.Column {
			t.Errorf("%s: at %d:%d", all[i], got.StartLine, got.StartColumn)
		}
		if rule := run.Tool.Driver.Rules[r.RuleIndex]; rule.ID != r.RuleID || rule.ID != all[i].Rule.Name || !strings.HasSuffix(rule.HelpURI, "docs/rules.md#"+rule.ID) {
			t.Errorf("%s: rule %+v", all[i], rule)
		}
		prints[all[i].File.Name()+r.Fingerprints["primaryLocationLineHash"]] = true
	}
	if fixes < 20 || len(prints) < 100 || !run.Invocations[0].ExecutionSuccessful {
		t.Errorf("%d fixes, %d fingerprints, %+v", fixes, len(prints), run.Invocations)
	}
}

// What could not be read is told, so that nobody takes what was found there for gone.
func TestSARIFOfUnreadable(t *testing.T) {
	_, report := writeSARIF(t, nil, "db.missing")
	run := report.Runs[0]
	if in := run.Invocations[0]; in.ExecutionSuccessful || len(in.ToolExecutionNotifications) != 1 || run.Results == nil {
		t.Errorf("%+v", run)
	}
}

// Findings of one file are kept apart by their fingerprints, and are known by them when lines move and the serial is raised.
func TestFingerprints(t *testing.T) {
	src, err := os.ReadFile("testdata/clean/postfix-selfhosted.zone")
	if err != nil {
		t.Fatal(err)
	}
	prints := func(zone string) (list []string) {
		z := zonefile.Parse("db.example", []byte(zone), zonefile.Options{Origin: "example.com."})
		_, report := writeSARIF(t, lint.Run([]*zonefile.Zone{z}, lint.Options{Info: true}))
		for _, r := range report.Runs[0].Results {
			list = append(list, r.RuleID+" "+r.Fingerprints["primaryLocationLineHash"])
		}
		slices.Sort(list)
		return list
	}
	faults := "x 60 MX 10 missing\nx 60 MX 10 missing\n@ NS missing\ny A 192.0.2.300 ; c\ny A 192.0.2.300\n"
	before := prints(string(src) + faults)
	serial := strings.Replace(string(src), "20", "21", 1)
	moved := prints("; a line\n\n" + serial + "moved.example.com. IN 3600 CAA 0 issue \";\"\n" + faults)
	if !slices.Equal(before, moved) || len(slices.Compact(slices.Clone(before))) != len(before) || len(before) < 8 {
		t.Errorf("before\n%s\nafter\n%s", strings.Join(before, "\n"), strings.Join(moved, "\n"))
	}
}

// checkSARIFFix does the replacements of a fix and compares with one of the finding's own.
func checkSARIFFix(t *testing.T, d lint.Diagnostic, fix sarifFix) {
	t.Helper()
	text := string(d.File.Bytes())
	list := fix.ArtifactChanges[0].Replacements
	for i := len(list) - 1; i >= 0; i-- {
		at := list[i].DeletedRegion.ByteOffset
		text = text[:at] + list[i].InsertedContent.Text + text[at+list[i].DeletedRegion.ByteLength:]
	}
	for _, f := range d.Fixes {
		if len(f.Needs) > 0 || f.Message != fix.Description.Text {
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
	text, _ := writeSARIF(t, found)
	if i := strings.IndexFunc(text, func(r rune) bool { return r > '~' || r < ' ' && r != '\n' }); i >= 0 {
		t.Errorf("byte %d of the report is no ASCII: %q", i, text[max(0, i-50):i+1])
	}
	for _, d := range found {
		line := d.GitHub(d.File.Name())
		if strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 || strings.Count(line, "::") < 2 {
			t.Errorf("%q", line)
		}
		if !strings.HasPrefix(line, "::"+map[lint.Severity]string{lint.Info: "notice", lint.Warning: "warning", lint.Error: "error"}[d.Severity]+` file=db.\027%2Ca,line=`) {
			t.Errorf("%q", line)
		}
	}
}
