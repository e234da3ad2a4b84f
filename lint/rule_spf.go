package lint

// SPF records that receivers read as an error, or that let more send than they say.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

var spfMultiple = &Rule{
	Name:     "spf-multiple",
	Severity: Error,
	Doc: `A name has two SPF records. Receivers take neither (PermError), and mail of the domain is refused or
marked.`,
	Bad: `@ TXT "v=spf1 a:out.dns.net -all"
@ TXT "v=spf1 include:_spf.dns.net -all"`,
	Good:   `@ TXT "v=spf1 a:out.dns.net include:_spf.dns.net -all"`,
	Refs:   []string{"RFC 7208 §3.2", "RFC 7208 §4.5"},
	Visits: spfOwners,
	Check: func(p *Pass) {
		all := p.spfRecords()
		for i := 1; i < len(all); i++ {
			d := p.On(all[i].Record, "a second SPF record of %s: receivers take neither, join them in one", quoted(p.Node.Name))
			d.Relate(all[0].Record, "the first one")
		}
	},
}

var spfSyntax = &Rule{
	Name:     "spf-syntax",
	Severity: Error,
	Doc: `An SPF record holds a term that SPF does not know, an address that is none, or two terms without a blank
between them (strings of a TXT record are joined without one). Receivers then take nothing of the record.`,
	Bad:    `@ TXT "v=spf1 ip:192.0.2.1 -all"`,
	Good:   `@ TXT "v=spf1 ip4:192.0.2.1 -all"`,
	Refs:   []string{"RFC 7208 §4.6", "RFC 7208 §5", "RFC 7208 §3.3"},
	Visits: spfOwners,
	Check: eachTerm(func(p *Pass, v txtValue, t *spfTerm) {
		if t.fault != "" {
			p.AtText(v, t.start, t.end, "SPF term %s: %s", quoteText(v.text[t.start:t.end]), t.fault)
		}
	}),
}

// eachTerm is a Check that is called for every term of the SPF records of the visited name.
func eachTerm(check func(p *Pass, v txtValue, t *spfTerm)) func(*Pass) {
	return func(p *Pass) {
		for _, v := range p.spfRecords() {
			for i := range v.terms {
				check(p, v, &v.terms[i])
			}
		}
	}
}

var spfLookupLimit = &Rule{
	Name:     "spf-lookup-limit",
	Severity: Error,
	Doc: `An SPF record needs more than ten look-ups, counted through the includes that are in the loaded zones
(others count as one, and may cost more). Receivers stop there and take nothing of the record.`,
	Bad:    `@ TXT "v=spf1 a:a.dns.net a:b.dns.net a:c.dns.net a:d.dns.net a:e.dns.net a:f.dns.net a:g.dns.net a:h.dns.net a:i.dns.net a:j.dns.net a:k.dns.net -all"`,
	Good:   `@ TXT "v=spf1 ip4:192.0.2.0/24 include:_spf.dns.net -all"`,
	Refs:   []string{"RFC 7208 §4.6.4"},
	Visits: spfOwners,
	Check: func(p *Pass) {
		for _, v := range p.spfRecords() {
			c := spfCounter{p: p, open: map[zonefile.Name]bool{p.Node.Name: true}}
			over := c.count(v)
			if c.loop != "" {
				p.On(v.Record, "the SPF record includes itself by way of %s: receivers take nothing of it", quoted(c.loop))
			} else if c.lookups > spfLimit {
				p.AtText(v, over.start, over.end, "the SPF record needs %s, receivers stop after %d: replace some by ip4 and ip6", atLeast(c), spfLimit)
			}
		}
	},
}

// atLeast is the number of look-ups in words.
func atLeast(c spfCounter) string {
	if c.outside || c.lookups >= spfCounted {
		return "at least " + plural(c.lookups, "look-up")
	}
	return plural(c.lookups, "look-up")
}

