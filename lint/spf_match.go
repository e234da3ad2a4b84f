package lint

// Whether an SPF record lets an address send, as far as the loaded zones tell. Where they do not tell, the answer is
// that it is not known: a rule that guesses is worse than one that is silent.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// spfWorld is where the terms of SPF lead: the loaded zones as they are, or one of them as it was.
type spfWorld interface {
	mxAt(n zonefile.Name) zonefile.Answer
	addressesAt(n zonefile.Name) (list []netip.Addr, known bool)
	spfAt(n zonefile.Name) (v txtValue, ok bool)
}

// addressesAt is the addresses of a host; known is false where others may be elsewhere.
func (p *Pass) addressesAt(n zonefile.Name) (list []netip.Addr, known bool) {
	h := p.Host(n)
	return h.addresses, isKnown(h.Result)
}

// isKnown tells an answer that the loaded zones can give.
func isKnown(r zonefile.Result) bool { return r != zonefile.Outside && r != zonefile.Delegated }

// opened is a zone as it was when it was opened.
type opened struct {
	zone *zonefile.Zone
	pass *Pass
}

// mxAt is what the zone answered for the MX records of a name.
func (o opened) mxAt(n zonefile.Name) zonefile.Answer { return o.zone.Lookup(n, zonefile.TypeMX) }

// addressesAt is the addresses that a host had.
func (o opened) addressesAt(n zonefile.Name) (list []netip.Addr, known bool) {
	a := o.zone.Lookup(n, zonefile.TypeA).With(o.zone.Lookup(n, zonefile.TypeAAAA))
	for _, r := range a.Records {
		if one, ok := r.Addr(); ok {
			list = append(list, one.Unmap())
		}
	}
	return list, isKnown(a.Result)
}

// spfAt is the SPF record that a name had; ok is false if there was none or more than one.
func (o opened) spfAt(n zonefile.Name) (v txtValue, ok bool) {
	found := o.pass.readSPF(o.zone.Lookup(n, zonefile.TypeTXT))
	return found.record, found.count == 1
}

// spfMatch asks whether an SPF record lets an address send.
type spfMatch struct {
	in     spfWorld
	addr   netip.Addr
	unsure bool // something outside, or a macro, might match
	asked  int  // records of others so far
}

// mayCover tells whether a record lets an address send, or might.
func mayCover(in spfWorld, domain zonefile.Name, v txtValue, a netip.Addr) bool {
	e := spfMatch{in: in, addr: a}
	return e.covers(domain, v) || e.unsure
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
		mx := e.in.mxAt(n)
		e.unsure = e.unsure || !isKnown(mx.Result)
		return slices.ContainsFunc(mx.Records, func(r zonefile.Record) bool {
			host, ok := r.Target()
			return ok && e.host(host, t)
		})
	}
	if e.asked++; e.asked > spfLimit { // receivers stop there, too
		e.unsure = true
		return false
	}
	v, ok := e.in.spfAt(n)
	if !ok {
		e.unsure = true
		return false
	}
	return e.covers(n, v)
}

// host asks whether one of a host's addresses, or its network by the lengths of the term, matches.
func (e *spfMatch) host(n zonefile.Name, t *policy.Term) bool {
	list, known := e.in.addressesAt(n)
	e.unsure = e.unsure || !known
	return slices.ContainsFunc(list, func(a netip.Addr) bool { return t.Matches(a, e.addr) })
}
