package document

// What limits leave over is told, and nothing of it is asked.

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// Name servers beyond the first ones are results as those that may not be asked are.
func TestNameServersBeyondTheLimit(t *testing.T) {
	const more = 3
	var text strings.Builder
	text.WriteString("@ 60 SOA ns0 h 10 7200 900 1209600 3600\n")
	for i := range probe.MostServers + more {
		fmt.Fprintf(&text, "@ NS ns%d\nns%d A 127.0.9.%d\n", i, i, i+1)
	}
	z := zonefile.Parse("db", []byte(text.String()), zonefile.Options{Origin: "example.com."})
	c := Checking{Zone: z, Now: time.Now, Tell: func(line string) { t.Errorf("told %s", line) }}
	left := 0
	found := c.DNS(t.Context())
	for _, r := range found.Results {
		if r.State != probe.NotAsked {
			t.Errorf("%s: %s", r.Who(), r.State)
		}
		if strings.Contains(r.Means, "stand before it") {
			left++
		}
	}
	if left != more || len(found.Results) != probe.MostServers+more {
		t.Errorf("%d results, %d beyond the limit", len(found.Results), left)
	}
}
