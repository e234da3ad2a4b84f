package lint_test

import (
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// Zones that are examined together each go by their own settings, and still know one another.
func TestLocalSettings(t *testing.T) {
	zone := func(name, more string) *zonefile.Zone {
		src := "$TTL 1d\n@ SOA ns1 h 1 1h 15m 1w 1h\n@ NS ns1\n@ 5m MX 10 mx1\nns1 A 62.96.4.1\nmx1 A 62.96.4.2\n" + more
		return zonefile.Parse(name, []byte(src), zonefile.Options{Origin: zonefile.Name(name + ".")})
	}
	zones := []*zonefile.Zone{zone("a.com", ""), zone("b.com", "@ 5m MX 20 gone.a.com.\n"), zone("c.com", "")}
	opt := lint.Options{Disable: []string{"mx-ttl-low"}, Local: map[string]*lint.Local{
		"b.com": {Severity: map[string]lint.Severity{"mx-ttl-low": lint.Error}, Disable: []string{"ns-single"}},
		"c.com": {TTLFloor: 60},
	}}
	var got strings.Builder
	for _, d := range lint.Run(zones, opt) {
		if d.Rule.Name == "mx-ttl-low" || d.Rule.Name == "ns-single" || d.Rule.Name == "mx-target-no-address" {
			got.WriteString(d.File.Name() + " " + d.Severity.String() + " " + d.Rule.Name + "\n")
		}
	}
	want := "a.com warning ns-single\nb.com error mx-ttl-low\nb.com error mx-target-no-address\nc.com warning ns-single\n"
	if got.String() != want {
		t.Errorf("found\n%swant\n%s", &got, want)
	}
	if o := opt.For(zones[1]); o.Severity["mx-ttl-low"] != lint.Error || o.Local != nil || opt.For(zones[0]).Disable[0] != "mx-ttl-low" {
		t.Errorf("the options of a zone are %+v", o)
	}
}
