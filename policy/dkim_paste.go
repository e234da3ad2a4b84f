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

// ReadPublicKey finds the key in what was pasted. Behind it there may be words of the page that it comes from: what is a key says
// where it ends.
func ReadPublicKey(pasted string) (k PublicKey, err error) {
	if strings.Contains(pasted, "PRIVATE KEY") {
		return k, errPrivate
	}
	text, err := unwrapped(pasted)
	words := strings.Fields(text)
	if err != nil || len(words) == 0 {
		return k, err
	}
	k, err = readBase64(strings.Join(words, ""))
	for n := len(words) - 1; err != nil && err != errPrivate && n > 0; n-- {
		if part, fault := readBase64(strings.Join(words[:n], "")); fault == nil || fault == errPrivate {
			return part, fault
		}
	}
	return k, err
}

// readBase64 is the key that base64 has.
func readBase64(text string) (k PublicKey, err error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		if raw, err = base64.RawStdEncoding.DecodeString(text); err != nil {
			return k, errors.New("not base64: copy the key again, complete and without other characters")
		}
	}
	return keyOf(raw)
}

// asTyped is what pages and programs print as people type it: with quotation marks of one kind, and blanks.
var asTyped = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, `\"`, `"`, `\;`, ";", "\u00a0", " ", "\u202f", " ", "\r", " ", "\n", " ", "\t", " ")

// unwrapped is the base64 in what was pasted; "" of a key that is revoked.
func unwrapped(pasted string) (string, error) {
	if _, body, ok := strings.Cut(pasted, "-----BEGIN "); ok { // RFC 7468 §2
		_, body, _ = strings.Cut(body, "-----")
		body, _, _ = strings.Cut(body, "-----END")
		return body, nil
	}
	text := asTyped.Replace(withoutComments(pasted))
	_, tags, isRecord := strings.Cut(text, "v=DKIM1")
	switch {
	case strings.Contains(tags, "v=DKIM1"):
		return "", errors.New("more than one key: paste one of them")
	case isRecord && strings.Contains(tags, `"`): // it stands in a string, which ends there
		text = stringsIn(`"v=DKIM1` + tags)
	case isRecord:
		text = "v=DKIM1" + tags
	case strings.Contains(text, `"`):
		text = stringsIn(text)
	}
	if l := ParseTags(text); l.IsKey() {
		key, ok := l.Find("p")
		if !ok {
			return "", errors.New("there is no p= in it: copy the key again, complete")
		}
		return strings.Trim(key.Value, "' "), nil
	}
	return strings.Trim(text, "; '"), nil
}

// withoutComments is lines of a zone file without their comments: where strings stand in quotes, and a comment outside of them.
func withoutComments(text string) string {
	if !strings.Contains(text, `"`) {
		return text
	}
	var b strings.Builder
	quoted, comment := false, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		comment = c != '\n' && (comment || c == ';' && !quoted && strings.Contains(text[i:], "\n"))
		if comment {
			continue
		}
		b.WriteByte(c)
		if c == '\\' && i+1 < len(text) {
			i++
			b.WriteByte(text[i])
		}
		quoted = quoted != (c == '"')
	}
	return b.String()
}

// stringsIn is the strings that stand in quotes, one behind the other; what is open at the end is none.
func stringsIn(text string) (joined string) {
	parts := strings.Split(text, `"`)
	for i := 1; i+1 < len(parts); i += 2 {
		joined += parts[i]
	}
	return joined
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
