package document

// The private key of a signer: made here, written once to a file of its owner's alone, and known to nobody else.

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mailzone/mailzone/zonefile/disk"
)

// CreateKey makes a key, RSA of so many bits or, with 0, Ed25519, and writes it to a new file, in PKCS #8 (RFC 5958). It returns the public
// half.
func CreateKey(path string, bits int) (crypto.PublicKey, error) {
	if err := keyDirectory(filepath.Dir(path)); err != nil {
		return nil, err
	}
	var private crypto.Signer
	var err error
	if bits == 0 {
		_, private, err = ed25519.GenerateKey(rand.Reader)
	} else {
		private, err = rsa.GenerateKey(rand.Reader, bits)
	}
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	return private.Public(), disk.Create(path, text, 0o600, disk.Options{})
}

// RemoveKey takes a key away that was just made, and whose record did not get into the zone.
func RemoveKey(path string) error { return os.Remove(path) }

// keyDirectory refuses a directory in which others could put another file in the place of a key.
func keyDirectory(dir string) error {
	at, err := os.Stat(dir)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", dir, missing(err))
	case !at.IsDir():
		return fmt.Errorf("%s: no directory", dir)
	case at.Mode().Perm()&0o022 != 0:
		return fmt.Errorf("%s: %w", dir, errOthersWrite)
	}
	return nil
}

var errOthersWrite = errors.New("others than its owner can write to this directory: no key is written there")
