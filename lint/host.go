package lint

// What is known about the hosts that names lead to: what the loaded zones say, and DNS where it was asked.

import (
	"hash/maphash"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// host is what the loaded zones say about a name that others lead to.
type host struct {
	zonefile.Answer // its address records; Outside also where a part that was not read might hold the name
	addresses       []netip.Addr
	elsewhere       bool          // DNS says so: it cannot be put right in the loaded zones
	few             [2]netip.Addr // room for the addresses of most hosts
}

// hosts is what is known about the hosts that the visited name leads to, and about those that many names do.
type hosts struct {
	known   []knownHost                       // each at its place by its hash; made for the first
	beside  []zonefile.Node                   // names that stand close to the visited one in the zone, itself among them
	at      int                               // which of them is the visited one
	near    []host                            // those near the visited name
	serving serving                           // the name that was last asked about
	mx      map[zonefile.Name]zonefile.Answer // of names that many SPF records lead to
	fields  map[zonefile.Type][]int           // which fields of a type's data are names
}

// maxHosts is how many hosts are remembered: those that one name leads to, and those that many do.
const maxHosts = 256

// knownHost is a host that was looked up, under the name that was asked for.
type knownHost struct {
	of zonefile.Name
	*host
}

// hostSeed is that of the places of hosts.
var hostSeed = maphash.MakeSeed()

// place is where a name's host is remembered.
func (h *hosts) place(n zonefile.Name) *knownHost {
	if h.known == nil {
		h.known = make([]knownHost, maxHosts)
	}
	return &h.known[maphash.String(hostSeed, string(n))%maxHosts]
}

// follows takes over the room that the hosts of another zone had, and what does not depend on the zone.
func (h *hosts) follows(before *hosts) {
	clear(before.known)
	h.known, h.near, h.fields = before.known, before.near[:0], before.fields
}

// reset makes room for another name's.
func (h *hosts) reset() { h.near = h.near[:0] }

// missing tells whether the host surely has no address.
func (h *host) missing() bool {
	return h.Result == zonefile.NoData || h.Result == zonefile.NoName || h.Result.Endless()
}

// plain tells a host that surely exists: it has addresses of its own.
func (h *host) plain() bool { return len(h.Records) > 0 && !h.Aliased() && h.Wildcard == "" }

// host looks up both address types.
func (r *run) host(n zonefile.Name) *host {
	if h := r.plainHost(n); h != nil {
		return h
	}
	loaded := r.loaded(n, zonefile.TypeA)
	h := &host{Answer: r.opt.Outside.lookup(loaded, zonefile.TypeA), elsewhere: isElsewhere(loaded)}
	if h.Result == zonefile.Found || h.Result == zonefile.NoData { // else there is nothing of the other type, too
		h.Answer = h.With(r.lookup(n, zonefile.TypeAAAA))
	}
	h.read()
	return h
}

// read reads the addresses of the records.
func (h *host) read() {
	h.addresses = h.few[:0]
	for _, rec := range h.Records {
		if a, ok := rec.Addr(); ok {
			h.addresses = append(h.addresses, a.Unmap())
		}
	}
	h.addresses = once(h.addresses)
}

// fewAddresses is how many are compared with each other.
const fewAddresses = 16

// once leaves out addresses that stand before: a record that stands twice is one. It writes over the list.
func once(list []netip.Addr) []netip.Addr {
	if len(list) < 2 {
		return list
	}
	var known map[netip.Addr]bool
	if len(list) > fewAddresses {
		known = make(map[netip.Addr]bool, len(list))
	}
	out := list[:0]
	for _, a := range list {
		if known == nil && slices.Contains(out, a) || known[a] {
			continue
		}
		if out = append(out, a); known != nil {
			known[a] = true
		}
	}
	return out
}

// isElsewhere tells an answer of the loaded zones that only DNS can complete.
func isElsewhere(a zonefile.Answer) bool {
	return a.Result == zonefile.Outside || a.Result == zonefile.Delegated
}

// plainHost is host for a name with records of its own that no alias or delegation decides about: one
// look-up instead of a walk down the zone. It is nil for others.
func (r *run) plainHost(n zonefile.Name) *host {
	z := r.in.Deepest(n)
	if z == nil || r.contents.cutAbove(z, n) {
		return nil
	}
	if h := new(host); h.fill(z.Node(n)) {
		return h
	}
	return nil
}

// fill fills in the addresses of a name; false if it has none of its own.
func (h *host) fill(node zonefile.Node) bool {
	if node.Has(zonefile.TypeCNAME) {
		return false
	}
	h.Answer = zonefile.Answer{Result: zonefile.Found, Name: node.Name, Records: addressRecords(node)}
	h.read()
	return len(h.Records) > 0
}

// addressRecords is a name's A and AAAA records, in this order. Most hosts have nothing else.
func addressRecords(node zonefile.Node) []zonefile.Record {
	last := zonefile.TypeA
	for i, rec := range node.Records {
		if t := rec.Type(); !isAddress(rec) || t < last {
			break
		} else if last = t; i == len(node.Records)-1 {
			return node.Records
		}
	}
	return slices.Concat(node.Of(zonefile.TypeA), node.Of(zonefile.TypeAAAA))
}

// lookup asks the loaded zones, and goes on with what DNS said where they lead out.
func (r *run) lookup(n zonefile.Name, t zonefile.Type) zonefile.Answer {
	return r.opt.Outside.lookup(r.loaded(n, t), t)
}

// loaded asks the loaded zones alone.
func (r *run) loaded(n zonefile.Name, t zonefile.Type) zonefile.Answer {
	a := r.in.Lookup(n, t)
	if (a.Result == zonefile.NoName || a.Result == zonefile.NoData) && r.mightHold(a.Name) {
		a.Result = zonefile.Outside
	}
	return a
}

// serving is the name servers of a name of a zone.
type serving struct {
	zone  *zonefile.Zone
	of    zonefile.Name
	names map[zonefile.Name]bool
}

// mightHold tells whether a name of a loaded zone might be among what is not seen.
func (r *run) mightHold(n zonefile.Name) bool {
	return len(r.unknown) > 0 && r.unknown[r.in.Deepest(n)].holds(string(n))
}

// isNothing tells an answer that there is nothing: a void look-up (RFC 7208 §4.6.4).
func isNothing(r zonefile.Result) bool { return r == zonefile.NoData || r == zonefile.NoName }
