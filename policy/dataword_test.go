package policy

import (
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
)

// lawText is what the law of fields holds for: the text of a kind, or the owner of its records.
type lawText struct {
	Kind
	owner bool
}

// allTexts is all of them.
func allTexts() (list []lawText) {
	for k := range kindCount {
		list = append(list, lawText{k, false})
		if k.OwnerFields() != nil {
			list = append(list, lawText{k, true})
		}
	}
	return list
}

func (l lawText) String() string {
	if l.owner {
		return "owner of " + l.Kind.String()
	}
	return l.Kind.String()
}

func (l lawText) fields() []Field {
	if l.owner {
		return l.OwnerFields()
	}
	return l.Fields()
}

func (l lawText) hinders(text string) string {
	if l.owner {
		return l.OwnerHinders(text)
	}
	return l.Hinders(text)
}

// hexText is so many octets in hex.
func hexText(r *rand.Rand, octets int) string {
	raw := make([]byte, octets)
	for i := range raw {
		raw[i] = byte(r.Uint32())
	}
	return hex.EncodeToString(raw)
}

// wordText makes the data of a record by RFC 6698 §2.2, RFC 2782 or RFC 8659 §4.1.1, with the blanks that may stand in it; a
// record that is begun has no last word.
func wordText(r *rand.Rand, k Kind) string {
	number := func() string { return one(r, "0", "1", "10", "443", "65535", "007") }
	var words []string
	switch k {
	case KindTLSA:
		data := hexText(r, 4+r.IntN(64))
		if r.IntN(3) == 0 {
			data = strings.ToUpper(data[:5]) + " " + data[5:]
		}
		words = []string{one(r, "0", "1", "2", "3", "9", "255"), one(r, "0", "1", "7"), one(r, "0", "1", "2", "02"), data}
	case KindSRV:
		words = []string{number(), number(), number(), one(r, ".", "imap", "imap.example.com.", `a\.b.c`, `x\032y`)}
	default:
		words = []string{one(r, "0", "1", "128", "129", "255"), one(r, "issue", "ISSUE", "issuewild", "iodef", "x9"),
			one(r, `"ca.example"`, `ca.example`, `";"`, `""`, `"a\"b\\c\032"`, `mailto:a@b.example`, `a\ b`)}
	}
	if r.IntN(8) == 0 {
		words = words[:len(words)-1]
	}
	return one(r, "", " ") + strings.Join(words, one(r, " ", " ", "\t", "  ")) + one(r, "", " ")
}

// ownerText makes an owner.
func ownerText(r *rand.Rand, k Kind) string {
	first, middle := one(r, "_25", "_443", "_0"), one(r, "_tcp", "_UDP", "_sctp")
	switch k {
	case KindDKIM:
		first, middle = one(r, "mail", "Sel.2026", "a-b.c_d"), one(r, "_domainkey", "_DomainKey")
	case KindSRV:
		first = one(r, "_imaps", "_IMAP", "_submission", "_sip", "_x-y")
	}
	return first + "." + middle + one(r, "", ".mx1", ".mx.example.com.", ".*.a", "._b.c")
}

// certificateText is a certificate of Ed25519 for mx1.example.com, on one line as a paste brings it; keyPEM is its key.
const certificateText = "-----BEGIN CERTIFICATE----- MIIBZTCCARegAwIBAgIUINldhbEN34GrJA6pASI390pQI+wwBQYDK2VwMBoxGDAW BgNVBAMMD214MS5leGFtcGxlLmNvbTAeFw0yNjExMzAwNTEyMDhaFw0zNjExMjcw NTEyMDhaMBoxGDAWBgNVBAMMD214MS5leGFtcGxlLmNvbTAqMAUGAytlcAMhABXX k1Tpc/x71W/kLOT6ARGbePz56u3u7kzaxpy23Glno28wbTAdBgNVHQ4EFgQURXv4 kHPdYDYv3OX1gK6BIb+C4fMwHwYDVR0jBBgwFoAURXv4kHPdYDYv3OX1gK6BIb+C 4fMwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgg9teDEuZXhhbXBsZS5jb20w BQYDK2VwA0EApIuokRNqDmn4psJaG4RjpxYRXm3fehWokiyPgM/2J8IB1EF76792 /JIqqnw+rSbM+qpUDMo9y5Y7cL5nbilbAg== -----END CERTIFICATE-----"

