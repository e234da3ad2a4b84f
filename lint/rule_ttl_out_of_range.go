package lint

// TTLs above what 31 bits hold, which BIND reads as something else (RFC 2181 §8).

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

var ttlOutOfRange = &Rule{
	Name:     "ttl-out-of-range",
	Severity: Error,
	Doc: `A TTL is above 2147483647 seconds. BIND loads the zone and takes such a TTL as 0, so that nobody may keep
the record at all: the opposite of what was meant.`,
	Bad:    "www 3000000000 A 192.0.2.1",
	Good:   "www 1d A 192.0.2.1",
	Refs:   []string{"RFC 2181 §8"},
	Visits: everyName,
	Check: func(p *Pass) {
		for _, r := range p.Node.Records {
			if excessTTL(r) {
				t, _ := r.StatedTTL()
				p.OnTTL(r, "TTL %d is above the limit of %d seconds and BIND takes it as 0: write a shorter one", t, zonefile.MaxTTL)
			}
		}
	},
	Zone: func(p *Pass) {
		if len(p.Node.Records) > 0 {
			reportDefaults(p)
		}
	},
}

// reportDefaults reports each $TTL above the limit: BIND takes the TTL of all records below it that state none as 0.
func reportDefaults(p *Pass) {
	for f := range p.Zone.Files() {
		for at := range directives(f, "$TTL") {
			row := p.Zone.RowAt(f, at)
			line := string(f.Slice(zonefile.Span{Start: at, End: row.Span().End}))
			words := strings.Fields(line)
			if row.Kind() != zonefile.RowDirective || len(words) < 2 {
				continue
			}
			if t, ok := zonefile.ParseTTL(words[1]); ok && t > zonefile.MaxTTL {
				from := at + uint32(strings.Index(line, words[1]))
				p.Report(f, zonefile.Span{Start: from, End: from + uint32(len(words[1]))},
					"$TTL %d is above the limit of %d seconds and BIND takes it as 0 for the records below: write a shorter one", t, zonefile.MaxTTL)
			}
		}
	}
}
