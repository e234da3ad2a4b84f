package zonefile

import (
	"encoding/binary"
	"strconv"
	"strings"
	"time"
)

// The fields of RDATA that are numbers with names: algorithms, flags of keys, record types, times.

var (
	algorithmField     = field{want: "an algorithm, as 13 or ECDSAP256SHA256", word: readAlgorithm, quick: quickNamed8, write: printUint8}
	algorithmNameField = field{want: "an algorithm, as 13 or ECDSAP256SHA256", word: readAlgorithm, write: printAlgorithmName}
	digestTypeField    = field{want: "a digest type, as 2 or SHA-256", word: readDigestType, write: printUint8}
	digestField        = field{want: "a digest type and its digest in hex", all: readDigest, quick: quickDigest, write: printDigest}
	hashField          = field{want: "a hash algorithm, as 1", word: readHash, quick: quickNamed8, write: printUint8}
	protocolNameField  = field{want: "a protocol, as 3 or DNSSEC", word: readProtocol, quick: quickNamed8, write: printUint8}
	certificateField   = field{want: "a certificate type, as 1 or PKIX", word: readCertificate, write: printCertificate}
	schemeField        = field{want: "a scheme, as 1 or NOTIFY", word: readScheme, write: printScheme}
	keyFlagsField      = field{want: "flags of a key, as 257", word: readKeyFlags, quick: quickNamed16, write: printUint16}
	noFlagsField       = field{want: "flags of a key, which are 0 here", word: readNoFlags, write: printNoFlags}
	keyField           = field{want: "a key in base64", all: readKey, write: printKey}
	keyDataField       = field{want: "a key in base64", all: readKeyData, write: printOpaque}

	dateField      = field{want: "a time, as 20261231235959", word: readDate, write: printDate}
	refreshField   = field{want: "a time, as 20261231235959", word: readDate, write: printOpaque}
	signatureField = field{want: "a time, as 20261231235959", word: readSignatureTime, quick: quickTime, write: printDate}
)

// numberName is a number with a name. Where a number has two names the first is printed.
type numberName struct {
	number uint16
	name   string
}

// The names that BIND knows (RFC 8624, 4398, 2535, and IANA's registries).
var (
	algorithmNames = []numberName{{1, "RSAMD5"}, {2, "DH"}, {3, "DSA"}, {5, "RSASHA1"}, {6, "NSEC3DSA"},
		{7, "NSEC3RSASHA1"}, {8, "RSASHA256"}, {10, "RSASHA512"}, {12, "ECCGOST"}, {13, "ECDSAP256SHA256"},
		{13, "ECDSA256"}, {14, "ECDSAP384SHA384"}, {14, "ECDSA384"}, {15, "ED25519"}, {16, "ED448"},
		{252, "INDIRECT"}, {253, "PRIVATEDNS"}, {254, "PRIVATEOID"}}
	digestNames = []numberName{{1, "SHA-1"}, {1, "SHA1"}, {2, "SHA-256"}, {2, "SHA256"}, {3, "GOST"},
		{4, "SHA-384"}, {4, "SHA384"}}
	hashNames        = []numberName{{1, "SHA-1"}}
	protocolNames    = []numberName{{0, "NONE"}, {1, "TLS"}, {2, "EMAIL"}, {3, "DNSSEC"}, {4, "IPSEC"}, {255, "ALL"}}
	certificateNames = []numberName{{1, "PKIX"}, {2, "SPKI"}, {3, "PGP"}, {4, "IPKIX"}, {5, "ISPKI"}, {6, "IPGP"},
		{7, "ACPKIX"}, {8, "IACPKIX"}, {253, "URI"}, {254, "OID"}}
	schemeNames = []numberName{{1, "NOTIFY"}}
)

// named reads a number, or its name in any case.
func named(text []byte, names []numberName, limit uint64) (uint16, bool) {
	if n, ok := decimal(text, 1<<32-1); ok && len(text) <= maxDigits {
		return uint16(n), n <= limit
	}
	for _, k := range names {
		if strings.EqualFold(k.name, string(text)) {
			return k.number, true
		}
	}
	return 0, false
}

// named8 reads a number of one octet, or its name.
func (r *rdata) named8(text []byte, names []numberName) string {
	n, ok := named(text, names, 1<<8-1)
	if !ok {
		return notThis
	}
	r.wire = append(r.wire, byte(n))
	return ""
}

func readAlgorithm(r *rdata, text []byte) string  { return r.named8(text, algorithmNames) }
func readDigestType(r *rdata, text []byte) string { return r.named8(text, digestNames) }
func readHash(r *rdata, text []byte) string       { return r.named8(text, hashNames) }
func readProtocol(r *rdata, text []byte) string   { return r.named8(text, protocolNames) }
func readScheme(r *rdata, text []byte) string     { return r.named8(text, schemeNames) }

func readCertificate(r *rdata, text []byte) string {
	n, ok := named(text, certificateNames, 1<<16-1)
	if !ok {
		return notThis
	}
	r.wire = binary.BigEndian.AppendUint16(r.wire, n)
	return ""
}

// name prints a number by its name, if it has one.
func (p *printer) name(n uint16, names []numberName) {
	for _, k := range names {
		if k.number == n {
			p.out = append(p.out, k.name...)
			return
		}
	}
	p.number(uint64(n))
}

func printAlgorithmName(p *printer) bool {
	n, ok := p.octet()
	p.name(uint16(n), algorithmNames)
	return ok
}

func printScheme(p *printer) bool {
	n, ok := p.octet()
	p.name(uint16(n), schemeNames)
	return ok
}

