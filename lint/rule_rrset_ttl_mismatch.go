package lint

// Rules about the records of one name and type.

import (
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
		eachRepeated(p.Node.Records, func(earlier, r zonefile.Record) {
			d := p.On(r, "the same record stands above: delete one of them")
			d.Relate(earlier, "the same record")
			d.Offer(deletion(p.Zone, "delete this record", earlier.TTL() == r.TTL(), r)) // else the TTL that is served may change
		})
	},
}

// eachRepeated calls do with every record of a name that says what one before it says, and with the first of those. A
// name may have thousands: they meet by what they say.
func eachRepeated(records []zonefile.Record, do func(earlier, r zonefile.Record)) {
	if !typesRepeat(records) {
		return
	}
	first := map[string]zonefile.Record{}
	for _, r := range records {
		key, ok := dataKey(r)
		if !ok {
			continue
		}
		if earlier, known := first[key]; known {
			do(earlier, r)
		} else {
			first[key] = r
		}
	}
}

// fewRecords is how many records of a name are compared with each other.
const fewRecords = 16

// typesRepeat tells whether two records may be of one type. Its no is sure: most names have one of each.
func typesRepeat(records []zonefile.Record) bool {
	if len(records) > fewRecords {
		return true
	}
	for i, r := range records {
		for _, o := range records[:i] {
			if o.Type() == r.Type() {
				return true
			}
		}
	}
	return false
}

// dataKey is what a record says, with its type: of two records of one name it is the same if they say the same. It is
// false for data that cannot be read.
func dataKey(r zonefile.Record) (key string, ok bool) {
	t := r.Type()
	if t == zonefile.TypeA || t == zonefile.TypeAAAA {
		a, ok := r.Addr()
		return t.String() + " " + a.String(), ok
	}
	var b strings.Builder
	b.WriteString(t.String())
	var texts []string
	if t == zonefile.TypeTXT || t == zonefile.TypeSPF {
		texts = r.Strings()
	}
	data := r.RData()
	for i, token := range data {
		word := ""
		switch preference, isMX := r.Preference(); {
		case texts != nil:
			word = texts[i]
		case i == 0 && isMX:
			word = decimal(uint32(preference))
		case isTarget(r, i):
			word = string(targets(r)[0]) // the same text may mean another name under another origin
		default:
			word = strings.ToLower(token.Text())
		}
		b.WriteString(" " + decimal(uint32(len(word))) + " " + word) // no two lists of words read alike
	}
	return b.String(), len(data) > 0
}

// sameData tells whether two records of one name say the same.
func sameData(a, b zonefile.Record) bool {
	x, ok1 := dataKey(a)
	y, ok2 := dataKey(b)
	return ok1 && ok2 && x == y
}

// targets is the name that a record's data leads to, if there is one: the same text may mean another name
// under another origin.
func targets(r zonefile.Record) []zonefile.Name {
	if n, ok := r.Target(); ok {
		return []zonefile.Name{n}
	}
	return nil
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
		firsts := map[zonefile.Type]zonefile.Record{}
		for _, r := range records {
			first, known := firsts[r.Type()]
			if !known {
				firsts[r.Type()] = r
			} else if first.TTL() != r.TTL() && !told[r.Type()] {
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
