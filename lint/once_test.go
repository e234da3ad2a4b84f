package lint_test

// Each thing is said once: where two rules see one fault, the one that knows most speaks. Two findings about one place
// whose fixes are the same edit are one thing that is said twice.

import (
	"fmt"
	"slices"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// TestSaidOnce loads every faulty zone that there is: the faults, and the cases and examples of all rules.
func TestSaidOnce(t *testing.T) {
	compared := 0
	for _, f := range faults(t) {
		compared += saidOnce(t, f.name, f.findAll(t))
	}
	eachCase(t, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		c.opt.Info = true
		compared += saidOnce(t, c.name, c.run(z))
	})
	for _, r := range lint.All {
		bad := example(t, r, r.Bad)
		compared += saidOnce(t, r.Name, bad.run(bad.zone(bad.complete(bad.src))))
	}
	if compared < 50 {
		t.Errorf("only %d pairs of findings were compared", compared)
	}
}

// saidOnce compares the findings that overlap, and tells how many pairs there were.
func saidOnce(t *testing.T, name string, found []lint.Diagnostic) (pairs int) {
	t.Helper()
	for i, a := range found {
		for _, b := range found[i+1:] {
			if a.File != b.File || a.Span.End <= b.Span.Start || b.Span.End <= a.Span.Start {
				continue
			}
			pairs++
			if same := sameFix(a, b); same != "" {
				t.Errorf("%s: said twice, and mended by one edit, %s:\n%s\n%s", name, same, a, b)
			}
		}
	}
	return pairs
}

// sameFix is the edits that a fix of each of two findings makes; "" if there are none.
func sameFix(a, b lint.Diagnostic) string {
	others := editsOf(b)
	for _, e := range editsOf(a) {
		if slices.Contains(others, e) {
			return e
		}
	}
	return ""
}

// answers is what is said where a fix asks.
var answers = map[zonefile.Field]string{zonefile.Address: "62.96.4.99", zonefile.Exchange: "mx.friend.org.", zonefile.FieldOwner: "newhost"}

// editsOf is what each fix of a finding does, as text.
func editsOf(d lint.Diagnostic) (all []string) {
	for _, f := range d.Fixes {
		var values []string
		for _, field := range f.Needs {
			values = append(values, answers[field])
		}
		if edits, err := f.Edits(d.Zone, values...); err == nil && len(edits) > 0 {
			text := ""
			for _, e := range edits {
				text += fmt.Sprintf("%s %d-%d %q; ", e.File.Name(), e.Start, e.End, e.New)
			}
			all = append(all, text)
		}
	}
	return all
}
