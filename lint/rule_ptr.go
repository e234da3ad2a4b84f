package lint

// The way back from the address of an exchange to its name: many receivers refuse mail from hosts without it.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// onReverse is a Check that is called for every address of an exchange whose reverse zone is loaded, or that DNS
// was asked about.
func onReverse(check func(p *Pass, x *exchange, a netip.Addr, ptr zonefile.Answer)) func(*Pass) {
	return func(p *Pass) {
		if !p.run.reverse && p.run.opt.Outside == nil {
			return
		}
		for _, x := range p.Real() {
			for _, a := range x.found.addresses {
				ptr := p.Lookup(zonefile.Backwards(a), zonefile.TypePTR)
				if ptr.Result != zonefile.Outside && ptr.Result != zonefile.Delegated {
					check(p, x, a, ptr)
				}
			}
		}
	}
}

var ptrMissing = &Rule{
	Name:     "ptr-missing",
	Severity: Warning,
	Doc: `The address of an exchange has no PTR record. The reverse zone has to be loaded as well, or DNS to be asked
(--resolve). Mail that this host sends is refused by many sites.`,
	Bad: `; 25.2.0.192.in-addr.arpa. PTR mx1.example.com.
; 26.2.0.192.in-addr.arpa. PTR other.example.com.
@ MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `; 25.2.0.192.in-addr.arpa. PTR mx1.example.com.
; 26.2.0.192.in-addr.arpa. PTR other.example.com.
@ MX 10 mx1
mx1 A 192.0.2.25`,
	Refs:   []string{"RFC 1912 §2.1"},
	Visits: mxOwners,
	Check: onReverse(func(p *Pass, x *exchange, a netip.Addr, ptr zonefile.Answer) {
		if len(ptr.Records) == 0 {
			p.AtExchange(x, "the address %s of exchange %s has no PTR record: add one at %s", a, quoted(x.host), quoted(zonefile.Backwards(a)))
		}
	}),
}

var ptrMismatch = &Rule{
	Name:     "ptr-mismatch",
	Severity: Warning,
	Doc: `The PTR record of an exchange's address leads to a name that does not have this address. Sites that compare
the two refuse mail that this host sends. The reverse zone has to be loaded as well, or DNS to be asked (--resolve).`,
	Bad: `; 25.2.0.192.in-addr.arpa. PTR mx1.example.com.
; 26.2.0.192.in-addr.arpa. PTR other.example.com.
@ MX 10 mx1
mx1 A 192.0.2.26`,
	Good: `; 25.2.0.192.in-addr.arpa. PTR mx1.example.com.
; 26.2.0.192.in-addr.arpa. PTR other.example.com.
@ MX 10 mx1
mx1 A 192.0.2.25`,
	Refs:   []string{"RFC 1912 §2.1", "RFC 8499 §3"},
	Visits: mxOwners,
	Check: onReverse(func(p *Pass, x *exchange, a netip.Addr, ptr zonefile.Answer) {
		var first *zonefile.Record
		for _, r := range ptr.Records {
			name, ok := r.Target()
			if !ok { // a fault of its own
				continue
			}
			if h := p.Host(name); slices.Contains(h.addresses, a) || h.Result == zonefile.Outside || h.Result == zonefile.Delegated {
				return
			}
			first = &r
		}
		if first != nil {
			name, _ := first.Target()
			p.AtExchange(x, "the address %s of exchange %s leads back to %s, which does not have it: make the two agree", a, quoted(x.host), quoted(name)).
				Relate(*first, "the PTR record")
		}
	}),
}
