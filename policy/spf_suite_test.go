package policy_test

import (
	"testing"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/testdata/rfc7208"
)

// beyondText is the cases of the suite whose permanent error lies in other records than the one that is read, or in how much
// it looks up: the rules of lint find those.
var beyondText = map[string]bool{
	"multitxt1": true, "multitxt2": true, "multispf1": true, "include-permerror": true, "include-none": true, "redirect-none": true,
	"redirect-loop": true, "include-loop": true, "mech-over-limit": true, "include-over-limit": true, "mx-limit": true,
	"void-over-limit": true, "spf-over-limit": true,
}

// The grammar is that of the suite of RFC 7208.
func TestSuiteOfRFC7208(t *testing.T) {
	wrong, right := 0, 0
	for _, c := range rfc7208.Cases(t) {
		for _, text := range c.Texts {
			if !policy.IsSPF(text) {
				continue
			}
			switch broken := policy.ParseSPF(text).Broken(); {
			case c.Permanent() && !broken && !beyondText[c.Name]:
				t.Errorf("%s: %q is a permanent error", c.Name, text)
			case c.Valid() && broken:
				t.Errorf("%s: %q is valid", c.Name, text)
			case broken:
				wrong++
			default:
				right++
			}
		}
	}
	if wrong < 50 || right < 90 {
		t.Errorf("%d wrong and %d right records: is the suite whole?", wrong, right)
	}
}
