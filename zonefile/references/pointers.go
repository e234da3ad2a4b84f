package references

// The way back from addresses of exchanges: where a change of a zone gives one a new address, what becomes of the PTR record there
// (RFC 1912 §2.1). It stands where the name of the address leads to: in the deepest zone, and behind aliases, as RFC 2317 has it.

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// A Pointer is a PTR record that is to follow a change, in a zone of its own.
type Pointer struct {
	Address netip.Addr
	Host    zonefile.Name // that has the address now
	Owner   zonefile.Name // of the record, where the name of the address leads to
	Zone    *zonefile.Zone
	Gone    []zonefile.Record // what stands there, and leads to what does not have the address
	Why     string            // nothing is offered, and why; "" if the record may be set
	Stale   bool              // nothing takes the place of what is gone: the host has the address no more
	Nowhere bool              // of a stale one: the host has no address left
}

// String says what would be done, or why not.
func (p Pointer) String() string {
	switch {
	case p.Why != "":
		return fmt.Sprintf("%s of %s: %s", p.Address, p.Host, p.Why)
	case p.Stale:
		return fmt.Sprintf("also take out %s PTR %s", p.Owner, p.Host)
	}
	return fmt.Sprintf("also set %s PTR %s", p.Owner, p.Host)
}

// A HostAddress is an address of a host.
type HostAddress struct {
	Host    zonefile.Name
	Address netip.Addr
}

// NewAddresses is the addresses that a change gives to exchanges: of hosts that have them newly, that take mail newly, or that have one
// which another host loses; and those that hosts get soon. Each comes once, with the first of its hosts.
func NewAddresses(before, after *zonefile.Zone, soon ...HostAddress) (out []HostAddress) {
	was, is, lost := map[HostAddress]bool{}, ofExchanges(after), map[netip.Addr]bool{}
	for _, x := range ofExchanges(before) {
		was[x] = true
	}
	for _, x := range is {
		lost[x.Address] = false
	}
	for r := range before.RecordsOf(zonefile.TypeA, zonefile.TypeAAAA) {
		a, ok := r.Addr()
		if _, theirs := lost[a.Unmap()]; ok && theirs && !slices.Contains(addresses(after, r.Owner()), a.Unmap()) {
			lost[a.Unmap()] = true
		}
	}
	for _, x := range is {
		if lost[x.Address] || !was[x] {
			out = append(out, x)
		}
	}
	return firstOfEach(append(out, soon...))
}

// LostAddresses is the addresses that a change takes from hosts that took mail before it, and gives to none that takes mail then.
func LostAddresses(before, after *zonefile.Zone) (out []HostAddress) {
	is := map[netip.Addr]bool{}
	for _, x := range ofExchanges(after) {
		is[x.Address] = true
	}
	for _, x := range ofExchanges(before) {
		if reach := zonefile.SpecialAddress(x.Address).Reach; reach != zonefile.Nobody && reach != zonefile.Oneself && !is[x.Address] && !slices.Contains(addresses(after, x.Host), x.Address) {
			out = append(out, x)
		}
	}
	return out
}

// firstOfEach is one host of each address.
func firstOfEach(list []HostAddress) (out []HostAddress) {
	seen := map[netip.Addr]bool{}
	for _, x := range list {
		if reach := zonefile.SpecialAddress(x.Address).Reach; !seen[x.Address] && reach != zonefile.Nobody && reach != zonefile.Oneself {
			seen[x.Address] = true
			out = append(out, x)
		}
	}
	return out
}

// ofExchanges is the addresses of the hosts that take mail by a zone.
func ofExchanges(z *zonefile.Zone) (out []HostAddress) {
	for _, h := range exchanges(z) {
		for _, a := range addresses(z, h) {
			out = append(out, HostAddress{h, a})
		}
	}
	return out
}

// exchanges is the hosts of a zone that take mail by it, each once.
func exchanges(z *zonefile.Zone) (out []zonefile.Name) {
	seen := map[zonefile.Name]bool{}
	for r := range z.RecordsOf(zonefile.TypeMX) {
		if h, ok := r.Target(); ok && !seen[h] && h.Within(z.Origin()) {
			seen[h] = true
			out = append(out, h)
		}
	}
	return out
}

// addresses is the addresses of a host by its own records.
func addresses(z *zonefile.Zone, host zonefile.Name) (out []netip.Addr) {
	for _, t := range []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA} {
		for _, r := range z.RRset(host, t) {
			if a, ok := r.Addr(); ok && !slices.Contains(out, a.Unmap()) {
				out = append(out, a.Unmap())
			}
		}
	}
	return out
}

// Reverse is the reverse zones that a change may be followed in.
type Reverse struct {
	Zones []*zonefile.Zone
	Apart []zonefile.Name // zones that are served here, and are nothing to write into
}

// Behind is where the PTR records of an address stand, by zones that are known: the name that its own leads to.
func (in Reverse) Behind(a netip.Addr) zonefile.Name {
	return zonefile.Together(in.Zones...).Lookup(zonefile.Backwards(a), zonefile.TypePTR).Name
}

