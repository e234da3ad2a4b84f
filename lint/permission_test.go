package lint_test

// The record that allows reports stands in the zone that they go to: the fix is made there, and nowhere else.

import (
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

func TestPermissionIsAddedWhereReportsGo(t *testing.T) {
	from := zoneOf("_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:r@reports.example.net\"\n")
	to := zonefile.Parse("example.net.db", []byte("$TTL 1d\n@ SOA ns1 h 1 4h 1h 2w 1h\nreports MX 10 mail\n"), zonefile.Options{Origin: "example.net."})
	opt := only("dmarc-report-permission")
	found := lint.Run([]*zonefile.Zone{from, to}, opt)
	if len(found) != 1 || len(found[0].Fixes) != 1 {
		t.Fatalf("found: %v", found)
	}
	fix := found[0].Fixes[0]
	if edits, err := fix.Edits(from); err == nil || !strings.Contains(err.Error(), "add it in example.net.db") {
		t.Errorf("in the zone of the finding: %v, error %v", edits, err)
	}
	edits, err := fix.Edits(to)
	if err != nil {
		t.Fatal(err)
	}
	next, err := to.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(next.Root().Bytes()); !strings.Contains(text, "\nexample.com._report._dmarc.reports TXT \"v=DMARC1\"\n") {
		t.Errorf("after %q:\n%s", fix.Message, text)
	}
	if left := lint.Run([]*zonefile.Zone{from, next}, opt); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// An edit of the other zone ends the finding without an examination of all.
func TestPermissionIsSeenAfterAnEdit(t *testing.T) {
	from := zoneOf("_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:r@example.net\"\n")
	to := zonefile.Parse("example.net.db", []byte("$TTL 1d\n@ SOA ns1 h 1 4h 1h 2w 1h\nb TXT x\n"), zonefile.Options{Origin: "example.net."})
	report := lint.Start([]*zonefile.Zone{from, to}, only("dmarc-report-permission"))
	if len(report.Diagnostics) != 1 {
		t.Fatalf("found: %v", report.Diagnostics)
	}
	edits, err := report.Diagnostics[0].Fixes[0].Edits(to)
	if err != nil {
		t.Fatal(err)
	}
	next, err := to.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	if left := report.After(to, next, edits).Diagnostics; len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}
