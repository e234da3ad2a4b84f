package lint

// Rules about DMARC: what receivers do with mail that fails SPF and DKIM.

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// onDMARC is a Check that is called with the DMARC records of the visited name.
func onDMARC(check func(p *Pass, all []txtValue)) func(*Pass) {
	return func(p *Pass) {
		if all := p.dmarcRecords(); len(all) > 0 {
			check(p, all)
		}
	}
}

var dmarcMultiple = &Rule{
	Name:     "dmarc-multiple",
	Severity: Error,
	Doc:      `A domain has two DMARC records. Receivers take neither, and the domain has no policy.`,
	Bad: `_dmarc TXT "v=DMARC1; p=none"
_dmarc TXT "v=DMARC1; p=reject"`,
	Good:   `_dmarc TXT "v=DMARC1; p=reject"`,
	Refs:   []string{"RFC 9989"},
	Visits: dmarcOwners,
	Check: onDMARC(func(p *Pass, all []txtValue) {
		for _, v := range rivals(all) {
			p.On(v.Record, "a second DMARC record at %s: receivers take neither, delete one", quoted(p.Node.Name)).
				Relate(all[0].Record, "the first one")
		}
	}),
}

var dmarcSyntax = &Rule{
	Name:     "dmarc-syntax",
	Severity: Error,
	Doc: `A record at _dmarc is not what receivers can read: it does not start with v=DMARC1, a tag stands twice, a
policy is none of none, quarantine and reject, or an address for reports is none. The policy does not count, or the
reports do not arrive.`,
	Bad:    `_dmarc TXT "v=DMARC1; p=block"`,
	Good:   `_dmarc TXT "v=DMARC1; p=reject"`,
	Refs:   []string{"RFC 9989", "RFC 6376 §3.2"},
	Visits: dmarcOwners,
	Check: func(p *Pass) {
		for _, v := range p.Texts() {
			switch r := v.Record; {
			case cutOff(v):
				p.On(r, "the record ends at a semicolon that is not quoted, the rest is a comment: quote the text").Offer(quoteAll(r))
			case v.isDMARC:
				for _, f := range v.dmarcFaults() {
					p.AtFault(v, f, "")
				}
			case policy.MissesSemicolon(v.text, "DMARC1"):
				p.AtText(v, 0, len("v=DMARC1"), "not a DMARC record: a semicolon is missing behind v=DMARC1")
			default:
				p.On(v.Record, "not a DMARC record: receivers want it to start with v=DMARC1, in these letters")
			}
		}
	},
}

var dmarcRemovedTag = &Rule{
	Name:     "dmarc-removed-tag",
	Severity: Info,
	Doc: `A DMARC record has a tag that the standard of 2026 no longer knows: pct, rf or ri. Receivers ignore it; in
the place of pct, t=y asks them to test.`,
	Bad:    `_dmarc TXT "v=DMARC1; p=reject; pct=50"`,
	Good:   `_dmarc TXT "v=DMARC1; p=reject; t=y"`,
	Refs:   []string{"RFC 9989"},
	Visits: dmarcOwners,
	Check: onDMARC(func(p *Pass, all []txtValue) {
		for _, v := range all {
			for _, t := range v.tags() {
				if t.Name == "pct" || t.Name == "rf" || t.Name == "ri" {
					p.AtText(v, t.Start, t.End, "%s: receivers ignore this tag since RFC 9989, remove it", quoteText(t.Name+"="+t.Value))
				}
			}
		}
	}),
}

var dmarcNone = &Rule{
	Name:     "dmarc-none",
	Severity: Info,
	Doc: `The DMARC policy is none: receivers report what fails, and deliver it. That is how one starts; it protects
nobody yet.`,
	Bad:    `_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"`,
	Good:   `_dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com"`,
	Refs:   []string{"RFC 9989"},
	Visits: dmarcOwners,
	Check: onDMARC(func(p *Pass, all []txtValue) {
		for _, v := range all {
			if t, ok := v.tags().Find("p"); ok && strings.EqualFold(t.Value, "none") {
				p.AtText(v, t.Start, t.End, "the policy is none: mail that fails is delivered; move to quarantine when the reports are clean")
			}
		}
	}),
}

var dmarcMissing = &Rule{
	Name:     "dmarc-missing",
	Severity: Warning,
	Doc: `The domain takes mail and has no DMARC record. Anybody can write in its name; large receivers ask senders
for a policy.`,
	Bad: `@ MX 10 mx1
mx1 A 192.0.2.1
@ TXT "v=spf1 mx -all"`,
	Good: `@ MX 10 mx1
mx1 A 192.0.2.1
@ TXT "v=spf1 mx -all"
_dmarc TXT "v=DMARC1; p=reject"`,
	Refs:   []string{"RFC 9989"},
	Visits: mxOwners,
	Lack:   true,
	Check: func(p *Pass) {
		all := p.Real()
		if len(all) == 0 || p.Node.Name != p.Zone.Origin() || !registered(p.Node.Name) {
			return
		}
		name := dmarcLabel + "." + p.Node.Name
		if a := p.Lookup(name, zonefile.TypeTXT); a.Result != zonefile.NoName && a.Result != zonefile.NoData || a.Aliased() {
			return
		}
		p.On(all[0].Record, "%s takes mail and has no DMARC record: add a TXT record at %s", quoted(p.Node.Name), quoted(name)).
			Offer(addTXT(name, "add a DMARC record that asks for reports only", `"v=DMARC1; p=none; rua=mailto:postmaster@`+bare(p.Node.Name)+`"`))
	},
}

// registered tells a domain that is registered directly below a public suffix: DMARC looks there, so a zone
// below it may have its policy above.
func registered(n zonefile.Name) bool {
	top, err := publicsuffix.EffectiveTLDPlusOne(bare(n))
	return err == nil && top == bare(n) && zonefile.Public(n)
}
