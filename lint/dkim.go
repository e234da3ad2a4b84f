package lint

// A DKIM record as RFC 6376 has it, read once for all rules about keys.

import (
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"
)

// dkimKey is what a key record says.
type dkimKey struct {
	bits  int    // of an RSA key; 0 for others
	fault string // why it is no key; "" if it is one
	at    tag    // the culprit, if it is one tag
}

// readKey reads the tags of a key record (RFC 6376 §3.6.1), whose text may be cut off by a semicolon.
func readKey(all []tag, cutOff bool) (k dkimKey) {
	version, versioned := findTag(all, "v")
	key, keyed := findTag(all, "p")
	kind, _ := findTag(all, "k")
	switch {
	case cutOff:
		k.fault = "it ends at a semicolon that is not quoted, the rest is a comment: quote the text"
	case versioned && (version.value != "DKIM1" || all[0].name != "v"):
		k.fault, k.at = "v=DKIM1 has to stand first, in these letters", version
	case !keyed:
		k.fault = "it has no p=: add the key"
	case key.value == "": // revoked
	default:
		if k.fault = k.decode(kind.value, key.value); k.fault != "" {
			k.at = key
		}
	}
	return k
}

// decode reads the key itself. Blanks in base64 do not count.
func (k *dkimKey) decode(kind, value string) string {
	if strings.ContainsAny(value, " \t") {
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
func (k *dkimKey) readRSA(raw []byte) string {
	if isUsualRSA(raw) {
		k.bits = 2048
		return ""
	}
	if any, err := x509.ParsePKIXPublicKey(raw); err == nil {
		if key, ok := any.(*rsa.PublicKey); ok {
			k.bits = key.N.BitLen()
			return ""
		}
		return "p= holds a key that is not RSA: say so by k="
	}
	if key, err := x509.ParsePKCS1PublicKey(raw); err == nil {
		k.bits = key.N.BitLen()
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
