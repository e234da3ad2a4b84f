package references

// The way back from addresses of exchanges: where a change of a zone gives one a new address, what becomes of the PTR record there
// (RFC 1912 §2.1). It stands where the name of the address leads to: in the deepest zone, and behind aliases, as RFC 2317 has it.

import (
	"fmt"
	"maps"
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

// Moved is the addresses that a change moves. It gives those to exchanges that get them newly, that take mail newly, or that have one which
// another host loses; hosts may get more soon; each comes once, with the first of its hosts. Lost are those that it takes from
// hosts that took mail before it, and gives to none that takes mail then.
func Moved(before, after *zonefile.Zone, soon ...HostAddress) (given, lost []HostAddress) {
	m := newMovement(before, after)
	was, is := ofExchanges(before, m.hosts), ofExchanges(after, m.hosts)
	had, taken := map[HostAddress]bool{}, map[netip.Addr]bool{}
	for _, x := range was {
		had[x] = true
	}
	for _, x := range is {
		taken[x.Address] = true
		if m.lost[x.Address] || !had[x] {
			given = append(given, x)
		}
	}
	for _, x := range was {
		if m.left[x] && !taken[x.Address] && !isOwn(x.Address) {
			lost = append(lost, x)
		}
	}
	return firstOfEach(append(given, soon...)), lost
}

// movement is what a change moves: found by the records in which two versions differ, so that it costs no walk over all hosts.
type movement struct {
	hosts []zonefile.Name      // whose addresses or whose part in mail may be others, and those that have an address which another loses
	left  map[HostAddress]bool // addresses that a host has no more
	lost  map[netip.Addr]bool  // the same, of whatever host
}

// newMovement compares two versions.
func newMovement(before, after *zonefile.Zone) movement {
	m := movement{left: map[HostAddress]bool{}, lost: map[netip.Addr]bool{}}
	hosts := map[zonefile.Name]bool{}
	was, is := before.Differing(after)
	for _, r := range slices.Concat(was, is) {
		if a, ok := r.Addr(); ok {
			hosts[r.Owner()], m.left[HostAddress{r.Owner(), a.Unmap()}] = true, true
		} else if h, ok := r.Target(); ok && r.Type() == zonefile.TypeMX {
			hosts[h] = true
		}
	}
	for h := range hosts {
		for _, a := range addresses(after, h) {
			delete(m.left, HostAddress{h, a})
		}
	}
	for x := range m.left {
		m.lost[x.Address] = true
	}
	if len(m.lost) > 0 {
		for r := range after.RecordsOf(zonefile.TypeA, zonefile.TypeAAAA) {
			if a, ok := r.Addr(); ok && m.lost[a.Unmap()] {
				hosts[r.Owner()] = true
			}
		}
	}
	m.hosts = slices.Sorted(maps.Keys(hosts))
	return m
}

// isOwn tells an address whose names nobody else asks for.
func isOwn(a netip.Addr) bool {
	reach := zonefile.SpecialAddress(a).Reach
	return reach == zonefile.Nobody || reach == zonefile.Oneself
}

// firstOfEach is one host of each address.
func firstOfEach(list []HostAddress) (out []HostAddress) {
	seen := map[netip.Addr]bool{}
	for _, x := range list {
		if !seen[x.Address] && !isOwn(x.Address) {
			seen[x.Address] = true
			out = append(out, x)
		}
	}
	return out
}

// ofExchanges is the addresses of those of some hosts that take mail by a zone.
func ofExchanges(z *zonefile.Zone, hosts []zonefile.Name) (out []HostAddress) {
	for _, h := range exchanges(z, hosts) {
		for _, a := range addresses(z, h) {
			out = append(out, HostAddress{h, a})
		}
	}
	return out
}

// exchanges is those of some hosts of a zone that take mail by it, each once, in the order of the MX records. The hosts are sorted.
func exchanges(z *zonefile.Zone, hosts []zonefile.Name) (out []zonefile.Name) {
	seen := map[zonefile.Name]bool{}
	for r := range z.Leading(hosts, nil) {
		if r.Type() != zonefile.TypeMX {
			continue
		}
		h, ok := r.Target()
		if _, sought := slices.BinarySearch(hosts, h); ok && sought && !seen[h] && h.Within(z.Origin()) {
			seen[h] = true
			out = append(out, h)
		}
	}
	return out
}

// addresses is the addresses of a host by its own records.
func addresses(z *zonefile.Zone, host zonefile.Name) (out []netip.Addr) {
	seen := map[netip.Addr]bool{}
	for _, t := range []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA} {
		for _, r := range z.RRset(host, t) {
			if a, ok := r.Addr(); ok && !seen[a.Unmap()] {
				seen[a.Unmap()] = true
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
