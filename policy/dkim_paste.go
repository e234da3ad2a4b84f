package policy

// A public key in any wrapping that programs and pages put around one: PEM, lines of base64, the quoted strings of a zone
// file, a whole record. A private key is told and never taken: what stands in a zone is read by everybody.

import (
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// What k= has for the two algorithms (RFC 6376 §3.6.1, RFC 8463 §4).
const kindRSA, kindEd25519 = "rsa", "ed25519"

// A PublicKey is a key as p= has it.
type PublicKey struct {
	Text string // base64; "" of one that is revoked
	Kind string // rsa or ed25519
	Bits int    // of RSA
}

// String says which key it is.
func (k PublicKey) String() string {
	if k.Kind == kindEd25519 {
		return "Ed25519"
	}
	return fmt.Sprintf("RSA, %d bits", k.Bits)
}

// errPrivate is that of a key that has to stay where it is.
var errPrivate = errors.New("this is the private key: keep it secret, paste the public one")

// ReadPublicKey finds the key in what was pasted.
func ReadPublicKey(pasted string) (k PublicKey, err error) {
	if strings.Contains(pasted, "PRIVATE KEY") {
		return k, errPrivate
	}
	text := withoutSpace(unwrapped(pasted))
	if text == "" {
		return k, nil
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		if raw, err = base64.RawStdEncoding.DecodeString(text); err != nil {
			return k, errors.New("not base64: copy the key again, complete and without other characters")
		}
	}
	return keyOf(raw)
}

// unwrapped is the base64 in what was pasted.
func unwrapped(pasted string) string {
	if _, body, ok := strings.Cut(pasted, "-----BEGIN "); ok { // RFC 7468 §2
		_, body, _ = strings.Cut(body, "-----")
		body, _, _ = strings.Cut(body, "-----END")
		return body
	}
	text := pasted
	if strings.Contains(text, `"`) { // strings of a zone file stand between the quotes
		text = ""
		for i, part := range strings.Split(pasted, `"`) {
			if i%2 == 1 {
				text += part
			}
		}
	}
	text = strings.ReplaceAll(text, `\;`, ";")
	if l := ParseTags(text); l.IsKey() {
		key, _ := l.Find("p")
		return key.Value
	}
	return strings.TrimRight(text, "; \t\r\n")
}

// keyOf tells which key octets are. Of Ed25519 a record has the bare octets (RFC 8463 §4.2), of RSA their form in DER.
func keyOf(raw []byte) (PublicKey, error) {
	if len(raw) == ed25519.PublicKeySize {
		return PublicKey{base64.StdEncoding.EncodeToString(raw), kindEd25519, 0}, nil
	}
	if isPrivate(raw) {
		return PublicKey{}, errPrivate
	}
	if public, err := x509.ParsePKIXPublicKey(raw); err == nil {
		switch key := public.(type) {
		case *rsa.PublicKey:
			return PublicKey{base64.StdEncoding.EncodeToString(raw), kindRSA, key.N.BitLen()}, nil
		case ed25519.PublicKey:
			return keyOf(key)
		}
		return PublicKey{}, errors.New("it is of a kind that DKIM has not: RSA or Ed25519")
	}
	if key, err := x509.ParsePKCS1PublicKey(raw); err == nil { // receivers take this form, too (RFC 6376 §3.6.1)
		return PublicKey{base64.StdEncoding.EncodeToString(raw), kindRSA, key.N.BitLen()}, nil
	}
	return PublicKey{}, errors.New("no public key: part of it is missing, copy it again")
}

// isPrivate tells octets of a private key: rspamd prints one of Ed25519 as its 64 octets.
func isPrivate(raw []byte) bool {
	if len(raw) == ed25519.PrivateKeySize {
		return true
	}
	if _, err := x509.ParsePKCS8PrivateKey(raw); err == nil {
		return true
	}
	if _, err := x509.ParseECPrivateKey(raw); err == nil {
		return true
	}
	_, err := x509.ParsePKCS1PrivateKey(raw)
	return err == nil
}

// withoutSpace is base64 without the blanks that may stand in it (RFC 6376 §3.2).
func withoutSpace(s string) string {
	if !strings.ContainsAny(s, " \t\r\n") {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}
