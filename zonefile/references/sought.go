package references

// A name or an address, as it is looked for in what has no grammar here: in comments, in texts, in octets.

import (
	"bytes"
	"net/netip"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// sought is what is looked for.
type sought interface {
	String() string
	inText(text []byte) bool                         // a text has it as a word
	isWord(text string, origin zonefile.Name) bool   // a word of data is it
	isField(r zonefile.Record, n int, w string) bool // word n of a record's data is it
	inWire(data []byte) bool                         // octets hold it
	// find is rows among which are all whose text has it, as far as was looked when it was ended; nil for any.
	find(z *zonefile.Zone, ended func() bool) *zonefile.Finds
}

// findAll is all rows that have a text, unless it is ended.
func findAll(z *zonefile.Zone, text string, ended func() bool) *zonefile.Finds {
	return z.Find(zonefile.NewSearch(text), zonefile.Row{}, nil).Look(func(int, int) bool { return ended() })
}

// soughtName is a name, and the names below it.
type soughtName struct {
	name  zonefile.Name
	alone bool // those below it do not count: it is the name of a zone, and they are all that is in it
	text  []byte
	wire  []byte
}

// newSoughtName looks for a name.
func newSoughtName(n zonefile.Name, alone bool) soughtName {
	text := strings.TrimSuffix(zonefile.Unescape(string(n)), ".")
	return soughtName{n, alone, []byte(strings.ToLower(text)), n.Wire()}
}

func (s soughtName) String() string { return string(s.name) }

// is tells whether a name is the one, or counts as it does.
func (s soughtName) is(n zonefile.Name) bool {
	if s.alone {
		return n == s.name
	}
	return n.Within(s.name)
}

// isLabel tells a character that a label goes on with.
func isLabel(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '\\' || c >= 0x80
}

// inText tells whether a text has the name in full, with a final dot or without.
func (s soughtName) inText(text []byte) bool {
	if len(s.text) == 0 || len(text) < len(s.text) {
		return false
	}
	text = bytes.ToLower(text)
	for from := 0; ; {
		i := bytes.Index(text[from:], s.text)
		if i < 0 {
			return false
		}
		start := from + i
		end := start + len(s.text)
		from = start + 1
		if start > 0 && (isLabel(text[start-1]) || s.alone && text[start-1] == '.') {
			continue
		}
		if end < len(text) && (isLabel(text[end]) || text[end] == '.' && end+1 < len(text) && isLabel(text[end+1])) {
			continue
		}
		return true
	}
}

func (s soughtName) isWord(text string, origin zonefile.Name) bool {
	n, err := zonefile.ParseName(text, origin)
	return err == nil && s.is(n)
}

// isField tells a word that is a name by the grammar of its type.
func (s soughtName) isField(r zonefile.Record, n int, w string) bool {
	from, to := hiddenNames(r.Type())
	return from <= n && n < to && s.isWord(w, r.Origin())
}

func (s soughtName) inWire(data []byte) bool { return bytes.Contains(bytes.ToLower(data), s.wire) }

// find looks for the name in full. One with escapes or blanks may be spelled in other ways.
func (s soughtName) find(z *zonefile.Zone, ended func() bool) *zonefile.Finds {
	if len(s.text) == 0 || bytes.ContainsFunc(s.text, func(c rune) bool { return !isLabel(byte(min(c, 0xff))) && c != '.' || c == '\\' || c >= 0x80 }) {
		return nil
	}
	return findAll(z, string(s.text), ended)
}

// The types whose data has names that no other word of them may be taken for (RFC 4034 §4.1 and §3.1, RFC 2535 §5.2, RFC 4025
// §2.1, RFC 8777 §4, RFC 8005 §5).
const (
	typeSIG      zonefile.Type = 24
	typeNXT      zonefile.Type = 30
	typeIPSECKEY zonefile.Type = 45
	typeRRSIG    zonefile.Type = 46
	typeNSEC     zonefile.Type = 47
	typeHIP      zonefile.Type = 55
	typeAMTRELAY zonefile.Type = 260
)

// isSigned tells the types that a signer writes.
func isSigned(t zonefile.Type) bool {
	return t == typeSIG || t == typeNXT || t == typeRRSIG || t == typeNSEC
}

// hiddenNames is which words of a type's data are names that a rename does not write.
func hiddenNames(t zonefile.Type) (from, to int) {
	switch t {
	case typeNSEC, typeNXT:
		return 0, 1
	case typeRRSIG, typeSIG:
		return 7, 8
	case typeIPSECKEY, typeAMTRELAY:
		return 3, 4
	case typeHIP:
		return 3, 1 << 16
	}
	return 0, 0
}

// soughtAddr is an address.
type soughtAddr struct{ netip.Addr }

// inText tells whether a text has the address, in any spelling.
func (s soughtAddr) inText(text []byte) bool {
	least, colons := 7, false
	if s.Is6() {
		least, colons = 2, true
	}
	for word := range bytes.FieldsFuncSeq(text, func(c rune) bool {
		hex := colons && (c == ':' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F')
		return c != '.' && !hex && (c < '0' || c > '9')
	}) {
		if len(word) < least {
			continue
		}
		bare := strings.Trim(string(word), ".")
		_, behind, _ := strings.Cut(bare, ":") // ip6:2001:db8::1
		if s.isWord(bare, "") || s.isWord(behind, "") || s.isWord(strings.TrimSuffix(bare, ":"), "") {
			return true
		}
	}
	return false
}

func (s soughtAddr) isWord(text string, _ zonefile.Name) bool {
	a, err := netip.ParseAddr(text)
	return err == nil && a == s.Addr
}

func (s soughtAddr) isField(zonefile.Record, int, string) bool { return false }

func (s soughtAddr) inWire(data []byte) bool { return bytes.Contains(data, s.AsSlice()) }

// find looks for an address of IPv4, which has one spelling.
func (s soughtAddr) find(z *zonefile.Zone, ended func() bool) *zonefile.Finds {
	if !s.Is4() {
		return nil
	}
	return findAll(z, s.Addr.String(), ended)
}

// The types whose data may hint at addresses (RFC 9460 §7.3).
const (
	typeSVCB  zonefile.Type = 64
	typeHTTPS zonefile.Type = 65
)
