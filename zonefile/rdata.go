package zonefile

import (
	"bytes"
	"fmt"
	"net/netip"
	"strconv"
)

// checkRData says what BIND would refuse in the RDATA of a type, and which token is the culprit. The
// types that fill zones are checked here; miekg/dns reads the others.
func checkRData(src []byte, t Type, toks []token, origin Name) (msg string, culprit int) {
	r := rdata{src: src, toks: toks, origin: origin}
	if isGeneric(src, t, toks) {
		return r.generic(t)
	}
	if fields := t.fields(); fields != nil {
		return r.check(fields)
	}
	if t == TypeTXT || t == TypeSPF {
		return r.strings()
	}
	if len(toks) == 0 {
		return "the record has no data: add it behind the type", 0
	}
	return r.other(t)
}

// rdata is the RDATA that is being checked.
type rdata struct {
	src    []byte
	toks   []token
	origin Name
}

// raw is token i as written.
func (r rdata) raw(i int) []byte { return r.src[r.toks[i].start:r.toks[i].end] }

// field is what one token of a type's RDATA has to be.
type field uint8

const (
	fieldName field = iota
	fieldIPv4
	fieldIPv6
	fieldUint16
	fieldUint32
	fieldTTL
)

// fields is the RDATA of the types that fill zones; nil for others.
func (t Type) fields() []field {
	switch t {
	case TypeA:
		return []field{fieldIPv4}
	case TypeAAAA:
		return []field{fieldIPv6}
	case TypeNS, TypeCNAME, TypePTR, TypeDNAME:
		return []field{fieldName}
	case TypeMX:
		return []field{fieldUint16, fieldName}
	case TypeSRV:
		return []field{fieldUint16, fieldUint16, fieldUint16, fieldName}
	case TypeSOA:
		return []field{fieldName, fieldName, fieldUint32, fieldTTL, fieldTTL, fieldTTL, fieldTTL}
	}
	return nil
}

// FieldNames names the tokens of a type's RDATA as forms show them; nil for a type that is edited as text.
func (t Type) FieldNames() []string {
	switch t {
	case TypeA, TypeAAAA:
		return []string{"address"}
	case TypeNS, TypeCNAME, TypePTR, TypeDNAME:
		return []string{"target"}
	case TypeMX:
		return []string{"preference", "exchange"}
	case TypeSRV:
		return []string{"priority", "weight", "port", "target"}
	case TypeSOA:
		return []string{"primary", "mailbox", "serial", "refresh", "retry", "expire", "minimum"}
	}
	return nil
}

// check compares the tokens with what the type needs.
func (r rdata) check(fields []field) (string, int) {
	for i, f := range fields {
		if i >= len(r.toks) {
			return fmt.Sprintf("the data ends too early: %s is missing", f.want()), i
		}
		if r.toks[i].kind == tokQuoted {
			return "quotes do not belong here: remove them", i
		}
		if msg := r.checkField(f, i); msg != "" {
			return msg, i
		}
	}
	if len(r.toks) > len(fields) {
		return "too much data: remove this, or put a ; before it if it is a comment", len(fields)
	}
	return "", 0
}

// want names what a field has to be.
func (f field) want() string {
	return [...]string{"a name", "an IPv4 address", "an IPv6 address", "a number from 0 to 65535",
		"a number from 0 to 4294967295", "a time (seconds, or units as 1h30m)"}[f]
}

// checkField checks one token.
func (r rdata) checkField(f field, i int) string {
	raw := r.raw(i)
	var err error
	switch f {
	case fieldName:
		if _, err = parseName(raw, r.origin); err != nil {
			return err.Error()
		}
	case fieldIPv4:
		return checkIPv4(raw)
	case fieldIPv6:
		return checkIPv6(raw)
	case fieldUint16:
		_, err = strconv.ParseUint(string(raw), 10, 16)
	case fieldUint32:
		_, err = strconv.ParseUint(string(raw), 10, 32)
	case fieldTTL:
		if _, ok := parseTTL(raw); !ok {
			return "not " + f.want()
		}
	}
	if err != nil {
		return "not " + f.want()
	}
	return ""
}

