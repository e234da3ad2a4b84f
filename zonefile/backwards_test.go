package zonefile

import (
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"testing"
)

// TestBackwards: every address is found again in its name, and each name above it stands for a network that has the address.
func TestBackwards(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var octets [16]byte
		binary.BigEndian.PutUint64(octets[:], random.Uint64())
		binary.BigEndian.PutUint64(octets[8:], random.Uint64())
		for _, a := range []netip.Addr{netip.AddrFrom16(octets), netip.AddrFrom4([4]byte(octets[:4]))} {
			n := Backwards(a)
			if p, ok := n.Network(); !ok || p.Addr() != a || !p.IsSingleIP() {
				t.Fatalf("%s: %s, %v", n, p, ok)
			}
			for ; n != reverse4 && n != reverse6; n = n.Parent() {
				if p, ok := n.Network(); !ok || !p.Contains(a) || p != p.Masked() {
					t.Fatalf("%s of %s: %s, %v", n, a, p, ok)
				}
			}
		}
	}
}

// TestNoAddress: names among the reverse zones that stand for no address (RFC 2317 §4), and one that is not among them.
func TestNoAddress(t *testing.T) {
	for _, n := range []Name{
		"64/26.2.0.192.in-addr.arpa.", "65.64/26.2.0.192.in-addr.arpa.", "0-63.2.0.192.in-addr.arpa.", "*.2.0.192.in-addr.arpa.",
		"256.2.0.192.in-addr.arpa.", "010.2.0.192.in-addr.arpa.", "+1.2.0.192.in-addr.arpa.", "1.10.2.0.192.in-addr.arpa.",
		"10.8.b.d.0.1.0.0.2.ip6.arpa.", "g.8.b.d.0.1.0.0.2.ip6.arpa.", "in-addr.arpa.", "ip6.arpa.", "2.0.192.example.",
	} {
		if p, ok := n.Network(); ok {
			t.Errorf("%s stands for %s", n, p)
		}
	}
}
