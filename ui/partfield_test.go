package ui

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestTLSAFromAFile makes the data of a TLSA record of a file, by its path: of a certificate in PEM or DER, of a private key the public
// half. What cannot be read is said at the field, and nothing of a private key is on the screen or in the zone.
func TestTLSAFromAFile(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"mx2.example.com"}, NotAfter: time.Now().AddDate(1, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(public)
	digest := hex.EncodeToString(sum[:])
	dir := t.TempDir()
	secret := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})
	for name, text := range map[string][]byte{
		"cert.pem": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), "cert.der": der, "key.pem": secret, "other": []byte("nothing\n"),
		"large": make([]byte, mostOfFile+1),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := unix.Mkfifo(filepath.Join(dir, "fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, refused := range map[string]string{
		"cert.pem": "", "cert.der": "", "key.pem": "", "missing": "no such file", "other": "neither a certificate nor a key", "large": "no certificate has so many",
		"fifo": "no ordinary file", "beside": "",
	} {
		t.Chdir(t.TempDir())
		path := filepath.Join(dir, name)
		if name == "beside" {
			if err := os.WriteFile(name, der, 0o600); err != nil {
				t.Fatal(err)
			}
			path = "./" + name
		}
		u := newUser(t, "", []byte(servedZone))
		u.types(`home a ctrl+t "tl" tab "` + path + `" enter`)
		screen := u.screen()
		switch made := holds("TLSA 3 1 1 " + digest)(u); {
		case refused == "" && !made:
			t.Errorf("%s makes nothing:\n%s", name, screen)
		case refused != "" && (made || !strings.Contains(screen, refused)):
			t.Errorf("%s: not said is %q:\n%s", name, refused, screen)
		}
		body := strings.Split(string(secret), "\n")[1]
		if strings.Contains(screen, body[:20]) || holds(body[:20])(u) {
			t.Errorf("%s: a private key is shown:\n%s", name, screen)
		}
	}
}
