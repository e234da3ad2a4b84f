package zonefile

import "testing"

// An address in the place of a host is known by what it says, whole or below the origin, and told without the dot of a name.
func TestAddressInName(t *testing.T) {
	for text, want := range map[string]string{
		"192.0.2.10":                   "192.0.2.10",
		"192.0.2.10.":                  "192.0.2.10",
		"[192.0.2.10].":                "192.0.2.10",
		"2001:DB8::1":                  "2001:db8::1",
		"2001:db8::1.":                 "2001:db8::1",
		"192.0.2.10.example.com.":      "192.0.2.10",
		"192.0.2.10.other.example.":    "",
		"192.0.2.":                     "",
		"10.2.0.192.in-addr.arpa.":     "",
		"mail":                         "",
		"192.0.2.10.mail.example.com.": "",
		"@":                            "",
		".":                            "",
	} {
		n, err := ParseName(text, "example.com.")
		if err != nil {
			t.Fatal(err)
		}
		a, is := AddressInName(n, "example.com.")
		if is != (want != "") || is && a.String() != want {
			t.Errorf("%s: %v, %v", text, a, is)
		}
	}
}
