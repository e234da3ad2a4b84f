package zonefile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/netip"
	"strconv"
)

// The fields of RDATA that are one word: numbers, names, addresses, strings.

var (
	uint8Field  = field{want: "a number from 0 to 255", word: readUint8, quick: quickUint8, write: printUint8}
	labelsField = field{want: "a number from 0 to 255", word: readUint8, quick: quickLabels, write: printUint8}
	uint16Field = field{want: "a number from 0 to 65535", word: readUint16, quick: quickUint16, write: printUint16}
	uint32Field = field{want: "a number from 0 to 4294967295", word: readUint32, quick: quickUint32, write: printUint32}

	secondsField = field{want: "a time (seconds, or units as 1h30m)", word: readSeconds, quick: quickSeconds, write: printUint32}

	nameField       = field{want: "a name", word: readName, quick: quickName, write: printName}
	quotedNameField = field{want: "a name", quotes: true, word: readName, write: printName}

	signerField = field{want: "a name", word: readSigner, quick: quickSigner, write: printSigner}

	ipv4Field    = field{want: "an IPv4 address", word: readIPv4, write: printIPv4}
	ipv6Field    = field{want: "an IPv6 address", word: readIPv6, write: printIPv6}
	locatorField = field{want: "four groups of hex digits, as 0014:4fff:ff20:ee64", word: readLocator, write: printLocator}
	eui48Field   = field{want: "six pairs of hex digits with hyphens, as 00-00-5e-00-53-2a", word: readEUI48, write: printEUI48}
	eui64Field   = field{want: "eight pairs of hex digits with hyphens, as 00-00-5e-ef-10-00-00-2a", word: readEUI64, write: printEUI64}

	stringField         = field{want: "a string", quotes: true, word: readString, write: printString}
	optionalStringField = field{want: "a string", all: readOptionalString, write: printOptionalString}
	stringsField        = field{want: "a string", all: readStrings, quick: quickStrings, write: printStrings}
	digitsField         = field{want: "a number of four digits or more, as 311061700956", quotes: true, word: readDigits, write: printDigits}

	tagField   = field{want: "a tag of letters and digits, as issue", word: readTag, quick: quickTag, write: printTag}
	valueField = field{want: "a value, as \"letsencrypt.org\"", quotes: true, word: readValue, quick: quickValue, write: printValue}
	uriField   = field{want: "a URI in quotes", all: readURI, write: printValue}
)

func readUint8(r *rdata, text []byte) string {
	n, ok := decimal(text, 1<<8-1)
	if !ok {
		return notThis
	}
	r.wire = append(r.wire, byte(n))
	return ""
}

func readUint16(r *rdata, text []byte) string {
	n, ok := decimal(text, 1<<16-1)
	if !ok {
		return notThis
	}
	r.wire = binary.BigEndian.AppendUint16(r.wire, uint16(n))
	return ""
}

func readUint32(r *rdata, text []byte) string {
	n, ok := decimal(text, 1<<32-1)
	if !ok {
		return notThis
	}
	r.wire = binary.BigEndian.AppendUint32(r.wire, uint32(n))
	return ""
}

// readSeconds reads a time of an SOA.
func readSeconds(r *rdata, text []byte) string {
	n, ok := parseTTL(text)
	if !ok {
		return notThis
	}
	r.wire = binary.BigEndian.AppendUint32(r.wire, n)
	return ""
}

// readSigner reads the signer of an RRSIG, which has no more labels than the record says that its owner has
// (RFC 4034 §3.1.3, BIND: out of range).
func readSigner(r *rdata, text []byte) string {
	n, err := parseName(text, r.origin)
	if err == nil && n.Labels() > int(r.wire[3]) {
		return "a signer with more labels than the signed name has: correct the number of labels, or the name"
	}
	return readName(r, text)
}

func readName(r *rdata, text []byte) string {
	n, err := parseName(text, r.origin)
	if err != nil {
		return err.Error()
	}
	r.wire = n.appendWire(r.wire)
	if r.spells {
		r.spell(text)
	}
	return ""
}

// spell keeps a name with the case in which it is written.
func (r *rdata) spell(text []byte) {
	r.spelled = append(r.spelled, 0)
	if string(text) == "@" {
		r.spelled = append(r.spelled, r.origin...)
		return
	}
	if r.spelled = append(r.spelled, text...); text[len(text)-1] != '.' {
		r.spelled = append(append(r.spelled, '.'), r.origin...)
	}
}

// readIPv4 wants four decimal numbers (BIND: inet_pton; leading zeros are refused there too).
func readIPv4(r *rdata, text []byte) string {
	a, err := netip.ParseAddr(string(text))
	switch {
	case err == nil && a.Is4():
		r.wire = append(r.wire, a.AsSlice()...)
		return ""
	case err == nil && len(r.wire) == 0:
		return "an IPv6 address in an A record: make it an AAAA record"
	}
	return "not an IPv4 address: write four numbers from 0 to 255 with dots, as 192.0.2.1"
}

