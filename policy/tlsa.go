package policy

// What people set of a TLSA record (RFC 6698 §2.1): which certificate senders that know DANE insist on (RFC 7672 §3.1). The
// digest is computed of a certificate or a key that is pasted, by the numbers before it.

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// The words of a TLSA record.
const (
	tlsaUsage = iota
	tlsaSelector
	tlsaMatching
	tlsaData
)

// tlsaLabels is what the words are called.
var tlsaLabels = []string{"usage", "selector", "matching", "data"}

// tlsaFields is the fields.
var tlsaFields = []Field{
	wordField("usage", tlsaUsage, Choice{"3", "3 its own"}, Choice{"2", "2 its issuer's"}),
	wordField("selector", tlsaSelector, Choice{"1", "1 key"}, Choice{"0", "0 certificate"}),
	wordField("matching", tlsaMatching, Choice{"1", "1 SHA-256"}, Choice{"2", "2 SHA-512"}, Choice{"0", "0 in full"}),
	{
		Label: "data", Needed: pasteCertificate, File: true,
		get: hexOf,
		set: func(text, value string) []Change {
			list := wordsOf(text)
			if len(list) <= tlsaData {
				return setWord(text, tlsaData, value)
			}
			return []Change{{Span{list[tlsaData].Start, list[len(list)-1].End}, value}}
		},
		clean: func(text, value string) string {
			if data, err := tlsaFor(text, value); err == nil {
				return data
			}
			return value
		},
		check: checkTLSAData,
		note: func(_, value string) string {
			if k, err := readPasted(value); err == nil {
				return k.about()
			}
			return ""
		},
	},
}

// pasteCertificate is what the data is made of.
const pasteCertificate = "digest, or a file's path, or paste certificate or key"

// hexOf is the data of a record, which may be written in several words.
func hexOf(text string) string {
	var b strings.Builder
	for i, w := range wordsOf(text) {
		if i >= tlsaData {
			b.WriteString(w.text)
		}
	}
	return b.String()
}

// checkTLSAData wants data as the numbers of a record ask for it.
func checkTLSAData(text, value string) error {
	value, err := tlsaFor(text, value)
	if err != nil {
		return err
	}
	numbers := tlsaNumbers(text)
	want := 2 * numbers.DigestSize()
	switch n := len(value); {
	case n == 0:
		return errors.New(pasteCertificate)
	case n%2 != 0:
		return errors.New("half an octet is missing: copy it again")
	case want > 0 && n != want:
		return fmt.Errorf("%d hex digits, matching type %d has %d: copy it again", n, numbers.Matching, want)
	}
	return nil
}

// tlsaFor is the data that is meant by what was pasted for a record: hex as programs print it, a whole TLSA record, or what
// its numbers make of a certificate.
func tlsaFor(text, pasted string) (string, error) {
	if _, behind, ok := strings.Cut(pasted, "TLSA "); ok {
		if words := strings.Fields(behind); len(words) > tlsaData {
			pasted = strings.Join(words[tlsaData:], "")
		}
	}
	digits := strings.NewReplacer(" ", "", "\t", "", ":", "").Replace(pasted)
	if isHex(digits) {
		return digits, nil
	}
	k, err := readPasted(pasted)
	if err != nil {
		return "", err
	}
	n := tlsaNumbers(text)
	r, err := k.Record(n.Usage, n.Selector, n.Matching)
	return hex.EncodeToString(r.Data), err
}

// tlsaNumbers is the numbers of a record, whatever its data is.
func tlsaNumbers(text string) TLSA {
	r, _ := ReadTLSA([]string{wordAs(text, tlsaUsage), wordAs(text, tlsaSelector), wordAs(text, tlsaMatching)})
	return r
}

// tlsaFaults is what the fields cannot show of a record.
func tlsaFaults(text string) []Fault {
	list := wordsOf(text)
	if found := wordFaults(list, tlsaLabels, true, 255, 255, 255); found != nil {
		return found
	}
	if data := hexOf(text); !isHex(data) || len(data)%2 != 0 {
		return []Fault{{Span: list[tlsaData].Span, Text: quote(data) + " is no hex"}}
	}
	return nil
}

// isHex tells hex digits, or nothing.
func isHex(text string) bool { return strings.Trim(lower(text), "0123456789abcdef") == "" }

// tlsaSays is what a record asks for, in words.
func tlsaSays(text string) string {
	whose := map[string]string{"3": "the host's own ", "2": "its issuer's "}[wordAs(text, tlsaUsage)]
	what := map[string]string{"1": "key", "0": "certificate"}[wordAs(text, tlsaSelector)]
	if whose == "" || what == "" {
		return "mail has no use for these numbers: 3 or 2, 1 or 0" // RFC 7672 §3.1.3
	}
	return "senders that know DANE insist on " + whose + what
}
