package preview

// In which step of a move a zone is: read from its records, domain by domain.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// phase is what a domain has to do next.
func (p *planner) phase(z *zonefile.Zone, d zonefile.Name) phase {
	x := p.split(z, d)
	switch p.kind {
	case SameHost:
		return p.samePhase(z, d)
	case BackupAdded:
		return p.addedPhase(z, x)
	case BackupRemoved:
		return p.removedPhase(z, d, x)
	}
	come := len(x.to) == len(p.To)
	switch {
	case len(x.from) == 0 && len(x.to) == 0:
		return phaseFinished
	case len(x.from) == 0:
		return p.afterwards(z, d)
	case len(p.missing(z)) > 0, len(x.to) == 0 && !p.prepared(z, d):
		return phasePrepare
	case !come:
		return phaseAdd
	case best(x.from) <= worst(x.to):
		return phaseSwap
	}
	return phaseRemove
}

// afterwards is what a domain has to do that the old hosts have left.
func (p *planner) afterwards(z *zonefile.Zone, d zonefile.Name) phase {
	switch {
	case p.ttl(z, d, zonefile.TypeMX) < p.ttlBefore(d, zonefile.TypeMX):
		return phaseRaise
	case p.cleaning(z, d) != "":
		return phaseClean
	}
	return phaseFinished
}

// addedPhase is what is to be done next for a domain that gets a backup.
func (p *planner) addedPhase(z *zonefile.Zone, x split) phase {
	switch {
	case len(x.to) == len(p.To):
		return phaseFinished
	case len(p.missing(z)) > 0:
		return phasePrepare
	}
	return phaseAdd
}

// removedPhase is what is to be done next for a domain that loses a host.
func (p *planner) removedPhase(z *zonefile.Zone, d zonefile.Name, x split) phase {
	switch {
	case len(x.from) > 0 && p.allowing(z, d) != "":
		return phasePrepare
	case len(x.from) > 0:
		return phaseRemove
	case p.cleaning(z, d) != "":
		return phaseClean
	}
	return phaseFinished
}

// samePhase is what is to be done next where a host gets another address: the host decides, and then the domain's SPF.
func (p *planner) samePhase(z *zonefile.Zone, d zonefile.Name) phase {
	f := p.hostPhase(z)
	switch {
	case f <= phaseSwap && p.allowing(z, d) != "":
		return phasePrepare
	case f < phaseClean:
		return f
	case p.cleaning(z, d) != "":
		return phaseClean
	}
	return phaseFinished
}

// hostPhase is what is to be done next with the addresses of a host that keeps its name.
func (p *planner) hostPhase(z *zonefile.Zone) phase {
	f, known := p.reached[z]
	if known {
		return f
	}
	h := p.To[0]
	f = phaseClean
	for _, t := range addressTypes(h.Addrs) {
		switch ttl := p.ttl(z, h.Name, t); {
		case !p.swapped(z, h, t) && (ttl > shortTTL || !z.Exists(h.Name) && len(z.Addresses(h.Name).Records) > 0):
			f = phasePrepare
		case !p.swapped(z, h, t):
			f = min(f, phaseSwap)
		case ttl < p.ttlBefore(h.Name, t):
			f = min(f, phaseRaise)
		}
	}
	p.reached[z] = f
	return f
}

// swapped tells whether a host has the addresses of one family that it is to have, and no others.
func (p *planner) swapped(z *zonefile.Zone, h MailHost, t zonefile.Type) bool {
	have := map[hostAddress]bool{}
	for _, r := range z.RRset(h.Name, t) {
		if ip, ok := r.Addr(); ok {
			have[hostAddress{h.Name, ip}] = true
		}
	}
	n := 0
	for _, ip := range h.Addrs {
		if zonefile.AddressType(ip) == t && have[hostAddress{h.Name, ip.Unmap()}] {
			n++
		} else if zonefile.AddressType(ip) == t {
			return false
		}
	}
	return n == len(have)
}

// unallowed tells a domain whose SPF the first step has not changed yet.
func (p *planner) unallowed(d zonefile.Name) bool { return p.allowing(p.start, d) != "" }

// prepared tells whether a domain is ready for the new hosts.
func (p *planner) prepared(z *zonefile.Zone, d zonefile.Name) bool {
	return p.ttl(z, d, zonefile.TypeMX) <= shortTTL && p.allowing(z, d) == ""
}

// ttlBefore is the TTL that an RRset had before the move made it short; of what was made out of a wildcard, that of its
// answer; a day where nobody knows.
func (p *planner) ttlBefore(n zonefile.Name, t zonefile.Type) uint32 {
	if z := p.zoneBefore(n, t); z != nil {
		return z.RRsetTTL(z.Lookup(n, t).Records[0])
	}
	return longTTL
}

// zoneBefore is the version that tells what an RRset was before the move; nil: nobody knows. Of a domain that came after the
// first step it is the first that has its MX records.
func (p *planner) zoneBefore(n zonefile.Name, t zonefile.Type) *zonefile.Zone {
	has := func(z *zonefile.Zone) bool {
		if z == nil {
			return false
		}
		a := z.Lookup(n, t)
		return a.Result == zonefile.Found && !a.Aliased()
	}
	switch before := p.past.Before; {
	case has(before):
		return before
	case before != nil && t == zonefile.TypeMX && !before.Lookup(n, t).Aliased(): // else step 1 has made it out of a wildcard
		for _, v := range p.past.Versions {
			if has(v.Zone) {
				return v.Zone
			}
		}
	case before != nil || !p.untouched(n, t):
		return nil
	}
	if has(p.start) {
		return p.start
	}
	return nil
}

// begins tells whether the zone is before the first step. A version is looked at once: every domain asks.
func (p *planner) begins() bool {
	if !p.asked {
		p.asked = true
		for _, d := range p.moving(p.start) {
			if p.kind == SameHost {
				p.beginning = p.hostPhase(p.start) <= phaseSwap
				break
			}
			x := p.split(p.start, d)
			if len(x.to) == 0 && (len(p.missing(p.start)) > 0 || !p.prepared(p.start, d)) {
				p.beginning = true
				break
			}
		}
	}
	return p.beginning
}

// beforeMove is the zone before the first step; nil: not known.
func (p *planner) beforeMove() *zonefile.Zone {
	if p.past.Before == nil && p.begins() {
		return p.start
	}
	return p.past.Before
}

// untouched tells whether the move has not reached an RRset yet, so that its TTL is its own.
func (p *planner) untouched(n zonefile.Name, t zonefile.Type) bool {
	if p.kind == SameHost && t != zonefile.TypeMX {
		return !p.swapped(p.start, p.To[0], t) && (p.hostPhase(p.start) == phasePrepare || slices.ContainsFunc(p.moving(p.start), p.unallowed))
	}
	if len(p.start.RRset(n, t)) == 0 {
		return true // it came with the plan
	}
	x := p.split(p.start, n)
	return (len(x.to) == 0 || len(x.from) == 0) && p.begins()
}
