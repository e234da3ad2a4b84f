package lint

// Rules about the MX records of one name taken together.

import (
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

var mxDuplicateTarget = &Rule{
	Name:     "mx-duplicate-target",
	Severity: Warning,
	Doc: `The same exchange stands at two preferences. Senders use the better one; some ask the same host twice
before they go on. Whoever wrote it meant another host, or forgot to delete the old line.`,
	Bad: `@ MX 10 mx1
@ MX 20 mx1
mx1 A 192.0.2.1`,
	Good: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		all := p.Real()
		bests := map[zonefile.Name]*exchange{}
		for _, x := range all {
			if best := bests[x.host]; best == nil || x.preference < best.preference {
				bests[x.host] = x
			}
		}
		for _, x := range all {
			best := bests[x.host]
			if best.preference == x.preference {
				continue
			}
			d := p.AtExchange(x, "exchange %s stands at preference %d already: only that counts, delete this record", quoted(x.host), best.preference)
			d.Relate(best.Record, "the better preference")
			d.Offer(deletion(p.Zone, fmt.Sprintf("delete the record with preference %d", x.preference), true, x.Record))
		}
	},
}
