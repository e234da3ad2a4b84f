package zonefile

// An RRset has one TTL. Where its lines state different ones BIND takes one of them (RRsetTTL), so a line
// that goes, comes or moves may change what another RRset is served with. ttlHarm repairs that: all lines
// of the RRset are given the TTL that it was served with.

import (
	"fmt"
	"maps"
	"slices"
)

// ttlHarm is the repair of the RRsets whose served TTL the edits change without touching all of it. All lines that no edit touches
// were compared before, and told where they are loaded with another TTL: left are those RRsets that others join or leave, and those of
// which a $GENERATE makes records, for they are not compared.
func (z *Zone) ttlHarm(harms []*harm, next *Zone, edits []Edit, touched map[Record]touch) ([]Edit, error) {
	files := map[*File]*harm{}
	sets := map[ownedSet]bool{}
	owners := map[Name]bool{}
	if slices.ContainsFunc(harms, (*harm).generates) {
		owners = z.ownersNear(edits)
	}
	for r := range touched {
		sets[r.ownedSet()] = true
	}
	for _, h := range harms {
		files[h.old] = h
		h.changedSets(sets)
		maps.Copy(owners, h.mixed)
	}
	for owner := range owners {
		for _, r := range z.Node(owner).Records {
			sets[r.ownedSet()] = true
		}
	}
	var repair []Edit
	for s := range sets {
		edits, err := keepTTL(files, next, s, s.in(z))
		if err != nil {
			return nil, err
		}
		repair = append(repair, edits...)
	}
	return repair, nil
}

// generates tells whether a $GENERATE of the file makes records.
func (h *harm) generates() bool {
	return slices.ContainsFunc(h.old.chunks, func(c *chunk) bool { return c.makes > 0 })
}

// ownersNear is the owners of the records that edits change and of those just before and behind them:
// theirs are the runs of lines that may part or meet.
func (z *Zone) ownersNear(edits []Edit) map[Name]bool {
	owners := map[Name]bool{}
	for _, e := range edits {
		if w := z.RowAt(e.File, e.Start).prevRecord(); !w.IsZero() {
			owners[w.Owner()] = true
		}
		behind := 0
		for w := range z.FileRows(e.File, e.Start) {
			if w.Kind() == RowRecord {
				owners[w.Owner()] = true
				if w.Span().Start >= e.End {
					behind++
				}
			}
			if behind > 1 {
				break
			}
		}
	}
	return owners
}

// ownedSet names an RRset, signatures by what they cover.
type ownedSet struct {
	owner Name
	set   setType
}

// ownedSet is the RRset that the record is of.
func (r Record) ownedSet() ownedSet { return ownedSet{r.Owner(), r.setType()} }

// in is the records of the RRset in a version.
func (s ownedSet) in(z *Zone) []Record {
	return slices.DeleteFunc(z.RRset(s.owner, s.set.typ), func(r Record) bool { return r.setType() != s.set })
}

// changedSets finds the RRsets of the records that edits change, take away or write.
func (h *harm) changedSets(sets map[ownedSet]bool) {
	find := func(z *Zone, f *File, s Span) {
		for w := range z.FileRows(f, s.Start) {
			if w.Kind() == RowRecord {
				sets[w.r.ownedSet()] = true
			}
			if w.Span().End >= s.End {
				return
			}
		}
	}
	for i, e := range h.edits.edits {
		if w := h.z.RowAt(h.old, e.Start); e.Len() > 0 || w.IsZero() || w.Span().Start != e.Start || !endsLine([]byte(e.New)) {
			find(h.z, h.old, e.Span)
		} // else lines are written before one that stays as it is
		if start := uint32(int(e.Start) + h.edits.grown[i]); e.New != "" {
			find(h.next, h.now, Span{start, start + uint32(len(e.New))})
		}
	}
}

// keepTTL gives the lines of a set the TTL that it was served with, if those that are not meant to change would
// lose it.
func keepTTL(files map[*File]*harm, next *Zone, s ownedSet, set []Record) ([]Edit, error) {
	stays := slices.ContainsFunc(set, func(r Record) bool {
		h := files[r.file]
		return h == nil || !h.isTouched(r)
	})
	if !stays {
		return nil, nil
	}
	want, now := set[len(set)-1].loadedTTL(), s.in(next)
	if len(now) == 0 || now[len(now)-1].loadedTTL() == want {
		return nil, nil
	}
	var repair []Edit
	for i, r := range now {
		if r.file.reason != "" && i < len(now)-1 {
			continue // the last line's TTL is the one that is served
		}
		edits, err := r.giveTTL(want)
		if err != nil {
			return nil, err
		}
		repair = append(repair, edits...)
	}
	return repair, nil
}

// giveTTL makes a line state a TTL, unless it has it; for a record of a $GENERATE, which would give it to others
// too, there is no such edit.
func (r Record) giveTTL(ttl uint32) ([]Edit, error) {
	if r.TTL() == ttl {
		return nil, nil
	}
	if e := r.protected(); e != nil {
		return nil, e.because(fmt.Errorf("%w: the TTL of %s %s, which cannot be edited", errMeaning, r.Owner(), r.Type()))
	}
	return r.ttlEdit(ttlText(r, ttl)), nil
}
