package policy

// A certificate or a key as a file holds it. Of a private key the public half is taken, and nothing of the rest is kept.

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// leastBits is how long an RSA key is at least that mail is protected with today (RFC 8301 §3.2).
const leastBits = 2048

// KeyFile is what a file holds: a key, and the certificates of it and of its issuers, as far as they are there.
type KeyFile struct {
	Identity
	Public crypto.PublicKey
}

// Why a file is not taken.
var (
	errNoKey          = errors.New("neither a certificate nor a key, in PEM or DER")
	errCutCertificate = errors.New("a certificate that cannot be read: copy it again")
	errEncrypted      = errors.New("the key is encrypted: name the certificate or the public key in its place")
)

// ReadKeyFile reads PEM (RFC 7468), a chain among it, or DER.
func ReadKeyFile(data []byte) (k KeyFile, err error) {
	if !bytes.Contains(data, []byte("-----BEGIN ")) {
		err = k.takeDER(data)
	}
	for rest := data; err == nil; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		err = k.take(block)
	}
	if err == nil && k.Public == nil {
		err = errNoKey
	}
	if err != nil {
		return KeyFile{}, err
	}
	if public, ok := k.Public.(*rsa.PublicKey); ok && public.N.BitLen() < leastBits {
		return KeyFile{}, fmt.Errorf("an RSA key of %d bits: at least %d are needed", public.N.BitLen(), leastBits)
	}
	return k, k.marshal()
}

// PEM is what is public of it, as it may be pasted: the certificates, or the key alone (RFC 7468 §5, §13).
func (k KeyFile) PEM() string {
	if len(k.Chain) == 0 {
		return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: k.key}))
	}
	var b strings.Builder
	for _, c := range k.Chain {
		b.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
	}
	return b.String()
}

// marshal writes the key as certificates have it.
func (k *KeyFile) marshal() (err error) {
	k.key, err = x509.MarshalPKIXPublicKey(k.Public)
	return err
}

// take takes a block of PEM.
func (k *KeyFile) take(b *pem.Block) error {
	switch {
	case strings.Contains(b.Type, "ENCRYPTED"), strings.Contains(b.Headers["Proc-Type"], "ENCRYPTED"):
		return errEncrypted
	case strings.Contains(b.Type, "CERTIFICATE") && !strings.Contains(b.Type, "REQUEST"):
		one, err := x509.ParseCertificate(b.Bytes)
		if err != nil {
			return errCutCertificate
		}
		k.certificate(one)
	case strings.Contains(b.Type, "KEY"):
		return k.takeDER(b.Bytes)
	}
	return nil
}

// certificate takes a certificate. The first is the key's own.
func (k *KeyFile) certificate(one *x509.Certificate) {
	if k.Chain = append(k.Chain, one); len(k.Chain) == 1 {
		k.Public = one.PublicKey
	}
}

// takeDER takes a certificate or a key, of which a certificate says more.
func (k *KeyFile) takeDER(der []byte) error {
	if one, err := x509.ParseCertificate(der); err == nil {
		k.certificate(one)
		return nil
	}
	public := publicOf(der)
	switch {
	case public == nil:
		return errNoKey
	case k.Public == nil:
		k.Public = public
	}
	return nil
}

// publicOf is the public half of a key in any of its forms; nil if it is none.
func publicOf(der []byte) crypto.PublicKey {
	if public, err := x509.ParsePKIXPublicKey(der); err == nil {
		return public
	}
	if public, err := x509.ParsePKCS1PublicKey(der); err == nil {
		return public
	}
	if private, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		switch private := private.(type) {
		case *rsa.PrivateKey:
			return private.Public()
		case *ecdsa.PrivateKey:
			return private.Public()
		case ed25519.PrivateKey:
			return private.Public()
		}
		return nil
	}
	if private, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return private.Public()
	}
	if private, err := x509.ParseECPrivateKey(der); err == nil {
		return private.Public()
	}
	return nil
}
