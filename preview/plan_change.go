package preview

// What a step of a move changes in the MX records of one domain, as a script.

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// change is the script of a phase for one domain.
func (p *planner) change(f phase, z *zonefile.Zone, d zonefile.Name) string {
	x := p.split(z, d)
	mx := z.RRset(d, zonefile.TypeMX)
	ttl := p.ttl(z, d, zonefile.TypeMX)
	switch f {
	case phasePrepare:
		script := p.allowing(z, d)
		if p.shortens() && len(x.to) == 0 && ttl > shortTTL {
			script += rewrite(d, shortTTL, mx, samePreference)
		}
		return script
	case phaseAdd:
		return p.adding(d, ttl, mx)
	case phaseSwap:
		if p.kind == SameHost {
			return ""
		}
		return rewrite(d, ttl, mx, p.promoted(x))
	case phaseRemove:
		return deleting(x.from)
	case phaseRaise:
		if p.kind == SameHost {
			return ""
		}
		return rewrite(d, p.ttlBefore(d, zonefile.TypeMX), mx, samePreference)
	case phaseClean:
		return p.cleaning(z, d)
	}
	return ""
}

// shortens tells whether the TTL of MX records is made short: where hosts come and go behind others it need not be, and
// where an address changes it is that of the address.
func (p *planner) shortens() bool {
	return p.kind != SameHost && p.kind != BackupAdded && p.kind != BackupRemoved
}

// rewrite replaces the MX records of a domain by themselves with another TTL or other preferences.
func rewrite(d zonefile.Name, ttl uint32, mx []zonefile.Record, preference func(zonefile.Record) uint16) string {
	var b strings.Builder
	fmt.Fprintf(&b, "update delete %s MX\n", d)
	for _, r := range mx {
		t, _ := r.Target()
		fmt.Fprintf(&b, "update add %s %d MX %d %s\n", d, ttl, preference(r), t)
	}
	return b.String()
}

// deleting takes MX records out.
func deleting(mx []zonefile.Record) string {
	var b strings.Builder
	for _, r := range mx {
		t, _ := r.Target()
		fmt.Fprintf(&b, "update delete %s MX %d %s\n", r.Owner(), samePreference(r), t)
	}
	return b.String()
}

// adding puts the new hosts that a domain lacks behind all others.
func (p *planner) adding(d zonefile.Name, ttl uint32, mx []zonefile.Record) string {
	var come []zonefile.Name
	for _, h := range p.To {
		if !slices.ContainsFunc(mx, func(r zonefile.Record) bool { t, _ := r.Target(); return t == h.Name }) {
			come = append(come, h.Name)
		}
	}
	script := ""
	last := worst(mx)
	gap := min(preferenceGap, (math.MaxUint16-last)/max(len(come), 1))
	if gap == 0 {
		give, end := moveUp(mx, len(come))
		script, last, gap = rewrite(d, ttl, mx, give), end, min(preferenceGap, (math.MaxUint16-end)/len(come))
	}
	for i, n := range come {
		script += fmt.Sprintf("update add %s %d MX %d %s\n", d, ttl, last+(i+1)*gap, n)
	}
	return script
}

// preferenceGap is the distance between tiers where there is room.
const preferenceGap = 10

// moveUp makes room for n preferences at the end of the range: the last tier moves up as far as it must, or all tiers
// are numbered anew where there is no room before it. It gives the preference that is the last then.
func moveUp(mx []zonefile.Record, n int) (give func(zonefile.Record) uint16, last int) {
	tiers := tiersOf(mx)
	end := tiers[len(tiers)-1]
	to := math.MaxUint16 - n
	if len(tiers) > 1 && int(tiers[len(tiers)-2]) >= to {
		at := func(r zonefile.Record) uint16 {
			i, _ := slices.BinarySearch(tiers, samePreference(r))
			return uint16(i+1) * preferenceGap
		}
		return at, len(tiers) * preferenceGap
	}
	return func(r zonefile.Record) uint16 {
		if samePreference(r) == end {
			return uint16(to)
		}
		return samePreference(r)
	}, to
}

