package policy

// The record of a DKIM key, from the key itself (RFC 6376 §3.6.1). Of Ed25519 the 32 octets of the key stand in it, not the structure
// around them that RSA has (RFC 8463 §4).

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"strings"
)

// DKIMRecord is the text of the record of a key.
func DKIMRecord(public crypto.PublicKey) (string, error) {
	switch key := public.(type) {
	case *rsa.PublicKey:
		k := KeyFile{Public: key}
		if err := k.marshal(); err != nil {
			return "", err
		}
		return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(k.key), nil
	case ed25519.PublicKey:
		return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key), nil
	}
	return "", errors.New("receivers know RSA and Ed25519 keys alone")
}

// ReadDKIMKey reads the public half of the key that a signer has: PEM or DER, or what rspamd keeps of Ed25519, base64 of the seed and the
// public key.
func ReadDKIMKey(data []byte) (crypto.PublicKey, error) {
	if raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(data))); err == nil && len(raw) == ed25519.PrivateKeySize {
		key := ed25519.NewKeyFromSeed(raw[:ed25519.SeedSize])
		if !key.Equal(ed25519.PrivateKey(raw)) {
			return nil, errors.New("the two halves of the key do not belong together")
		}
		return key.Public(), nil
	}
	k, err := ReadKeyFile(data)
	return k.Public, err
}
