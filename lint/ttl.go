package lint

// Times in records: TTLs as they are written and as they are served, and the times of the SOA.

import (
	"github.com/mailzone/mailzone/zonefile"
)

// ttlOf is the TTL that a record's RRset is served with.
func (p *Pass) ttlOf(r zonefile.Record) uint32 {
	if !ttlsDiffer(p.Node.Records) {
		return r.TTL()
	}
	return p.Zone.RRsetTTL(r)
}

// mxTTL is the TTL that the MX records of the visited name are served with. There has to be one that can be read.
func (p *Pass) mxTTL() uint32 {
	m := p.mxRecords()
	if !m.timed {
		m.ttl, m.timed = p.ttlOf(m.room[0].Record), true
	}
	return m.ttl
}

// hasUnits tells whether a TTL is written with units, as 1h30m.
func hasUnits(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return true
		}
	}
	return false
}

// day is how long an MX may well be kept: its host names rarely change.
const day = 86400

// ttlsDiffer tells whether any two records have different TTLs: most names need no closer look.
func ttlsDiffer(records []zonefile.Record) bool {
	for _, r := range records {
		if r.TTL() != records[0].TTL() {
			return true
		}
	}
	return false
}

// ttlLike writes a TTL in seconds or with units, as one of two records does.
func ttlLike(a, b zonefile.Record, seconds uint32) string {
	for _, r := range []zonefile.Record{a, b} {
		if s, ok := r.FieldSpan(zonefile.FieldTTL); ok && hasUnits(r.File().Slice(s)) {
			return zonefile.FormatTTL(seconds)
		}
	}
	return decimal(seconds)
}

// excessTTL tells a record that states a TTL above the limit.
func excessTTL(r zonefile.Record) bool {
	if r.IsZero() {
		return false
	}
	t, stated := r.StatedTTL()
	return stated && t > zonefile.MaxTTL
}
