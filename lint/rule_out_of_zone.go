package lint

// Records that named drops because their owner is in another zone.

import (
	"strings"
)

var outOfZone = &Rule{
	Name:     "out-of-zone",
	Severity: Warning,
	Doc: `A record belongs to a name that is not in the zone. BIND ignores it: whoever wrote it meant another name, or
another file.`,
	Bad:    "www.example.net. A 192.0.2.1",
	Good:   "www.example.com. A 192.0.2.1",
	Refs:   []string{"RFC 1035 §5.2", "BIND: ignoring out-of-zone data"},
	Visits: everyName,
	Check: func(p *Pass) {
		if p.Node.Name.Within(p.Zone.Origin()) {
			return
		}
		if _, isZone := p.Zone.SOA(); !isZone || p.Zone.Origin() == "" {
			return
		}
		if p.run.misnamed[p.zone] {
			return // zone-name: these names may be right
		}
		for _, r := range p.Node.Records {
			if strings.HasSuffix(string(p.Node.Name), "..") {
				return // a name that does not parse: syntax
			}
			p.OnOwner(r, "%s is not in the zone %s: BIND ignores the record", quoted(p.Node.Name), quoted(p.Zone.Origin())).
				Offer(deletion("delete the record", false, r))
		}
	},
}
