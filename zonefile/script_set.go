package zonefile

import (
	"errors"
	"math"
	"slices"
)

// This file turns RRsets that are there into those that a script asks for, by the smallest change of text.

// change turns RRsets into the wanted ones. Thousands cost a few versions of the zone: all take their first
// step in one, their second in the next. Where that does not give what is wanted, because the lines of one
// set lean on those of another, each half of the sets is changed by itself, and at last one record after the other.
//
// It gives the version that they make, which costs as much again for who has let it go.
func (z *Zone) change(sets []*wantedSet) ([]Edit, *Zone, error) {
	edits, next, err := z.sideBySide(sets, atOnce)
	if err == nil && z.changed(next, sets) {
		z.leadsTo(edits, next)
		return edits, next, nil
	}
	if len(sets) < 2 {
		edits, next, err = z.sideBySide(sets, oneByOne)
		if errors.Is(err, errMeaning) && !sets[0].aside {
			sets[0].aside = true
			return z.change(sets)
		}
		return edits, next, err
	}
	half := len(sets) / 2
	changes := func(sets []*wantedSet) func(z *Zone) ([]Edit, error) {
		return func(z *Zone) (edits []Edit, err error) {
			edits, next, err = z.change(sets)
			return edits, err
		}
	}
	edits, err = Chain(z, changes(sets[:half]), changes(sets[half:]))
	return edits, next, err
}

// How many records of a set are changed in one step.
const (
	oneByOne = 1
	atOnce   = math.MaxInt
)

// sideBySide takes step after step with all sets at once, and gives the version that comes out.
func (z *Zone) sideBySide(sets []*wantedSet, most int) ([]Edit, *Zone, error) {
	sets = z.inOrderOfPlaces(sets)
	ways, turns := make([][]wantedStep, len(sets)), z.turns(sets)
	longest := 0
	for i, w := range sets {
		ways[i] = append(make([]wantedStep, turns[i]), w.steps(z, most)...)
		longest = max(longest, len(ways[i]))
	}
	var all []Edit
	now := z
	for n := range longest {
		var intents []intent
		for _, way := range ways {
			if n >= len(way) || way[n] == nil {
				continue
			}
			in, err := way[n](now)
			if err != nil {
				return nil, nil, z.home(err, all)
			}
			intents = append(intents, in...)
		}
		edits, next, err := now.settled(intents...)
		if err != nil {
			return nil, nil, z.home(err, all)
		}
		all, now = z.compose(all, edits), next
	}
	return all, now, nil
}

// changed tells whether next has the sets as they are wanted, and with the TTLs that they had if no other is.
func (z *Zone) changed(next *Zone, sets []*wantedSet) bool {
	return !slices.ContainsFunc(sets, func(w *wantedSet) bool {
		ttl, given := ParseTTL(w.ttl)
		if had := w.have(z); !given && len(had.records) > 0 {
			ttl, given = had.ttl(), true
		}
		has := w.have(next)
		gone, added := w.compare(has)
		return len(gone)+len(added) > 0 || given && len(has.records) > 0 && has.ttl() != ttl
	})
}
