package zonefile

import (
	"strings"
	"testing"
)

// A name that cannot be copied, or not to there, is refused with the reason. TestLaw holds what a copy is.
func TestCopyNameRefusals(t *testing.T) {
	z := Parse("x", []byte("$TTL 1d\n@ SOA ns hostmaster 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nsvc SVCB 1 ns ech=\"ZWFzdGVyIGVnZyE=\" port=53\n"), Options{Origin: "example.com."})
	for _, c := range []struct{ from, to, why string }{
		{"ns.example.com.", "svc.example.com.", "there already, with 1 record"},
		{"ns.example.com.", "ns.example.org.", "not in the zone"},
		{"example.com.", "new.example.com.", "no record that another name can have"},
		{"none.example.com.", "new.example.com.", "no record that another name can have"},
	} {
		if _, err := z.CopyName(Name(c.from), Name(c.to)); err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s to %s: %v; wanted: %s", c.from, c.to, err, c.why)
		}
	}
	edits, err := z.CopyName("svc.example.com.", "new.example.com.")
	if err != nil || !strings.Contains(edits[len(edits)-1].New, `1 ns ech="ZWFzdGVyIGVnZyE=" port=53`) {
		t.Errorf("a quoted parameter is not kept: %v %s", err, showEdits(edits))
	}
}
