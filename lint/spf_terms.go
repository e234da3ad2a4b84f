package lint

// What rules about SPF share: they look at terms, speak at terms, and offer to write them otherwise.

import (
	"slices"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// spfLimit is how many look-ups a receiver makes for one message, and how many hosts behind one mx (RFC 7208 §4.6.4).
const spfLimit = 10

// eachTerm is a Check that is called for every term of the SPF records of the visited name.
func eachTerm(check func(p *Pass, v txtValue, t *policy.Term)) func(*Pass) {
	return func(p *Pass) {
		for _, v := range p.spfRecords() {
			for i := range v.spf.Terms {
				check(p, v, &v.spf.Terms[i])
			}
		}
	}
}

// AtTerm reports at a term of an SPF record.
func (p *Pass) AtTerm(v txtValue, t *policy.Term, format string, args ...any) *Diagnostic {
	return p.AtText(v, t.Start, t.End, format, args...)
}

// offerTerm offers to write a term otherwise, where that is right. More hosts may send then, so it is never safe.
func (p *Pass) offerTerm(d *Diagnostic, v txtValue, t *policy.Term, instead string) {
	if instead == "" || policy.ParseSPF("v=spf1 "+instead).Broken() {
		return
	}
	change := policy.Change{Span: t.Span, New: instead}
	d.Offer(changeText("write "+quoteShort(instead), false, v, change))
}

// nearlySPF tells a record that is meant as SPF and is none.
func (v txtValue) nearlySPF() (near policy.NearlySPF, ok bool) {
	if !v.mentionsSPF || v.isSPF {
		return near, false
	}
	return policy.LooksLikeSPF(v.Strings())
}

// hasLookalike tells whether the visited name has a record that is meant as SPF and is none.
func (p *Pass) hasLookalike() bool {
	return slices.ContainsFunc(p.Texts(), func(v txtValue) bool {
		_, ok := v.nearlySPF()
		return ok
	})
}

// breaks tells a mechanism by which a record counts for nothing wherever it is looked at: an include that leads to no record
// that can be read, or an mx with too many exchanges.
func (p *Pass) breaks(t *policy.Term) bool {
	n, ok := spfTarget(t, p.Node.Name)
	switch {
	case !ok:
	case t.Name == "include":
		found := p.spfOf(n)
		answered := found.answer.Result == zonefile.Found || isNothing(found.answer.Result)
		return answered && (found.count != 1 || found.record.spf.Broken())
	case t.Name == "mx":
		return len(p.mxAt(n).Records) > spfLimit
	}
	return false
}
