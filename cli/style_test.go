package cli

import (
	"testing"

	"github.com/mailzone/mailzone/testdata/contrast"
)

// What commands show in a colour can be read on black, on white, and on Solarized, dark and light.
func TestStylesCanBeRead(t *testing.T) {
	for _, s := range []style{bad, risky, notable, good, faint, strong, removed, added, where} {
		if r, on := contrast.Least(string(s)); r < 3 {
			t.Errorf("SGR %s has a contrast of %.1f: %s", s, r, on)
		}
	}
}
