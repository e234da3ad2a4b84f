package zonefile

// Domain names as BIND spells them. Each is kept in one form, so equal names are equal strings.

import (
	"errors"
	"strings"
)

// Name is a domain name in canonical form: absolute, lower case, escapes as BIND prints them. Two
// equal names are the same name (RFC 4343). The zero Name is no name.
type Name string

// Root is the name of the root zone.
const Root Name = "."

// Limits of RFC 1035 §2.3.4, in octets.
const (
	maxLabel = 63
	maxName  = 255
)

var (
	errEmptyLabel = errors.New("a name has two dots in a row or starts with one: remove the surplus dot")
	errLongLabel  = errors.New("a label is longer than 63 octets: shorten it")
	errLongName   = errors.New("the name is longer than 255 octets: shorten it")
	errBadEscape  = errors.New(`a bad escape: \ takes three digits up to 255, or one character that is no digit`)
	errNoOrigin   = errors.New("a relative name where no origin is known: end it with a dot")
	errEmptyName  = errors.New("an empty name")
	errBitLabel   = errors.New(`a label that starts with \[: labels of bits are no more`)
)

// ParseName reads name text as a zone file holds it; a name without a final dot is relative to origin.
func ParseName(text string, origin Name) (Name, error) {
	return parseName([]byte(text), origin)
}

// parseName is ParseName over bytes.
func parseName(text []byte, origin Name) (Name, error) {
	switch {
	case len(text) == 0:
		return "", errEmptyName
	case len(text) == 1 && text[0] == '@':
		if origin == "" {
			return "", errNoOrigin
		}
		return origin, nil
	case len(text) == 1 && text[0] == '.':
		return Root, nil
	}
	if n, ok := plainName(text, origin); ok {
		return n, nil
	}
	b := nameBuilder{out: make([]byte, 0, len(text)+len(origin)+1)}
	if err := b.addLabels(text); err != nil {
		return "", err
	}
	if b.dot { // the text ended in an unescaped dot
		return b.finish("")
	}
	if origin == "" {
		return "", errNoOrigin
	}
	return b.finish(origin)
}

// plainName is parseName for what nearly all names are: letters, digits, hyphens and underscores, with
// nothing wrong. It allocates the name and no more.
func plainName(text []byte, origin Name) (Name, bool) {
	var buf [maxName]byte
	out, ok := appendPlain(buf[:0], text, origin)
	if !ok {
		return "", false
	}
	return Name(out), true
}

// nameBuilder collects canonical labels and counts their octets on the wire.
type nameBuilder struct {
	out   []byte
	label int  // octets of the label being read
	wire  int  // octets of the finished labels, with their length octets
	dot   bool // the last thing read was an unescaped dot
}

// addLabels reads the labels of text, with its escapes.
func (b *nameBuilder) addLabels(text []byte) error {
	for i := 0; i < len(text); {
		c := text[i]
		b.dot = false
		switch {
		case c == '.':
			if err := b.endLabel(); err != nil {
				return err
			}
			i++
			continue
		case c == '\\':
			if b.label == 0 && i+1 < len(text) && text[i+1] == '[' { // BIND: bad label type
				return errBitLabel
			}
			octet, n, err := unescape(text[i:])
			if err != nil {
				return err
			}
			b.out = appendOctet(b.out, octet)
			i += n
		default:
			b.out = appendOctet(b.out, c)
			i++
		}
		if b.label++; b.label > maxLabel {
			return errLongLabel
		}
	}
	return nil
}

// endLabel closes a label at an unescaped dot.
func (b *nameBuilder) endLabel() error {
	if b.label == 0 {
		return errEmptyLabel
	}
	b.out = append(b.out, '.')
	b.wire += b.label + 1
	b.label, b.dot = 0, true
	return nil
}

// finish appends the origin to what was read and checks the whole length.
func (b *nameBuilder) finish(origin Name) (Name, error) {
	wire := b.wire + 1
	if origin != "" {
		wire = b.wire + b.label + 1 + origin.wireLen()
		b.out = append(b.out, '.')
		if origin != Root {
			b.out = append(b.out, origin...)
		}
	}
	if wire > maxName {
		return "", errLongName
	}
	return Name(b.out), nil
}

// wireLen is the length of the name on the wire, with its root label.
func (n Name) wireLen() int {
	if n == Root || n == "" {
		return 1
	}
	if strings.IndexByte(string(n), '\\') < 0 {
		return len(n) + 1
	}
	octets := 1
	for i := 0; i < len(n); i++ {
		if n[i] == '\\' {
			_, w, _ := unescape([]byte(n[i:]))
			i += max(w, 1) - 1
		}
		octets++
	}
	return octets
}

// unescape reads the escape at the start of text (\DDD or \X) and returns its octet and its length.
func unescape(text []byte) (octet byte, n int, err error) {
	if len(text) < 2 {
		return 0, 0, errBadEscape
	}
	if !isDigit(text[1]) {
		return text[1], 2, nil
	}
	if len(text) < 4 || !isDigit(text[2]) || !isDigit(text[3]) {
		return 0, 0, errBadEscape
	}
	v := int(text[1]-'0')*100 + int(text[2]-'0')*10 + int(text[3]-'0')
	if v > 255 {
		return 0, 0, errBadEscape
	}
	return byte(v), 4, nil
}