// Pointers is what becomes of the PTR records of new addresses, as far as the reverse zones are known. A record whose name has the
// address stays, and so does one that leads out of all zones, of which nobody knows.
func (in Reverse) Pointers(after *zonefile.Zone, list []HostAddress) (out []Pointer) {
	known := in.with(after)
	for _, x := range list {
		a, here := in.find(known, x.Address)
		if p := (Pointer{Address: x.Address, Host: x.Host, Owner: a.Name, Zone: a.Zone}); here && a.Zone != after && p.judge(known, a) {
			out = append(out, p)
		}
	}
	return out
}

// Stale is the PTR records that lead to hosts which have lost the address. What leads to another name is not the change's doing, and stays.
func (in Reverse) Stale(after *zonefile.Zone, lost []HostAddress) (out []Pointer) {
	known := in.with(after)
	for _, x := range lost {
		a, here := in.find(known, x.Address)
		if !here || a.Zone == after || a.Wildcard != "" || hasAddress(known, x.Host, x.Address) {
			continue
		}
		p := Pointer{Address: x.Address, Host: x.Host, Owner: a.Name, Zone: a.Zone, Stale: true}
		for _, r := range a.Records {
			if to, ok := r.Target(); !ok || to != x.Host {
				continue
			}
			p.Gone = append(p.Gone, r)
			if !r.Row().MadeBy().IsZero() {
				p.Why = fmt.Sprintf("the PTR record at %s leads to it no more, and is made by a $GENERATE: change that by hand", p.Owner)
			}
		}
		if len(p.Gone) > 0 {
			p.Nowhere = isNowhere(known, x.Host)
			out = append(out, p)
		}
	}
	return out
}

// with is the reverse zones together with the one that is changed.
func (in Reverse) with(after *zonefile.Zone) zonefile.Zones {
	return zonefile.Together(append([]*zonefile.Zone{after}, in.Zones...)...)
}

// find is what stands where the name of an address leads to; false where nobody here may write that.
func (in Reverse) find(known zonefile.Zones, address netip.Addr) (zonefile.Answer, bool) {
	a := known.Lookup(zonefile.Backwards(address), zonefile.TypePTR)
	return a, a.Zone != nil && a.Result != zonefile.Delegated && a.Result != zonefile.Outside && !in.apart(a)
}

// hasAddress tells whether a name leads to an address, by aliases too; nobody knows it of one outside.
func hasAddress(known zonefile.Zones, host zonefile.Name, address netip.Addr) bool {
	h := known.Lookup(host, zonefile.AddressType(address))
	return h.Result == zonefile.Outside || h.Result == zonefile.Delegated || slices.ContainsFunc(h.Records, func(r zonefile.Record) bool {
		ip, ok := r.Addr()
		return ok && ip.Unmap() == address
	})
}

// isNowhere tells that a name has no address at all.
func isNowhere(known zonefile.Zones, host zonefile.Name) bool {
	for _, t := range []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA} {
		if h := known.Lookup(host, t); len(h.Records) > 0 || h.Result == zonefile.Outside || h.Result == zonefile.Delegated {
			return false
		}
	}
	return true
}

// apart tells a name that is in a zone that is nothing to write into, and not in the one that answers.
func (in Reverse) apart(a zonefile.Answer) bool {
	return slices.ContainsFunc(in.Apart, func(n zonefile.Name) bool { return a.Name.Within(n) && n.Within(a.Zone.Origin()) })
}

// judge finds out what becomes of the records there; false if they stay.
func (p *Pointer) judge(known zonefile.Zones, a zonefile.Answer) bool {
	for _, r := range a.Records {
		if to, _ := r.Target(); hasAddress(known, to, p.Address) {
			return false
		}
	}
	switch own := len(a.Records) > 0 && a.Wildcard == ""; {
	case own && len(a.Records) > 1:
		p.Why = fmt.Sprintf("%s has %d PTR records, and none of their names has the address: change them by hand", p.Owner, len(a.Records))
	case own && !a.Records[0].Row().MadeBy().IsZero():
		p.Why = fmt.Sprintf("the PTR record at %s is made by a $GENERATE: change that by hand", p.Owner)
	case own:
		p.Gone = a.Records
	}
	return true
}

// PointerEdits sets PTR records in a zone and takes stale ones out, of those that are in it.
func PointerEdits(z *zonefile.Zone, list []Pointer) ([]zonefile.Edit, error) {
	sets := z.Sets()
	for _, p := range list {
		if p.Why != "" || p.Zone.Origin() != z.Origin() {
			continue
		}
		if !p.Stale {
			if err := p.set(z, sets); err != nil {
				return nil, err
			}
		}
		for _, r := range p.Gone {
			sets.Take(r)
		}
	}
	return sets.Edits()
}

// set puts the record there.
func (p Pointer) set(z *zonefile.Zone, sets *zonefile.Sets) error {
	ttl := ""
	if len(p.Gone) == 0 {
		ttl, _ = z.DefaultTTL()
	}
	return sets.Put(zonefile.Draft{Owner: p.Owner, TTL: ttl, Type: zonefile.TypePTR, RData: string(p.Host), Origin: z.Origin()})
}
