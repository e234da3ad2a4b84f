package lint

// Rules about the null MX, by which a domain says that it accepts no mail.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var nullMXWithOthers = &Rule{
	Name:     "null-mx-with-others",
	Severity: Error,
	Doc: `A null MX ("0 .": this domain accepts no mail) stands beside other MX records. What senders do then is
not defined: Postfix returns all mail.`,
	Bad: `@ MX 0 .
@ MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `@ MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 7505 §3"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		others := p.Real()
		if len(others) == 0 {
			return
		}
		for _, x := range p.Exchanges() {
			if x.null() {
				d := p.AtExchange(x, "a null MX beside %s: Postfix returns all mail, delete it or the others", plural(len(others), "other MX record"))
				d.Relate(others[0].Record, "another MX record")
				d.Offer(deletion("delete the null MX", false, x.Record))
			}
		}
	},
}

var nullMXPreference = &Rule{
	Name:     "null-mx-preference",
	Severity: Warning,
	Doc: `A null MX has a preference other than 0. The standard asks for 0, and some senders do not know a null MX
with another number: they try for days instead of returning the mail at once.`,
	Bad:    "@ MX 10 .",
	Good:   "@ MX 0 .",
	Refs:   []string{"RFC 7505 §3"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		for _, x := range p.Exchanges() {
			if x.null() && x.preference != 0 {
				d := p.At(x.Record, int(zonefile.Preference), "a null MX with preference %d: write 0", x.preference)
				d.Offer(setField("set preference 0", true, x.Record, zonefile.Preference, "0"))
			}
		}
	},
}

var nullMXWithSenders = &Rule{
	Name:     "null-mx-with-senders",
	Severity: Warning,
	Doc: `A domain says by a null MX that it accepts no mail, and by SPF that it sends some. Bounces of that mail
have nowhere to go, and many sites refuse mail from a domain that takes none.`,
	Bad: `@ MX 0 .
@ TXT "v=spf1 a:out.dns.net -all"`,
	Good: `@ MX 0 .
@ TXT "v=spf1 -all"`,
	Refs:   []string{"RFC 7505 §4.2"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		all := p.Exchanges()
		if len(all) == 0 || slices.ContainsFunc(all, func(x *exchange) bool { return !x.null() }) {
			return
		}
		for _, v := range p.spfRecords() {
			if !v.spf.PassesNobody() {
				p.AtExchange(all[0], `a null MX, and SPF lets hosts send for %s: add an MX, or make SPF "v=spf1 -all"`, quoted(p.Node.Name)).
					Relate(v.Record, "the SPF record")
			}
		}
	},
}