func printCertificate(p *printer) bool {
	n, ok := p.number16()
	p.name(n, certificateNames)
	return ok
}

// keyFlagNames are the flags of a KEY (RFC 2535 §3.1.2) and DNSKEY, in the order in which BIND looks for them.
var keyFlagNames = []numberName{{0x4000, "NOCONF"}, {0x8000, "NOAUTH"}, {0xc000, "NOKEY"}, {0x2000, "FLAG2"},
	{0x1000, "EXTEND"}, {0x0800, "FLAG4"}, {0x0400, "FLAG5"}, {0x0000, "USER"}, {0x0100, "ZONE"}, {0x0200, "HOST"},
	{0x0300, "NTYP3"}, {0x0080, "FLAG8"}, {0x0040, "FLAG9"}, {0x0020, "FLAG10"}, {0x0010, "FLAG11"}, {0, "SIG0"},
	{1, "SIG1"}, {2, "SIG2"}, {3, "SIG3"}, {4, "SIG4"}, {5, "SIG5"}, {6, "SIG6"}, {7, "SIG7"}, {8, "SIG8"},
	{9, "SIG9"}, {10, "SIG10"}, {11, "SIG11"}, {12, "SIG12"}, {13, "SIG13"}, {14, "SIG14"}, {15, "SIG15"}, {1, "KSK"}}

// keyFlags reads flags as a number, in decimal or hex, or as names with | between them. The beginning of a name
// will do (BIND).
func keyFlags(text []byte) (uint16, bool) {
	if isDigit(text[0]) && len(text) <= maxDigits {
		n, ok := decimal(text, 1<<32-1)
		if !ok {
			hex, err := strconv.ParseUint(strings.TrimPrefix(strings.ToLower(string(text)), "0x"), 16, 32)
			n, ok = hex, err == nil
		}
		if ok {
			return uint16(n), n <= 1<<16-1
		}
	}
	var flags uint16
	for _, word := range strings.Split(strings.TrimSuffix(string(text), "|"), "|") {
		n, ok := keyFlag(word)
		if !ok {
			return 0, false
		}
		flags |= n
	}
	return flags, true
}

// keyFlag is the first flag whose name begins with a word.
func keyFlag(word string) (uint16, bool) {
	for _, k := range keyFlagNames {
		if len(word) <= len(k.name) && strings.EqualFold(k.name[:len(word)], word) {
			return k.number, true
		}
	}
	return 0, false
}

func readKeyFlags(r *rdata, text []byte) string {
	n, ok := keyFlags(text)
	if !ok {
		return notThis
	}
	r.wire = binary.BigEndian.AppendUint16(r.wire, n)
	return ""
}

// readNoFlags reads the flags of an RKEY, which have to be 0.
func readNoFlags(r *rdata, text []byte) string {
	if n, ok := keyFlags(text); !ok || n != 0 {
		return notThis
	}
	r.wire = append(r.wire, 0, 0)
	return ""
}

func printNoFlags(p *printer) bool {
	n, ok := p.number16()
	p.number(uint64(n))
	return ok && n == 0
}

// noKey are the flags of a KEY that holds none (RFC 2535 §3.1.2).
const noKey = 0xc000

// readKey reads the key of a KEY, unless its flags say that there is none.
func readKey(r *rdata) string {
	if binary.BigEndian.Uint16(r.wire)&noKey == noKey {
		return ""
	}
	return readBase64All(r)
}

func printKey(p *printer) bool {
	if binary.BigEndian.Uint16(p.all)&noKey == noKey {
		return len(p.wire) == 0
	}
	return printBase64All(p)
}

// readKeyData reads the key of a KEYDATA: flags, protocol and algorithm 0 mean none, as flags of no key do.
func readKeyData(r *rdata) string {
	key := r.wire[len(r.wire)-4:]
	if binary.BigEndian.Uint32(key) == 0 || binary.BigEndian.Uint16(key)&noKey == noKey {
		return ""
	}
	return readBase64All(r)
}

// readDate reads a time of fourteen digits.
func readDate(r *rdata, text []byte) string {
	when, ok := parseDate(text)
	if !ok {
		return notThis
	}
	r.wire = binary.BigEndian.AppendUint32(r.wire, uint32(when))
	return ""
}

// readSignatureTime reads a time of fourteen digits, or seconds (RFC 4034 §3.2).
func readSignatureTime(r *rdata, text []byte) string {
	if len(text) <= 10 {
		return readUint32(r, text)
	}
	return readDate(r, text)
}

// printDate prints a time, which is the one nearest to now (RFC 1982).
func printDate(p *printer) bool {
	b, ok := p.take(4)
	if !ok {
		return false
	}
	now := time.Now()
	ahead := int32(binary.BigEndian.Uint32(b) - uint32(now.Unix()))
	p.out = time.Unix(now.Unix()+int64(ahead), 0).UTC().AppendFormat(p.out, dateForm)
	return true
}

// readDigest reads the type of a DS's digest and the digest (RFC 4034 §5.1).
func readDigest(r *rdata) string {
	if msg := digestTypeField.read(r); msg != "" {
		return msg
	}
	return r.hexAll(dsSize(r.wire[len(r.wire)-1]))
}

// quickDigest reads the type of a DS's digest and the digest.
func quickDigest(q *quick) bool { return q.digest(dsSize) }

// dsSize is the octets of a digest of a DS; negative where BIND takes any.
func dsSize(kind byte) int {
	switch kind {
	case 1:
		return sha1Size
	case 2:
		return sha256Size
	case 4:
		return sha384Size
	}
	return -1
}

func printDigest(p *printer) bool { return p.digest(dsSize) }
