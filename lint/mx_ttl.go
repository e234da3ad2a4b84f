package lint

// Rules about how long MX records may be kept by those who asked for them.

import (
	"github.com/mailzone/mailzone/zonefile"
)

var mxTTLLow = &Rule{
	Name:     "mx-ttl-low",
	Severity: Warning,
	Doc: `The TTL of an MX is under the floor (1 hour unless set otherwise). Every sender asks again and again,
and an outage of DNS is an outage of mail at once. It is right while servers are being changed: say so by
"; lint:ignore mx-ttl-low until 2026-12-01 moving to the new server".`,
	Bad:    "@ 300 MX 10 mx1\nmx1 A 192.0.2.1",
	Good:   "@ 1d MX 10 mx1\nmx1 A 192.0.2.1",
	Refs:   []string{"RFC 1912 §2.2"},
	Visits: []zonefile.Type{zonefile.TypeMX},
	Check: func(p *Pass) {
		all := p.Exchanges()
		if len(all) == 0 {
			return
		}
		floor := p.run.opt.floor()
		if t := p.ttlOf(all[0].Record); t < floor {
			d := p.OnTTL(all[0].Record, "the MX of %s has a TTL of %s, under the floor of %s: an outage of DNS becomes one of mail at once; set 1 day",
				quoted(p.Node.Name), ttl(t), ttl(floor))
			d.Offer(raiseTTL(p.Zone, all[0].Record))
		}
	},
}

// ttlOf is the TTL that a record's RRset is served with.
func (p *Pass) ttlOf(r zonefile.Record) uint32 { return p.Zone.RRsetTTL(r) }

// raiseTTL gives an RRset a TTL of a day.
func raiseTTL(z *zonefile.Zone, r zonefile.Record) Fix {
	text := "86400"
	if t, ok := ttlSpan(r); !ok || hasUnits(r.File().Slice(t)) {
		text = "1d"
	}
	return setField(z, "set a TTL of 1 day", false, r, zonefile.FieldTTL, text)
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
