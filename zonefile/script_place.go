package zonefile

import "slices"

// A script adds many records in one step, and none of them sees the others. Those of a new owner, and of the names below
// it, have to stand together all the same, and new names that share a place in an order have to keep that order.

// turns is how many steps each RRset waits: for the first one of its owner, and of the names that its owner belongs to,
// where those are new. Then it finds them, and its place with them.
func (z *Zone) turns(sets []*wantedSet) []int {
	turns := make([]int, len(sets))
	owners, tops := map[Name]bool{}, map[Name]bool{}
	for i, w := range sets {
		owner := w.key.owner
		if !z.isNew(w) {
			continue
		}
		top := z.top(owner)
		waits, known := tops[top]
		if !known {
			waits = false
			tops[top] = z.lastWithin(top, w.key.typ).IsZero()
		}
		if waits {
			turns[i]++
		}
		if owners[owner] {
			turns[i]++
		}
		owners[owner] = true
	}
	return turns
}

// isNew tells an RRset that gets records at an owner without any.
func (z *Zone) isNew(w *wantedSet) bool {
	if len(w.at) == 0 || len(w.have(z).records) > 0 {
		return false
	}
	_, owned := z.first(w.key.owner, TypeANY)
	return !owned
}

// inOrderOfPlaces sorts the RRsets of new owners whose siblings stand in an order.
func (z *Zone) inOrderOfPlaces(sets []*wantedSet) []*wantedSet {
	sets = slices.Clone(sets)
	groups := map[kinship][]int{}
	for i, w := range sets {
		if !z.isNew(w) {
			continue
		}
		if k, ok := z.orderedKin(w); ok {
			groups[k] = append(groups[k], i)
		}
	}
	for k, places := range groups {
		order := z.family(k).order
		group := make([]*wantedSet, len(places))
		for i, at := range places {
			group[i] = sets[at]
		}
		slices.SortStableFunc(group, func(a, b *wantedSet) int {
			return order(a.key.owner.childOf(k.parent).Label(), b.key.owner.childOf(k.parent).Label())
		})
		for i, at := range places {
			sets[at] = group[i]
		}
	}
	return sets
}

// orderedKin is the siblings among whose order an RRset's owner has its place; false if there are none.
func (z *Zone) orderedKin(w *wantedSet) (kinship, bool) {
	for n := w.key.owner; n.Below(z.apex); n = n.Parent() {
		k := kinship{parent: n.Parent()}
		if z.family(k).order != nil {
			return k, true
		}
		if k.parent == z.apex && n == w.key.owner {
			k.typ = w.key.typ
			return k, z.family(k).order != nil
		}
	}
	return kinship{}, false
}
