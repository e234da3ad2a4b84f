package lint

// What a rule asks the loaded zones. A test watches what is looked up, and holds against it which names an edit is said to reach:
// who asks otherwise than by what stands here has to tell it as well.

import (
	"iter"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Lookup answers as the servers of all loaded zones would together.
func (p *Pass) Lookup(n zonefile.Name, t zonefile.Type) zonefile.Answer {
	a := p.run.lookup(n, t)
	p.seen.answer(n, a)
	return a
}

// NodeAt is the records of a name of the loaded zones, wildcards not counted.
func (p *Pass) NodeAt(n zonefile.Name) zonefile.Node {
	p.seen.look(n)
	z := p.run.in.Deepest(n)
	if z == nil {
		return zonefile.Node{Name: n}
	}
	if node, is := p.near(z, n); is {
		return node
	}
	return z.Node(n)
}

// mxAt is what the loaded zones answer for the MX records of a name.
func (p *Pass) mxAt(n zonefile.Name) zonefile.Answer {
	if n == p.Node.Name && p.Node.Has(zonefile.TypeMX) && !p.run.contents.cutAbove(p.Zone, n) { // nearly all
		return zonefile.Answer{Result: zonefile.Found, Name: n, Records: p.ownMX()}
	}
	a, known := p.hosts.mx[n]
	if !known {
		a = p.run.lookup(n, zonefile.TypeMX)
		if p.hosts.mx == nil || len(p.hosts.mx) == maxHosts {
			p.hosts.mx = map[zonefile.Name]zonefile.Answer{}
		}
		p.hosts.mx[n] = a
	}
	p.seen.answer(n, a)
	return a
}

// ownMX is the MX records of the visited name: each of many SPF records may ask for all of them.
func (p *Pass) ownMX() []zonefile.Record {
	if p.mx.records == nil {
		p.mx.records = p.Node.Of(zonefile.TypeMX)
	}
	return p.mx.records
}

// Exists tells whether a loaded zone has the name, wildcards not counted.
func (p *Pass) Exists(n zonefile.Name) bool {
	p.seen.exists(n)
	z := p.run.in.Deepest(n)
	return z != nil && z.Exists(n)
}

// nothingBelow tells that no name below the visited one has records. Its yes is sure; who watches what is looked up hears of
// the names themselves.
func (p *Pass) nothingBelow() bool {
	return len(p.run.zones) == 1 && p.seen.tell == nil && !p.Zone.HasBelow(p.Node.Name)
}

// Host finds the addresses of a name.
func (p *Pass) Host(n zonefile.Name) *host {
	h := p.nearHost(n)
	if h == nil {
		known := p.hosts.place(n)
		if known.host == nil || known.of != n {
			*known = knownHost{n, p.run.host(n)}
		}
		h = known.host
	}
	p.seen.answer(n, h.Answer)
	return h
}

// nearby is how many names behind the visited one, and before it, are near it.
const nearby = 8

// near finds a name of a zone near the visited one: there most names stand that it leads to, and the look into
// the index of a big zone costs more than all that is done with what it brings.
func (p *Pass) near(z *zonefile.Zone, n zonefile.Name) (node zonefile.Node, is bool) {
	if z != p.Zone {
		return node, false
	}
	from := max(p.hosts.at-nearby, 0)
	to := min(p.hosts.at+nearby, len(p.hosts.beside))
	for i := range to - from {
		if i = p.hosts.at + i; i >= to {
			i = i - to + from
		}
		if p.hosts.beside[i].Name == n {
			return p.hosts.beside[i], true
		}
	}
	return node, false
}

// nearHost is host for a name near the visited one, nil for others. It is valid until the Pass turns to another name.
func (p *Pass) nearHost(n zonefile.Name) *host {
	z := p.run.in.Deepest(n)
	node, is := p.near(z, n)
	if !is || p.run.contents.cutAbove(z, n) {
		return nil
	}
	p.hosts.near = append(p.hosts.near, host{})
	if h := &p.hosts.near[len(p.hosts.near)-1]; h.fill(node) {
		return h
	}
	return nil
}

// isServer tells whether a name is one of the name servers of another. Of a delegation: then its address here is glue,
// and the child zone has it as well.
func (p *Pass) isServer(z *zonefile.Zone, of, n zonefile.Name) bool {
	if p.hosts.serving.zone != z || p.hosts.serving.of != of {
		p.hosts.serving = serving{z, of, map[zonefile.Name]bool{}}
		for _, r := range z.RRset(of, zonefile.TypeNS) {
			if server, ok := r.Target(); ok {
				p.hosts.serving.names[server] = true
			}
		}
	}
	return p.hosts.serving.names[n]
}

// occludedBy is the delegation at or above a name of the visited zone, or the DNAME above it (RFC 6672 §2.4), for which
// the zone does not serve the name's own records.
func (p *Pass) occludedBy(n zonefile.Name) (cut zonefile.Record, occluded bool) {
	if !p.run.contents.cutAbove(p.Zone, n) { // nearly all
		return cut, false
	}
	a := p.Zone.Lookup(n, zonefile.TypeMX)
	p.seen.answer(n, a)
	switch {
	case len(a.Via) > 0 && a.Via[0].Type() == zonefile.TypeDNAME:
		return a.Via[0], true
	case a.Result == zonefile.Delegated && !a.Aliased():
		return p.Zone.First(a.Cut, zonefile.TypeNS)
	}
	return cut, false
}

// isOccluded tells a name whose records the visited zone does not serve: glue, for one.
func (p *Pass) isOccluded(n zonefile.Name) bool {
	_, occluded := p.occludedBy(n)
	return occluded
}

// occludedAddress is the address record of an exchange that stands here and is not served.
func (p *Pass) occludedAddress(x *exchange) (address zonefile.Record, occluded bool) {
	h := x.found
	if h.Result != zonefile.Delegated {
		return address, false
	}
	here := p.NodeAt(h.Name)
	i := slices.IndexFunc(here.Records, isAddress)
	if i < 0 || p.isServer(p.run.in.Deepest(h.Name), h.Cut, h.Name) {
		return address, false
	}
	return here.Records[i], true
}

// Problems is what is wrong with the lines that are looked at; not what is wrong in another version, too, that the visited
// one is held against.
func (p *Pass) Problems() iter.Seq[zonefile.Problem] {
	switch {
	case p.text.file != nil:
		return p.text.file.ErrorsIn(p.text.span)
	case p.run.beside != nil:
		return p.Zone.ErrorsBeside(p.run.beside)
	}
	return p.Zone.Errors()
}
