package lint

// Names in the data of records that were meant to be absolute and lack their final dot. Of an MX its own rule says so.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var targetMissingDot = &Rule{
	Name:     "target-missing-dot",
	Severity: Error,
	Doc: `A name in a record's data is written without a final dot, so the zone's name is appended to it, and what comes
out does not exist: "www CNAME web.example.net" leads to "web.example.net.example.com.". Panels export zones like
this. It is a warning for CNAME, DNAME, PTR, RP and SOA, whose loss need not be mail's, and where a wildcard makes
the name exist that holds the zone's name twice.`,
	Bad:    "_imaps._tcp SRV 0 1 993 imap.example.net",
	Good:   "_imaps._tcp SRV 0 1 993 imap.example.net.",
	Refs:   []string{"RFC 1035 §5.1", "RFC 1912 §2.1"},
	Visits: nameHolders,
	Check: func(p *Pass) {
		for _, r := range p.Node.Records {
			if t := r.Type(); t == zonefile.TypeMX || ownerKind(t)&nameHolders == 0 {
				continue
			}
			for _, n := range p.nameFields(r.Type()) {
				reportDotless(p, r, n)
			}
		}
	},
}

// reportDotless reports name n of a record's data if it lacks its final dot.
func reportDotless(p *Pass, r zonefile.Record, n int) {
	d, lacks := p.fieldLacksDot(r, n)
	if !lacks || !d.told() {
		return
	}
	found := p.At(r, n, "%s %s lacks its final dot: it becomes %s, add the dot", fieldName(r.Type(), n), quoteText(d.text), d.result())
	if d.answered != "" && !(d.alias && wantsHost(r.Type())) || harmsLess(r.Type()) {
		found.Severity = min(found.Severity, Warning)
	}
	found.Offer(addDot(r, zonefile.Field(n), d, d.answered == "" && (isMailbox(r.Type(), n) || p.leadsOn(d.meant, wantsHost(r.Type())))))
}

// fieldLacksDot tells whether name n of a record's data lacks its final dot.
func (p *Pass) fieldLacksDot(r zonefile.Record, n int) (d dotless, lacks bool) {
	if !r.IsRelative(n) { // nearly all
		return d, false
	}
	text := r.Word(n)
	if isMailbox(r.Type(), n) {
		return p.mailboxLacksDot(text, r.Origin())
	}
	return p.lacksDot(text, r.Origin())
}

// isMailbox tells the names that are mailboxes (RFC 1035 §3.3.13, RFC 1183 §2.2).
func isMailbox(t zonefile.Type, n int) bool {
	return t == zonefile.TypeSOA && n == soaMailbox || t == zonefile.TypeRP && n == 0
}

// fieldName is what a name of a type's data is called.
func fieldName(t zonefile.Type, n int) string {
	if t == zonefile.TypeNS {
		return "name server"
	}
	if names := t.FieldNames(); n < len(names) {
		return names[n]
	}
	return "name"
}

// harmsLess tells the types whose names need not be mail's.
func harmsLess(t zonefile.Type) bool {
	return slices.Contains([]zonefile.Type{zonefile.TypeCNAME, zonefile.TypeDNAME, zonefile.TypePTR, zonefile.TypeRP, zonefile.TypeSOA}, t)
}

// wantsHost tells the types whose names are hosts with an address.
func wantsHost(t zonefile.Type) bool {
	return slices.Contains([]zonefile.Type{zonefile.TypeNS, zonefile.TypeSRV, zonefile.TypeKX, zonefile.TypeAFSDB}, t)
}
