package lint_test

// A file that is not read may hold what a zone seems to lack.

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
)

// seenWhole is rules that are mended by lines that are added, and are told of what was read alone.
var seenWhole = map[string]string{
	"soa-serial-not-raised": "the SOA was read",
	"mx-removed-too-early":  "the exchange that went was read",
}

// What is mended by lines that are added is not told of a zone of which a part was not read: they may stand there.
func TestWhatIsNotReadMayMend(t *testing.T) {
	held := 0
	for _, r := range lint.All {
		bad, good := strings.Split(r.Bad, "\n"), strings.Split(r.Good, "\n")
		adds := len(good) > len(bad) && !slices.ContainsFunc(bad, func(l string) bool { return !slices.Contains(good, l) })
		c := example(t, r, r.Bad)
		if !adds || seenWhole[r.Name] != "" {
			continue
		}
		held++
		for _, d := range c.run(c.zone(append(c.complete(c.src), "$INCLUDE not-here.db\n"...))) {
			if d.Rule == r {
				t.Errorf("%s: %s, and the zone has an $INCLUDE that was not read", r.Name, d.Message)
			}
		}
	}
	if t.Logf("%d rules", held); held < 10 {
		t.Errorf("%d rules are mended by lines that are added, want 10", held)
	}
}
