package zonefile

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
)

// The fields of RDATA that are octets in hex, base32 or base64, and what BIND asks of them: digits that are not
// padding come in whole groups, bits behind the last octet are zero, and lengths that an algorithm has are kept.

var (
	hexField            = field{want: "hex digits", all: readHexAll, quick: quickHex, write: printHexAll}
	fingerprintField    = field{want: "a fingerprint type and the fingerprint in hex", all: readFingerprint, quick: quickFingerprint, write: printFingerprint}
	zoneDigestField     = field{want: "a digest type and its digest in hex", all: readZoneDigest, write: printZoneDigest}
	base64Field         = field{want: "base64", all: readBase64All, quick: quickBase64, write: printBase64All}
	optionalBase64Field = field{want: "base64", all: readOptionalBase64, write: printOptionalBase64}
	dashBase64Field     = field{want: "base64, or - for none", all: readDashBase64, write: printDashBase64}
	saltField           = field{want: "a salt in hex, or - for none", word: readSalt, quick: quickSalt, write: printSalt}
	base32Field         = field{want: "a hash in base32, as 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR", word: readBase32, quick: quickBase32, write: printBase32}
)

// Octets of the digests that BIND knows (RFC 4034, 4509, 6605, 6234).
const (
	sha1Size   = 20
	sha256Size = 32
	sha384Size = 48
	sha512Size = 64
)

// hexReader collects hex digits that may be spread over words.
type hexReader struct {
	limit  int // octets that are wanted; negative: any number
	octets int
	digits int  // digits of the octet that is not full yet
	high   byte // the first of them
}

// add appends the octets of a word; false at what is no hex digit, or one too many.
func (h *hexReader) add(r *rdata, text []byte) bool {
	for _, c := range text {
		if !isHex(c) {
			return false
		}
		v := hexValue(c)
		if h.digits == 0 {
			h.high, h.digits = v, 1
			continue
		}
		if h.octets == h.limit {
			return false
		}
		r.wire = append(r.wire, h.high<<4|v)
		h.octets, h.digits = h.octets+1, 0
	}
	return true
}

// hexValue is the value of a hex digit.
func hexValue(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}

// hexAll reads hex digits to the end of the data: size octets, or any number above none if it is negative.
func (r *rdata) hexAll(size int) string {
	h := hexReader{limit: size}
	for ; r.more() && h.octets != size; r.at++ {
		text, msg := r.word("hex")
		switch {
		case msg != "":
			return msg
		case !allHex(text):
			return "not hex: write two digits from 0 to f for each octet"
		case !h.add(r, text):
			return "more hex digits than a digest of this kind has: it has " + strconv.Itoa(2*size)
		}
	}
	switch {
	case h.octets == 0 && h.digits == 0:
		return r.missing("hex")
	case h.digits != 0:
		return r.last("an odd number of hex digits: two make an octet")
	case h.octets < size:
		return r.missing("hex of " + strconv.Itoa(2*size) + " digits")
	}
	return ""
}

// allHex tells text of nothing but hex digits.
func allHex(text []byte) bool {
	for _, c := range text {
		if !isHex(c) {
			return false
		}
	}
	return true
}

// last blames the last token.
func (r *rdata) last(msg string) string {
	r.at--
	return msg
}

func readHexAll(r *rdata) string { return r.hexAll(-1) }

func printHexAll(p *printer) bool {
	ok := len(p.wire) > 0
	p.out, p.wire = appendHex(p.out, p.wire), nil
	return ok
}

// groupWidth is the characters of hex or base64 after which BIND puts a blank when it dumps a zone.
const groupWidth = 56

// appendHex prints octets in hex, in groups.
func appendHex(out, wire []byte) []byte {
	return appendGroups(out, strings.ToUpper(hex.EncodeToString(wire)))
}

// appendGroups prints text with a blank behind each group.
func appendGroups(out []byte, text string) []byte {
	for len(text) > groupWidth {
		out, text = append(append(out, text[:groupWidth]...), ' '), text[groupWidth:]
	}
	return append(out, text...)
}

// digest prints the number of a kind of digest and the digest, which has the size of its kind.
func (p *printer) digest(size func(kind byte) int) bool {
	kind, ok := p.octet()
	n := size(kind)
	p.number(uint64(kind))
	p.out = append(p.out, ' ')
	return ok && (n < 0 || len(p.wire) == n) && printHexAll(p)
}

// readFingerprint reads the type of an SSHFP's fingerprint and the fingerprint, of a type that BIND does not
// know perhaps none (RFC 4255 §3.1).
func readFingerprint(r *rdata) string {
	if msg := uint8Field.read(r); msg != "" {
		return msg
	}
	size := sshSize(r.wire[len(r.wire)-1])
	if size < 0 && !r.more() {
		return ""
	}
	return r.hexAll(size)
}

// quickFingerprint reads the type of an SSHFP's fingerprint and the fingerprint.
func quickFingerprint(q *quick) bool { return q.digest(sshSize) }

// sshSize is the octets of a fingerprint of SSHFP; negative where BIND takes any.
func sshSize(kind byte) int {
	switch kind {
	case 1:
		return sha1Size
	case 2:
		return sha256Size
	}
	return -1
}

func printFingerprint(p *printer) bool {
	if len(p.wire) == 1 && sshSize(p.wire[0]) < 0 {
		return printUint8(p)
	}
	return p.digest(sshSize)
}

// minZoneDigest is the least octets of a ZONEMD's digest (RFC 8976 §2.2.4).
const minZoneDigest = 12

