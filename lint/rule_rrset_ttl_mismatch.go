package lint

// Records of one name and type with different TTLs: BIND serves all with one.

import (
	"github.com/mailzone/mailzone/zonefile"
)

var rrsetTTLMismatch = &Rule{
	Name:     "rrset-ttl-mismatch",
	Severity: Warning,
	Doc: `Records of one name and type have different TTLs. DNS knows one TTL for all of them: BIND serves the
first, or if other names stand between, the last. What is written is not what is served.`,
	Bad: `@ 1h MX 10 mx1
@ 1d MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Good: `@ 1d MX 10 mx1
@ 1d MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Refs:   []string{"RFC 2181 §5.2"},
	Visits: severalRecords,
	Check: func(p *Pass) {
		records := p.Node.Records
		if !ttlsDiffer(records) {
			return
		}
		told := map[zonefile.Type]bool{zonefile.TypeRRSIG: true} // signatures of other types stand together (RFC 4034 §3)
		firsts := map[zonefile.Type]zonefile.Record{}
		for _, r := range records {
			first, known := firsts[r.Type()]
			if !r.HasTTL() {
				continue // syntax
			} else if !known {
				firsts[r.Type()] = r
			} else if first.TTL() != r.TTL() && !told[r.Type()] {
				told[r.Type()] = true
				reportTTL(p, first, r)
			}
		}
	},
}

// reportTTL reports a record whose TTL differs from the one of the first of its set.
func reportTTL(p *Pass, first, r zonefile.Record) {
	served := p.ttlOf(r)
	d := p.OnTTL(r, "a TTL of %s where the first of these %s records has %s: BIND serves all with %s, write one TTL for all",
		ttl(r.TTL()), r.Type(), ttl(first.TTL()), ttl(served))
	d.Relate(first, "the first of these records")
	d.Offer(setField("write the TTL that is served into all of them", true, r, zonefile.FieldTTL, ttlLike(r, first, served)))
}
