package lint

// Whether an SPF record lets an address send, as far as the loaded zones tell. Where they do not tell, the answer is
// that it is not known: a rule that guesses is worse than one that is silent.

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

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
	return slices.ContainsFunc(v.terms, func(t spfTerm) bool { return e.term(domain, t) })
}

// term asks one term.
func (e *spfMatch) term(domain zonefile.Name, t spfTerm) bool {
	switch t.name {
	case "ip4", "ip6":
		return e.network(t.value)
	case "a", "mx", "include", "redirect":
		n, ok := t.domain(domain)
		if !ok {
			e.unsure = true
			return false
		}
		return e.named(t, n)
	case "exists", "ptr":
		e.unsure = true
	}
	return false
}

// network asks ip4 and ip6.
func (e *spfMatch) network(value string) bool {
	if !strings.Contains(value, "/") {
		a, err := netip.ParseAddr(value)
		return err == nil && a == e.addr
	}
	p, err := netip.ParsePrefix(value)
	return err == nil && p.Contains(e.addr)
}

// named asks a term that leads to another name.
func (e *spfMatch) named(t spfTerm, n zonefile.Name) bool {
	switch t.name {
	case "a":
		return e.host(n, t.value)
	case "mx":
		mx := e.p.Lookup(n, zonefile.TypeMX)
		e.unsure = e.unsure || mx.Result == zonefile.Outside || mx.Result == zonefile.Delegated
		return slices.ContainsFunc(mx.Records, func(r zonefile.Record) bool {
			host, ok := r.Target()
			return ok && e.host(host, t.value)
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

// host asks whether one of a host's addresses, or its network by the lengths in value, matches.
func (e *spfMatch) host(n zonefile.Name, value string) bool {
	h := e.p.Host(n)
	e.unsure = e.unsure || h.Result == zonefile.Outside || h.Result == zonefile.Delegated
	_, lengths, _ := strings.Cut(value, "/")
	four, six, _ := strings.Cut(lengths, "//")
	if strings.HasPrefix(lengths, "/") {
		four, six = "", lengths[1:]
	}
	return slices.ContainsFunc(h.addresses, func(a netip.Addr) bool {
		bits, err := strconv.Atoi(six)
		if a.Is4() {
			bits, err = strconv.Atoi(four)
		}
		if err != nil {
			return a == e.addr
		}
		p, err := a.Prefix(bits)
		return err == nil && p.Contains(e.addr)
	})
}
