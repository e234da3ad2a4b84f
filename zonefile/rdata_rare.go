package zonefile

import (
	"bytes"
	"encoding/hex"
	"net/netip"
	"strconv"
	"strings"
)

// The fields of RDATA that one rare type has for itself.

var (
	nsapField     = field{want: "an address in hex, as 0x47.0005.80", word: readNSAP, write: printNSAP}
	atmaField     = field{want: "an address in hex, or + and digits", word: readATMA, write: printATMA}
	protocolField = field{want: "a protocol, as tcp or 6", word: readIPProtocol, write: printUint8}
	servicesField = field{want: "services, as smtp or 25", all: readServices, write: printServices}
	a6Field       = field{want: "a prefix length, an address and a name", all: readA6, write: printA6}
	aplField      = field{want: "prefixes, as 1:192.0.2.0/24", all: readAPL, write: printAPL}
)

// readNSAP reads 0x and octets in hex; dots stand anywhere (RFC 1706 §7).
func readNSAP(r *rdata, text []byte) string {
	if len(text) < 2 || text[0] != '0' || lower(text[1]) != 'x' {
		return notThis
	}
	octets, err := hex.DecodeString(strings.ReplaceAll(string(text[2:]), ".", ""))
	if err != nil || len(octets) == 0 {
		return notThis
	}
	r.wire = append(r.wire, octets...)
	return ""
}

func printNSAP(p *printer) bool {
	ok := len(p.wire) > 0
	p.out = hex.AppendEncode(append(p.out, "0x"...), p.wire)
	p.wire = nil
	return ok
}

// readATMA reads an address of ATM: octets in hex, or + and digits; single dots stand between (BIND).
func readATMA(r *rdata, text []byte) string {
	digits, e164 := bytes.CutPrefix(text, []byte{'+'})
	if strings.Contains(string(digits), "..") || len(digits) == 0 || digits[0] == '.' || digits[len(digits)-1] == '.' {
		return notThis
	}
	digits = bytes.ReplaceAll(digits, []byte{'.'}, nil)
	if e164 {
		r.wire = append(append(r.wire, 1), digits...)
		if !allDigits(digits) {
			return notThis
		}
		return ""
	}
	octets, err := hex.DecodeString(string(digits))
	if err != nil {
		return notThis
	}
	r.wire = append(append(r.wire, 0), octets...)
	return ""
}

func printATMA(p *printer) bool {
	if len(p.wire) < 2 {
		return false
	}
	address := p.wire[1:]
	switch p.wire[0] {
	case 0:
		p.out = hex.AppendEncode(p.out, address)
	case 1:
		p.out = append(append(p.out, '+'), address...)
		if !allDigits(address) {
			return false
		}
	default:
		p.opaque = true
	}
	p.wire = nil
	return true
}

// The protocols and services that a WKS may name here. BIND asks the files of the name server's system, which
// know more; a number says it everywhere.
var (
	ipProtocols = []numberName{{1, "icmp"}, {6, "tcp"}, {17, "udp"}}
	ipServices  = []numberName{{7, "echo"}, {9, "discard"}, {11, "systat"}, {13, "daytime"}, {20, "ftp-data"}, {21, "ftp"},
		{22, "ssh"}, {23, "telnet"}, {25, "smtp"}, {25, "mail"}, {37, "time"}, {43, "whois"}, {53, "domain"}, {69, "tftp"},
		{70, "gopher"}, {79, "finger"}, {80, "http"}, {80, "www"}, {110, "pop3"}, {111, "sunrpc"}, {119, "nntp"}, {123, "ntp"},
		{143, "imap2"}, {143, "imap"}, {161, "snmp"}, {179, "bgp"}, {443, "https"}, {587, "submission"}, {993, "imaps"}, {995, "pop3s"}}
)

// system reads a number, or a name that the system knows.
func system(text []byte, names []numberName, limit int64) (int64, bool) {
	if n, ok := cNumber(text); ok {
		return n, 0 <= n && n <= limit
	}
	n, ok := named(text, names, 0)
	return int64(n), ok
}

// readIPProtocol reads the protocol of a WKS (RFC 1035 §3.4.2).
func readIPProtocol(r *rdata, text []byte) string {
	n, ok := system(text, ipProtocols, 1<<8-1)
	if !ok {
		return "not a protocol that is known everywhere: write tcp, udp or a number"
	}
	r.wire = append(r.wire, byte(n))
	return ""
}

// readServices reads the ports of a WKS into a bitmap.
func readServices(r *rdata) string {
	var bits []byte
	for ; r.more(); r.at++ {
		text, msg := r.word("a port")
		if msg != "" {
			return msg
		}
		n, ok := system(text, ipServices, 1<<16-1)
		if !ok {
			return "not a service that is known everywhere: write its port"
		}
		for int64(len(bits)) <= n/8 {
			bits = append(bits, 0)
		}
		bits[n/8] |= 0x80 >> (n & 7)
	}
	r.wire = append(r.wire, bits...)
	return ""
}

