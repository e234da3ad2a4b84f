package lint

// Terms of SPF that no receiver looks at: those behind all, and a redirect beside it.

import (
	"slices"

	"github.com/mailzone/mailzone/policy"
)

var spfAfterAll = &Rule{
	Name:     "spf-after-all",
	Severity: Warning,
	Doc: `An SPF record goes on behind "all", or has "redirect=" beside it. Every sender matches "all", so nothing
behind it is looked at: hosts named there may not send.`,
	Bad:    `@ TXT "v=spf1 include:_spf.dns.net ~all include:_spf.dns.org -all"`,
	Good:   `@ TXT "v=spf1 include:_spf.dns.net include:_spf.dns.org ~all"`,
	Refs:   []string{"RFC 7208 §5.1", "RFC 7208 §6.1"},
	Visits: spfOwners,
	Check: func(p *Pass) {
		for _, v := range p.spfRecords() {
			if all := v.spf.All(); all >= 0 && !v.spf.Broken() {
				p.checkBehindAll(v, all)
				p.checkRedirects(v, all)
			}
		}
	},
}

// checkBehindAll looks for mechanisms behind all. Modifiers stand where they like (RFC 7208 §6).
func (p *Pass) checkBehindAll(v txtValue, all int) {
	terms := v.spf.Terms
	var behind []int
	onlyAll := true
	for i := all + 1; i < len(terms); i++ {
		if !terms[i].Modifier {
			behind = append(behind, i)
			onlyAll = onlyAll && terms[i].IsAll()
		}
	}
	if len(behind) == 0 {
		return
	}
	first := &terms[behind[0]]
	what := first.Quoted() + " counts"
	if n := len(behind) - 1; n > 0 {
		what = first.Quoted() + " and " + plural(n, "more term") + " count"
	}
	d := p.AtText(v, first.Start, terms[behind[len(behind)-1]].End, "behind %s nothing is looked at: %s for nothing", terms[all].Quoted(), what)
	if onlyAll {
		d.Offer(changeText("take it away", true, v, removals(v.spf, behind)...))
		return
	}
	if slices.ContainsFunc(behind, func(i int) bool { return p.breaks(&terms[i]) }) {
		return // once they count, receivers take nothing of the record
	}
	d.Offer(changeText("move "+terms[all].Quoted()+" to the end", false, v, allLast(v.spf, all, behind)...))
}

// removals takes terms away.
func removals(spf policy.SPF, terms []int) (changes []policy.Change) {
	for _, i := range terms {
		changes = append(changes, spf.Remove(i))
	}
	return changes
}

// allLast moves all behind the mechanisms that stand behind it. Another all there goes: it never counted.
func allLast(spf policy.SPF, all int, behind []int) []policy.Change {
	gone := slices.DeleteFunc(slices.Clone(behind), func(i int) bool { return !spf.Terms[i].IsAll() })
	last := behind[len(behind)-1]
	return append(removals(spf, append([]int{all}, gone...)), spf.Insert(last+1, spf.Terms[all].Text))
}

// checkRedirects looks for a redirect in a record that has an all (RFC 7208 §6.1).
func (p *Pass) checkRedirects(v txtValue, all int) {
	i := slices.IndexFunc(v.spf.Terms, policy.Term.Redirects)
	if i < 0 {
		return
	}
	t := &v.spf.Terms[i]
	d := p.AtTerm(v, t, "beside %s no receiver looks at %s: take one of the two away", v.spf.Terms[all].Quoted(), t.Quoted())
	d.Offer(changeText("take "+t.Quoted()+" away", false, v, v.spf.Remove(i)))
}
