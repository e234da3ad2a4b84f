package lint

// Whether an SPF record lets an address send, as far as the loaded zones tell. Where they do not tell, the answer is
// that it is not known: a rule that guesses is worse than one that is silent.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// spfMatch asks whether an SPF record lets an address send, as far as the loaded zones can tell.
type spfMatch struct {
	p      *Pass
	addr   netip.Addr
	unsure bool // something outside, or a macro, might match
	asked  int  // records of others so far
}

// covers looks for a term that matches (RFC 7208 §4.6.2). The sign of a term is its author's business.
func (e *spfMatch) covers(domain zonefile.Name, v txtValue) bool {
	for t := range v.spf.Tested() {
		if e.term(domain, t) {
			return true
		}
	}
	return false
}

// term asks one term.
func (e *spfMatch) term(domain zonefile.Name, t *policy.Term) bool {
	switch {
	case t.Holds(e.addr), t.IsAll() && t.Qualifier == '+':
		return true
	case !t.LooksUp():
		return false
	case t.Name == "exists", t.Name == "ptr":
		e.unsure = true
		return false
	}
	n, ok := spfTarget(t, domain)
	if !ok {
		e.unsure = true
		return false
	}
	return e.named(t, n)
}

// named asks a term that leads to another name.
func (e *spfMatch) named(t *policy.Term, n zonefile.Name) bool {
	switch t.Name {
	case "a":
		return e.host(n, t)
	case "mx":
		mx := e.p.mxAt(n)
		e.unsure = e.unsure || mx.Result == zonefile.Outside || mx.Result == zonefile.Delegated
		return slices.ContainsFunc(mx.Records, func(r zonefile.Record) bool {
			host, ok := r.Target()
			return ok && e.host(host, t)
		})
	}
	if e.asked++; e.asked > spfLimit { // receivers stop there, too
		e.unsure = true
		return false
	}
	v, ok := e.p.spfAt(n)
	if !ok {
		e.unsure = true
		return false
	}
	return e.covers(n, v)
}

// host asks whether one of a host's addresses, or its network by the lengths of the term, matches.
func (e *spfMatch) host(n zonefile.Name, t *policy.Term) bool {
	h := e.p.Host(n)
	e.unsure = e.unsure || h.Result == zonefile.Outside || h.Result == zonefile.Delegated
	return slices.ContainsFunc(h.addresses, func(a netip.Addr) bool { return t.Matches(a, e.addr) })
}
