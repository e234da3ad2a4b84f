package lint

// What BIND refuses to read.

import (
	"github.com/mailzone/mailzone/zonefile"
)

var syntax = &Rule{
	Name:     "syntax",
	Severity: Error,
	Doc: `A line that BIND does not read, or reads as something else than it says. named refuses the whole zone for
one such line and goes on with the old version, or without the zone.`,
	Bad:    "www A 192.0.2.300",
	Good:   "www A 192.0.2.30",
	Refs:   []string{"RFC 1035 §5.1"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		for problem := range p.Zone.Errors() {
			if !excessTTL(p.Zone.RowAt(problem.File, problem.Span.Start).Record()) {
				p.Report(problem.File, problem.Span, "%s", problem.Message)
			}
		}
	},
}

// excessTTL tells a record that states a TTL above the limit.
func excessTTL(r zonefile.Record) bool {
	if r.IsZero() {
		return false
	}
	t, stated := r.StatedTTL()
	return stated && t > zonefile.MaxTTL
}

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