const keyPEM = "-----BEGIN PUBLIC KEY----- MCowBQYDK2VwAyEAFdeTVOlz/HvVb+Qs5PoBEZt4/Pnq7e7uTNrGnLbcaWc= -----END PUBLIC KEY-----"

// What becomes of a certificate is what openssl makes of it.
func TestDigests(t *testing.T) {
	for _, c := range []struct{ numbers, pasted, want string }{
		{"3 1 1", certificateText, "304fef62e55d789630c7fbc5a6c36d5892368b73f48a1a2f57d1ca01efe92919"}, {"3 0 1", certificateText, "2f54ee2ba4fc7c48b56c320181b48a776a1e229a0f5295dffef4e4c271024ba1"}, {"3 1 2", certificateText, "742fc079505009361cb7178e9b6c61ed4a0279df4382988516cf4c8e617cf7d2c95f761357efd740c3a250a1ce896dc021e4723e38abad913e62f11f4e1fc3ed"},
		{"3 1 0", certificateText, "302a300506032b657003210015d79354e973fc7bd56fe42ce4fa01119b78fcf9eaedeeee4cdac69cb6dc6967"}, {"3 1 1", keyPEM, "304fef62e55d789630c7fbc5a6c36d5892368b73f48a1a2f57d1ca01efe92919"},
		{"2 1 1", certificateText + " " + certificateText, "304fef62e55d789630c7fbc5a6c36d5892368b73f48a1a2f57d1ca01efe92919"},
		{"3 1 1", "_25._tcp.mx1 IN TLSA 3 1 1 304fef62e55d789630c7fbc5a6c36d5892368b73f48a1a2f57d1ca01efe92919", "304fef62e55d789630c7fbc5a6c36d5892368b73f48a1a2f57d1ca01efe92919"},
	} {
		data := KindTLSA.Fields()[3]
		if err := data.Check(c.numbers, c.pasted); err != nil {
			t.Errorf("%s of %.40q: %v", c.numbers, c.pasted, err)
		}
		if got := Apply(c.numbers, data.Set(c.numbers, c.pasted)...); got != c.numbers+" "+c.want {
			t.Errorf("%s of %.40q is %q", c.numbers, c.pasted, got)
		}
	}
}

// What is no certificate for the numbers is refused with its remedy, and a private key never taken.
func TestNoDigest(t *testing.T) {
	for _, c := range []struct{ numbers, pasted, want string }{
		{"3 0 1", keyPEM, "without its certificate"},
		{"3 1 1", strings.ReplaceAll(keyPEM, "PUBLIC", "PRIVATE"), "private key"},
		{"3 1 1", certificateText[:200], "copy it again"},
		{"3 1 1", "304fef62e55d789630c7fbc5a6c36d5892368b73f48a1a2f57d1ca01efe92919"[:40], "40 hex digits, matching type 1 has 64"},
		{"3 1 1", "abc", "half an octet"}, {"3 1 1", "", "paste certificate"},
	} {
		if err := KindTLSA.Fields()[3].Check(c.numbers, c.pasted); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s of %.40q: %v, not %q", c.numbers, c.pasted, err, c.want)
		}
	}
}

// A new record begins with what most of its kind have: of a service of mail its port.
func TestBegin(t *testing.T) {
	for _, c := range []struct {
		kind        Kind
		owner, want string
	}{
		{KindTLSA, "_25._tcp.mx1", "3 1 1"}, {KindSRV, "_imaps._tcp", "0 1 993"}, {KindSRV, "_SUBMISSION._tcp.sub", "0 1 587"},
		{KindSRV, "_sip._tcp", "0 1 0"}, {KindCAA, "@", "0 issue"},
	} {
		if got := c.kind.Begin(c.owner); got != c.want || c.kind.Hinders(got) != "" {
			t.Errorf("%s at %s begins with %q, not %q; fields: %s", c.kind, c.owner, got, c.want, c.kind.Hinders(got))
		}
	}
	for _, c := range []struct {
		kind         Kind
		domain, want string
	}{
		{KindTLSA, "mx1", "_25._tcp.mx1"}, {KindTLSA, "_443._tcp.mx1", "_443._tcp.mx1"}, {KindSRV, "@", "_submissions._tcp"},
		{KindDKIM, "sub", "mail._domainkey.sub"}, {KindCAA, "sub", "sub"},
	} {
		if got := c.kind.OwnerOf(c.domain); got != c.want {
			t.Errorf("%s of %s is at %q, not %q", c.kind, c.domain, got, c.want)
		}
	}
}
