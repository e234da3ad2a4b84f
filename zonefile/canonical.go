package zonefile

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/miekg/dns"
)

// This file writes records as BIND does when it dumps a zone (named-compilezone -s full): for reading, never
// for the zone file, which keeps its own spelling.

// CanonicalRData is the RDATA on one line as BIND prints it: names absolute and in lower case, times in
// seconds, strings in quotes, bytes beyond ASCII as \DDD. What cannot be read comes as it is written.
func (r Record) CanonicalRData() string {
	toks := r.RData()
	fields := r.Type().fields()
	switch {
	case isGeneric(r.c().src, r.Type(), r.c().tokens(int(r.entry), nil)):
		return r.printedRData()
	case fields != nil && len(fields) == len(toks):
		words := make([]string, len(toks))
		for i, t := range toks {
			words[i] = fields[i].canonical(t.Text(), r.Origin())
		}
		return strings.Join(words, " ")
	case r.Type() == TypeTXT || r.Type() == TypeSPF:
		return canonicalStrings(r.Strings())
	}
	return r.printedRData()
}

// canonical writes one token of RDATA.
func (f field) canonical(text string, origin Name) string {
	switch f {
	case fieldName:
		if n, err := ParseName(text, origin); err == nil {
			return string(n)
		}
	case fieldIPv6:
		if a, err := netip.ParseAddr(text); err == nil {
			return canonicalIPv6(a)
		}
	case fieldUint16, fieldUint32:
		if n, err := strconv.ParseUint(text, 10, 32); err == nil {
			return strconv.FormatUint(n, 10)
		}
	case fieldTTL:
		if n, ok := ParseTTL(text); ok {
			return strconv.FormatUint(uint64(n), 10)
		}
	}
	return text
}

// canonicalIPv6 is an address as inet_ntop(3) prints it: an IPv4-compatible one ends in dots.
func canonicalIPv6(a netip.Addr) string {
	b := a.As16()
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

// canonicalStrings quotes character strings (RFC 1035 §5.1).
func canonicalStrings(values []string) string {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteByte('"')
		for j := range len(v) {
			switch c := v[j]; {
			case c == '"' || c == '\\':
				b.WriteByte('\\')
				b.WriteByte(c)
			case c < ' ' || c > '~':
				fmt.Fprintf(&b, `\%03d`, c)
			default:
				b.WriteByte(c)
			}
		}
		b.WriteByte('"')
	}
	return b.String()
}

// printedRData is the RDATA as miekg/dns prints it, or as written where it can not.
func (r Record) printedRData() string {
	rr, err := r.RR()
	if err != nil {
		return r.RDataText()
	}
	if _, null := rr.(*dns.NULL); null { // it has no form but that of RFC 3597
		return r.RDataText()
	}
	text, ok := strings.CutPrefix(rr.String(), rr.Header().String())
	if !ok {
		return r.RDataText()
	}
	if _, loc := rr.(*dns.LOC); loc {
		return canonicalLOC(text)
	}
	return text
}

// canonicalLOC writes a LOC as BIND does: degrees and minutes without leading zeros, the altitude with two
// decimals.
func canonicalLOC(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		if n, err := strconv.Atoi(w); err == nil {
			words[i] = strconv.Itoa(n)
		}
		if i == 8 && !strings.Contains(w, ".") {
			words[i] = strings.TrimSuffix(w, "m") + ".00m"
		}
	}
	return strings.Join(words, " ")
}
