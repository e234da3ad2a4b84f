package lint

// TTLs above what 31 bits hold, which BIND reads as something else (RFC 2181 §8).

import (
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
}