// readIPv6 wants an address without a zone.
func readIPv6(r *rdata, text []byte) string {
	a, err := netip.ParseAddr(string(text))
	switch {
	case err == nil && a.Is6() && a.Zone() == "":
		r.wire = append(r.wire, a.AsSlice()...)
		return ""
	case err == nil && a.Is4() && len(r.wire) == 0:
		return "an IPv4 address in an AAAA record: make it an A record"
	}
	return "not an IPv6 address: write it as 2001:db8::1"
}

// readLocator reads 64 bits as four groups of hex digits (RFC 6742 §2.1); a colon may end them (BIND).
func readLocator(r *rdata, text []byte) string {
	groups := bytes.Split(bytes.TrimSuffix(text, []byte{':'}), []byte{':'})
	if len(groups) != 4 {
		return notThis
	}
	for _, g := range groups {
		n, err := strconv.ParseUint(string(g), 16, 16)
		if err != nil || len(g) > 4 {
			return notThis
		}
		r.wire = binary.BigEndian.AppendUint16(r.wire, uint16(n))
	}
	return ""
}

func readEUI48(r *rdata, text []byte) string { return readPairs(r, text, 6) }
func readEUI64(r *rdata, text []byte) string { return readPairs(r, text, 8) }

// readPairs reads n octets in hex with hyphens between them. One digit is enough, it may have a sign, and what
// follows the last pair is ignored (BIND: sscanf).
func readPairs(r *rdata, text []byte, n int) string {
	for i := range n {
		if i > 0 {
			if len(text) == 0 || text[0] != '-' {
				return notThis
			}
			text = text[1:]
		}
		digits := 0
		for digits < len(text) && digits < 2 && (isHex(text[digits]) || digits == 0 && (text[0] == '+' || text[0] == '-')) {
			digits++
		}
		v, err := strconv.ParseInt(string(text[:digits]), 16, 16)
		if err != nil || v < 0 {
			return notThis
		}
		r.wire, text = append(r.wire, byte(v)), text[digits:]
	}
	return ""
}

// readString reads a character string.
func readString(r *rdata, text []byte) string {
	start := len(r.wire)
	r.wire = append(r.wire, 0)
	if !r.octets(text) {
		return errBadEscape.Error()
	}
	n := len(r.wire) - start - 1
	if n > MaxString {
		return fmt.Sprintf("a string of %d octets: the limit is 255, %s", n, r.remedyOfLong())
	}
	r.wire[start] = byte(n)
	return ""
}

// octets appends text with its escapes resolved.
func (r *rdata) octets(text []byte) bool {
	for len(text) > 0 {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			i = len(text)
		}
		r.wire, text = append(r.wire, text[:i]...), text[i:]
		if len(text) == 0 {
			break
		}
		octet, width, err := unescape(text)
		if err != nil {
			return false
		}
		r.wire, text = append(r.wire, octet), text[width:]
	}
	return true
}

// readOptionalString reads a string if there is one (ISDN's subaddress, RFC 1183 §3.2).
func readOptionalString(r *rdata) string {
	if !r.more() {
		return ""
	}
	return stringField.read(r)
}

// readStrings reads one string or more.
func readStrings(r *rdata) string {
	if !r.more() {
		return "a TXT record needs at least one string: write \"\" for an empty one"
	}
	for r.many = true; r.more(); {
		if msg := stringField.read(r); msg != "" {
			return msg
		}
	}
	return ""
}

// remedyOfLong is what to do about a string that is too long.
func (r *rdata) remedyOfLong() string {
	if r.many {
		return "split it into several quoted strings"
	}
	return "shorten it"
}

// readDigits reads a PSDN address (RFC 1183 §3.1); BIND wants its four digits without escapes.
func readDigits(r *rdata, text []byte) string {
	if len(text) < 4 || !allDigits(text) {
		return notThis
	}
	return readString(r, text)
}

// readTag reads the tag of a CAA (RFC 8659 §4.1: letters and digits).
func readTag(r *rdata, text []byte) string {
	for _, c := range text {
		if !isDigit(c) && (lower(c) < 'a' || lower(c) > 'z') {
			return notThis
		}
	}
	if len(text) > MaxString {
		return notThis
	}
	r.wire = append(append(r.wire, byte(len(text))), text...)
	return ""
}

// readValue reads text of any length, without a length before it.
func readValue(r *rdata, text []byte) string {
	if !r.octets(text) {
		return errBadEscape.Error()
	}
	return ""
}

// readURI reads the target of a URI record (RFC 7553 §4.4: in quotes).
func readURI(r *rdata) string {
	if r.more() && r.toks[r.at].kind != tokQuoted {
		return "the target stands in quotes, as \"https://www.example.com/\""
	}
	return (&field{want: "a URI in quotes", quotes: true, word: readValue}).read(r)
}