// isDigit tells an ASCII digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// allDigits tells text of nothing but digits.
func allDigits(text []byte) bool {
	for _, c := range text {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

// isHex tells a hex digit.
func isHex(c byte) bool { return isDigit(c) || 'a' <= lower(c) && lower(c) <= 'f' }

// lower folds an ASCII letter to lower case (RFC 4343: nothing else is folded).
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// beginsFolded tells whether a text begins with a folded one.
func beginsFolded(text string, folded []byte) bool {
	if len(folded) > len(text) {
		return false
	}
	for i, c := range folded {
		if lower(text[i]) != c {
			return false
		}
	}
	return true
}

// holdsFolded tells whether a text of ASCII letters has a folded one.
func holdsFolded(text, folded []byte) bool {
	for i := 0; i+len(folded) <= len(text); i++ {
		n := 0
		for n < len(folded) && lower(text[i+n]) == folded[n] {
			n++
		}
		if n == len(folded) {
			return true
		}
	}
	return false
}

// endsFolded tells whether a text of ASCII letters ends with a folded one.
func endsFolded(text, folded []byte) bool {
	return len(folded) <= len(text) && holdsFolded(text[len(text)-len(folded):], folded)
}

// appendOctet appends one octet of a label in canonical text.
func appendOctet(out []byte, c byte) []byte { return appendEscaped(out, lower(c)) }

// appendEscaped appends one octet of a label, escaped as BIND's dns_name_totext does.
func appendEscaped(out []byte, c byte) []byte {
	switch c {
	case '"', '(', ')', '.', ';', '\\', '@', '$':
		return append(out, '\\', c)
	}
	if c > 0x20 && c < 0x7f {
		return append(out, c)
	}
	return append(out, '\\', '0'+c/100, '0'+c/10%10, '0'+c%10)
}

// spell is parseName for a name that keeps its case. What does not parse stands for itself.
func spell(text []byte, origin string) string {
	if string(text) == "@" {
		return origin
	}
	out, dot := make([]byte, 0, len(text)+len(origin)+1), false
	for i := 0; i < len(text); {
		octet, n, err := text[i], 1, error(nil)
		if dot = octet == '.'; dot {
			out = append(out, '.')
		} else {
			if octet == '\\' {
				octet, n, err = unescape(text[i:])
			}
			out = appendEscaped(out, octet)
		}
		if err != nil {
			return string(text)
		}
		i += n
	}
	if !dot {
		out = append(append(out, '.'), strings.TrimPrefix(origin, ".")...)
	}
	return string(out)
}

// Parent is the name without its first label; the root's parent is "".
func (n Name) Parent() Name {
	if n == Root || n == "" {
		return ""
	}
	i := n.firstDot()
	if i+1 == len(n) {
		return Root
	}
	return n[i+1:]
}

// Label is the first label of the name, in canonical text.
func (n Name) Label() string {
	if n == Root || n == "" {
		return ""
	}
	return string(n[:n.firstDot()])
}

// firstDot is the place of the first unescaped dot.
func (n Name) firstDot() int {
	for i := 0; i < len(n); i++ {
		switch n[i] {
		case '\\':
			i++ // \DDD needs no more: digits are no dots
		case '.':
			return i
		}
	}
	return len(n) - 1
}

// Labels is the number of labels, the root's not counted.
func (n Name) Labels() int {
	count := 0
	for ; n != Root && n != ""; n = n.Parent() {
		count++
	}
	return count
}

// Within tells whether n is ancestor or below it.
func (n Name) Within(ancestor Name) bool {
	if n == ancestor || ancestor == Root {
		return n != ""
	}
	cut := len(n) - len(ancestor)
	if cut <= 0 || ancestor == "" || n[cut-1] != '.' || n[cut:] != ancestor {
		return false
	}
	return !escapedAt(string(n), cut-1)
}

// escapedAt tells whether the byte at i is escaped: an odd number of backslashes stands before it.
func escapedAt(s string, i int) bool {
	odd := false
	for i--; i >= 0 && s[i] == '\\'; i-- {
		odd = !odd
	}
	return odd
}

// inside tells whether a name is in the zone top; any is where that is not known.
func (n Name) inside(top Name) bool { return top == "" || n.Within(top) }

// Below tells whether n is below ancestor and not ancestor itself.
func (n Name) Below(ancestor Name) bool { return n != ancestor && n.Within(ancestor) }

// childOf is the name right below an ancestor that n is at or below; "" if n is not below it.
func (n Name) childOf(ancestor Name) Name {
	if ancestor == "" || !n.Below(ancestor) {
		return ""
	}
	for n.Parent() != ancestor {
		n = n.Parent()
	}
	return n
}

// IsWildcard tells whether the first label is an asterisk (RFC 4592 §2.1.1).
func (n Name) IsWildcard() bool { return n == "*." || strings.HasPrefix(string(n), "*.") }

// Wildcard is the name *.n.
func (n Name) Wildcard() Name {
	if n == Root {
		return "*."
	}
	return "*." + n
}

// Plain is the name as people write it: without the final dot, but for the root.
func (n Name) Plain() string {
	if n == Root {
		return string(n)
	}
	return strings.TrimSuffix(string(n), ".")
}

// In writes the name as a zone file would under origin: "@", a relative name, or the absolute one.
func (n Name) In(origin Name) string {
	switch {
	case n == origin:
		return "@"
	case origin == "" || origin == Root || !n.Within(origin):
		return string(n)
	}
	return string(n[:len(n)-len(origin)-1])
}
