package zonefile

// The values of the parameters of SVCB and HTTPS: what each key takes, as text and as octets (RFC 9460 §7).

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The numbers of the keys that BIND knows by name (RFC 9460 §14.3.2, RFC 9461 §5).
const (
	keyMandatory = iota
	keyALPN
	keyNoDefaultALPN
	keyPort
	keyIPv4Hint
	keyECH
	keyIPv6Hint
	keyDoHPath
)

// paramNames are the names of the keys, by number.
var paramNames = [...]string{"mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath"}

// keyName is a key as it is written.
func keyName(key uint16) string {
	if int(key) < len(paramNames) {
		return paramNames[key]
	}
	return "key" + strconv.Itoa(int(key))
}

// parseKey reads a key as mandatory lists it: a name in any case, or key and a number without leading zeros.
func parseKey(text string) (uint16, bool) {
	for i, name := range paramNames {
		if strings.EqualFold(name, text) {
			return uint16(i), true
		}
	}
	digits, ok := strings.CutPrefix(text, "key")
	if !ok || len(digits) > 1 && digits[0] == '0' {
		return 0, false
	}
	n, ok := decimal([]byte(digits), 1<<16-1)
	return uint16(n), ok
}

// namedValue reads the value of a key that is written by its name.
func namedValue(key uint16, value []byte) (octets []byte, msg string) {
	raw := rdata{}
	ok := true
	switch key {
	case keyMandatory:
		return mandatoryKeys(string(value))
	case keyALPN:
		return protocolIDs(value)
	case keyNoDefaultALPN:
		ok = len(value) == 0
	case keyPort:
		var n uint64
		n, ok = decimal(value, 1<<16-1)
		raw.wire = binary.BigEndian.AppendUint16(nil, uint16(n))
	case keyIPv4Hint:
		raw.wire, ok = hints(value, netip.Addr.Is4)
	case keyIPv6Hint:
		raw.wire, ok = hints(value, netip.Addr.Is6)
	case keyECH:
		var b base64Text
		ok = b.add(bytes.ReplaceAll(value, []byte{' '}, nil))
		if ok {
			raw.wire, ok = b.decode(nil)
		}
	case keyDoHPath:
		ok = raw.octets(value) && isDoHPath(raw.wire)
	}
	if !ok {
		return nil, "not " + paramWants[key]
	}
	return raw.wire, ""
}

// paramWants names the values of the keys, by number.
var paramWants = [...]string{keyMandatory: "keys with commas between them, as alpn,port", keyALPN: "protocols with commas between them, as h2,h3",
	keyNoDefaultALPN: "right: no-default-alpn takes no value", keyPort: "a port from 0 to 65535",
	keyIPv4Hint: "IPv4 addresses with commas between them", keyECH: "base64", keyIPv6Hint: "IPv6 addresses with commas between them",
	keyDoHPath: "a path with the variable dns, as /dns-query{?dns}"}

// hints reads addresses with commas between them.
func hints(text []byte, family func(netip.Addr) bool) (octets []byte, ok bool) {
	for _, word := range strings.Split(string(text), ",") {
		a, err := netip.ParseAddr(word)
		if err != nil || !family(a) || a.Zone() != "" {
			return nil, false
		}
		octets = append(octets, a.AsSlice()...)
	}
	return octets, true
}

// mandatoryKeys reads the value of mandatory, whose keys it puts in order.
func mandatoryKeys(text string) (octets []byte, msg string) {
	var keys []uint16
	for _, word := range strings.Split(text, ",") {
		k, ok := parseKey(word)
		if !ok || slices.Contains(keys, k) {
			return nil, "not " + paramWants[keyMandatory] + ", each once"
		}
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		octets = binary.BigEndian.AppendUint16(octets, k)
	}
	return octets, ""
}

// protocolIDs reads the value of alpn: a list whose commas may be escaped, twice over (RFC 9460 §A.1).
func protocolIDs(text []byte) (octets []byte, msg string) {
	raw := rdata{}
	if !raw.octets(text) {
		return nil, errBadEscape.Error()
	}
	id, escaped := []byte{0}, false
	for i := 0; i <= len(raw.wire); i++ {
		switch {
		case i == len(raw.wire) || raw.wire[i] == ',' && !escaped:
			if len(id) == 1 || len(id) > 1+MaxString || escaped {
				return nil, "not " + paramWants[keyALPN]
			}
			id[0] = byte(len(id) - 1)
			octets, id = append(octets, id...), []byte{0}
		case raw.wire[i] == '\\' && !escaped:
			escaped = true
		default:
			id, escaped = append(id, raw.wire[i]), false
		}
	}
	return octets, ""
}

// goodValue tells whether octets can be the value of a key.
func goodValue(key uint16, v []byte) bool {
	switch key {
	case keyMandatory:
		return len(v) > 0 && len(v)%2 == 0 && rising(v)
	case keyALPN:
		return len(v) > 0 && wholeIDs(v)
	case keyNoDefaultALPN:
		return len(v) == 0
	case keyPort:
		return len(v) == 2
	case keyIPv4Hint:
		return len(v) > 0 && len(v)%4 == 0
	case keyIPv6Hint:
		return len(v) > 0 && len(v)%16 == 0
	case keyDoHPath:
		return isDoHPath(v)
	}
	return true
}

// rising tells keys that rise.
func rising(v []byte) bool {
	for ; len(v) >= 4; v = v[2:] {
		if binary.BigEndian.Uint16(v) >= binary.BigEndian.Uint16(v[2:]) {
			return false
		}
	}
	return true
}

// wholeIDs tells strings that are not empty and fill the octets.
func wholeIDs(v []byte) bool {
	for len(v) > 0 {
		n := int(v[0])
		if n == 0 || n >= len(v) {
			return false
		}
		v = v[n+1:]
	}
	return true
}

// isDoHPath tells a URI template with the variable dns (RFC 9461 §5).
func isDoHPath(v []byte) bool {
	return len(v) > 0 && v[0] == '/' && utf8.Valid(v) && isTemplate(string(v))
}

// isTemplate tells a URI template (RFC 6570) that has the variable dns.
func isTemplate(text string) bool {
	found := false
	for len(text) > 0 {
		switch text[0] {
		case '{':
			expression, rest, closed := strings.Cut(text[1:], "}")
			if !closed || !isExpression(expression, &found) {
				return false
			}
			text = rest
		case '%':
			if len(text) < 3 || !isHex(text[1]) || !isHex(text[2]) {
				return false
			}
			text = text[3:]
		default:
			text = text[1:]
		}
	}
	return found
}

// isExpression tells the variables of a template, with the operators and modifiers that they may have, and
// whether dns is one of them.
func isExpression(text string, found *bool) bool {
	for _, v := range strings.Split(text, ",") {
		if v != "" && strings.IndexByte("+#./;?&", v[0]) >= 0 {
			v = v[1:]
		}
		name, prefix, cut := strings.Cut(v, ":")
		if n, err := strconv.Atoi(prefix); cut && (err != nil || n < 1 || n > 9999 || prefix[0] == '0' || prefix[0] == '+') {
			return false
		}
		if !cut {
			name = strings.TrimSuffix(name, "*")
		}
		if !isVariable(name) {
			return false
		}
		*found = *found || name == "dns"
	}
	return true
}

// isVariable tells the name of a variable of a template.
func isVariable(name string) bool {
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '%' && i+2 < len(name) && isHex(name[i+1]) && isHex(name[i+2]):
			i += 2
		case c != '_' && !isDigit(c) && (lower(c) < 'a' || lower(c) > 'z'):
			return false
		}
	}
	return name != ""
}
