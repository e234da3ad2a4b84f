package lint_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// After all safe fixes nothing is left to fix, and nothing is found that was not there before.
func TestFixesAreIdempotent(t *testing.T) {
	eachCase(t, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		edits, fixed, err := lint.FixAll(z, c.beside, c.opt)
		if err != nil {
			t.Fatal(err)
		}
		next, err := z.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		if again, n, err := lint.FixAll(next, c.beside, c.opt); n > 0 || len(again) > 0 || err != nil {
			t.Errorf("after %d fixes %d more, error %v", fixed, n, err)
		}
		before, after := c.run(z), c.run(next)
		if len(after)+fixed > len(before) {
			t.Errorf("%d fixes, and of %d findings %d are left:\n%v", fixed, len(before), len(after), after)
		}
	})
}

// A fix, safe or not, changes for BIND the records that it is about, and no other.
func TestFixesChangeWhatTheySay(t *testing.T) {
	needs.Long(t)
	b := newCompiler(t)
	eachCase(t, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		c.opt.Info = true
		for _, d := range c.run(z) {
			for _, f := range d.Fixes {
				if len(f.Needs) <= len(c.values) {
					b.check(t, c, d, f)
				}
			}
		}
	})
	if b.compared < 50 {
		t.Errorf("only %d fixes were compared", b.compared)
	}
}

// compiler is named-compilezone, which tells how BIND reads a zone.
type compiler struct {
	dir      string
	known    map[string][]string
	compared int
}

// newCompiler skips without the program.
func newCompiler(t *testing.T) *compiler {
	t.Helper()
	needs.Program(t, "bind9-utils", "named-compilezone")
	return &compiler{dir: t.TempDir(), known: map[string][]string{}}
}

// records is the records of a zone, one a line; nil where BIND refuses the zone however it is told to be patient.
func (b *compiler) records(t *testing.T, z *zonefile.Zone) []string {
	t.Helper()
	var src strings.Builder
	if _, err := z.WriteTo(&src); err != nil {
		t.Fatal(err)
	}
	if lines, ok := b.known[src.String()]; ok {
		return lines
	}
	in, out := filepath.Join(b.dir, "in"), filepath.Join(b.dir, "out")
	if err := os.WriteFile(in, []byte(src.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	patient := []string{"-i", "none", "-k", "ignore", "-m", "ignore", "-M", "ignore", "-n", "ignore", "-r", "ignore", "-S", "ignore", "-T", "ignore"}
	var lines []string
	if exec.Command("named-compilezone", append(patient, "-q", "-s", "full", "-o", out, string(z.Origin()), in)...).Run() == nil {
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			lines = append(lines, strings.Join(strings.Fields(line), " "))
		}
	}
	b.known[src.String()] = lines
	return lines
}

// check makes one fix and compares.
func (b *compiler) check(t *testing.T, c *testCase, d lint.Diagnostic, f lint.Fix) {
	t.Helper()
	edits, err := f.Edits(c.values[:len(f.Needs)]...)
	if err != nil {
		return // the case tells what is asked for by another rule
	}
	next, err := d.Zone.Apply(edits...)
	if err != nil {
		t.Fatalf("%s: %s: %v", d, f.Message, err)
	}
	before, after := b.records(t, d.Zone), b.records(t, next)
	switch {
	case before == nil:
		return // BIND refuses the zone as it was
	case after == nil:
		t.Errorf("%s: after %q BIND refuses the zone", d, f.Message)
		return
	}
	b.compared++
	about := aboutOwners(d, c.values)
	for _, line := range changedLines(before, after) {
		if owner, _, _ := strings.Cut(line, " "); !slices.Contains(about, strings.ToLower(owner)) {
			t.Errorf("%s: %q changes what it is not about:\n%s", d, f.Message, line)
		}
	}
}

// quotedName finds the names that a message quotes.
var quotedName = regexp.MustCompile(`"([^" ]+)"`)

// aboutOwners is the names that a fix of a finding may change: those of the records that the finding speaks of and
// leads to, those that its message quotes, and those that were asked for.
func aboutOwners(d lint.Diagnostic, values []string) (names []string) {
	add := func(z *zonefile.Zone, f *zonefile.File, at uint32) {
		r := z.RowAt(f, at).Record()
		if r.IsZero() {
			return
		}
		names = append(names, string(r.Owner()))
		if target, ok := r.Target(); ok {
			names = append(names, string(target))
		}
	}
	add(d.Zone, d.File, d.Span.Start)
	for _, rel := range d.Related {
		add(d.Zone, rel.File, rel.Span.Start)
	}
	for _, m := range quotedName.FindAllStringSubmatch(d.Message, -1) {
		names = append(names, strings.ToLower(strings.TrimSuffix(m[1], "."))+".")
	}
	for _, v := range values {
		if n, err := zonefile.ParseName(v, d.Zone.Origin()); err == nil {
			names = append(names, string(n))
		}
	}
	return names
}

// changedLines is the lines that only one of two lists has.
func changedLines(a, b []string) (out []string) {
	for _, line := range a {
		if !slices.Contains(b, line) {
			out = append(out, line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			out = append(out, line)
		}
	}
	return out
}
