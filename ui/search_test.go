package ui

import (
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// A text is looked for in what is said: whatever the case and the blanks, and with its names in full or as the zone writes them.
func TestSeeker(t *testing.T) {
	for _, c := range []struct {
		text, says string
		has        bool
	}{
		{"mx2", "MX 10 mx2", true}, {"x2", "MX 10 mx2", true}, {"mx  10", "MX\t10 mx2", true}, {"mx3", "MX 10 mx2", false},
		{"mx2.example.com.", "MX 10 mx2", true}, {"mx2.example.com", "MX 10 mx2", true}, {"MX2.Example.COM.", "mx2: 192.0.2.1 -> 192.0.2.2", true},
		{"mx2.ex", "MX 10 mx2", true}, {"mx2.", "MX 10 mx2, gone", true}, {"x2.example.com.", "MX 10 mx2", true},
		{"mx2.example.com.", "MX 10 mx2.example.com.", true}, {"mx2.example.com.", "MX 10 mx22", false}, {"mx2.example.com.", "MX 10 mx2.sub", false},
		{"mx2.example.com.", "MX 10 mx2-old", false}, {"mx2.example.com.", "mx20 and mx2.", true}, {"mx2.example.org", "MX 10 mx2", false},
		{"a.mx2.example.com.", "a.mx2 A 192.0.2.1", true}, {"a.mx2.example.com. a 192", "a.mx2 A 192.0.2.1", true}, {"mx2.example.com. a", "mx2 AAAA ::", true},
		{"example.com.", "@ MX 10 mx2", true}, {"example.com. mx", "@ MX 10 mx2", true}, {"example.com", "a@b", false}, {"example.com.", "MX 10 mx2", false},
		{"10.example", "MX 10 mx2", true}, {".example.com.", "mx2", false}, {"com.", "mx2", false}, {"", "anything", true},
	} {
		if got := seeks("example.com.", c.text).has(c.says); got != c.has {
			t.Errorf("%q in %q: %v, want %v", c.text, c.says, got, c.has)
		}
	}
	for _, origin := range []zonefile.Name{"", zonefile.Root} {
		if s := seeks(origin, "mx2.example.com."); s.has("MX 10 mx2") || !s.has("mx2.example.com. A") {
			t.Errorf("a name in full is a shorter one below %q", origin)
		}
	}
}
