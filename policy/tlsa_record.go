package policy

// What a TLSA record says (RFC 6698 §2.1), read and computed here alone: whoever judges, makes or sets one asks this.

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// TLSA is the data of a record.
type TLSA struct {
	Usage, Selector, Matching uint8
	Data                      []byte
}

// ReadTLSA reads the words of a record's data, as they are written or in the form of types that a server does not know (RFC 3597 §5). It
// is false where they are none; one without data is read, for answers have it.
func ReadTLSA(words []string) (r TLSA, ok bool) {
	base := 10
	if len(words) > 2 && words[0] == `\#` {
		digits := strings.Join(words[2:], "")
		if len(digits) < 6 {
			return r, false
		}
		words, base = []string{digits[:2], digits[2:4], digits[4:6], digits[6:]}, 16
	}
	if len(words) < 3 {
		return r, false
	}
	for i, to := range []*uint8{&r.Usage, &r.Selector, &r.Matching} {
		v, err := strconv.ParseUint(words[i], base, 8)
		if err != nil {
			return r, false
		}
		*to = uint8(v)
	}
	var err error
	r.Data, err = hex.DecodeString(strings.Join(words[3:], ""))
	return r, err == nil
}

// Numbers is usage, selector and matching type.
func (r TLSA) Numbers() string { return fmt.Sprintf("%d %d %d", r.Usage, r.Selector, r.Matching) }

// String is the data as a zone has it.
func (r TLSA) String() string { return r.Numbers() + " " + hex.EncodeToString(r.Data) }

// DigestSize is how many octets the data of a record has by its matching type; 0 where that does not say it (RFC 6698 §2.1.3).
func (r TLSA) DigestSize() int { return map[uint8]int{1: sha256.Size, 2: sha512.Size}[r.Matching] }

// OfNothing tells the digest of no octets, which a program makes of an empty file.
func (r TLSA) OfNothing() bool { return r.DigestSize() > 0 && bytes.Equal(r.Data, r.matched([]byte{})) }

// Useless is why senders of mail leave a record out, "" if they do not (RFC 7672 §3.1.3, RFC 7671 §5).
func (r TLSA) Useless() string {
	size := r.DigestSize()
	switch {
	case r.Usage < 2 || r.Usage > 3:
		return fmt.Sprintf("usage %d", r.Usage)
	case r.Selector > 1:
		return fmt.Sprintf("selector %d", r.Selector)
	case r.Matching > 2:
		return fmt.Sprintf("matching type %d", r.Matching)
	case size > 0 && len(r.Data) != size:
		return fmt.Sprintf("a digest of %d bytes", len(r.Data))
	}
	return ""
}

// matched is octets as the matching type has them.
func (r TLSA) matched(of []byte) []byte {
	switch r.Matching {
	case 1:
		sum := sha256.Sum256(of)
		return sum[:]
	case 2:
		sum := sha512.Sum512(of)
		return sum[:]
	}
	return of
}

// dataOf is what a record with these numbers has of a certificate or its key, in DER; nil where that is not known.
func (r TLSA) dataOf(whole, key []byte) []byte {
	of := key
	if r.Selector == 0 {
		of = whole
	}
	if of == nil {
		return nil
	}
	return r.matched(of)
}

// isOf tells whether a record is that of a certificate or its key.
func (r TLSA) isOf(whole, key []byte) bool {
	data := r.dataOf(whole, key)
	return data != nil && r.Selector <= 1 && r.Matching <= 2 && bytes.Equal(data, r.Data)
}
