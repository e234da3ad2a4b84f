package lint_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// compiled is the records of a zone as BIND reads it; nil if it does not.
func compiled(t *testing.T, program, src string) map[string]bool {
	t.Helper()
	path := filepath.Join(t.TempDir(), "zone")
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "-q", "-i", "local", "-k", "fail", "-M", "ignore", "-s", "full", "-o", "-", "example.com", path).Output()
	if err != nil {
		return nil
	}
	records := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		records[strings.TrimSpace(line)] = true
	}
	return records
}

// differences counts the records that one zone has and the other has not.
func differences(a, b map[string]bool) (n int) {
	for r := range a {
		if !b[r] {
			n++
		}
	}
	for r := range b {
		if !a[r] {
			n++
		}
	}
	return n
}

// Safe fixes of every fault: a second run finds nothing to fix, what has no error any more is loaded by named, and
// in a zone that named loaded before a fix changes one record, that is, takes one away and puts one in its place.
func TestFixedAsBINDReadsIt(t *testing.T) {
	program, err := exec.LookPath("named-compilezone")
	if err != nil {
		t.Skip("named-compilezone is not here: install the Debian package bind9-utils")
	}
	fixedFaults := 0
	for _, f := range faults(t) {
		z := zonefile.Parse("db.example.com", f.src, zonefile.Options{Origin: "example.com."})
		edits, fixed, err := lint.FixAll(z, nil, lint.Options{Info: true})
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
		if fixed == 0 {
			continue
		}
		fixedFaults++
		next, err := z.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		if _, again, err := lint.FixAll(next, nil, lint.Options{Info: true}); again != 0 || err != nil {
			t.Errorf("%s: a second run fixes %d more, %v", f.name, again, err)
		}
		var text bytes.Buffer
		if _, err := next.WriteTo(&text); err != nil {
			t.Fatal(err)
		}
		before, after := compiled(t, program, string(f.src)), compiled(t, program, text.String())
		left := lint.Run([]*zonefile.Zone{next}, lint.Options{})
		if after == nil && (len(left) == 0 || left[0].Severity < lint.Error) {
			t.Errorf("%s: named does not load the fixed zone:\n%s", f.name, &text)
		}
		if n := differences(before, after); before != nil && n > 2*fixed {
			t.Errorf("%s: %d fixes change %d records:\n%s", f.name, fixed, n, &text)
		}
	}
	if fixedFaults < 10 {
		t.Errorf("only %d faults have a safe fix", fixedFaults)
	}
}
