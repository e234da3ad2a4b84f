package policy

// A certificate or a public key as it is pasted. A private key is told and never taken.

import (
	"crypto/x509"
	"errors"
	"strings"
)

// errNoCertificate is that of other text.
var errNoCertificate = errors.New("neither hex nor a whole certificate or public key: copy it again")

// readPasted finds what is public in a text: PEM on one line or many (RFC 7468 §2).
func readPasted(pasted string) (KeyFile, error) {
	text, err := onLines(pasted)
	if err != nil {
		return KeyFile{}, err
	}
	k, err := ReadKeyFile([]byte(text))
	if errors.Is(err, errNoKey) || errors.Is(err, errCutCertificate) {
		err = errNoCertificate
	}
	return k, err
}

// onLines gives each block of PEM the lines that it had before it was pasted.
func onLines(pasted string) (string, error) {
	var b strings.Builder
	for _, block := range strings.Split(pasted, "-----BEGIN ")[1:] {
		label, rest, _ := strings.Cut(block, "-----")
		body, _, ended := strings.Cut(rest, "-----END")
		switch {
		case strings.Contains(label, "PRIVATE KEY"):
			return "", errPrivate
		case !ended:
			return "", errNoCertificate
		}
		b.WriteString("-----BEGIN " + label + "-----\n" + withoutSpace(body) + "\n-----END " + label + "-----\n")
	}
	if b.Len() == 0 {
		return "", errNoCertificate
	}
	return b.String(), nil
}

// about is what a file holds, in words.
func (k KeyFile) about() string {
	if len(k.Chain) == 0 {
		return "a public key"
	}
	own := k.Chain[0]
	return "the certificate of " + nameIn(own) + ", until " + own.NotAfter.UTC().Format("2 Jan 2006")
}

// nameIn is a host that a certificate is for.
func nameIn(c *x509.Certificate) string {
	if len(c.DNSNames) > 0 {
		return c.DNSNames[0]
	}
	return c.Subject.CommonName
}
