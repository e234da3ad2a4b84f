package lint

// SPF records that receivers cannot read, by the grammar of RFC 7208, and terms of theirs that receivers pass over.

import (
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

var spfSyntax = &Rule{
	Name:     "spf-syntax",
	Severity: Error,
	Doc: `An SPF record holds a term that SPF does not know, an address or a domain that is none, or two terms
without a blank between them (strings of a TXT record are joined without one). Receivers then take nothing of the
record.`,
	Bad:    `@ TXT "v=spf1 ip:192.0.2.1 -all"`,
	Good:   `@ TXT "v=spf1 ip4:192.0.2.1 -all"`,
	Refs:   []string{"RFC 7208 §4.6", "RFC 7208 §5", "RFC 7208 §7.1", "RFC 7208 §12"},
	Visits: spfOwners,
	Check: eachTerm(func(p *Pass, v txtValue, t *policy.Term) {
		for _, f := range t.Faults {
			d := p.AtTerm(v, t, "SPF term %s: %s", t.Quoted(), f.Text)
			instead := f.Instead
			if instead == "" {
				instead = p.fullName(t)
			}
			p.offerTerm(d, v, t, instead)
		}
	}),
}

// fullName is a term with the one label behind it completed, where a host of that name is in the zone; "" where none is.
func (p *Pass) fullName(t *policy.Term) string {
	label, ok := t.Target()
	if !ok || label == "" || strings.Contains(label, ".") {
		return ""
	}
	full, err := zonefile.ParseName(literal(label), p.Zone.Origin())
	if err != nil || !p.Exists(full) {
		return ""
	}
	return policy.Apply(t.Text, policy.Change{Span: t.DomainIn(), New: bare(full)})
}
