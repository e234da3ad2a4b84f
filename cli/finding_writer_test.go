package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// newFinding is a finding as JSON has it: lists are never null.
func newFinding(d lint.Diagnostic) finding {
	out := finding{
		Zone: string(d.Zone.Name()), region: newRegion(d.File, d.Span), Severity: d.Severity.String(), Rule: d.Rule.Name, URL: d.Rule.URL(), Message: text(d.Message),
		Related: []related{}, Fixes: []findingFix{},
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, related{newRegion(r.File, r.Span), text(r.Message)})
	}
	for _, f := range d.Fixes {
		var edits []zonefile.Edit
		if len(f.Needs) == 0 {
			edits, _ = f.Edits(d.Zone)
		}
		out.Fixes = append(out.Fixes, findingFix{text(f.Message), f.Safe, newEdits(edits)})
	}
	return out
}

// What the writer writes is what encoding/json makes of the documented type, for every finding in the zones of the rules'
// cases, and for files and words of any bytes.
func TestFindingWriter(t *testing.T) {
	paths, err := filepath.Glob("../lint/testdata/rules/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	count := 0
	for i, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(src).Files {
			data := append(f.Data, "\nq\\\"\\\\\\000<&> MX 10 \\255\\\"b.\n@ TXT \"v=spf1 \\\"<&> \x01\xff\xe2\x80\xa8 a:\\\\ -all\"\n"...)
			z := zonefile.Parse("a\"\\<&>\x01\xc3\xbc"+f.Name, data, zonefile.Options{Origin: "example.com."})
			var w findingWriter // new: it works out a number of edits alone
			for d := range lint.Each([]*zonefile.Zone{z}, lint.Options{Info: i%2 == 0}) {
				count++
				want, err := plainJSON(newFinding(*d))
				if got := w.line(d); err != nil || !bytes.Equal(got, want) || !json.Valid(got) {
					t.Errorf("%s\nwritten\n%s\nwant\n%s", d, got, want)
				}
			}
		}
	}
	if count < 1000 {
		t.Errorf("only %d findings", count)
	}
}
