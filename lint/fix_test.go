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
	files, whole := needs.Share(t, caseFiles(t))
	casesIn(t, files, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		if c.rule == "generate-not-examined" { // named would write a million records for each fix, which other cases have, too
			return
		}
		c.opt.Info = true
		for _, d := range c.run(z) {
			for _, f := range d.Fixes {
				if len(f.Needs) <= len(c.values) {
					b.check(t, c, d, f)
				}
			}
		}
	})
	if b.compared < 50 && whole || b.compared == 0 {
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
	edits, err := f.Edits(d.Zone, c.values[:len(f.Needs)]...)
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
		if n, err := zonefile.ParseName(m[1], d.Zone.Origin()); err == nil {
			names = append(names, string(n))
		}
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

// A fix belongs to no version: in one whose lines have moved it does what it does in the one that it was found in.
func TestFixesFollowTheirRecords(t *testing.T) {
	made := 0
	eachFix(t, func(t *testing.T, z *zonefile.Zone, d lint.Diagnostic, f lint.Fix, values []string) {
		const above = "; all lines are lower now\n\n"
		want, err := fixedText(z, f, values)
		moved, err2 := z.Apply(zonefile.Edit{File: z.Root(), New: above})
		if err2 != nil {
			t.Fatal(err2)
		}
		got, err2 := fixedText(moved, f, values)
		if (err == nil) != (err2 == nil) || err == nil && got != above+want {
			t.Errorf("%s: %q gives error %v and %v, and\n%s\nwant\n%s", d, f.Message, err, err2, got, want)
		}
		made++
	})
	if made < 100 {
		t.Errorf("only %d fixes were made", made)
	}
}

// A fix whose record is gone says so. The same holds for the records that the finding goes by: where another was to stay,
// the one that is left may be the only one.
func TestFixesOfWhatIsGone(t *testing.T) {
	refused := 0
	eachFix(t, func(t *testing.T, z *zonefile.Zone, d lint.Diagnostic, f lint.Fix, values []string) {
		spoken := []zonefile.Record{z.RowAt(d.File, d.Span.Start).Record()}
		for _, rel := range d.Related {
			if z.File(rel.File.Name()) == rel.File {
				spoken = append(spoken, z.RowAt(rel.File, rel.Span.Start).Record())
			}
		}
		for _, r := range spoken {
			if r.IsZero() || r.Type() == zonefile.TypeSOA {
				continue
			}
			edits, err := z.Delete(r)
			if err != nil {
				continue
			}
			next, err := z.Apply(edits...)
			if err != nil {
				t.Fatal(err)
			}
			edits, err = f.Edits(next, values...)
			if err == nil || !strings.Contains(err.Error(), "is gone or was changed") || !strings.HasPrefix(err.Error(), r.File().Name()+":") {
				t.Errorf("%s: without %s %q gives %v, error %v", d, r.Text(), f.Message, edits, err)
			}
			refused++
		}
	})
	if refused < 100 {
		t.Errorf("only %d fixes were refused", refused)
	}
}

// Of records that are written alike a fix takes the one that it was offered for.
func TestFixesTakeTheirTwin(t *testing.T) {
	const twice = "www A 192.0.2.1\n"
	z := zonefile.Parse("db", []byte("@ SOA a b 1 1 1 1 1\n"+twice+"a TXT x\n"+twice+"b TXT x\n"), zonefile.Options{Origin: "example.com."})
	for _, d := range lint.Run([]*zonefile.Zone{z}, lint.Options{}) {
		if d.Rule.Name != "duplicate-record" {
			continue
		}
		moved, err := z.Apply(zonefile.Edit{File: z.Root(), Span: zonefile.Span{Start: 20, End: 20}, New: "c TXT y\n"})
		if err != nil {
			t.Fatal(err)
		}
		got, err := fixedText(moved, d.Fixes[0], nil)
		if want := "@ SOA a b 1 1 1 1 1\nc TXT y\n" + twice + "a TXT x\nb TXT x\n"; got != want || err != nil {
			t.Errorf("error %v:\n%s", err, got)
		}
		return
	}
	t.Error("nothing is found")
}

// eachFix runs a test for every fix of every case for which the case has the values.
func eachFix(t *testing.T, check func(t *testing.T, z *zonefile.Zone, d lint.Diagnostic, f lint.Fix, values []string)) {
	t.Helper()
	eachCase(t, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		c.opt.Info = true
		for _, d := range c.run(z) {
			for _, f := range d.Fixes {
				if d.Zone == z && len(f.Needs) <= len(c.values) {
					check(t, z, d, f, c.values[:len(f.Needs)])
				}
			}
		}
	})
}

// fixedText is the text of a version of one file with a fix made.
func fixedText(z *zonefile.Zone, f lint.Fix, values []string) (string, error) {
	edits, err := f.Edits(z, values...)
	if err != nil {
		return "", err
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return "", err
	}
	return string(next.Root().Bytes()), nil
}
