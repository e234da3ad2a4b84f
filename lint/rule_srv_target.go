package lint

// Rules about the records by which mail programs find their servers, and about the way back from addresses
// to names.

import (
	"net/netip"
	"slices"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/zonefile"
)

// mailServices are the services of RFC 6186 §3 and RFC 8314 §5.1.
var mailServices = []string{"_submission", "_submissions", "_imap", "_imaps", "_pop3", "_pop3s"}

var srvTarget = &Rule{
	Name:     "srv-target",
	Severity: Warning,
	Doc: `An SRV record by which mail programs find their server leads to an alias or to a name without an address.
Some programs do not follow, and the account cannot be set up. Programs expect the target's name in the server's
certificate (RFC 6186 §6): see that it is there before you replace an alias.`,
	Bad: "_imaps._tcp SRV 0 1 993 imap",
	Good: `_imaps._tcp SRV 0 1 993 imap
imap A 192.0.2.1`,
	Refs:   []string{"RFC 2782", "RFC 6186 §3", "RFC 8314 §5.1"},
	Visits: srvOwners,
	Check: func(p *Pass) {
		if !slices.Contains(mailServices, p.Node.Name.Label()) || p.Node.Name.Parent().Label() != "_tcp" {
			return
		}
		for _, r := range p.Node.Of(zonefile.TypeSRV) {
			target, ok := r.Target()
			if !ok || target == zonefile.Root { // a dot: the service is not there (RFC 2782)
				continue
			}
			switch h := p.Host(target); {
			case h.missing():
				d := p.At(r, 3, "target %s has no address: add one, or name another host", quoted(target))
				if !h.Aliased() && !h.elsewhere {
					d.Offer(addAddress(p.Zone, r, target))
				}
			case h.Aliased():
				d := p.At(r, 3, "target %s is an alias of %s: name the host itself", quoted(target), quoted(h.Name))
				d.Relate(h.Via[0], "the alias")
				d.Offer(setField(p.Zone, "replace the alias by its target", false, r, zonefile.Field(3), nameText(r, zonefile.Field(3), h.Name)))
			}
		}
	},
}

// reverse is the name at which an address has its PTR record.
func reverse(a netip.Addr) zonefile.Name {
	n, _ := dns.ReverseAddr(a.String()) // fails only for what is no address
	return zonefile.Name(n)
}

// onReverse is a Check that is called for every address of an exchange whose reverse zone is loaded, or that DNS
// was asked about.
func onReverse(check func(p *Pass, x *exchange, a netip.Addr, ptr zonefile.Answer)) func(*Pass) {
	return func(p *Pass) {
		if !p.run.reverse && p.run.opt.Outside == nil {
			return
		}
		for _, x := range p.Real() {
			for _, a := range x.found.addresses {
				ptr := p.Lookup(reverse(a), zonefile.TypePTR)
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
			p.AtExchange(x, "the address %s of exchange %s has no PTR record: add one at %s", a, quoted(x.host), quoted(reverse(a)))
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
			name, _ := r.Target()
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