// spfCounter counts look-ups through includes.
type spfCounter struct {
	p       *Pass
	lookups int
	outside bool                   // some includes are not in the loaded zones
	open    map[zonefile.Name]bool // the records that are being counted
	loop    zonefile.Name
}

// count counts the look-ups of a record, and returns the term of it that went over the limit.
func (c *spfCounter) count(v txtValue) (over spfTerm) {
	for _, t := range v.terms {
		if !t.looksUp() || c.loop != "" || c.lookups >= spfCounted {
			continue
		}
		c.lookups++
		if t.name == "include" || t.name == "redirect" {
			c.enter(t)
		}
		if c.lookups > spfLimit && over.end == 0 {
			over = t
		}
	}
	return over
}

// enter counts the record that an include or a redirect leads to.
func (c *spfCounter) enter(t spfTerm) {
	n, ok := t.domain("")
	if !ok || n == "" {
		return
	}
	if c.open[n] {
		c.loop = n
		return
	}
	v, ok := c.p.spfAt(n)
	if !ok {
		c.outside = true
		return
	}
	c.open[n] = true
	c.count(v)
	delete(c.open, n)
}

var spfPassAll = &Rule{
	Name:     "spf-pass-all",
	Severity: Error,
	Doc: `An SPF record lets everybody send: "+all", or "all" without a sign, passes whoever comes. It is worse than
no record: spam in the domain's name is certified.`,
	Bad:    `@ TXT "v=spf1 a:out.dns.net +all"`,
	Good:   `@ TXT "v=spf1 a:out.dns.net -all"`,
	Refs:   []string{"RFC 7208 §5.1", "RFC 7208 §8.3"},
	Visits: spfOwners,
	Check: eachTerm(func(p *Pass, v txtValue, t *spfTerm) {
		if t.name == "all" && t.value == "" && !t.modifier && t.qualifier == '+' {
			p.AtText(v, t.start, t.end, "%s lets everybody send mail for %s: write -all or ~all", quoteText(v.text[t.start:t.end]), quoted(p.Node.Name))
		}
	}),
}

var spfNoAll = &Rule{
	Name:     "spf-no-all",
	Severity: Warning,
	Doc: `An SPF record ends neither in all nor in redirect. It says who may send, and nothing about all others:
receivers treat them as if there were no record.`,
	Bad:    `@ TXT "v=spf1 a:out.dns.net"`,
	Good:   `@ TXT "v=spf1 a:out.dns.net -all"`,
	Refs:   []string{"RFC 7208 §4.7", "RFC 7208 §5.1"},
	Visits: spfOwners,
	Check: func(p *Pass) {
		for _, v := range p.spfRecords() {
			ends := false
			for _, t := range v.terms {
				ends = ends || t.name == "all" || t.name == "redirect" || strings.HasSuffix(t.glued, "all")
			}
			if !ends && !p.included(v) {
				p.On(v.Record, "the SPF record says nothing about hosts that it does not name: end it in -all or ~all")
			}
		}
	},
}

// included tells names that exist to be included by other records: they may leave the end to those.
func (p *Pass) included(v txtValue) bool { return strings.HasPrefix(string(v.Owner()), "_") }

var spfPTR = &Rule{
	Name:     "spf-ptr",
	Severity: Warning,
	Doc: `An SPF record uses ptr: slow, unreliable, a load on the reverse zones, and not to be used. Large receivers
ignore it.`,
	Bad:    `@ TXT "v=spf1 ptr -all"`,
	Good:   `@ TXT "v=spf1 ip4:192.0.2.1 -all"`,
	Refs:   []string{"RFC 7208 §5.5"},
	Visits: spfOwners,
	Check: eachTerm(func(p *Pass, v txtValue, t *spfTerm) {
		if t.name == "ptr" && !t.modifier {
			p.AtText(v, t.start, t.end, "%s must not be used: name the hosts by a, mx, ip4 or ip6", quoteText(v.text[t.start:t.end]))
		}
	}),
}

