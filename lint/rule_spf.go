package lint

// SPF records that receivers read as an error, or that let more send than they say.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
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
		for _, v := range rivals(all) {
			d := p.On(v.Record, "a second SPF record of %s: receivers take neither, join them in one", quoted(p.Node.Name))
			d.Relate(all[0].Record, "the first one")
		}
	},
}

var spfPassAll = &Rule{
	Name:     "spf-pass-all",
	Severity: Error,
	Doc: `An SPF record lets everybody send: "+all", or "all" without a sign, passes whoever comes, and so
does a network of no bits, as ip4:0.0.0.0/0. It is worse than no record: spam in the domain's name is certified.`,
	Bad:    `@ TXT "v=spf1 a:out.dns.net +all"`,
	Good:   `@ TXT "v=spf1 a:out.dns.net -all"`,
	Refs:   []string{"RFC 7208 §5.1", "RFC 7208 §8.3"},
	Visits: spfOwners,
	Check: func(p *Pass) {
		for _, v := range p.spfRecords() {
			for t := range v.spf.Tested() { // behind all nothing counts: spf-after-all
				p.checkPass(v, t)
			}
		}
	},
}

// checkPass reports a term that passes whoever comes.
func (p *Pass) checkPass(v txtValue, t *policy.Term) {
	switch {
	case t.Qualifier != '+':
	case t.IsAll() && t.Value == "":
		p.AtTerm(v, t, "%s lets everybody send mail for %s: write -all or ~all", t.Quoted(), quoted(p.Node.Name))
	case t.Network.IsValid() && t.Network.Bits() == 0:
		p.AtTerm(v, t, "%s lets every address send mail for %s: name those that do", t.Quoted(), quoted(p.Node.Name))
	}
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
			ends := slices.ContainsFunc(v.spf.Terms, func(t policy.Term) bool { return t.IsAll() || t.Redirects() })
			if !ends && !v.spf.Broken() && !p.included(v) {
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
	Check: eachTerm(func(p *Pass, v txtValue, t *policy.Term) {
		if t.Name == "ptr" && !t.Modifier {
			p.AtTerm(v, t, "%s must not be used: name the hosts by a, mx, ip4 or ip6", t.Quoted())
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
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			r := now[0]
			data := r.RDataText()
			if words := strings.Join(r.Strings(), " "); !policy.IsSPF(strings.Join(r.Strings(), "")) && policy.IsSPF(words) {
				data = zonefile.Quote(words) // its words are strings of their own
			}
			var added []zonefile.Edit
			return zonefile.Chain(z,
				func(z *zonefile.Zone) (edits []zonefile.Edit, err error) {
					added, err = z.Insert(zonefile.Draft{Owner: r.Owner(), Type: zonefile.TypeTXT, RData: data}, zonefile.After(r))
					return added, err
				},
				func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Delete(r.In(z, added).Record()) })
		},
		Of: []zonefile.Record{r},
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
