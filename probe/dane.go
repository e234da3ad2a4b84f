package probe

// What senders that know DANE do with a host (RFC 7672): its TLSA records, if they are signed, say which certificate it has to show.

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// tlsa is a record.
type tlsa struct {
	usage, selector, matching uint64
	data                      []byte
}

// String is its numbers.
func (r tlsa) String() string { return fmt.Sprintf("%d %d %d", r.usage, r.selector, r.matching) }

// tlsaOf is the records of an answer, whatever aliases led to them. One without a digest is none for a zone file, and comes all the same.
func tlsaOf(a Answer) (list []tlsa) {
	for _, line := range a.Records {
		f := strings.Fields(line) // as package dns prints it: owner, TTL, class, type, data
		if len(f) < 7 || f[3] != "TLSA" {
			continue
		}
		var t tlsa
		for i, to := range []*uint64{&t.usage, &t.selector, &t.matching} {
			*to, _ = strconv.ParseUint(f[4+i], 10, 8)
		}
		t.data, _ = hex.DecodeString(strings.Join(f[7:], ""))
		list = append(list, t)
	}
	return list
}

// useless is why senders leave a record out, "" if they do not (RFC 7672 §3.1.3, RFC 7671 §5).
func (r tlsa) useless() string {
	switch size := len(r.data); {
	case r.usage < 2 || r.usage > 3:
		return fmt.Sprintf("usage %d", r.usage)
	case r.selector > 1:
		return fmt.Sprintf("selector %d", r.selector)
	case r.matching == 1 && size != sha256.Size, r.matching == 2 && size != sha512.Size:
		return fmt.Sprintf("a digest of %d bytes", size)
	case r.matching > 2:
		return fmt.Sprintf("matching type %d", r.matching)
	}
	return ""
}

// matches tells whether a certificate is the one that a record means.
func (r tlsa) matches(c *x509.Certificate) bool {
	data := c.Raw
	if r.selector == 1 {
		data = c.RawSubjectPublicKeyInfo
	}
	switch r.matching {
	case 1:
		sum := sha256.Sum256(data)
		data = sum[:]
	case 2:
		sum := sha512.Sum512(data)
		data = sum[:]
	}
	return string(data) == string(r.data)
}

// JudgeDANE says what it means for senders that know DANE how a host answered, if it has TLSA records; ok is false where it has none, and
// nothing is demanded. Trusted tells that who answered is trusted to have validated what it calls authentic.
func JudgeDANE(m Mail, d Dialogue, a Answer, trusted bool, now time.Time) (r Result, ok bool) {
	r = Result{Kind: "smtp", Policy: "dane", Subject: m.Zone.Origin(), Host: d.Host, Address: d.Address, Asked: "TLSA, and port 25", At: now, Took: d.Took}
	var code rcode
	switch {
	case errors.As(a.Err, &code):
		return r.end(Bad, "the answer for TLSA is "+string(code), "senders with DANE keep the mail, and try again later", "look into the signatures of the zone, and its records"), true
	case a.Err != nil:
		return r.end(Unknown, "", "TLSA: "+a.Err.Error()+": nothing can be said", ""), true
	}
	list := tlsaOf(a)
	switch {
	case len(list) == 0:
		return r, false
	case !a.Authentic:
		return r.end(OK, "TLSA records in a zone that is not signed, as far as the resolver says", "they have no effect", "sign the zone"), true
	case !trusted:
		return r.end(Unknown, "", "the resolver calls the TLSA records authentic, and is not on this machine: --trust-ad believes it", ""), true
	}
	return r.dane(list, d, now), true
}

// dane is the result of signed TLSA records.
func (r Result) dane(list []tlsa, d Dialogue, now time.Time) Result {
	var usable []tlsa
	var useless []string
	for _, t := range list {
		if t.matching != 0 && len(t.data) == 0 {
			return r.end(Bad, "TLSA "+t.String()+" has an empty digest", "senders with DANE keep the mail", "remove the record")
		}
		if why := t.useless(); why != "" {
			useless = append(useless, why)
			continue
		}
		usable = append(usable, t)
	}
	switch {
	case !d.EHLO.is(2) && !d.HELO.is(2):
		return r.end(Unknown, "", "there was no dialogue with it: nothing can be said", "")
	case d.TLS == "":
		return r.end(Bad, "TLSA records, and no STARTTLS that works", "senders with DANE keep the mail: it is never sent in the clear", "offer STARTTLS, or remove the records")
	case len(usable) == 0:
		return r.end(OK, d.TLS+"; no TLSA record counts: "+strings.Join(useless, ", "), "TLS is demanded, and no certificate", "write 3 1 1 records")
	case d.TLS == "TLS 1.0" || d.TLS == "TLS 1.1":
		return r.end(Bad, d.TLS+" alone", "senders that verify certificates refuse it, and keep the mail", "let the host speak TLS 1.2 or 1.3")
	}
	why := []string{}
	for _, t := range usable {
		fault := t.faultOf(d.chain, bare(d.Host), now)
		if fault == "" {
			return r.end(OK, "TLSA "+t.String()+" matches the certificate", "", "")
		}
		why = append(why, t.String()+" "+fault)
	}
	return r.end(Bad, "no TLSA record matches: "+strings.Join(why, ", "), "senders with DANE keep the mail, and try again later", "publish the digest of the certificate that is shown")
}

// faultOf is why a record does not match a chain of certificates, "" if it does. Usage 3 is of the host's own, whatever else stands in it
// (RFC 7671 §5.1); usage 2 of one that the chain has to lead to, and have with it.
func (r tlsa) faultOf(chain []*x509.Certificate, host string, now time.Time) string {
	if len(chain) == 0 {
		return "finds no certificate"
	}
	if r.usage == 3 {
		if r.matches(chain[0]) {
			return ""
		}
		return "is of another certificate"
	}
	for _, anchor := range chain[1:] {
		if !r.matches(anchor) {
			continue
		}
		roots, between := x509.NewCertPool(), x509.NewCertPool()
		roots.AddCert(anchor)
		for _, c := range chain[1:] {
			between.AddCert(c)
		}
		_, err := chain[0].Verify(x509.VerifyOptions{DNSName: host, Roots: roots, Intermediates: between, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
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
	return "is of an issuer that is not in the chain"
}
