package lint

// Records that stand twice: named drops one, and who edits the other wonders.

import (
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
		rivals := p.rivalsTold()
		eachRepeated(p.Node.Records, func(earlier, r zonefile.Record) {
			if rivals && r.Type() == zonefile.TypeTXT || r.HasTTL() && !earlier.HasTTL() {
				return // dkim-multiple; syntax
			}
			d := p.On(r, "the same record stands above: delete one of them")
			d.Relate(earlier, "the same record")
			d.Offer(deletion("delete this record", earlier.TTL() == r.TTL(), r)) // else the TTL that is served may change
		})
	},
}
