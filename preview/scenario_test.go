package preview

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// TestScenarios asks whole set-ups: "route DOMAIN ...", "map", "edit COMMAND ; COMMAND", "plan FROM TO".
func TestScenarios(t *testing.T) {
	eachCase(t, "scenario", func(t *testing.T, zones []*zonefile.Zone, words []string) string {
		switch words[0] {
		case "route":
			d := Route(zones, question(t, words[1:]))
			checkDraws(t, d)
			return render(d)
		case "map":
			return renderMap(zones)
		case "edit":
			return renderChanges(zones, []*zonefile.Zone{edited(t, zones[0], strings.Join(words[1:], " "))})
		case "plan":
			return renderPlan(t, zones[0], migration(t, words[1:]))
		}
		t.Fatalf("unknown question %q", words)
		return ""
	})
}

// renderMap is a map as the cases write it.
func renderMap(zones []*zonefile.Zone) string {
	var b strings.Builder
	for _, n := range Map(zones[0], zones[1:]...) {
		fmt.Fprintln(&b, renderMailbox(n))
	}
	return b.String()
}

// renderChanges is what an edit changes as the cases write it.
func renderChanges(before, after []*zonefile.Zone) string {
	var b strings.Builder
	for _, c := range Compare(before, after) {
		fmt.Fprintf(&b, "%s\n", c.Domain)
		for _, s := range c.Sentences {
			fmt.Fprintf(&b, "  %s\n", s)
		}
		if c.Stale.Text != "" {
			fmt.Fprintf(&b, "  (%s)\n", c.Stale.Text)
		}
	}
	return b.String()
}

// renderPlan is a plan as the cases write it, or the reason why there is none.
func renderPlan(t *testing.T, z *zonefile.Zone, m Migration) string {
	steps, err := Plan(z, m, Past{})
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	checkPlan(t, m, steps)
	var b strings.Builder
	for _, s := range steps {
		b.WriteString(renderStep(s))
	}
	return b.String()
}
