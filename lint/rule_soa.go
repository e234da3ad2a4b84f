package lint

// The start of authority: that it is there, its times, its mailbox, and its serial after a change.

import (
	"bytes"
	"iter"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

var soaMissing = &Rule{
	Name:     "soa-missing",
	Severity: Error,
	Doc: `The file has no SOA record, which every zone starts with. named refuses it as a zone; as a file that
another one includes it is well.`,
	Bad: `@ NS ns1.dns.net.
@ NS ns2.dns.org.`,
	Good: `@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h
@ NS ns1.dns.net.
@ NS ns2.dns.org.`,
	Refs:   []string{"RFC 1035 §5.2"},
	Visits: wholeZone,
	Lack:   true,
	Check: func(p *Pass) {
		if _, ok := p.Zone.SOA(); ok {
			return
		}
		for r := range p.Zone.Records() {
			p.On(r, "the zone has no SOA record: named refuses it, add one as the first record")
			return
		}
		p.Report(p.Zone.Root(), zonefile.Span{}, "the zone has no record at all: named refuses it, add an SOA as the first one")
	},
}

var soaMinimumRule = &Rule{
	Name:     "soa-minimum",
	Severity: Warning,
	Doc: `The last number of the SOA is above a day. It says how long others remember that a name does not exist: a
host that was added today is missing for them until then.`,
	Bad:    "@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1w",
	Good:   "@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h",
	Refs:   []string{"RFC 2308 §5"},
	Visits: soaOwners,
	Check: func(p *Pass) {
		r, ok := p.soa()
		if !ok {
			return
		}
		if t, ok := times(r); ok && t.minimum > day {
			p.At(r, soaMinimum, "names that do not exist are remembered as missing for %s: 1 to 3 hours work well", ttl(t.minimum))
		}
	},
}

var soaTimers = &Rule{
	Name:     "soa-timers",
	Severity: Warning,
	Doc: `The times of the SOA do not fit each other. Secondary servers ask after refresh, after a failure again
after retry, and give the zone up after expire: then they answer nothing, and mail fails.`,
	Bad:    "@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2h 1h",
	Good:   "@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h",
	Refs:   []string{"RFC 1912 §2.2", "RFC 1035 §3.3.13"},
	Visits: soaOwners,
	Check: func(p *Pass) {
		r, ok := p.soa()
		if !ok {
			return
		}
		switch t, ok := times(r); {
		case !ok:
		case t.expire <= t.refresh || t.expire-t.refresh < t.retry:
			p.At(r, soaExpire, "expire, %s, is over before refresh and one retry: secondaries drop the zone, write 2 to 4 weeks", ttl(t.expire))
		case t.expire < 7*day && p.run.public[p.zone]: // directory servers inside a site write a day
			p.At(r, soaExpire, "expire, %s, is short: an outage of the primary over a weekend drops the zone, write 2 to 4 weeks", ttl(t.expire))
		case t.retry > t.refresh:
			p.At(r, soaRetry, "retry, %s, is longer than refresh, %s: write a fraction of refresh", ttl(t.retry), ttl(t.refresh))
		}
	},
}

var soaRNameAtSign = &Rule{
	Name:     "soa-rname-at-sign",
	Severity: Warning,
	Doc: `The mailbox in the SOA is written with an @. In a zone file its first dot stands for it, and @ is part of a
name that is no mailbox.`,
	Bad:    "@ SOA ns1.dns.net. hostmaster@dns.net. 1 4h 1h 2w 1h",
	Good:   "@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h",
	Refs:   []string{"RFC 1035 §3.3.13", "RFC 1912 §2.2"},
	Visits: soaOwners,
	Check: func(p *Pass) {
		r, ok := p.soa()
		if !ok {
			return
		}
		t, ok := r.Token(soaMailbox)
		if !ok || t.Text() == "@" || !strings.Contains(t.Text(), "@") {
			return
		}
		local, domain, _ := strings.Cut(strings.Replace(t.Text(), `\@`, "@", 1), "@")
		sure := strings.HasSuffix(domain, ".")
		if meant, err := zonefile.ParseName(domain+".", ""); !sure && err == nil && p.looksAbsolute(meant, r.Origin()) {
			domain += "."
		}
		text := strings.ReplaceAll(strings.ReplaceAll(local, `\.`, "."), ".", `\.`) + "." + domain
		p.At(r, soaMailbox, "mailbox %s: the @ is written as a dot, %s", quoteText(t.Text()), quoteText(text)).
			Offer(setField("write "+quoteText(text), sure, r, soaMailbox, text))
	},
}

var soaSerialNotRaised = &Rule{
	Name:     "soa-serial-not-raised",
	Severity: Error,
	Doc: `The zone was changed and its serial was not raised. Secondary servers see no change and go on serving the
old records.`,
	Bad: `; when it was opened: www A 192.0.2.2
www A 192.0.2.1`,
	Good: `; when it was opened: www A 192.0.2.2
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h
www A 192.0.2.1`,
	Refs:   []string{"RFC 1982 §3.2", "RFC 1035 §3.3.13"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		old := p.before()
		now, ok := p.Zone.SOA()
		if old == nil || !ok || sameText(old, p.Zone) {
			return
		}
		n, ok1 := p.Zone.Serial()
		o, ok2 := old.Serial() // of a fragment there is none
		if ok1 && ok2 && !zonefile.SerialLess(o, n) {
			p.At(now, int(zonefile.Serial), "the zone has changed and serial %d is not above %d: secondaries keep the old records, raise it", n, o)
		}
	},
}

// sameText tells whether two zones have the same text, be their files called what they are.
func sameText(a, b *zonefile.Zone) bool {
	if a.Root().Name() == b.Root().Name() {
		return a.Same(b)
	}
	next, stop := iter.Pull(b.Files())
	defer stop()
	for f := range a.Files() {
		other, ok := next()
		if !ok || f.Size() != other.Size() || !bytes.Equal(f.Bytes(), other.Bytes()) {
			return false
		}
	}
	_, more := next()
	return !more
}
