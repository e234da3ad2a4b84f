package zonefile

import (
	"net/netip"
	"testing"
)

// Every severity is read as it is written, in any case, and has a letter of its own.
func TestSeverity(t *testing.T) {
	letters := map[string]bool{Severity(0).Letter(): true}
	for s := Info; s <= Error; s++ {
		if back, err := ParseSeverity(s.String()); back != s || err != nil {
			t.Errorf("%s is read as %s, %v", s, back, err)
		}
		if letters[s.Letter()] {
			t.Errorf("%s has the letter of another", s)
		}
		letters[s.Letter()] = true
	}
	if _, err := ParseSeverity("none"); err == nil {
		t.Error("none is a severity")
	}
}

// An address is held by a record that BIND takes it in.
func TestAddressType(t *testing.T) {
	for text, want := range map[string]Type{"192.0.2.1": TypeA, "2001:db8::1": TypeAAAA, "::ffff:192.0.2.1": TypeAAAA} {
		a := netip.MustParseAddr(text)
		z := Parse("z", []byte("$TTL 1\n@ "+AddressType(a).String()+" "+a.String()+"\n"), Options{Origin: "example.com."})
		for r := range z.Records() {
			if got, ok := r.Addr(); AddressType(a) != want || !ok || got != a {
				t.Errorf("%s: %s, read as %s", text, AddressType(a), got)
			}
		}
	}
}
