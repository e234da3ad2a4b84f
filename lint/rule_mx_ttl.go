package lint

// Rules about how long MX records may be kept by those who asked for them.

import (
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

var mxTTLLow = &Rule{
	Name:     "mx-ttl-low",
	Severity: Warning,
	Doc: `The TTL of an MX is under the floor (1 hour unless set otherwise). Every sender asks again and again,
and an outage of DNS is an outage of mail at once. It is right while servers are being changed: say so by
"; lint:ignore mx-ttl-low until 2026-12-01 moving to the new server".`,
	Bad: `@ 300 MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `@ 1d MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 1912 §2.2"},
	Visits: mxOwners,
	Check: onMXTTL(func(p *Pass, first zonefile.Record, t uint32) {
		if floor := p.look().floor; t < floor && !excessTTL(first) { // ttl-out-of-range
			d := p.OnTTL(first, "the MX of %s has a TTL of %s, under the floor of %s: an outage of DNS becomes one of mail at once; set 1 day",
				quoted(p.Node.Name), ttl(t), ttl(floor))
			d.Offer(raiseTTL(first))
		}
	}),
}

// onMXTTL is a Check that is called with the first MX record of the visited name and the TTL that all are served with, where
// they have one: the syntax tells of a line without.
func onMXTTL(check func(p *Pass, first zonefile.Record, t uint32)) func(*Pass) {
	return func(p *Pass) {
		if all := p.Exchanges(); len(all) > 0 && all[0].HasTTL() {
			check(p, all[0].Record, p.mxTTL())
		}
	}
}

// raiseTTL gives an RRset a TTL of a day.
func raiseTTL(r zonefile.Record) Fix {
	text := "86400"
	if t, ok := r.FieldSpan(zonefile.FieldTTL); !ok || hasUnits(r.File().Slice(t)) {
		text = "1d"
	}
	return setField("set a TTL of 1 day", false, r, zonefile.FieldTTL, text)
}

var mxTTLShort = &Rule{
	Name:     "mx-ttl-short",
	Severity: Info,
	Doc: `The TTL of an MX is under a day, or below the TTL that the zone gives everything. Host names of mail servers
rarely change (their addresses do), so the MX can be kept longer than other records, and mail survives a
longer outage of DNS.`,
	Bad: `@ 2h MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `@ 1d MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 1912 §2.2"},
	Visits: mxOwners,
	Check: onMXTTL(func(p *Pass, first zonefile.Record, t uint32) {
		switch usual := p.run.usualTTL[p.zone]; {
		case t < p.look().floor:
		case t < day:
			p.OnTTL(first, "the MX of %s has a TTL of %s: its host names rarely change, set 1 day", quoted(p.Node.Name), ttl(t)).
				Offer(raiseTTL(first))
		case t < usual:
			p.OnTTL(first, "the MX of %s has a TTL of %s, below the zone's %s: its host names rarely change, do not set it apart", quoted(p.Node.Name), ttl(t), ttl(usual))
		}
	}),
}

var mxTTLLongBeforeChange = &Rule{
	Name:     "mx-ttl-long-before-change",
	Severity: Warning,
	Doc: `A migration is planned, and the TTL of an MX outlives the cut-over: whoever asks now keeps the old answer
until after it, and goes on sending to the old server. Lower the TTL now.`,
	Bad: `; the cut-over is in 12h
@ 1d MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `; the cut-over is in 12h
@ 1h MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 1912 §2.2"},
	Visits: mxOwners,
	Check: onMXTTL(func(p *Pass, first zonefile.Record, t uint32) {
		if left := p.run.opt.CutOver; left > 0 && time.Duration(t)*time.Second > left {
			d := p.OnTTL(first, "the MX of %s has a TTL of %s, longer than the %s until the cut-over: lower it now", quoted(p.Node.Name), ttl(t), ttl(uint32(left/time.Second)))
			d.Offer(setField("set a TTL of 1 hour", false, first, zonefile.FieldTTL, "3600"))
		}
	}),
}
