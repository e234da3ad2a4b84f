package policy

// A DKIM key record as RFC 6376 §3.6.1 has it.

import (
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// DKIM is what a key record says.
type DKIM struct {
	Bits   int     // of an RSA key; 0 of others
	Faults []Fault // why receivers cannot read it; a fault without a place is one of the whole record
}

// ReadDKIM reads the tags of a key record.
func ReadDKIM(l Tags) (k DKIM) {
	k.Faults = l.faults()
	k.readKey(l)
	k.readHashes(l)
	return k
}

// IsKey tells a list that is meant as a key.
func (l Tags) IsKey() bool {
	_, keyed := l.Find("p")
	return keyed || len(l) > 0 && l[0].Name == "v" && l[0].Value == "DKIM1"
}

// readHashes reads the algorithms that the key allows. All signatures of today hash by SHA-256: who signs otherwise is
// not believed (RFC 8301 §3.1).
func (k *DKIM) readHashes(l Tags) {
	i := slices.IndexFunc(l, func(t Tag) bool { return t.Name == "h" })
	if i < 0 {
		return
	}
	for name := range strings.SplitSeq(l[i].Value, ":") {
		if lower(strings.Trim(name, " \t")) == "sha256" {
			return
		}
	}
	text := quote(l[i].Text) + " leaves sha256 out, the one hash that receivers take: take h= away"
	k.Faults = append(k.Faults, Fault{Span: l[i].Span, Text: text, Remedy: l.Without(i, "take "+l[i].Text+" away")})
}

// readKey reads the version and the key.
func (k *DKIM) readKey(l Tags) {
	version, versioned := l.Find("v")
	key, keyed := l.Find("p")
	kind, _ := l.Find("k")
	switch {
	case versioned && MissesSemicolon(version.Text, "DKIM1"):
		k.fault(Span{version.Start, version.Start + len("v=DKIM1")}, "a semicolon is missing behind v=DKIM1")
	case versioned && (version.Value != "DKIM1" || l[0].Name != "v"):
		k.fault(version.Span, "v=DKIM1 has to stand first, in these letters")
	case !keyed:
		k.fault(Span{}, "it has no p=: add the key")
	case key.Value == "": // revoked
	default:
		if why := k.decode(kind.Value, key.Value); why != "" {
			k.fault(key.Span, why)
		}
	}
}

// fault notes what is wrong with a part of the record.
func (k *DKIM) fault(at Span, text string) { k.Faults = append(k.Faults, Fault{Span: at, Text: text}) }

// decode reads the key itself. Blanks in base64 do not count.
func (k *DKIM) decode(kind, value string) string {
	if hasBlank(value) {
		value = strings.Join(strings.Fields(value), "")
	}
	raw, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		return "p= is not base64: copy the key again, complete and without other characters"
	}
	switch kind {
	case "", "rsa":
		return k.readRSA(raw)
	case "ed25519": // RFC 8463 §4.2
		if len(raw) != ed25519.PublicKeySize {
			return fmt.Sprintf("p= holds %d octets, an ed25519 key has %d: copy the key again", len(raw), ed25519.PublicKeySize)
		}
		return ""
	}
	return ""
}

// readRSA reads an RSA key in either form that receivers take (RFC 6376 §3.6.1, errata).
func (k *DKIM) readRSA(raw []byte) string {
	if isUsualRSA(raw) {
		k.Bits = 2048
		return ""
	}
	if public, err := x509.ParsePKIXPublicKey(raw); err == nil {
		if key, ok := public.(*rsa.PublicKey); ok {
			k.Bits = key.N.BitLen()
			return ""
		}
		return "p= holds a key that is not RSA: say so by k="
	}
	if key, err := x509.ParsePKCS1PublicKey(raw); err == nil {
		k.Bits = key.N.BitLen()
		return ""
	}
	return "p= is no RSA key: part of it is missing, copy the key again"
}

// What every RSA key of 2048 bits with the exponent 65537 starts and ends with (RFC 5280 §4.1, RFC 8017 §A.1.1).
// Nearly all keys are such, and a zone may have very many.
const (
	usualRSAHead = "\x30\x82\x01\x22\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x03\x82\x01\x0f\x00" +
		"\x30\x82\x01\x0a\x02\x82\x01\x01\x00"
	usualRSATail = "\x02\x03\x01\x00\x01"
)

// isUsualRSA tells a key of that form: x509 would find nothing else in it.
func isUsualRSA(raw []byte) bool {
	n := len(usualRSAHead)
	return len(raw) == n+256+len(usualRSATail) && string(raw[:n]) == usualRSAHead && raw[n] >= 0x80 && string(raw[n+256:]) == usualRSATail
}
