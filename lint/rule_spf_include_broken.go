package lint

// Includes and redirects of SPF that lead to no record: the whole record that has them counts for nothing then.

import (
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

var spfIncludeBroken = &Rule{
	Name:     "spf-include-broken",
	Severity: Error,
	Doc: `An SPF record includes, or hands on to, a name of the loaded zones that has no SPF record, two of them, or
one that receivers cannot read. They then take nothing of the record that has the include either.`,
	Bad: `@ TXT "v=spf1 include:_spf.example.com -all"
_spf TXT "verification=abc"`,
	Good: `@ TXT "v=spf1 include:_spf.example.com -all"
_spf TXT "v=spf1 ip4:192.0.2.1 -all"`,
	Refs:   []string{"RFC 7208 §5.2", "RFC 7208 §6.1"},
	Visits: spfOwners,
	Check: func(p *Pass) {
		for _, v := range p.spfRecords() {
			for t := range v.spf.Tested() {
				if t.Name != "include" && !t.Redirects() {
					continue
				}
				if n, ok := spfTarget(t, p.Node.Name); ok {
					p.checkInclude(v, t, n)
				}
			}
		}
	},
}

// checkInclude checks the SPF records of a name that a term leads to.
func (p *Pass) checkInclude(v txtValue, t *policy.Term, n zonefile.Name) {
	found := p.spfOf(n)
	switch answered := found.answer.Result == zonefile.Found || isNothing(found.answer.Result); {
	case !answered:
	case found.count == 0:
		p.AtTerm(v, t, "%s has no SPF record: receivers take nothing of this record, write one there or take the term away", quoted(n))
	case found.count > 1:
		p.AtTerm(v, t, "%s has %d SPF records: receivers take nothing of this record, leave one there", quoted(n), found.count).
			Relate(found.record.Record, "the first one")
	case found.record.spf.Broken():
		p.AtTerm(v, t, "receivers cannot read the SPF record of %s, and take nothing of this record: put it right", quoted(n)).
			Relate(found.record.Record, "the record that cannot be read")
	}
}
