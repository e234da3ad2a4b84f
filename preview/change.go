package preview

// What a step of a migration changes, as a script: one domain at a time.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// change is the script of a step for one domain.
func (p *planner) change(step int, z *zonefile.Zone, d zonefile.Name) string {
	x := p.split(z, d)
	mx := z.RRset(d, zonefile.TypeMX)
	ttl := z.RRsetTTL(mx[0])
	switch step {
	case stepPrepare:
		script := p.allowing(z, d)
		if len(x.to) == 0 && ttl > shortTTL {
			script += rewrite(d, shortTTL, mx, samePreference)
		}
		return script
	case stepAdd:
		return fmt.Sprintf("update add %s %d MX %d %s\n", d, min(ttl, shortTTL), behind(mx), p.To)
	case stepSwap:
		return rewrite(d, ttl, mx, p.promoted(mx))
	case stepRemove:
		var b strings.Builder
		for _, r := range x.from {
			n, _ := r.Preference()
			t, _ := r.Target()
			fmt.Fprintf(&b, "update delete %s MX %d %s\n", d, n, t)
		}
		return b.String()
	case stepRaise:
		return rewrite(d, longTTL, mx, samePreference)
	case stepClean:
		return p.cleaning(z, d)
	}
	return ""
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

// samePreference leaves a preference as it is.
func samePreference(r zonefile.Record) uint16 {
	n, _ := r.Preference()
	return n
}

// preferenceGap is the distance between tiers where there is room.
const preferenceGap = 10

// behind is a preference behind all others, as far as there is one.
func behind(mx []zonefile.Record) uint16 {
	worst := uint16(0)
	for _, r := range mx {
		worst = max(worst, samePreference(r))
	}
	if worst > ^uint16(0)-preferenceGap {
		return ^uint16(0)
	}
	return worst + preferenceGap
}

// promoted gives the new host a tier of its own before all old ones, and keeps the order of the others.
func (p *planner) promoted(mx []zonefile.Record) func(zonefile.Record) uint16 {
	isNew := func(r zonefile.Record) bool { t, _ := r.Target(); return t == p.To }
	sorted := slices.Clone(mx)
	slices.SortStableFunc(sorted, func(a, b zonefile.Record) int {
		if isNew(a) != isNew(b) {
			if isNew(a) {
				return -1
			}
			return 1
		}
		return cmp.Compare(samePreference(a), samePreference(b))
	})
	numbers := spread(mx, tierCount(sorted, isNew))
	tier := -1
	given := map[zonefile.Record]uint16{}
	for i, r := range sorted {
		if i == 0 || startsTier(sorted[i-1], r, isNew) {
			tier++
		}
		given[r] = numbers[tier]
	}
	return func(r zonefile.Record) uint16 { return given[r] }
}

// startsTier tells whether r is in another tier than the record before it.
func startsTier(before, r zonefile.Record, isNew func(zonefile.Record) bool) bool {
	return isNew(before) != isNew(r) || samePreference(before) != samePreference(r)
}

// tierCount counts the tiers of sorted records.
func tierCount(sorted []zonefile.Record, isNew func(zonefile.Record) bool) int {
	n := 1
	for i := 1; i < len(sorted); i++ {
		if startsTier(sorted[i-1], sorted[i], isNew) {
			n++
		}
	}
	return n
}

// spread is n preferences in rising order: those that are there, and more behind or, at the end of the
// range, from the start again.
func spread(mx []zonefile.Record, n int) []uint16 {
	var out []uint16
	for _, r := range mx {
		out = append(out, samePreference(r))
	}
	slices.Sort(out)
	out = slices.Compact(out)
	for len(out) < n {
		last := out[len(out)-1]
		if int(last)+preferenceGap > int(^uint16(0)) {
			out = nil
			for i := range n {
				out = append(out, uint16(i+1)*preferenceGap)
			}
			break
		}
		out = append(out, last+preferenceGap)
	}
	return out[:n]
}
