package lint_test

// How much each rule finds in zone files that were not written for it, as tables that are checked in: what a change of
// a rule does to zones of other projects, and to ours, is the diff of a table, and is looked at before it lands.

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/testdata/shapes"
	"github.com/mailzone/mailzone/zonefile"
)

// fileGroup is zone files of one source, and what is found in them.
type fileGroup struct {
	name   string
	paths  []string
	digest string // of the files: in others other things are found
	counts map[string]int
}

// TestFindingsInOurZones counts what is found in each zone of the project.
func TestFindingsInOurZones(t *testing.T) {
	var groups []*fileGroup
	for _, dir := range []string{"testdata/clean", "../zonefile/testdata/zones"} {
		for _, path := range zonePaths(t, dir) {
			if filepath.Ext(path) != ".zone" { // a part that a zone includes
				continue
			}
			groups = append(groups, &fileGroup{name: strings.TrimPrefix(filepath.ToSlash(path), "../"), paths: []string{path}})
		}
	}
	compareFindings(t, "testdata/findings/ours.txt", groups)
}

// TestFindingsInShapes counts what is found in large zones of every shape: what is skipped to be fast must not be lost. A digest of
// all that is said tells also of what is found elsewhere, or said otherwise.
func TestFindingsInShapes(t *testing.T) {
	var now strings.Builder
	for _, s := range shapes.Every() {
		z := zonefile.Parse(s.Name, s.Zone(4000), zonefile.Options{Origin: zonefile.Name(s.Origin)})
		g := fileGroup{name: s.Name, paths: []string{s.Name}, counts: map[string]int{}}
		sum := sha256.New()
		for _, d := range g.add([]*zonefile.Zone{z}) {
			fmt.Fprintln(sum, d, d.Span.End)
			for _, rel := range d.Related {
				fmt.Fprintln(sum, rel.Span, rel.Message)
			}
			for _, f := range d.Fixes {
				fmt.Fprintln(sum, f.Message, f.Safe, f.Needs)
			}
		}
		g.digest = fmt.Sprintf("%x", sum.Sum(nil)[:6])
		g.write(&now)
	}
	compareTable(t, "testdata/findings/shapes.txt", now.String())
}

// TestFindingsInOthersZones counts what is found in the zone files of each other project.
func TestFindingsInOthersZones(t *testing.T) {
	paths := zonePaths(t, *corpusDir)
	if len(paths) == 0 {
		needs.Other("the zone files of other projects (.ci/corpus fetches them)")
		t.Skip("no zone files of other projects: .ci/corpus fetches them")
	}
	root, err := filepath.EvalSymlinks(*corpusDir)
	if err != nil {
		t.Fatal(err)
	}
	var groups []*fileGroup
	for _, path := range paths {
		inside, _ := filepath.Rel(root, path)
		name, _, _ := strings.Cut(filepath.ToSlash(inside), "/")
		if len(groups) == 0 || groups[len(groups)-1].name != name {
			groups = append(groups, &fileGroup{name: name})
		}
		last := groups[len(groups)-1]
		last.paths = append(last.paths, path)
	}
	compareFindings(t, "testdata/findings/others.txt", groups)
}

// compareFindings holds what is found in groups of files to a table; -update writes the table.
func compareFindings(t *testing.T, table string, groups []*fileGroup) {
	t.Helper()
	var now strings.Builder
	for _, g := range groups {
		g.count(t)
		g.write(&now)
	}
	compareTable(t, table, now.String())
}

// compareTable holds what was counted to a table; -update writes the table.
func compareTable(t *testing.T, table, now string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(table, []byte(now), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if string(old) != now {
		t.Errorf("not what %s says:\n%swhere only a digest differs the files are others, or other words are said. `go test ./lint -run "+
			"TestFindings -update` writes it anew: read `git diff`", table, tableDiff(string(old), now))
	}
}

// count counts what is found in the files of a group, each alone; information, too.
func (g *fileGroup) count(t *testing.T) {
	t.Helper()
	g.counts = map[string]int{}
	sum := sha256.New()
	for _, path := range g.paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(sum, "%s %x\n", filepath.Base(path), sha256.Sum256(src))
		told, err := zonefile.GuessOrigin(path, src)
		if err != nil {
			told.Origin = "example.com."
		}
		z := zonefile.Parse(path, src, zonefile.Options{Origin: told.Origin, Open: besideIt(path)})
		for _, d := range g.add([]*zonefile.Zone{z}) {
			if testing.Verbose() {
				t.Logf("%s", zonefile.Printable(d.String(), false))
			}
		}
	}
	g.digest = fmt.Sprintf("%x", sum.Sum(nil)[:6])
}

// add counts what is found in zones.
func (g *fileGroup) add(zones []*zonefile.Zone) []lint.Diagnostic {
	found := lint.Run(zones, lint.Options{Info: true})
	for _, d := range found {
		g.counts[d.Severity.String()+" "+d.Rule.Name]++
	}
	return found
}

// write writes a group as it stands in a table.
func (g *fileGroup) write(out *strings.Builder) {
	fmt.Fprintf(out, "%s: of %d, digest %s\n", g.name, len(g.paths), g.digest)
	for _, rule := range slices.Sorted(maps.Keys(g.counts)) {
		fmt.Fprintf(out, "%6d %s\n", g.counts[rule], rule)
	}
}

// tableDiff is the lines of two tables that are in one of them alone, each with its group.
func tableDiff(old, now string) string {
	var out strings.Builder
	was, is := groupedLines(old), groupedLines(now)
	for _, line := range was {
		if !slices.Contains(is, line) {
			out.WriteString("- " + line + "\n")
		}
	}
	for _, line := range is {
		if !slices.Contains(was, line) {
			out.WriteString("+ " + line + "\n")
		}
	}
	return out.String()
}

// groupedLines is the lines of a table, each behind the name of its group.
func groupedLines(table string) (lines []string) {
	group := ""
	for line := range strings.Lines(table) {
		if line = strings.TrimSpace(line); strings.Contains(line, ": ") {
			group, _, _ = strings.Cut(line, ": ")
		}
		lines = append(lines, group+": "+line)
	}
	return lines
}