var spfType99 = &Rule{
	Name:     "spf-type-99",
	Severity: Warning,
	Doc:      `A record has the type SPF. The type was given up: receivers ask for TXT only.`,
	Bad:      `@ SPF "v=spf1 a:out.dns.net -all"`,
	Good:     `@ TXT "v=spf1 a:out.dns.net -all"`,
	Refs:     []string{"RFC 7208 §3.1"},
	Visits:   spfTypeOwners,
	Check: func(p *Pass) {
		texts := p.spfRecords()
		for _, r := range p.Node.Of(zonefile.TypeSPF) {
			if len(texts) > 0 {
				d := p.On(r, "no receiver asks for the type SPF: delete this record, the TXT record counts")
				d.Relate(texts[0].Record, "the record that counts")
				d.Offer(deletion("delete the SPF record", true, r))
				continue
			}
			p.On(r, "no receiver asks for the type SPF: make this record a TXT").Offer(asTXT(r))
		}
	},
}

// asTXT writes a record of type SPF as TXT.
func asTXT(r zonefile.Record) Fix {
	return Fix{
		Message: "make it a TXT record",
		Make: on(func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			r := now[0]
			var added []zonefile.Edit
			return zonefile.Chain(z,
				func(z *zonefile.Zone) (edits []zonefile.Edit, err error) {
					added, err = z.Insert(zonefile.Draft{Owner: r.Owner(), Type: zonefile.TypeTXT, RData: r.RDataText()}, zonefile.After(r))
					return added, err
				},
				func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Delete(r.In(z, added).Record()) })
		}, r),
	}
}

// spfRoom is how long an SPF record may be and still fit an answer of 512 octets (RFC 7208 §3.4).
const spfRoom = 450

var spfTooLong = &Rule{
	Name:     "spf-too-long",
	Severity: Warning,
	Doc: `An SPF record is longer than 450 octets. The answer to who asks no longer fits a plain UDP packet, and
behind some firewalls no answer comes at all. Split it by include.`,
	Bad:    "@ TXT \"v=spf1" + strings.Repeat(" ip4:192.0.2.1", 15) + "\" \"" + strings.Repeat(" ip4:192.0.2.1", 18) + " -all\"",
	Good:   `@ TXT "v=spf1 ip4:192.0.2.0/24 -all"`,
	Refs:   []string{"RFC 7208 §3.4"},
	Visits: spfOwners,
	Check: func(p *Pass) {
		for _, v := range p.spfRecords() {
			if len(v.text) > spfRoom {
				p.On(v.Record, "the SPF record has %d octets, more than the %d that fit a plain UDP answer: split it by include", len(v.text), spfRoom)
			}
		}
	},
}

var spfMissing = &Rule{
	Name:     "spf-missing",
	Severity: Warning,
	Doc: `The zone's own name has an MX and no SPF record. Anybody can send in its name, and large receivers refuse
mail of domains without SPF.`,
	Bad: `@ MX 10 mx1
mx1 A 192.0.2.1
_dmarc TXT "v=DMARC1; p=reject"`,
	Good: `@ MX 10 mx1
@ TXT "v=spf1 mx -all"
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 7208 §3", "RFC 7208 §10.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		all := p.Real()
		if len(all) == 0 || p.Node.Name != p.Zone.Origin() || !p.run.public[p.zone] || len(p.spfRecords()) > 0 {
			return
		}
		if p.Node.Has(zonefile.TypeSPF) {
			return // spf-type-99
		}
		p.On(all[0].Record, `%s takes mail and has no SPF record: add a TXT record that says who sends, as "v=spf1 mx -all"`, quoted(p.Node.Name)).
			Offer(addTXT(p.Node.Name, "add an SPF record for the exchanges", `"v=spf1 mx ~all"`))
	},
}
