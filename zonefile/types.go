package zonefile

// Record types by number and name. Those that this package works with have constants; the names of all others are
// miekg/dns's.

import (
	"bytes"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// Type is the number of a record type (RFC 1035 §3.2.2 and the IANA registry).
type Type uint16

// The types that the package itself knows by name.
const (
	TypeA      = Type(dns.TypeA)
	TypeNS     = Type(dns.TypeNS)
	TypeCNAME  = Type(dns.TypeCNAME)
	TypeSOA    = Type(dns.TypeSOA)
	TypePTR    = Type(dns.TypePTR)
	TypeMX     = Type(dns.TypeMX)
	TypeTXT    = Type(dns.TypeTXT)
	TypeRP     = Type(dns.TypeRP)
	TypeAFSDB  = Type(dns.TypeAFSDB)
	TypeAAAA   = Type(dns.TypeAAAA)
	TypeSRV    = Type(dns.TypeSRV)
	TypeKX     = Type(dns.TypeKX)
	TypeDNAME  = Type(dns.TypeDNAME)
	TypeDS     = Type(dns.TypeDS)
	TypeRRSIG  = Type(dns.TypeRRSIG)
	TypeNSEC   = Type(dns.TypeNSEC)
	TypeDNSKEY = Type(dns.TypeDNSKEY)
	TypeTLSA   = Type(dns.TypeTLSA)
	TypeSPF    = Type(dns.TypeSPF)
	TypeANY    = Type(dns.TypeANY)
	TypeTSIG   = Type(dns.TypeTSIG)
	TypeAPL    = Type(dns.TypeAPL)

	TypeWKS      = Type(11)
	TypeNSAP     = Type(22)
	TypeATMA     = Type(34)
	TypeA6       = Type(38)
	TypeSINK     = Type(40)
	TypeDSYNC    = Type(66)
	TypeHHIT     = Type(67)
	TypeBRID     = Type(68)
	TypeDOA      = Type(259)
	TypeAMTRELAY = Type(260)
	TypeRESINFO  = Type(261)
	TypeWALLET   = Type(262)
	TypeKEYDATA  = Type(65533)
)

// String is the type's mnemonic, or TYPEnnn (RFC 3597 §5) where it has none.
func (t Type) String() string {
	if s, ok := dns.TypeToString[uint16(t)]; ok && t.isNamed() {
		return s
	}
	for _, k := range bindTypes {
		if k.typ == t && t != TypeKEYDATA { // BIND reads that name, and does not write it
			return k.name
		}
	}
	return "TYPE" + strconv.Itoa(int(t))
}

// isNamed tells the types of which BIND knows the name that miekg/dns has: not of 0, NXNAME and 65535.
func (t Type) isNamed() bool { return t != 0 && t != 128 && t != 1<<16-1 }

// isObsolete tells the types that RFC 1123 §6.1.2.1 takes out of zone files: MD and MF (BIND: obsolete).
func (t Type) isObsolete() bool { return t == 3 || t == 4 }

// isMeta tells types that exist in queries only and never in a zone (RFC 6895 §3.1).
func (t Type) isMeta() bool { return t == 41 || t >= 128 && t <= 255 }

// ParseType reads a type's mnemonic or TYPEnnn, in any case.
func ParseType(text string) (Type, bool) { return parseType([]byte(text)) }

// parseType is ParseType over bytes; the types that fill zones come first, without allocation.
func parseType(text []byte) (Type, bool) {
	if t := commonType(text); t != 0 {
		return t, true
	}
	if len(text) == 0 || len(text) > 16 {
		return 0, false
	}
	up := strings.ToUpper(string(text))
	if t, ok := dns.StringToType[up]; ok && Type(t).isNamed() {
		return Type(t), true
	}
	if n, ok := numbered(up, "TYPE"); ok {
		return Type(n), true
	}
	for _, k := range bindTypes {
		if k.name == up {
			return k.typ, true
		}
	}
	return 0, false
}

// InZones tells the types that a record of a zone may have.
func (t Type) InZones() bool { return !t.isMeta() && !t.isObsolete() }

// TypeNames is the mnemonics of the types that a zone may have, in no order.
func TypeNames() (names []string) {
	for name, t := range dns.StringToType {
		if t := Type(t); t.isNamed() && t.InZones() {
			names = append(names, name)
		}
	}
	for _, k := range bindTypes {
		names = append(names, k.name)
	}
	return names
}

// beginsType tells whether a text in small letters begins the name of a type, or is one.
func beginsType(text []byte, whole bool) bool {
	if t, is := parseType(text); is || whole {
		return is && t != 0
	}
	const numbered = "type"
	if beginsFolded(numbered, text) || bytes.HasPrefix(text, []byte(numbered)) {
		return true
	}
	for name := range dns.StringToType {
		if beginsFolded(name, text) {
			return true
		}
	}
	return slices.ContainsFunc(bindTypes, func(k struct {
		name string
		typ  Type
	}) bool {
		return beginsFolded(k.name, text)
	})
}

// AddressType is the type of the record that holds an address as it is: AAAA of one of IPv4 in the form of IPv6.
func AddressType(a netip.Addr) Type {
	if a.Is4() {
		return TypeA
	}
	return TypeAAAA
}

// bindTypes is what BIND 9.18 knows by a name that miekg/dns has not.
var bindTypes = []struct {
	name string
	typ  Type
}{
	{"WKS", TypeWKS}, {"NSAP", TypeNSAP}, {"ATMA", TypeATMA}, {"A6", TypeA6}, {"SINK", TypeSINK}, {"DSYNC", TypeDSYNC},
	{"HHIT", TypeHHIT}, {"BRID", TypeBRID}, {"UNSPEC", 103}, {"DOA", TypeDOA}, {"AMTRELAY", TypeAMTRELAY},
	{"RESINFO", TypeRESINFO}, {"WALLET", TypeWALLET}, {"KEYDATA", TypeKEYDATA},
}

// commonType knows the types that fill zones by their letters.
func commonType(text []byte) Type {
	var buf [8]byte
	if len(text) > len(buf) {
		return 0
	}
	for i, c := range text {
		buf[i] = lower(c)
	}
	switch string(buf[:len(text)]) {
	case "a":
		return TypeA
	case "aaaa":
		return TypeAAAA
	case "mx":
		return TypeMX
	case "txt":
		return TypeTXT
	case "ns":
		return TypeNS
	case "ptr":
		return TypePTR
	case "cname":
		return TypeCNAME
	case "srv":
		return TypeSRV
	case "soa":
		return TypeSOA
	}
	return commonRareType(string(buf[:len(text)]))
}

// commonRareType knows those that fill some zones: signed ones, and those of registries.
func commonRareType(text string) Type {
	switch text {
	case "rrsig":
		return TypeRRSIG
	case "nsec":
		return Type(dns.TypeNSEC)
	case "nsec3":
		return Type(dns.TypeNSEC3)
	case "ds":
		return TypeDS
	case "dnskey":
		return Type(dns.TypeDNSKEY)
	case "tlsa":
		return TypeTLSA
	case "sshfp":
		return Type(dns.TypeSSHFP)
	case "caa":
		return Type(dns.TypeCAA)
	case "dname":
		return TypeDNAME
	case "cds":
		return Type(dns.TypeCDS)
	case "cdnskey":
		return Type(dns.TypeCDNSKEY)
	}
	return 0
}

// numbered reads PREFIXnnn with a number of at most five characters that fits 16 bits; VT, FF and a plus sign may
// stand before it (BIND: strtoul).
func numbered(up, prefix string) (uint16, bool) {
	digits, ok := strings.CutPrefix(up, prefix)
	if !ok || digits == "" || len(digits) > 5 {
		return 0, false
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(strings.TrimLeft(digits, "\v\f"), "+"), 10, 16)
	return uint16(n), err == nil
}

// classIN is the class of the Internet, the only one with mail.
const classIN = dns.ClassINET

// parseClass reads a class mnemonic or CLASSnnn (RFC 3597 §5), in any case.
func parseClass(text []byte) (uint16, bool) {
	if len(text) == 2 && lower(text[0]) == 'i' && lower(text[1]) == 'n' {
		return classIN, true
	}
	if len(text) < 2 || len(text) > 10 {
		return 0, false
	}
	switch up := strings.ToUpper(string(text)); up {
	case "CH", "CHAOS":
		return dns.ClassCHAOS, true
	case "HS", "HESIOD":
		return dns.ClassHESIOD, true
	case "ANY", "NONE": // BIND: read as a class, then refused; never a type here
		return dns.ClassANY, true
	default:
		return numbered(up, "CLASS")
	}
}

// MaxTTL is the largest TTL that counts, in seconds (RFC 2181 §8). BIND reads larger ones as 0.
const MaxTTL = 1<<31 - 1

// ParseTTL reads a TTL in seconds or with units, as 1h30m or 1w2d.
func ParseTTL(text string) (seconds uint32, ok bool) { return parseTTL([]byte(text)) }

// parseTTL follows BIND's bind_ttl: a number that stands alone is seconds, and one behind a unit must
// have a unit too. A value above 2^32-1 is no TTL at all.
func parseTTL(text []byte) (seconds uint32, ok bool) {
	if len(text) == 0 || len(text) > 63 || !isDigit(text[0]) {
		return 0, false
	}
	var sum, n uint64
	for i := 0; i < len(text); i++ {
		start := i
		for n = 0; i < len(text) && isDigit(text[i]); i++ {
			if n = n*10 + uint64(text[i]-'0'); n > 1<<32-1 {
				return 0, false
			}
		}
		if i == start {
			return 0, false
		}
		if i == len(text) {
			return uint32(n), sum == 0
		}
		unit := ttlUnit(text[i])
		if sum += n * unit; unit == 0 || sum > 1<<32-1 {
			return 0, false
		}
	}
	return uint32(sum), true
}

// ttlUnit is the length of a TTL unit in seconds, 0 for no unit.
func ttlUnit(c byte) uint64 {
	switch lower(c) {
	case 's':
		return 1
	case 'm':
		return 60
	case 'h':
		return 3600
	case 'd':
		return 86400
	case 'w':
		return 604800
	}
	return 0
}

// FormatTTL writes a TTL with units where that is exact and short: 1d, 1h30m, 300.
func FormatTTL(seconds uint32) string {
	if seconds < 3600 && seconds%60 != 0 || seconds == 0 {
		return strconv.Itoa(int(seconds))
	}
	var b strings.Builder
	for _, u := range "wdhms" {
		if unit := uint32(ttlUnit(byte(u))); seconds >= unit {
			b.WriteString(strconv.Itoa(int(seconds / unit)))
			b.WriteRune(u)
			seconds %= unit
		}
	}
	return b.String()
}

// maxRData is the most octets that RDATA may have (RFC 1035 §3.2.1).
const maxRData = 1<<16 - 1

// dateForm is a time as DNSSEC writes it (RFC 4034 §3.2).
const dateForm = "20060102150405"

// parseDate reads a time of fourteen digits as Unix time.
func parseDate(text []byte) (int64, bool) {
	if len(text) != len(dateForm) || !allDigits(text) {
		return 0, false
	}
	when, err := time.Parse(dateForm, string(text))
	if leap := string(text[12:]) == "60"; leap { // BIND takes a leap second anywhere
		when, err = time.Parse(dateForm, string(text[:12])+"59")
		when = when.Add(time.Second)
	}
	return when.Unix(), err == nil
}
