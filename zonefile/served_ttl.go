package zonefile

// An RRset has one TTL. Where its lines state different ones BIND takes one of them (RRsetTTL), so a line
// that goes, comes or moves may change what another RRset is served with. ttlHarm repairs that: all lines
// of the RRset are given the TTL that it was served with.

import (
	"fmt"
	"maps"
	"slices"
)

// ttlHarm is the repair of the RRsets whose served TTL the edits change without touching all of it.
func (z *Zone) ttlHarm(harms []*harm, next *Zone, edits []Edit) ([]Edit, error) {
	files := map[*File]*harm{}
	owners := z.ownersNear(edits)
	for _, h := range harms {
		files[h.old] = h
		maps.Copy(owners, h.mixed)
	}
	var repair []Edit
	for owner := range owners {
		for _, set := range z.Node(owner).sets() {
			edits, err := keepTTL(files, next, set)
			if err != nil {
				return nil, err
			}
			repair = append(repair, edits...)
		}
	}
	return repair, nil
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

// keepTTL gives the lines of a set the TTL that it was served with, if those that are not meant to change would
// lose it.
func keepTTL(files map[*File]*harm, next *Zone, set []Record) ([]Edit, error) {
	stays := slices.ContainsFunc(set, func(r Record) bool {
		h := files[r.file]
		return h == nil || !h.isTouched(r)
	})
	if !stays {
		return nil, nil
	}
	want := set[len(set)-1].loadedTTL()
	var now []Record
	for _, r := range next.RRset(set[0].Owner(), set[0].Type()) {
		if r.SameSet(set[0]) {
			now = append(now, r)
		}
	}
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
