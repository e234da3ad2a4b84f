package policy

// What a host shows who it is by, from a file or from a connection, and whether a TLSA record is satisfied with it.

import (
	"crypto/x509"
	"errors"
	"time"
)

// Identity is a key, and the certificates of it and of its issuers as far as they are known.
type Identity struct {
	Chain []*x509.Certificate // the key's own first
	key   []byte              // SubjectPublicKeyInfo
}

// IdentityOf is that of a host that shows certificates.
func IdentityOf(chain []*x509.Certificate) (i Identity) {
	if i.Chain = chain; len(chain) > 0 {
		i.key = chain[0].RawSubjectPublicKeyInfo
	}
	return i
}

// whole is the certificate in DER; nil where the key alone is known.
func (i Identity) whole() []byte {
	if len(i.Chain) == 0 {
		return nil
	}
	return i.Chain[0].Raw
}

// issuer is the certificate of the chain that has issued the first; nil if it is not there.
func (i Identity) issuer() *x509.Certificate {
	for n, c := range i.Chain {
		if n > 0 && i.Chain[0].CheckSignatureFrom(c) == nil {
			return c
		}
	}
	return nil
}

// errNoIssuer is why there is no record about the issuer.
var errNoIssuer = errors.New("the chain does not hold the certificate of the issuer, which the server has to send: name the full chain")

// Record is a record with some numbers about it. One about the issuer, of usage 2 (RFC 7672 §3.1.2), needs its certificate: the server has
// to send it (RFC 7671 §5.2.2). A certificate alone may be the issuer's.
func (i Identity) Record(usage, selector, matching uint8) (TLSA, error) {
	r := TLSA{Usage: usage, Selector: selector, Matching: matching}
	whole, key := i.whole(), i.key
	if usage == 2 && len(i.Chain) > 1 {
		c := i.issuer()
		if c == nil {
			return r, errNoIssuer
		}
		whole, key = c.Raw, c.RawSubjectPublicKeyInfo
	}
	if r.Data = r.dataOf(whole, key); r.Data == nil {
		return r, errors.New("this is a key without its certificate: choose the selector 1, or paste the certificate")
	}
	return r, nil
}

// TLSA is the record for mail: of the key itself (RFC 7672 §3.1.1), or of its issuer, which has to be in the chain.
func (i Identity) TLSA(ofIssuer bool) (TLSA, error) {
	switch {
	case !ofIssuer:
		return i.Record(3, 1, 1)
	case i.issuer() == nil:
		return TLSA{}, errNoIssuer
	}
	return i.Record(2, 1, 1)
}

// Has tells whether a record is about the key, its certificate or one of its issuers that the chain has.
func (i Identity) Has(r TLSA) bool {
	if r.Usage == 1 || r.Usage == 3 {
		return r.isOf(i.whole(), i.key)
	}
	return len(i.anchors(r)) > 0
}

// anchors is the issuers of the chain that a record is about.
func (i Identity) anchors(r TLSA) (list []*x509.Certificate) {
	for n, c := range i.Chain {
		if n > 0 && r.isOf(c.Raw, c.RawSubjectPublicKeyInfo) {
			list = append(list, c)
		}
	}
	return list
}

// Fault is why a sender that goes by a record does not take the host for the one that it looks for; "" if it does. Usage 3 is of the host's
// own certificate, whatever else stands in that (RFC 7671 §5.1); usage 2 of one that the chain has to lead to, and have with it.
func (i Identity) Fault(r TLSA, host string, now time.Time) string {
	switch {
	case i.key == nil:
		return "finds no certificate"
	case r.Usage == 3 && i.Has(r):
		return ""
	case r.Usage == 3:
		return "is of another certificate"
	}
	why := "is of an issuer that is not in the chain"
	for _, anchor := range i.anchors(r) {
		if why = i.faultBelow(anchor, host, now); why == "" {
			return ""
		}
	}
	return why
}

// faultBelow is why the chain does not lead to one of its issuers (RFC 7672 §3.2.1).
func (i Identity) faultBelow(anchor *x509.Certificate, host string, now time.Time) string {
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(anchor)
	for _, c := range i.Chain[1:] {
		between.AddCert(c)
	}
	_, err := i.Chain[0].Verify(x509.VerifyOptions{DNSName: host, Roots: roots, Intermediates: between, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	var invalid x509.CertificateInvalidError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &x509.HostnameError{}):
		return "is of its issuer, and the certificate is of another name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "is of its issuer, and a certificate of the chain has expired"
	}
	return "is of a certificate that the chain does not lead to"
}
