package zonefile

import (
	"fmt"
	"strconv"
)

// RDATA is read as BIND reads it: each type has its fields (types_fields.go), each takes its tokens and writes
// its octets. What BIND refuses is said at the token; what it takes has the octets that BIND has, so that data is
// printed (rdata_print.go) and compared from them, however it was written.

// checkRData says what BIND would refuse in the RDATA of a type, and which token is the culprit; one behind the
// last where something is missing.
func checkRData(src []byte, t Type, toks []token, origin Name) (msg string, culprit int) {
	r := rdata{src: src, toks: toks, origin: origin}
	return r.read(t), r.at
}

// rdataWire is the octets of RDATA text; an error names what BIND refuses.
func rdataWire(t Type, text string, origin Name) ([]byte, error) {
	r, err := readRData(t, text, origin)
	return r.wire, err
}

// readRData reads RDATA text; an error names what BIND refuses.
func readRData(t Type, text string, origin Name) (rdata, error) {
	r := rdata{src: []byte(text), origin: origin, spells: comparesCase(t)}
	l := lexer{src: r.src}
	k := l.next()
	for ; k.kind == tokWord || k.kind == tokQuoted; k = l.next() {
		r.toks = append(r.toks, k)
	}
	if k.kind == tokBad {
		return rdata{}, fmt.Errorf("%s", tokenProblem(&l, k, ""))
	}
	if msg := r.read(t); msg != "" {
		return rdata{}, fmt.Errorf("%s", msg)
	}
	return r, nil
}

// read reads all tokens as the RDATA of a type, and says what is wrong.
func (r *rdata) read(t Type) string {
	if isGeneric(r.src, t, r.toks) {
		return r.generic(t)
	}
	fields := t.allFields()
	switch {
	case len(fields) == 0:
		return fmt.Sprintf(`the data of type %s has one form only: \# length hex, as \# 2 0AFF`, t)
	case len(r.toks) == 0 && t.fields() == nil && t != TypeAPL:
		return "the record has no data: add it behind the type"
	}
	for _, f := range fields {
		if msg := f.read(r); msg != "" {
			return msg + r.unpreferred(t)
		}
	}
	switch {
	case r.more():
		return "too much data: " + t.fewFields() + "remove this, or put a ; before it if it is a comment"
	case len(r.wire) > maxRData:
		r.at = 0
		return "more than 65535 octets of data: no record can hold that"
	}
	return ""
}

// fewFields is what people add to an MX who know SRV, and that an MX does not have (RFC 1035 §3.3.9).
func (t Type) fewFields() string {
	if t == TypeMX {
		return "an MX is a preference and a host, without weight or port; "
	}
	return ""
}

// unpreferred is the remedy where an MX does not start with its preference.
func (r *rdata) unpreferred(t Type) string {
	if t == TypeMX && r.at == 0 && len(r.toks) == 1 && r.src[r.toks[0].start] > '9' {
		return ": write the preference before the host, as 10"
	}
	return ""
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
	_, ok := decimal(src[toks[1].start:toks[1].end], 1<<32-1)
	return ok
}

// generic reads data in the form of RFC 3597 §5: \# length hex...
func (r *rdata) generic(t Type) string {
	if t == 0 {
		return "type 0 is reserved: no record has it"
	}
	if r.at = 1; len(r.toks) < 2 {
		r.at = 0
		return `\# needs a length and the data in hex`
	}
	size, ok := decimal(r.raw(1), maxRData)
	if !ok {
		return "not a length: write the number of octets that follow"
	}
	r.at = 2
	h := hexReader{limit: -1}
	for ; r.more(); r.at++ {
		if text, msg := r.word("hex"); msg != "" || !h.add(r, text) {
			return "not hex: write two digits from 0 to f for each octet"
		}
	}
	r.at = 1
	if digits := 2*h.octets + h.digits; digits != 2*int(size) {
		return fmt.Sprintf("%d hex digits where the length of %d octets asks for %d", digits, size, size*2)
	}
	if len(t.allFields()) == 0 { // BIND: a type that it does not know may hold anything
		return ""
	}
	p := printer{wire: r.wire, typ: t}
	if !p.printAll() {
		return fmt.Sprintf("%d octets that are not the data of a record of type %s", size, t)
	}
	return ""
}

// printAll prints all octets; false if they cannot be the data of the type.
func (p *printer) printAll() bool {
	p.all = p.wire
	start := len(p.out)
	for _, f := range p.typ.allFields() {
		mark := len(p.out)
		if mark > start {
			p.out = append(p.out, ' ')
		}
		behind := len(p.out)
		if !f.write(p) {
			return false
		}
		if p.opaque {
			break
		}
		if len(p.out) == behind { // an optional field that is not there
			p.out = p.out[:mark]
		}
	}
	if p.opaque || len(p.typ.allFields()) == 0 {
		p.out = appendUnknown(p.out[:start], p.all)
		return true
	}
	return len(p.wire) == 0
}

// appendUnknown prints octets in the form of RFC 3597 §5.
func appendUnknown(out, wire []byte) []byte {
	out = append(out, `\# `...)
	out = strconv.AppendInt(out, int64(len(wire)), 10)
	if len(wire) > 0 {
		out = appendHex(append(out, ' '), wire)
	}
	return out
}
