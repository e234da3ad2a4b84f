package zonefile

import (
	"strings"
	"testing"
)

func TestSignedZonesAreReadOnly(t *testing.T) {
	const top = "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ NS ns1\n"
	for name, c := range map[string]struct {
		text string
		want string
	}{
		"unsigned":     {top + "; RRSIG\nx TXT \"NSEC RRSIG\"\nRRSIG A 192.0.2.1\n", ""},
		"keys only":    {top + "@ DNSKEY 257 3 13 AAAA\nsub DS 1 13 2 00\n", ""},
		"signature":    {top + "@ RRSIG SOA 13 2 86400 20261201000000 20261101000000 1 example.com. AAAA\n", "RRSIG"},
		"proof":        {top + "@ 3600 IN NSEC a.example.com. NS SOA\n", "NSEC"},
		"hashed proof": {top + "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom nsec3 1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr A\n", "NSEC3"},
	} {
		t.Run(name, func(t *testing.T) {
			z := Parse("db", []byte(c.text), Options{Origin: "example.com."})
			reason, yes := z.ReadOnly()
			if yes != (c.want != "") || yes && !strings.Contains(reason, "db:4 ") || yes && !strings.Contains(reason, "an "+c.want+" record") {
				t.Errorf("ReadOnly = %q, %v", reason, yes)
			}
		})
	}
}