// checkIPv4 wants four decimal numbers (BIND: inet_pton; leading zeros are refused there too).
func checkIPv4(raw []byte) string {
	a, err := netip.ParseAddr(string(raw))
	switch {
	case err == nil && a.Is4():
		return ""
	case err == nil:
		return "an IPv6 address in an A record: make it an AAAA record"
	}
	return "not an IPv4 address: write four numbers from 0 to 255 with dots, as 192.0.2.1"
}

// checkIPv6 wants an address without a zone.
func checkIPv6(raw []byte) string {
	a, err := netip.ParseAddr(string(raw))
	switch {
	case err == nil && a.Is6() && a.Zone() == "":
		return ""
	case err == nil && a.Is4():
		return "an IPv4 address in an AAAA record: make it an A record"
	}
	return "not an IPv6 address: write it as 2001:db8::1"
}

// maxString is the longest character string in octets (RFC 1035 §3.3).
const maxString = 255

// strings checks the character strings of a TXT record.
func (r rdata) strings() (string, int) {
	total := 0
	for i := range r.toks {
		n, err := stringLen(unquote(r.raw(i)))
		if err != nil {
			return err.Error(), i
		}
		if n > maxString {
			return fmt.Sprintf("a string of %d octets: the limit is 255, split it into several quoted strings", n), i
		}
		total += n + 1
	}
	if total == 0 {
		return "a TXT record needs at least one string: write \"\" for an empty one", 0
	}
	if total > 65535 {
		return "more than 65535 octets of data: no record can hold that", 0
	}
	return "", 0
}

// stringLen is the length of a character string in octets, escapes resolved.
func stringLen(text []byte) (int, error) {
	if bytes.IndexByte(text, '\\') < 0 {
		return len(text), nil
	}
	n := 0
	for i := 0; i < len(text); n++ {
		if text[i] != '\\' {
			i++
			continue
		}
		_, width, err := unescape(text[i:])
		if err != nil {
			return 0, err
		}
		i += width
	}
	return n, nil
}

// isGeneric tells data in the form of RFC 3597 §5. In a TXT record \# may be a string: then no number
// follows (BIND).
func isGeneric(src []byte, t Type, toks []token) bool {
	if len(toks) == 0 || string(src[toks[0].start:toks[0].end]) != `\#` {
		return false
	}
	if t != TypeTXT {
		return true
	}
	if len(toks) < 2 {
		return false
	}
	_, err := strconv.ParseUint(string(src[toks[1].start:toks[1].end]), 10, 32)
	return err == nil
}

// generic checks data in the form of RFC 3597 §5: \# length hex...
func (r rdata) generic(t Type) (string, int) {
	if len(r.toks) < 2 {
		return `\# needs a length and the data in hex`, 0
	}
	want, err := strconv.ParseUint(string(r.raw(1)), 10, 16)
	if err != nil {
		return "not a length: write the number of octets that follow", 1
	}
	digits := 0
	for i := 2; i < len(r.toks); i++ {
		for _, c := range r.raw(i) {
			if !isDigit(c) && (lower(c) < 'a' || lower(c) > 'f') {
				return "not hex: write two digits from 0 to f for each octet", i
			}
		}
		digits += len(r.raw(i))
	}
	if digits != int(want)*2 {
		return fmt.Sprintf("%d hex digits where the length of %d octets asks for %d", digits, want, want*2), 1
	}
	if size := t.size(); size != 0 && size != want {
		return fmt.Sprintf("an address of %d octets: type %s has %d", want, t, size), 1
	}
	return r.other(t)
}

// size is the number of octets of the types that always have the same; 0 for others.
func (t Type) size() uint64 {
	switch t {
	case TypeA:
		return 4
	case TypeAAAA:
		return 16
	}
	return 0
}

// other asks miekg/dns about a type of which zones hold few.
func (r rdata) other(t Type) (string, int) {
	if t.misread() {
		return "", 0
	}
	if _, err := parseRR(t, rrText(r.src, t, r.toks), r.origin); err != nil {
		return fmt.Sprintf("not the data of a record of type %s: %s", t, plainError(err)), 0
	}
	return "", 0
}