func printServices(p *printer) bool {
	bits := p.wire
	if p.wire = nil; len(bits) > 0 && bits[len(bits)-1] == 0 || len(bits) > 8192 {
		return false
	}
	start := len(p.out)
	for i := range len(bits) * 8 {
		if bits[i/8]&(0x80>>(i&7)) == 0 {
			continue
		}
		if len(p.out) > start {
			p.out = append(p.out, ' ')
		}
		p.number(uint64(i))
	}
	return true
}

// readA6 reads a prefix length, the rest of an address, and the name of the prefix (RFC 2874 §3.1.1).
func readA6(r *rdata) string {
	text, msg := r.word("a prefix length")
	if msg != "" {
		return msg
	}
	prefix, ok := decimal(text, 128)
	if !ok {
		return "not a prefix length from 0 to 128"
	}
	r.at++
	r.wire = append(r.wire, byte(prefix))
	if prefix < 128 {
		if msg := ipv6Field.read(r); msg != "" {
			return msg
		}
		rest := r.wire[1+prefix/8:]
		rest[0] &= 0xff >> (prefix % 8)
		r.wire = append(r.wire[:1], rest...)
	}
	if prefix == 0 {
		return ""
	}
	return nameField.read(r)
}

func printA6(p *printer) bool {
	prefix, ok := p.octet()
	if !ok || prefix > 128 {
		return false
	}
	p.number(uint64(prefix))
	p.out = append(p.out, ' ')
	if prefix < 128 {
		rest, ok := p.take(16 - int(prefix)/8)
		if !ok || rest[0]&^(0xff>>(prefix%8)) != 0 {
			return false
		}
		var b [16]byte
		copy(b[prefix/8:], rest)
		p.out = append(p.out, textIPv6(b)...)
	}
	if prefix == 0 {
		return true
	}
	p.out = append(p.out, ' ')
	return printName(p)
}

// readAPL reads any number of prefixes (RFC 3123 §5).
func readAPL(r *rdata) string {
	for ; r.more(); r.at++ {
		text, msg := r.word("a prefix")
		if msg != "" {
			return msg
		}
		if !r.prefix(string(text)) {
			return "not a prefix: write 1: and an IPv4 network, or 2: and an IPv6 network, as 1:192.0.2.0/24 or !2:2001:db8::/32"
		}
	}
	return ""
}

// prefix reads one prefix of an APL. Zero octets at its end are left out.
func (r *rdata) prefix(text string) bool {
	rest, negative := strings.CutPrefix(text, "!")
	family, network, ok := strings.Cut(rest, ":")
	address, bits, ok2 := strings.Cut(network, "/")
	a, err := netip.ParseAddr(address)
	n, ok3 := decimal([]byte(bits), 128)
	if !ok || !ok2 || !ok3 || err != nil || a.Zone() != "" || len(bits) == 0 {
		return false
	}
	code, _ := decimal([]byte(family), 1<<16-1)
	if a.Is4() && (code != 1 || n > 32) || !a.Is4() && code != 2 {
		return false
	}
	octets := bytes.TrimRight(a.AsSlice(), "\x00")
	size := byte(len(octets))
	if negative {
		size |= 0x80
	}
	r.wire = append(append(r.wire, 0, byte(code), byte(n), size), octets...)
	return true
}

func printAPL(p *printer) bool {
	start, all := len(p.out), p.wire
	for len(p.wire) > 0 {
		head, ok := p.take(4)
		if !ok {
			return false
		}
		size := int(head[3] & 0x7f)
		octets, ok := p.take(size)
		if !ok || size > 0 && octets[size-1] == 0 {
			return false
		}
		var b [16]byte
		copy(b[:], octets)
		if len(p.out) > start {
			p.out = append(p.out, ' ')
		}
		if head[3]&0x80 != 0 {
			p.out = append(p.out, '!')
		}
		switch code := int(head[0])<<8 | int(head[1]); {
		case code == 1 && head[2] <= 32 && size <= 4:
			p.out = append(p.out, "1:"+netip.AddrFrom4([4]byte(b[:4])).String()...)
		case code == 2 && head[2] <= 128 && size <= 16:
			p.out = append(p.out, "2:"+textIPv6(b)...)
		case code == 1 || code == 2:
			return false
		default:
			p.opaque = true
		}
		p.out = strconv.AppendUint(append(p.out, '/'), uint64(head[2]), 10)
	}
	return len(all) >= 0
}
