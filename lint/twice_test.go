package lint_test

// A record that stands twice is one record: no rule counts it as two.

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// Where a line of an example stands twice, nothing else is told than that it does.
func TestARecordTwiceIsOne(t *testing.T) {
	tried := 0
	for _, r := range lint.All {
		for _, text := range []string{r.Bad, r.Good} {
			c := example(t, r, text)
			once := c.complete(c.src)
			z := c.zone(once)
			told := rulesOf(c.run(z))
			for rec := range z.Records() {
				if rec.Type() == zonefile.TypeSOA || rec.File() != z.Root() || strings.HasPrefix(string(rec.Text()), " ") || strings.Contains(string(rec.Text()), "lint:ignore") {
					continue
				}
				tried++
				s := rec.Span()
				line := strings.TrimSuffix(string(rec.Text()), "\n") + "\n"
				twice := slices.Concat(once[:s.Start], []byte(line), once[s.Start:])
				now := rulesOf(c.run(c.zone(twice)))
				delete(now, "duplicate-record")
				delete(told, "duplicate-record")
				if !maps.Equal(told, now) {
					t.Errorf("%s, with %q twice: %v, want %v", r.Name, strings.TrimSpace(line), slices.Sorted(maps.Keys(now)), slices.Sorted(maps.Keys(told)))
				}
			}
		}
	}
	t.Logf("%d records", tried)
}

// rulesOf is the rules of findings.
func rulesOf(found []lint.Diagnostic) map[string]bool {
	out := map[string]bool{}
	for _, d := range found {
		out[d.Rule.Name] = true
	}
	return out
}
