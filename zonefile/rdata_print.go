package zonefile

import (
	"encoding/binary"
	"encoding/hex"
	"net/netip"
	"strconv"
)

// RDATA is printed from its octets, as BIND prints it when it dumps a zone (named-compilezone -s full), but for
// the case of names: they come in lower case. It is for reading, never for the zone file, which keeps its own
// spelling.

func printUint8(p *printer) bool {
	n, ok := p.octet()
	p.number(uint64(n))
	return ok
}

func printUint16(p *printer) bool {
	n, ok := p.number16()
	p.number(uint64(n))
	return ok
}

func printUint32(p *printer) bool {
	b, ok := p.take(4)
	if ok {
		p.number(uint64(binary.BigEndian.Uint32(b)))
	}
	return ok
}

func printName(p *printer) bool {
	n, size := wireName(p.wire)
	if size == 0 {
		return false
	}
	p.wire, p.out = p.wire[size:], append(p.out, n...)
	return true
}

func printSigner(p *printer) bool {
	n, _ := wireName(p.wire)
	return n.Labels() <= int(p.all[3]) && printName(p)
}

func printIPv4(p *printer) bool {
	b, ok := p.take(4)
	if ok {
		p.out = netip.AddrFrom4([4]byte(b)).AppendTo(p.out)
	}
	return ok
}

func printIPv6(p *printer) bool {
	b, ok := p.take(16)
	if ok {
		p.out = append(p.out, textIPv6([16]byte(b))...)
	}
	return ok
}

// textIPv6 is an address as inet_ntop(3) prints it: an IPv4-compatible one ends in dots.
func textIPv6(b [16]byte) string {
	a := netip.AddrFrom16(b)
	for i, octet := range b {
		switch {
		case i < 12 && octet != 0:
			return a.String()
		case (i == 12 || i == 13) && octet != 0:
			return "::" + netip.AddrFrom4([4]byte(b[12:])).String()
		}
	}
	return a.String()
}

func printLocator(p *printer) bool {
	for i := range 4 {
		n, ok := p.number16()
		if !ok {
			return false
		}
		if i > 0 {
			p.out = append(p.out, ':')
		}
		p.out = strconv.AppendUint(p.out, uint64(n), 16)
	}
	return true
}

func printEUI48(p *printer) bool { return p.pairs(6) }
func printEUI64(p *printer) bool { return p.pairs(8) }

// pairs prints n octets in hex with hyphens between them.
func (p *printer) pairs(n int) bool {
	b, ok := p.take(n)
	for i := range b {
		if i > 0 {
			p.out = append(p.out, '-')
		}
		p.out = hex.AppendEncode(p.out, b[i:i+1])
	}
	return ok
}

func printString(p *printer) bool {
	n, ok := p.octet()
	if !ok {
		return false
	}
	b, ok := p.take(int(n))
	p.quote(b)
	return ok
}

func printOptionalString(p *printer) bool { return len(p.wire) == 0 || printString(p) }

func printStrings(p *printer) bool {
	for i := 0; i == 0 || len(p.wire) > 0; i++ {
		if i > 0 {
			p.out = append(p.out, ' ')
		}
		if !printString(p) {
			return false
		}
	}
	return true
}

func printDigits(p *printer) bool {
	if len(p.wire) < 5 || !allDigits(p.wire[1:]) {
		return false
	}
	return printString(p)
}

func printTag(p *printer) bool {
	n, ok := p.octet()
	if !ok || n == 0 {
		return false
	}
	b, ok := p.take(int(n))
	for _, c := range b {
		if !isDigit(c) && (lower(c) < 'a' || lower(c) > 'z') {
			return false
		}
	}
	p.out = append(p.out, b...)
	return ok
}

func printValue(p *printer) bool {
	p.quote(p.wire)
	p.wire = nil
	return true
}

// quote prints a character string in quotes.
func (p *printer) quote(text []byte) { p.out = appendQuoted(p.out, text, false) }
