package policy

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
)

// signedBy is a certificate of a key, by its own key or that of an issuer.
func signedBy(t *testing.T, name string, key crypto.Signer, issuer *x509.Certificate, issuerKey crypto.Signer) *x509.Certificate {
	t.Helper()
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0),
		IsCA: issuer == nil, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	if issuer == nil {
		issuer, issuerKey = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, issuer, key.Public(), issuerKey)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// inPEM is blocks of PEM.
func inPEM(kind string, der ...[]byte) (out []byte) {
	for _, d := range der {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: d})...)
	}
	return out
}

// keys is one of each kind.
func keys(t *testing.T) map[string]crypto.Signer {
	t.Helper()
	r, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	e, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, d, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]crypto.Signer{"rsa": r, "ecdsa": e, "ed25519": d}
}

// openssl is what openssl makes of a text.
func openssl(t *testing.T, in []byte, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("openssl %q: %v", args, err)
	}
	return out
}

// The digest of every kind of key, in every form in which a file holds it, is openssl's.
func TestTLSAIsOpenSSLs(t *testing.T) {
	needs.Program(t, "openssl", "openssl")
	for kind, key := range keys(t) {
		c := signedBy(t, "mail.example.com", key, nil, nil)
		pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		spki := openssl(t, openssl(t, inPEM("CERTIFICATE", c.Raw), "x509", "-pubkey", "-noout"), "pkey", "-pubin", "-outform", "DER")
		sum := strings.Fields(string(openssl(t, spki, "dgst", "-sha256", "-r")))[0]
		sum512 := strings.Fields(string(openssl(t, spki, "dgst", "-sha512", "-r")))[0]
		whole := strings.Fields(string(openssl(t, c.Raw, "dgst", "-sha256", "-r")))[0]
		files := map[string][]byte{
			"certificate in PEM": inPEM("CERTIFICATE", c.Raw), "certificate in DER": c.Raw, "public key": inPEM("PUBLIC KEY", spki), "public key in DER": spki,
			"private key": inPEM("PRIVATE KEY", pkcs8), "private key in DER": pkcs8,
			"key before its certificate": append(inPEM("PRIVATE KEY", pkcs8), inPEM("CERTIFICATE", c.Raw)...),
		}
		switch key := key.(type) {
		case *rsa.PrivateKey:
			files["PKCS#1"] = inPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key))
		case *ecdsa.PrivateKey:
			der, err := x509.MarshalECPrivateKey(key)
			if err != nil {
				t.Fatal(err)
			}
			files["SEC 1"] = inPEM("EC PRIVATE KEY", der)
		}
		for form, data := range files {
			k, err := ReadKeyFile(data)
			if err != nil {
				t.Errorf("%s, %s: %v", kind, form, err)
				continue
			}
			if got, err := k.TLSA(false); err != nil || got.String() != "3 1 1 "+sum {
				t.Errorf("%s, %s: %s, %v; openssl says %s", kind, form, got, err, sum)
			}
			has := func(data string) bool {
				r, ok := ReadTLSA(strings.Fields(data))
				return ok && k.Has(r)
			}
			if !has("3 1 1 "+strings.ToUpper(sum[:30])+" "+sum[30:]) || !has("3 1 2 "+sum512) || !has("3 1 0 "+hex.EncodeToString(spki)) || !has(`\# 35 030101`+sum) ||
				has("3 1 1 "+whole) || has("2 1 1 "+sum) || has("3 1 1") || has("3 0 1 "+whole) != (len(k.Chain) > 0) {
				t.Errorf("%s, %s: it matches other records than it should", kind, form)
			}
		}
	}
}

// The issuer's record needs its certificate; what cannot be taken is told, and no word of a private key.
func TestKeyFiles(t *testing.T) {
	all := keys(t)
	ca := signedBy(t, "An authority", all["ecdsa"], nil, nil)
	leaf := signedBy(t, "mail.example.com", all["rsa"], ca, all["ecdsa"])
	k, err := ReadKeyFile(inPEM("CERTIFICATE", leaf.Raw, ca.Raw))
	if err != nil {
		t.Fatal(err)
	}
	data, err := k.TLSA(true)
	sum := sha256.Sum256(ca.RawSubjectPublicKeyInfo)
	if want := "2 1 1 " + hex.EncodeToString(sum[:]); err != nil || data.String() != want || !k.Has(data) {
		t.Errorf("%s, %v; want %s", data, err, want)
	}
	for name, file := range map[string][]byte{"the leaf alone": inPEM("CERTIFICATE", leaf.Raw), "another": inPEM("CERTIFICATE", leaf.Raw, signedBy(t, "x", all["ed25519"], nil, nil).Raw)} {
		k, err := ReadKeyFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if data, err := k.TLSA(true); err == nil {
			t.Errorf("%s gives %s", name, data)
		}
	}
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(all["rsa"])
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		file []byte
		why  string
	}{
		"nothing": {nil, "neither a certificate nor a key"}, "text": {[]byte("hello"), "neither a certificate nor a key"},
		"short":               {inPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(weak)), "an RSA key of 1024 bits"},
		"encrypted":           {inPEM("ENCRYPTED PRIVATE KEY", pkcs8), "is encrypted"},
		"encrypted as of old": {pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED"}, Bytes: pkcs8}), "is encrypted"},
		"cut":                 {inPEM("CERTIFICATE", leaf.Raw[:100]), "cannot be read"},
		"cut key":             {inPEM("PRIVATE KEY", pkcs8[:100]), "neither a certificate nor a key"},
		"request":             {inPEM("CERTIFICATE REQUEST", pkcs8), "neither a certificate nor a key"},
	} {
		if _, err := ReadKeyFile(tt.file); err == nil || !strings.Contains(err.Error(), tt.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
