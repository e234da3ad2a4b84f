package lint_test

import (
	"slices"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// reachedOf counts how many edits were looked at, and of how many it was known what they reach.
type reachedOf struct{ edits, reached int }

// check holds what an edit brings against the difference of two whole runs. Of a comparison, which knows no edits, too.
func (n *reachedOf) check(t *testing.T, what string, z, next *zonefile.Zone, edits []zonefile.Edit, opt lint.Options) bool {
	t.Helper()
	opt.Disable = slices.Clone(opt.Disable)
	for _, r := range lint.All {
		if r.NeedsAll() {
			opt.Disable = append(opt.Disable, r.Name)
		}
	}
	words := func(list []lint.Diagnostic) (out []string) {
		for _, d := range list {
			out = append(out, d.String())
		}
		return out
	}
	run := func(z *zonefile.Zone) []lint.Diagnostic { return lint.Run([]*zonefile.Zone{z}, opt) }
	want := words(lint.Since(run(z), run(next)))
	for _, how := range [][]zonefile.Edit{edits, nil} {
		fresh, reached := lint.NewSinceForTests(z, next, how, opt)
		n.edits++
		if reached {
			n.reached++
		}
		if got := words(fresh); !slices.Equal(got, want) {
			t.Errorf("%s brings %q, two whole runs say %q", what, got, want)
			return false
		}
	}
	return true
}

// What is found at the names that somebody wants to know of is the same whether others are visited or not.
func TestEachAt(t *testing.T) {
	eachCase(t, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		c.opt.Info = true
		zones := append([]*zonefile.Zone{z}, c.beside...)
		wanted := func(n zonefile.Name) bool { return len(n)%2 == 0 }
		at := func(each func(func(*lint.Diagnostic) bool)) (out []string) {
			for d := range each {
				if d.File.Size() > 0 && wanted(d.Owner()) {
					out = append(out, d.String())
				}
			}
			return out
		}
		all, some := at(lint.Each(zones, c.opt)), at(lint.EachAt(zones, c.opt, wanted))
		if !slices.Equal(all, some) {
			t.Errorf("at the names: %q, want %q", some, all)
		}
	})
}
