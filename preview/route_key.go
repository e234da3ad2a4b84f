package preview

// What tells routes apart in the map: the names that records lead to, tier by tier. A zone may have a million names and as
// many routes, so nothing is made for a name whose route is known.

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// tiers is room for the names that the records of a name lead to.
type tiers struct {
	hops []hop
	text []byte
}

// hop is a name that a record leads to, by its place in the text, in a tier.
type hop struct {
	preference uint16
	from, to   int
}

// write adds to a key where the records of a type lead, tier by tier, and sorted within a tier.
func (t *tiers) write(key []byte, records []zonefile.Record, of zonefile.Type) []byte {
	t.hops, t.text = t.hops[:0], t.text[:0]
	for _, r := range records {
		if r.Type() == of {
			p, _ := r.Preference()
			from := len(t.text)
			t.text, _ = r.AppendTarget(t.text)
			t.hops = append(t.hops, hop{p, from, len(t.text)})
		}
	}
	slices.SortFunc(t.hops, func(a, b hop) int {
		return cmp.Or(cmp.Compare(a.preference, b.preference), bytes.Compare(t.name(a), t.name(b)))
	})
	for i, h := range t.hops {
		if i > 0 && h.preference != t.hops[i-1].preference {
			key = append(key, '>')
		}
		key = append(append(key, t.name(h)...), ' ')
	}
	return key
}

// name is the name of a hop.
func (t *tiers) name(h hop) []byte { return t.text[h.from:h.to] }

// targets writes the names that records lead to, sorted.
func targets(rs []zonefile.Record) string {
	var names []string
	for _, r := range rs {
		t, _ := r.Target()
		names = append(names, string(t))
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// numbering numbers routes. Keys meet by hash, so a million names cost no more than a million look-ups.
type numbering struct {
	ids   map[string]int32
	sizes []int // how many names share each
}

// id is the number of the route with a key, as they come.
func (r *numbering) id(key []byte) int32 {
	id, known := r.ids[string(key)]
	if !known {
		id = int32(len(r.sizes))
		r.ids[string(key)] = id
		r.sizes = append(r.sizes, 0)
	}
	r.sizes[id]++
	return id
}

// rank gives the routes of names the numbers by how many names share them: 1 is the route of most.
func (r *numbering) rank(names []Mailbox) {
	ids := make([]int, len(r.sizes))
	for i := range ids {
		ids[i] = i
	}
	slices.SortStableFunc(ids, func(a, b int) int { return cmp.Compare(r.sizes[b], r.sizes[a]) })
	rank := make([]int32, len(ids))
	for i, id := range ids {
		rank[id] = int32(i + 1)
	}
	for i := range names {
		names[i].Route = rank[names[i].Route]
	}
}