// tiersOf is the preferences of records, sorted, each once.
func tiersOf(mx []zonefile.Record) []uint16 {
	var out []uint16
	for _, r := range mx {
		out = append(out, samePreference(r))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// promoted gives each new host the preference of an old one, in order, and puts the old ones behind all; the others
// keep theirs.
func (p *planner) promoted(x split) func(zonefile.Record) uint16 {
	olds, news := slices.Clone(x.from), slices.Clone(x.to)
	byPreference := func(a, b zonefile.Record) int { return cmp.Compare(samePreference(a), samePreference(b)) }
	slices.SortStableFunc(olds, byPreference)
	slices.SortStableFunc(news, func(a, b zonefile.Record) int {
		ta, _ := a.Target()
		tb, _ := b.Target()
		return cmp.Compare(p.newcomer(ta), p.newcomer(tb))
	})
	given := map[zonefile.Record]uint16{}
	last := worst(x.others)
	place := 0
	for i, r := range news {
		if i < len(olds) {
			place = int(samePreference(olds[i]))
		} else {
			place = between(place, x.others)
		}
		given[r] = uint16(place)
		last = max(last, place)
	}
	numbers := numbersAfter(last, tiersOf(olds))
	for _, r := range olds {
		given[r] = numbers[samePreference(r)]
	}
	return func(r zonefile.Record) uint16 {
		if n, moved := given[r]; moved {
			return n
		}
		return samePreference(r)
	}
}

// between is a preference behind one, and before the next that others have where there is room for it.
func between(place int, others []zonefile.Record) int {
	next := math.MaxUint16 + 1
	for _, r := range others {
		if n := int(samePreference(r)); n > place {
			next = min(next, n)
		}
	}
	return min(place+preferenceGap, place+max((next-place)/2, 1), math.MaxUint16)
}

// numbersAfter gives tiers preferences behind one; where the range ends they share the last.
func numbersAfter(last int, tiers []uint16) map[uint16]uint16 {
	gap := min(preferenceGap, (math.MaxUint16-last)/max(len(tiers), 1))
	out := map[uint16]uint16{}
	for i, t := range tiers {
		out[t] = uint16(min(last+max(gap, 1)*(i+1), math.MaxUint16))
	}
	return out
}

// addressScript changes the addresses of a host that keeps its name. One that a wildcard made has its own from then on.
func (p *planner) addressScript(z *zonefile.Zone, f phase) string {
	if f != p.hostPhase(z) || f == phaseClean {
		return ""
	}
	h := p.To[0]
	types := addressTypes(h.Addrs)
	script := ""
	if f <= phaseSwap && !z.Exists(h.Name) {
		script, types = p.uncovered(z, h.Name), []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA}
	}
	for _, t := range types {
		script += p.familyScript(z, f, t)
	}
	return script
}

// familyScript is addressScript of one family.
func (p *planner) familyScript(z *zonefile.Zone, f phase, t zonefile.Type) string {
	h := p.To[0]
	ttl, addrs := p.ttl(z, h.Name, t), h.Addrs
	switch {
	case f == phasePrepare && (ttl > shortTTL || ttl == 0):
		ttl, addrs = shortTTL, standing(z, h.Name, t)
	case f == phaseRaise:
		ttl = p.ttlBefore(h.Name, t)
	case f != phaseSwap:
		return ""
	case ttl == 0:
		ttl = shortTTL // the family is new
	}
	if !slices.Contains(addressTypes(addrs), t) {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "update delete %s %s\n", h.Name, t)
	for _, ip := range addrs {
		if zonefile.AddressType(ip) == t {
			fmt.Fprintf(&b, "update add %s %d %s %s\n", h.Name, ttl, t, ip.Unmap())
		}
	}
	return b.String()
}

// asWritten gives RRsets their TTL back in the words that stood there, and none where none stood, which a script cannot
// say. Where that would serve another TTL than the script gives, the script's edits stay.
func (p *planner) asWritten(s *Step) {
	before := func(r zonefile.Record) []zonefile.Record {
		z := p.zoneBefore(r.Owner(), r.Type())
		if z == nil {
			z = p.start
		}
		return z.RRset(r.Owner(), r.Type())
	}
	var first []zonefile.Record
	for _, r := range changed(s.Result, s.Base) {
		if set := s.Base.RRset(r.Owner(), r.Type()); len(set) > 0 && r == set[0] && len(before(r)) > 0 {
			first = append(first, r)
		}
	}
	edits, err := s.Base.SetAll(first, zonefile.FieldTTL, func(r zonefile.Record) string { return statedTTL(before(r)[0]) })
	if err != nil {
		return
	}
	if next, err := s.Base.Apply(edits...); err == nil && len(replacements(s.Result, next, changed(s.Result, next))) == 0 {
		s.Edits, s.Result = edits, next
	}
}

// statedTTL is the TTL as a line states it; "" where it states none.
func statedTTL(r zonefile.Record) string {
	if at, ok := r.FieldSpan(zonefile.FieldTTL); ok {
		return string(r.File().Slice(at))
	}
	return ""
}
