package zonefile

import (
	"encoding/binary"
	"strconv"
)

// What all fields of RDATA are read and printed with. A field takes its tokens and writes its octets, and back.

// field is how one field of RDATA is written, and how its octets are.
type field struct {
	want   string                             // what has to stand there
	quotes bool                               // it may stand in quotes
	word   func(r *rdata, text []byte) string // reads one token; notThis if it is not what is wanted
	all    func(r *rdata) string              // reads as many tokens as there are, instead of word
	quick  func(q *quick) bool                // reads what is good beyond doubt in the first pass; nil for nothing
	write  func(p *printer) bool              // prints the octets; false if they cannot be these
}

// rdata is the RDATA that is being read.
type rdata struct {
	src     []byte
	toks    []token
	origin  Name
	at      int    // the token that is next; after an error the culprit
	wire    []byte // the octets of what was read (RFC 1035 §3.2.1)
	many    bool   // strings are read of which there may be as many as one likes
	spells  bool   // names are kept as they are written, too
	spelled []byte
}

// raw is token i as written.
func (r *rdata) raw(i int) []byte { return r.src[r.toks[i].start:r.toks[i].end] }

// more tells whether a token is left.
func (r *rdata) more() bool { return r.at < len(r.toks) }

// missing says what the data lacks at its end.
func (r *rdata) missing(want string) string {
	return "the data ends too early: " + want + " is missing"
}

// read reads one field of the data.
func (f *field) read(r *rdata) string {
	if f.all != nil {
		return f.all(r)
	}
	text, msg := r.token(f)
	if msg != "" {
		return msg
	}
	if msg = f.word(r, text); msg == notThis {
		msg = "not " + f.want
	}
	if msg == "" {
		r.at++
	}
	return msg
}

// notThis stands for: the token is not what the field wants.
const notThis = "-"

// token is the next token without its quotes, if the field may have quotes at all (BIND: a quote where a word or
// a number stands is an unexpected token).
func (r *rdata) token(f *field) (text []byte, msg string) {
	switch {
	case !r.more():
		return nil, r.missing(f.want)
	case r.toks[r.at].kind != tokQuoted:
		return r.raw(r.at), ""
	case !f.quotes:
		return nil, "quotes do not belong here: remove them"
	}
	return unquote(r.raw(r.at)), ""
}

// word takes the next token as a word without quotes; want names what has to stand there.
func (r *rdata) word(want string) (text []byte, msg string) { return r.token(&field{want: want}) }

// decimal reads a number that is nothing but digits (BIND: isc_lex, a number with another byte in it is a word).
func decimal(text []byte, limit uint64) (uint64, bool) {
	for _, c := range text {
		if !isDigit(c) {
			return 0, false
		}
	}
	n, err := strconv.ParseUint(string(text), 10, 64)
	return n, err == nil && n <= limit
}

// maxDigits is the digits of a number that BIND reads where a name may stand.
const maxDigits = 12

// printer prints the RDATA of one record.
type printer struct {
	wire   []byte // the octets that are still to be printed
	all    []byte // all of them
	typ    Type
	out    []byte
	opaque bool // the octets are good, but there is no text for them: RFC 3597 it is
}

// take takes the next n octets; false if there are fewer.
func (p *printer) take(n int) ([]byte, bool) {
	if n > len(p.wire) {
		return nil, false
	}
	b := p.wire[:n]
	p.wire = p.wire[n:]
	return b, true
}

// octet takes one octet.
func (p *printer) octet() (byte, bool) {
	b, ok := p.take(1)
	if !ok {
		return 0, false
	}
	return b[0], true
}

// number16 takes two octets as a number.
func (p *printer) number16() (uint16, bool) {
	b, ok := p.take(2)
	if !ok {
		return 0, false
	}
	return binary.BigEndian.Uint16(b), true
}

// printOpaque leaves the data to the form of RFC 3597.
func printOpaque(p *printer) bool {
	p.opaque = true
	return true
}

// number prints a number.
func (p *printer) number(n uint64) { p.out = strconv.AppendUint(p.out, n, 10) }
