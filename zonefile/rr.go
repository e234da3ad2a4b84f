package zonefile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// This file asks miekg/dns about the RDATA of the rarer types. It reads a few of them otherwise than BIND;
// what is known of that is evened out here, before and after.

// RR is the record as miekg/dns reads it, for the types whose RDATA needs more than tokens.
func (r Record) RR() (dns.RR, error) {
	return parseRR(r.Type(), r.rrText(), r.Origin())
}

// parseRR reads RDATA text by miekg/dns.
func parseRR(t Type, rdata string, origin Name) (dns.RR, error) {
	p := dns.NewZoneParser(strings.NewReader(". 0 IN "+t.String()+" "+rdata+"\n"), string(origin), "")
	rr, ok := p.Next()
	if err := p.Err(); err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("no data for a record of type %s", t)
	}
	sortParts(rr)
	return rr, nil
}

// rrText is the record's RDATA as miekg/dns takes it.
func (r Record) rrText() string {
	c := r.c()
	return rrText(c.src, r.Type(), c.tokens(int(r.entry), nil))
}

// rrText joins tokens as miekg/dns takes them: a quoted value of SVCB glued to its key, strings
// of NAPTR in quotes.
func rrText(src []byte, t Type, toks []token) string {
	var b strings.Builder
	svcb := t == Type(dns.TypeSVCB) || t == Type(dns.TypeHTTPS)
	for i, k := range toks {
		raw := string(src[k.start:k.end])
		glued := svcb && i > 0 && toks[i-1].end == k.start
		if i > 0 && !glued {
			b.WriteByte(' ')
		}
		switch {
		case glued && !strings.ContainsAny(raw, " \t;"):
			raw = string(unquote([]byte(raw)))
		case t == Type(dns.TypeNAPTR) && i >= 2 && i <= 4 && k.kind == tokWord:
			raw = `"` + raw + `"`
		}
		b.WriteString(raw)
	}
	return b.String()
}

// sortParts puts what has an order of its own (type bitmaps, parameters of SVCB) into the order of the wire,
// as BIND prints it.
func sortParts(rr dns.RR) {
	switch rr := rr.(type) {
	case *dns.NSEC:
		slices.Sort(rr.TypeBitMap)
	case *dns.NSEC3:
		slices.Sort(rr.TypeBitMap)
	case *dns.CSYNC:
		slices.Sort(rr.TypeBitMap)
	case *dns.SVCB:
		sortParameters(rr.Value)
	case *dns.HTTPS:
		sortParameters(rr.Value)
	}
}

// sortParameters sorts the parameters of an SVCB record and the keys in its `mandatory`.
func sortParameters(list []dns.SVCBKeyValue) {
	slices.SortStableFunc(list, func(a, b dns.SVCBKeyValue) int { return cmp.Compare(a.Key(), b.Key()) })
	for _, p := range list {
		if m, ok := p.(*dns.SVCBMandatory); ok {
			slices.Sort(m.Code)
		}
	}
}

// misread tells the types whose data miekg/dns refuses though BIND takes it (mnemonics of keys, short NID,
// NXT, GPOS, X25 and ISDN in quotes), or does not know. Their data is taken as written.
func (t Type) misread() bool {
	switch uint16(t) {
	case dns.TypeNID, dns.TypeL64, dns.TypeDNSKEY, dns.TypeCDNSKEY, dns.TypeKEY, dns.TypeRKEY, dns.TypeNXT,
		dns.TypeGPOS, dns.TypeX25, dns.TypeISDN:
		return true
	}
	_, known := dns.TypeToRR[uint16(t)]
	return !known
}

// plainError is an error of miekg/dns without its place, which counts in the text it was given.
func plainError(err error) string {
	msg := strings.TrimPrefix(err.Error(), "dns: ")
	if i := strings.LastIndex(msg, " at line:"); i > 0 {
		msg = msg[:i]
	}
	return msg
}
