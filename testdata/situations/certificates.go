package situations

// The certificates: a root that is trusted, an authority below it, and hosts with one of two keys.

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"strings"
	"time"
)

// authority signs.
type authority struct {
	root, between *x509.Certificate
	keys          map[string]*ecdsa.PrivateKey // root, CA, A and B
}

// newAuthority makes one, and writes its root to a file.
func newAuthority(file string) (*authority, error) {
	a := &authority{keys: map[string]*ecdsa.PrivateKey{}}
	for _, name := range []string{"root", "CA", "A", "B"} {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return nil, err
		}
		a.keys[name] = k
	}
	now := time.Now()
	ca := func(name string) *x509.Certificate {
		return &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: now.AddDate(-1, 0, 0),
			NotAfter: now.AddDate(5, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	}
	var err error
	if a.root, err = a.sign(ca("Example Root"), nil, "root", "root"); err != nil {
		return nil, err
	}
	if a.between, err = a.sign(ca("Example CA"), a.root, "CA", "root"); err != nil {
		return nil, err
	}
	return a, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw}), 0o644)
}

// sign makes a certificate of one key by another; by itself if no issuer is given.
func (a *authority) sign(of, by *x509.Certificate, key, byKey string) (*x509.Certificate, error) {
	if by == nil {
		by = of
	}
	der, err := x509.CreateCertificate(rand.Reader, of, by, &a.keys[key].PublicKey, a.keys[byKey])
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// of makes what a server shows. Names are whole.
func (a *authority) of(c Certificate, names []string) (tls.Certificate, error) {
	now := time.Now()
	leaf := &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: names[0]}, DNSNames: names,
		NotBefore: now.AddDate(0, -3, 0), NotAfter: now.Add(time.Duration(c.Days)*24*time.Hour + time.Hour)}
	by, byKey := a.between, "CA"
	if c.Issuer == "self" {
		by, byKey = nil, c.Key
	}
	cert, err := a.sign(leaf, by, c.Key, byKey)
	if err != nil {
		return tls.Certificate{}, err
	}
	out := tls.Certificate{PrivateKey: a.keys[c.Key], Certificate: [][]byte{cert.Raw}}
	if c.Chain == "leaf+ca" {
		out.Certificate = append(out.Certificate, a.between.Raw)
	}
	return out, nil
}

// tlsa is the data of a record that the table writes as "3 1 1 key:A": the digest of a key, of a certificate of the authority, a part of
// one, or none.
func (a *authority) tlsa(text string) (string, error) {
	numbers, what, _ := strings.Cut(text, ":")
	numbers, kind := numbers[:strings.LastIndexByte(numbers, ' ')], numbers[strings.LastIndexByte(numbers, ' ')+1:]
	if kind == "empty" {
		return numbers, nil
	}
	data := a.between.Raw
	if kind != "cert" {
		der, err := x509.MarshalPKIXPublicKey(&a.keys[what].PublicKey)
		if err != nil {
			return "", err
		}
		data = der
	}
	sum := sha256.Sum256(data)
	if kind == "short" {
		return fmt.Sprintf("%s %x", numbers, sum[:31]), nil
	}
	return fmt.Sprintf("%s %x", numbers, sum), nil
}