// readZoneDigest reads the hash algorithm of a ZONEMD and its digest.
func readZoneDigest(r *rdata) string {
	if msg := uint8Field.read(r); msg != "" {
		return msg
	}
	start := len(r.wire)
	if msg := r.hexAll(zoneSize(r.wire[start-1])); msg != "" {
		return msg
	}
	if len(r.wire)-start < minZoneDigest {
		return r.last("a digest of less than 12 octets: write all of it")
	}
	return ""
}

// zoneSize is the octets of a digest of ZONEMD; negative where BIND takes any.
func zoneSize(kind byte) int {
	switch kind {
	case 1:
		return sha384Size
	case 2:
		return sha512Size
	}
	return -1
}

func printZoneDigest(p *printer) bool {
	return len(p.wire) > minZoneDigest && p.digest(zoneSize)
}

// base64Text is base64 that may be spread over words.
type base64Text struct {
	text   []byte
	closed bool // padding ends it
}

// add appends a word; false if it cannot belong to it.
func (b *base64Text) add(word []byte) bool {
	for _, c := range word {
		if b.closed || !isBase64(c) {
			return false
		}
		b.text = append(b.text, c)
		b.closed = len(b.text)%4 == 0 && c == '='
	}
	return true
}

// isBase64 tells a character of base64 (RFC 4648 §4).
func isBase64(c byte) bool {
	return isDigit(c) || 'a' <= lower(c) && lower(c) <= 'z' || c == '+' || c == '/' || c == '='
}

// strict64 refuses bits behind the last octet, as BIND does.
var strict64 = base64.StdEncoding.Strict()

// decode appends the octets; false if the text is not whole.
func (b *base64Text) decode(out []byte) ([]byte, bool) {
	octets, err := strict64.DecodeString(string(b.text))
	return append(out, octets...), err == nil
}

// readBase64All reads base64 to the end of the data: one octet or more.
func readBase64All(r *rdata) string {
	if !r.more() {
		return r.missing("base64")
	}
	var b base64Text
	for ; r.more() && !b.closed; r.at++ {
		text, msg := r.word("base64")
		if msg != "" {
			return msg
		}
		if !b.add(text) {
			return "not base64: letters, digits, + and /, and = only at the end"
		}
	}
	var ok bool
	if r.wire, ok = b.decode(r.wire); !ok {
		return r.last("base64 that is cut off, or has a wrong last letter: copy all of it")
	}
	return ""
}

func printBase64All(p *printer) bool {
	ok := len(p.wire) > 0
	p.out, p.wire = appendGroups(p.out, base64.StdEncoding.EncodeToString(p.wire)), nil
	return ok
}

func readOptionalBase64(r *rdata) string {
	if !r.more() {
		return ""
	}
	return readBase64All(r)
}

func printOptionalBase64(p *printer) bool { return len(p.wire) == 0 || printBase64All(p) }

// readDashBase64 reads the data of a DOA, a hyphen where there is none.
func readDashBase64(r *rdata) string {
	if r.more() && string(r.raw(r.at)) == "-" {
		r.at++
		return ""
	}
	return readBase64All(r)
}

func printDashBase64(p *printer) bool {
	if len(p.wire) == 0 {
		p.out = append(p.out, '-')
	}
	p.out, p.wire = base64.StdEncoding.AppendEncode(p.out, p.wire), nil
	return true
}

// readSalt reads the salt of NSEC3 (RFC 5155 §3.3).
func readSalt(r *rdata, text []byte) string {
	if string(text) == "-" {
		r.wire = append(r.wire, 0)
		return ""
	}
	octets, err := hex.DecodeString(string(text))
	if err != nil || len(octets) > MaxString {
		return notThis
	}
	r.wire = append(append(r.wire, byte(len(octets))), octets...)
	return ""
}

func printSalt(p *printer) bool {
	n, ok := p.octet()
	if !ok {
		return false
	}
	b, ok := p.take(int(n))
	if n == 0 {
		p.out = append(p.out, '-')
	}
	p.out = append(p.out, strings.ToUpper(hex.EncodeToString(b))...)
	return ok
}

// maxHash is the most octets of a hash of NSEC3 that BIND takes.
const maxHash = 155

// hash32 is base32 with the extended hex alphabet and no padding (RFC 5155 §3.3).
var hash32 = base32.HexEncoding.WithPadding(base32.NoPadding)

// readBase32 reads the hash of NSEC3, whose length its algorithm says; SHA-1 is the only one.
func readBase32(r *rdata, text []byte) string {
	upper := strings.ToUpper(string(text))
	octets, err := hash32.DecodeString(upper)
	if err != nil || hash32.EncodeToString(octets) != upper || len(octets) > maxHash {
		return notThis
	}
	if r.wire[0] == 1 && len(octets) != sha1Size {
		return "a hash of another length than SHA-1 has: it is 32 letters and digits"
	}
	r.wire = append(append(r.wire, byte(len(octets))), octets...)
	return ""
}

// quickBase32 reads a hash of NSEC3 that is one of SHA-1 (RFC 5155 §3.3).
func quickBase32(q *quick) bool {
	w := q.word()
	for _, c := range w {
		if !isDigit(c) && (lower(c) < 'a' || lower(c) > 'v') {
			return false
		}
	}
	return len(w) == sha1Size*8/5
}

func printBase32(p *printer) bool {
	n, ok := p.octet()
	if !ok || n == 0 || n > maxHash {
		return false
	}
	b, ok := p.take(int(n))
	p.out = append(p.out, hash32.EncodeToString(b)...)
	return ok
}
