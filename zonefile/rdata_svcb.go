package zonefile

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
)

// The parameters of SVCB and HTTPS (RFC 9460), as BIND reads, orders and prints them.

var paramsField = field{want: "parameters, as alpn=h2", all: readParams, write: printParams}

// param is one parameter: its key and the octets of its value.
type param struct {
	key   uint16
	value []byte
}

// readParams reads all parameters, checks what they ask of each other, and puts them in order.
func readParams(r *rdata) string {
	var list []param
	for r.more() {
		p, width, msg := r.param()
		if msg != "" {
			return msg
		}
		if slices.ContainsFunc(list, func(o param) bool { return o.key == p.key }) {
			return fmt.Sprintf("the key %s stands twice: remove one", keyName(p.key))
		}
		list = append(list, p)
		r.at += width
	}
	slices.SortFunc(list, func(a, b param) int { return int(a.key) - int(b.key) })
	if msg := checkParams(list); msg != "" {
		return r.last(msg)
	}
	for _, p := range list {
		r.wire = binary.BigEndian.AppendUint16(r.wire, p.key)
		r.wire = binary.BigEndian.AppendUint16(r.wire, uint16(len(p.value)))
		r.wire = append(r.wire, p.value...)
	}
	return ""
}

// checkParams checks what parameters, in order, ask of each other (RFC 9460 §7.1.1, §8).
func checkParams(list []param) string {
	has := func(key uint16) bool {
		return slices.ContainsFunc(list, func(p param) bool { return p.key == key })
	}
	for _, p := range list {
		if p.key == keyNoDefaultALPN && !has(keyALPN) {
			return "no-default-alpn without alpn: add alpn, or remove it"
		}
		if p.key != keyMandatory {
			continue
		}
		for keys := p.value; len(keys) >= 2; keys = keys[2:] {
			key := binary.BigEndian.Uint16(keys)
			if key == keyMandatory {
				return "mandatory names itself: remove that name"
			}
			if !has(key) {
				return fmt.Sprintf("mandatory names %s, which is not there: add it, or take its name away", keyName(key))
			}
		}
	}
	return ""
}

// param reads the parameter at the next token, and tells how many tokens it takes: a quoted value is glued to
// its key.
func (r *rdata) param() (p param, width int, msg string) {
	text, msg := r.word("a parameter")
	if msg != "" {
		return p, 0, msg
	}
	key, value, has := bytes.Cut(text, []byte{'='})
	width = 1
	if next := r.at + 1; has && len(value) == 0 && next < len(r.toks) && r.toks[next].kind == tokQuoted &&
		r.toks[next].start == r.toks[r.at].end {
		value, width = unquote(r.raw(next)), 2
	}
	if n := slices.Index(paramNames[:], string(key)); n >= 0 {
		p.key = uint16(n)
		p.value, msg = namedValue(p.key, value)
		return p, width, msg
	}
	k, ok := parseKey(string(key))
	if !ok {
		return p, 0, "not a key: write alpn, port, ipv4hint, ipv6hint, ech, mandatory, no-default-alpn, dohpath, or key and a number"
	}
	p.key = k
	raw := rdata{}
	if !raw.octets(value) {
		return p, 0, errBadEscape.Error()
	}
	p.value = raw.wire
	if !goodValue(k, p.value) {
		return p, 0, fmt.Sprintf("not the octets of a value of %s", keyName(k))
	}
	return p, width, ""
}

// printParams prints parameters, if they are in order and what they have to be.
func printParams(p *printer) bool {
	var list []param
	for len(p.wire) > 0 {
		head, ok := p.take(4)
		if !ok {
			return false
		}
		q := param{key: binary.BigEndian.Uint16(head)}
		if q.value, ok = p.take(int(binary.BigEndian.Uint16(head[2:]))); !ok || !goodValue(q.key, q.value) {
			return false
		}
		if n := len(list); n > 0 && list[n-1].key >= q.key {
			return false
		}
		if list = append(list, q); len(list) > 1 {
			p.out = append(p.out, ' ')
		}
		p.param(q)
	}
	return checkParams(list) == ""
}

// key prints a key; BIND writes dohpath as key7.
func (p *printer) key(key uint16) {
	if key == keyDoHPath {
		p.out = append(p.out, "key7"...)
		return
	}
	p.out = append(p.out, keyName(key)...)
}

// param prints one parameter.
func (p *printer) param(q param) {
	p.key(q.key)
	if len(q.value) == 0 {
		return
	}
	p.out = append(p.out, '=')
	switch q.key {
	case keyMandatory:
		for v := q.value; len(v) > 0; v = v[2:] {
			p.key(binary.BigEndian.Uint16(v))
			p.out = append(p.out, ',')
		}
		p.out = p.out[:len(p.out)-1]
	case keyALPN:
		p.protocolIDs(q.value)
	case keyPort:
		p.number(uint64(binary.BigEndian.Uint16(q.value)))
	case keyIPv4Hint:
		p.hints(q.value, 4)
	case keyIPv6Hint:
		p.hints(q.value, 16)
	case keyECH:
		p.out = base64.StdEncoding.AppendEncode(p.out, q.value)
	default:
		p.quote(q.value)
	}
}

// hints prints addresses with commas between them.
func (p *printer) hints(v []byte, size int) {
	for i := 0; i < len(v); i += size {
		if i > 0 {
			p.out = append(p.out, ',')
		}
		if size == 4 {
			p.out = netip.AddrFrom4([4]byte(v[i:])).AppendTo(p.out)
		} else {
			p.out = append(p.out, textIPv6([16]byte(v[i:]))...)
		}
	}
}

// protocolIDs prints a list whose commas and backslashes are escaped twice.
func (p *printer) protocolIDs(v []byte) {
	p.out = append(p.out, '"')
	for i := 0; i < len(v); i += int(v[i]) + 1 {
		if i > 0 {
			p.out = append(p.out, ',')
		}
		for _, c := range v[i+1:][:v[i]] {
			switch {
			case c == '\\':
				p.out = append(p.out, `\\\\`...)
			case c == ',':
				p.out = append(p.out, `\\,`...)
			case c == '"':
				p.out = append(p.out, `\"`...)
			case c <= ' ' || c > '~':
				p.out = appendDecimal(p.out, c)
			default:
				p.out = append(p.out, c)
			}
		}
	}
	p.out = append(p.out, '"')
}
