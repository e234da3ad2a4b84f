package zonefile

import (
	"net/netip"
	"testing"
)

// TestSpecialAddressesInOrder wants every line of the table to be found: none behind a wider one.
func TestSpecialAddressesInOrder(t *testing.T) {
	for _, s := range specialAddresses {
		if is := SpecialAddress(s.prefix.Addr()); is.Is != s.Is && s.prefix.Addr() != netip.IPv4Unspecified() {
			t.Errorf("%s is %q, and its first address is said to be %q", s.prefix, s.Is, is.Is)
		}
	}
}

func TestSpecialAddress(t *testing.T) {
	for text, want := range map[string]Reach{
		"9.9.9.9": Everybody, "2620:fe::9": Everybody, "192.0.2.1": Examples, "2001:db8::1": Examples,
		"10.0.0.9": Neighbours, "0.0.0.1": Neighbours, "240.0.0.1": Neighbours, "fec0::1": Neighbours, "fd00::1": Neighbours,
		"0.0.0.0": Oneself, "127.9.9.9": Oneself, "::": Oneself, "::1": Oneself, "::ffff:127.0.0.1": Oneself, "::ffff:0.0.0.0": Oneself,
		"224.0.0.1": Nobody, "255.255.255.255": Nobody, "fe80::1": Nobody, "febf::1": Nobody, "ff02::1": Nobody, "::ffff:224.0.0.1": Nobody,
		"::ffff:9.9.9.9": ByIPv4, "::ffff:192.0.2.1": ByIPv4, "::ffff:10.0.0.9": Neighbours,
	} {
		if got := SpecialAddress(netip.MustParseAddr(text)); got.Reach != want {
			t.Errorf("%s: %d (%s), want %d", text, got.Reach, got.Is, want)
		}
	}
}

func TestPublic(t *testing.T) {
	for origin, want := range map[Name]bool{"example.com.": true, "co.uk.": true, "lan.": false, "corp.": false, "a.home.arpa.": false, "": false, ".": false} {
		if got := Public(origin); got != want {
			t.Errorf("%q: %v", origin, got)
		}
	}
}
