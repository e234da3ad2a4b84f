package policy

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"strings"
	"testing"
)

// The record of a key is one that this package reads without a fault, and says the same as the key in its other forms.
func TestDKIMRecord(t *testing.T) {
	for kind, key := range keys(t) {
		text, err := DKIMRecord(key.Public())
		if kind == "ecdsa" {
			if err == nil {
				t.Errorf("a record of a key that no receiver knows: %s", text)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if k := ReadDKIM(ParseTags(text)); len(k.Faults) > 0 || !strings.Contains(text, "k="+kind+";") {
			t.Errorf("%s: %v", text, k.Faults)
		}
		pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		files := [][]byte{inPEM("PRIVATE KEY", pkcs8)}
		if private, ok := key.(ed25519.PrivateKey); ok { // as rspamd keeps it
			files = append(files, []byte(base64.StdEncoding.EncodeToString(private)+"\n"))
		}
		for _, file := range files {
			public, err := ReadDKIMKey(file)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := DKIMRecord(public); err != nil || again != text {
				t.Errorf("%s, %v; want %s", again, err, text)
			}
		}
	}
}

// Halves that do not belong together are no key.
func TestDKIMKeyOfTwoHalves(t *testing.T) {
	_, a, _ := ed25519.GenerateKey(rand.Reader)
	b, _, _ := ed25519.GenerateKey(rand.Reader)
	mixed := append(append([]byte{}, a[:32]...), b...)
	if _, err := ReadDKIMKey([]byte(base64.StdEncoding.EncodeToString(mixed))); err == nil {
		t.Error("two halves of different keys are taken")
	}
	e, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := DKIMRecord(e.Public()); err == nil {
		t.Error("a key of a kind that receivers do not know has a record")
	}
}
