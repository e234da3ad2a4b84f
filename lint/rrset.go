package lint

// Rules about the records of one name and type.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

var duplicateRecord = &Rule{
	Name:     "duplicate-record",
	Severity: Warning,
	Doc: `The same record stands twice. BIND serves it once, so it does no harm until one of the two is changed
and the other one, forgotten, goes on.`,
	Bad: `www A 192.0.2.1
www A 192.0.2.1`,
	Good:   "www A 192.0.2.1",
	Refs:   []string{"RFC 2181 §5"},
	Visits: severalRecords,
	Check: func(p *Pass) {
		records := p.Node.Records
		for i, r := range records {
			for _, earlier := range records[:i] {
				if earlier.Type() == r.Type() && sameData(earlier, r) {
					d := p.On(r, "the same record stands above: delete one of them")
					d.Relate(earlier, "the same record")
					d.Offer(deletion(p.Zone, "delete this record", earlier.TTL() == r.TTL(), r)) // else the TTL that is served may change
					break
				}
			}
		}
	},
}

// sameData tells whether two records of one type say the same.
func sameData(a, b zonefile.Record) bool {
	if t := a.Type(); t == zonefile.TypeA || t == zonefile.TypeAAAA {
		p, ok1 := a.Addr()
		q, ok2 := b.Addr()
		return ok1 && ok2 && p == q
	}
	if p, ok := a.Preference(); ok {
		if q, ok := b.Preference(); ok && p != q {
			return false
		}
	}
	x, y := a.RData(), b.RData()
	if len(x) != len(y) || len(x) == 0 {
		return false
	}
	for i := range x {
		if x[i].Raw != y[i].Raw && !sameToken(a, b, i, x[i], y[i]) {
			return false
		}
	}
	return slices.Equal(targets(a), targets(b))
}

// targets is the name that a record's data leads to, if there is one: the same text may mean another name
// under another origin.
func targets(r zonefile.Record) []zonefile.Name {
	if n, ok := r.Target(); ok {
		return []zonefile.Name{n}
	}
	return nil
}

// sameToken tells whether token n says the same in two records though it is written otherwise.
func sameToken(a, b zonefile.Record, n int, x, y zonefile.Token) bool {
	switch t := a.Type(); {
	case t == zonefile.TypeTXT || t == zonefile.TypeSPF:
		return a.Strings()[n] == b.Strings()[n]
	case isTarget(a, n):
		return true // targets compares them
	case t == zonefile.TypeMX:
		p, ok1 := a.Preference()
		q, ok2 := b.Preference()
		return ok1 && ok2 && p == q
	}
	return strings.EqualFold(x.Text(), y.Text())
}

// isTarget tells whether token n is the last one of a type that leads to another name.
func isTarget(r zonefile.Record, n int) bool {
	names := r.Type().FieldNames()
	return len(names) > 0 && n == len(names)-1 && len(targets(r)) > 0
}

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
		for _, r := range records {
			first := records[slices.IndexFunc(records, func(o zonefile.Record) bool { return o.Type() == r.Type() })]
			if first.TTL() != r.TTL() && !told[r.Type()] {
				told[r.Type()] = true
				reportTTL(p, first, r)
			}
		}
	},
}

// ttlsDiffer tells whether any two records have different TTLs: most names need no closer look.
func ttlsDiffer(records []zonefile.Record) bool {
	for _, r := range records {
		if r.TTL() != records[0].TTL() {
			return true
		}
	}
	return false
}

// reportTTL reports a record whose TTL differs from the one of the first of its set.
func reportTTL(p *Pass, first, r zonefile.Record) {
	served := p.ttlOf(r)
	d := p.OnTTL(r, "a TTL of %s where the first of these %s records has %s: BIND serves all with %s, write one TTL for all",
		ttl(r.TTL()), r.Type(), ttl(first.TTL()), ttl(served))
	d.Relate(first, "the first of these records")
	d.Offer(setField(p.Zone, "write the TTL that is served into all of them", true, r, zonefile.FieldTTL, ttlLike(r, first, served)))
}

// ttlLike writes a TTL in seconds or with units, as one of two records does.
func ttlLike(a, b zonefile.Record, seconds uint32) string {
	for _, r := range []zonefile.Record{a, b} {
		if s, ok := ttlSpan(r); ok && hasUnits(r.File().Slice(s)) {
			return zonefile.FormatTTL(seconds)
		}
	}
	return decimal(seconds)
}
