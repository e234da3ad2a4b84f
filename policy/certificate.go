package policy

// A certificate or a public key as it is pasted, and what a TLSA record has of it (RFC 6698 §2.1). A private key is told and
// never taken.

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
)

// certificate is what was pasted: the host's own, and of a chain its issuer's behind it.
type certificate struct {
	whole, issuer []byte // in DER; nil of a key alone, and where no issuer was pasted
	key, theirs   []byte // SubjectPublicKeyInfo of both
	about         string
}

// errNoCertificate is that of other text.
var errNoCertificate = errors.New("neither hex nor a whole certificate or public key: copy it again")

// readCertificate finds it in a text: PEM on one line or many (RFC 7468 §2).
func readCertificate(pasted string) (c certificate, err error) {
	for _, block := range strings.Split(pasted, "-----BEGIN ")[1:] {
		label, body, _ := strings.Cut(block, "-----")
		body, _, ended := strings.Cut(body, "-----END")
		der, err := base64.StdEncoding.DecodeString(withoutSpace(body))
		switch {
		case strings.Contains(label, "PRIVATE KEY"):
			return c, errPrivate
		case !ended || err != nil:
			return c, errNoCertificate
		}
		if err := c.take(label, der); err != nil {
			return c, err
		}
	}
	if c.key == nil {
		return c, errNoCertificate
	}
	return c, nil
}

// take takes what a block of PEM holds.
func (c *certificate) take(label string, der []byte) error {
	if label == "PUBLIC KEY" {
		if _, err := x509.ParsePKIXPublicKey(der); err != nil {
			return errNoCertificate
		}
		if c.key == nil {
			c.key, c.about = der, "a public key"
		}
		return nil
	}
	if !strings.Contains(label, "CERTIFICATE") {
		return nil
	}
	one, err := x509.ParseCertificate(der)
	switch {
	case err != nil:
		return errNoCertificate
	case c.key == nil:
		c.whole, c.key = der, one.RawSubjectPublicKeyInfo
		c.about = "the certificate of " + nameIn(one) + ", until " + one.NotAfter.UTC().Format("2 Jan 2006")
	case c.issuer == nil:
		c.issuer, c.theirs = der, one.RawSubjectPublicKeyInfo
	}
	return nil
}

// nameIn is a host that a certificate is for.
func nameIn(c *x509.Certificate) string {
	if len(c.DNSNames) > 0 {
		return c.DNSNames[0]
	}
	return c.Subject.CommonName
}

// digest is the data of a TLSA record about it.
func (c certificate) digest(usage, selector, matching string) (string, error) {
	whole, key := c.whole, c.key
	if usage == "2" && c.issuer != nil {
		whole, key = c.issuer, c.theirs
	}
	of := key
	switch {
	case selector == "0" && whole == nil:
		return "", errors.New("this is a key without its certificate: choose the selector 1, or paste the certificate")
	case selector == "0":
		of = whole
	}
	switch matching {
	case "1":
		sum := sha256.Sum256(of)
		return hex.EncodeToString(sum[:]), nil
	case "2":
		sum := sha512.Sum512(of)
		return hex.EncodeToString(sum[:]), nil
	}
	return hex.EncodeToString(of), nil
}
