package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/rfc7208"
	"github.com/mailzone/mailzone/zonefile"
)

// permanent is the rules that tell of what RFC 7208 calls a permanent error.
var permanent = []string{"spf-syntax", "spf-multiple", "spf-lookup-limit", "spf-include-broken"}

// What RFC 7208's own suite calls a permanent error is found, and nothing else is called one: in the zone that a case's data
// make, at the sender's domain.
func TestSPFSuite(t *testing.T) {
	wrong, right := 0, 0
	for _, c := range rfc7208.Cases(t) {
		z := zonefile.Parse("db.root", []byte(c.Zone), zonefile.Options{Origin: zonefile.Root})
		var told []string
		for _, d := range lint.Run([]*zonefile.Zone{z}, lint.Options{Info: true}) {
			if slices.Contains(permanent, d.Rule.Name) && d.Severity == lint.Error &&
				string(z.RowAt(d.File, d.Span.Start).Record().Owner()) == c.Domain+"." {
				told = append(told, d.String())
			}
		}
		switch {
		case c.Permanent():
			wrong++
			if len(told) == 0 {
				t.Errorf("%s: a permanent error, and nothing is told:\n%q", c.Name, c.Texts)
			}
		case c.Valid():
			right++
			if len(told) > 0 {
				t.Errorf("%s: valid, and told is\n%s", c.Name, strings.Join(told, "\n"))
			}
		}
	}
	if wrong != 72 || right != 103 {
		t.Errorf("%d permanent errors and %d valid cases, want 72 and 103: is the suite another one?", wrong, right)
	}
}
