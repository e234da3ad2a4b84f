package lint

// Words with an equals sign in SPF that receivers pass over.

import "github.com/mailzone/mailzone/policy"

var spfUnknownModifier = &Rule{
	Name:     "spf-unknown-modifier",
	Severity: Warning,
	Doc: `An SPF record holds a word with an equals sign that SPF does not know. Receivers pass it over: with
"include=" nothing is included, with "all=" there is no end. What lets hosts send has a colon.`,
	Bad:    `@ TXT "v=spf1 include=_spf.dns.net -all"`,
	Good:   `@ TXT "v=spf1 include:_spf.dns.net -all"`,
	Refs:   []string{"RFC 7208 §6", "RFC 7208 §12"},
	Visits: spfOwners,
	Check: eachTerm(func(p *Pass, v txtValue, t *policy.Term) {
		if !t.Unknown() {
			return
		}
		if meant := t.Meant(); meant != "" {
			d := p.AtTerm(v, t, "receivers pass %s over: write %s", t.Quoted(), quoteShort(meant))
			if t.Name != "all" { // without a sign it lets everybody send
				p.offerTerm(d, v, t, meant)
			}
			return
		}
		p.AtTerm(v, t, "receivers pass %s over, no modifier has that name: take it away, or write what is meant", t.Quoted())
	}),
}
