package zonefile

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// The fields of RDATA that are record types: one that a signature covers, and lists as bitmaps.

var (
	coveredField    = field{want: "a record type, as MX", word: readCovered, quick: quickType, write: printCovered}
	oldCoveredField = field{want: "a record type, as MX", word: readCovered, write: printOldCovered}
	typesField      = field{want: "record types, as A MX", all: readTypes, quick: quickTypes, write: printTypes}
	anyTypesField   = field{want: "record types, as A MX", all: readAnyTypes, quick: quickTypes, write: printAnyTypes}
	oldTypesField   = field{want: "record types, as A MX", all: readOldTypes, write: printOldTypes}
)

// covered reads a type by its name or its number.
func covered(text []byte) (Type, bool) {
	if t, ok := parseType(text); ok {
		return t, true
	}
	n, ok := cNumber(text)
	return Type(n), ok && 0 <= n && n <= 1<<16-1
}

// cNumber reads a number as strtol(3) does where all of it has to be one: with a sign.
func cNumber(text []byte) (int64, bool) {
	n, err := strconv.ParseInt(string(text), 10, 64)
	return n, err == nil
}

func readCovered(r *rdata, text []byte) string {
	t, ok := covered(text)
	if !ok {
		return notThis
	}
	r.wire = binary.BigEndian.AppendUint16(r.wire, uint16(t))
	return ""
}

func printCovered(p *printer) bool {
	n, ok := p.number16()
	p.out = append(p.out, Type(n).String()...)
	return ok
}

// printOldCovered prints the type of a SIG: a number where it has no name.
func printOldCovered(p *printer) bool {
	n, ok := p.number16()
	p.out = append(p.out, strings.TrimPrefix(Type(n).String(), "TYPE")...)
	return ok
}

// readTypes reads a list of types with one at least (RFC 4034 §4.1.2).
func readTypes(r *rdata) string {
	if !r.more() {
		return r.missing("a record type, as A,")
	}
	return readAnyTypes(r)
}

// readAnyTypes reads a list of types, which may be empty.
func readAnyTypes(r *rdata) string {
	var windows [256][]byte
	for ; r.more(); r.at++ {
		text, msg := r.word("a record type")
		if msg != "" {
			return msg
		}
		t, ok := parseType(text)
		if !ok {
			return "not a record type"
		}
		w, octet := &windows[t>>8], int(t&0xff)/8
		for len(*w) <= octet {
			*w = append(*w, 0)
		}
		(*w)[octet] |= 0x80 >> (t & 7)
	}
	for i, w := range windows {
		if len(w) > 0 {
			r.wire = append(append(r.wire, byte(i), byte(len(w))), w...)
		}
	}
	return ""
}

func printTypes(p *printer) bool { return len(p.wire) > 0 && printAnyTypes(p) }

// printAnyTypes prints a list of types; the wire's rules are those of RFC 4034 §4.1.2.
func printAnyTypes(p *printer) bool {
	start, last := len(p.out), -1
	for len(p.wire) > 0 {
		head, ok := p.take(2)
		if !ok || int(head[0]) <= last || head[1] < 1 || head[1] > 32 {
			return false
		}
		last = int(head[0])
		bits, ok := p.take(int(head[1]))
		if !ok || bits[len(bits)-1] == 0 {
			return false
		}
		p.types(last<<8, bits, start, "TYPE")
	}
	return true
}

// types prints the types of a bitmap, of which the first bit is type first; prefix stands before the number of one
// without a name.
func (p *printer) types(first int, bits []byte, start int, prefix string) {
	for i := range len(bits) * 8 {
		if bits[i/8]&(0x80>>(i&7)) == 0 {
			continue
		}
		if len(p.out) > start {
			p.out = append(p.out, ' ')
		}
		if digits, none := strings.CutPrefix(Type(first+i).String(), "TYPE"); none {
			p.out = append(append(p.out, prefix...), digits...)
		} else {
			p.out = append(p.out, Type(first+i).String()...)
		}
	}
}

// maxOldType is the last type that an NXT can name (RFC 2535 §5.2).
const maxOldType = 127

// readOldTypes reads the types of an NXT, by name or number.
func readOldTypes(r *rdata) string {
	var bits []byte
	for ; r.more(); r.at++ {
		text, msg := r.word("a record type")
		if msg != "" {
			return msg
		}
		t, ok := covered(text)
		if !ok || t < 1 || t > maxOldType {
			return "not a record type with a number from 1 to 127"
		}
		for len(bits) <= int(t)/8 {
			bits = append(bits, 0)
		}
		bits[t/8] |= 0x80 >> (t & 7)
	}
	r.wire = append(r.wire, bits...)
	return ""
}

func printOldTypes(p *printer) bool {
	bits := p.wire
	if p.wire = nil; len(bits) == 0 {
		return true
	}
	if bits[0]&0x80 != 0 || len(bits) > 16 || bits[len(bits)-1] == 0 {
		return false
	}
	p.types(0, bits, len(p.out), "")
	return true
}
