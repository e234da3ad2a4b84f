package ui

import (
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

func TestAskNamed(t *testing.T) {
	if checkzonePath() == "" {
		t.Skip("needs the package bind9-utils")
	}
	good := zonefile.Parse("z", []byte(sessionZone), zonefile.Options{Origin: "example.com."})
	bad := zonefile.Parse("z", []byte(sessionZone+"bad_name A 192.0.2.1\n"), zonefile.Options{Origin: "example.com."})
	o := askNamed(good, t.TempDir())
	if !o.asked || o.refused || o.err != nil || len(o.complaints) > 0 {
		t.Errorf("of a good zone: %+v", o)
	}
	worse := askNamed(bad, t.TempDir())
	if !worse.refused || !strings.Contains(strings.Join(newComplaints(o, worse), "\n"), "bad owner name") {
		t.Errorf("of a bad zone: %+v", worse)
	}
	if again := newComplaints(worse, worse); len(again) > 0 {
		t.Errorf("old complaints count as new: %q", again)
	}
}

func TestComplaintsMoveWithTheirLines(t *testing.T) {
	old := opinion{complaints: []string{"/dev/stdin:7: x: bad owner name (check-names)"}}
	now := opinion{complaints: []string{"/dev/stdin:9: x: bad owner name (check-names)", "/dev/stdin:9: y: bad owner name (check-names)"}}
	if got := newComplaints(old, now); len(got) != 1 || !strings.Contains(got[0], " y:") {
		t.Errorf("new complaints: %q", got)
	}
}
