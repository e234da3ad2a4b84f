package zonefile

import (
	"slices"
)

// A name with very many records is gone through once, and its records are kept by type: the questions that others
// ask about it, thousands of them perhaps, then cost what they are answered with. So is one that had very many in an older
// version, whose index still leads there.

// crowdSize is how many records of a name are gone through for a question.
const crowdSize = 64

// crowd is the records of one name, in the order BIND reads them.
type crowd struct {
	all    []Record
	byType map[Type][]Record
}

// crowd is the records of a name that is known to have very many; nil for others.
func (z *Zone) crowd(n Name) *crowd {
	if !z.crowds.some.Load() {
		return nil
	}
	c, _ := z.crowds.names.Load(n)
	found, _ := c.(*crowd)
	return found
}

// gatherCrowd gathers the records of a name that turned out to have very many.
func (z *Zone) gatherCrowd(n Name) *crowd {
	c := &crowd{byType: map[Type][]Record{}}
	z.view().each(z, n, func(r Record) bool {
		c.all = append(c.all, r)
		c.byType[r.Type()] = append(c.byType[r.Type()], r)
		return true
	})
	z.crowds.names.Store(n, c)
	z.crowds.some.Store(true)
	return c
}

// of is the records of a type, ANY for all. They are not to be changed.
func (c *crowd) of(t Type) []Record {
	if t == TypeANY {
		return c.all
	}
	return c.byType[t]
}

// gather is the records of a name that are of a type, ANY for all, or of another one; nil if there are none. It tells
// whether the name has any records. Those of a crowd come one type after the other.
func (z *Zone) gather(n Name, t, also Type) (found []Record, owned bool) {
	c := z.crowd(n)
	if c == nil {
		var few [8]Record
		out, count := few[:0], 0
		walked := z.view().each(z, n, func(r Record) bool {
			if t == TypeANY || r.Type() == t || r.Type() == also {
				out = append(out, r)
			}
			count++
			return count <= crowdSize
		})
		switch {
		case walked > crowdSize:
		case len(out) == 0:
			return nil, count > 0
		default:
			return slices.Clone(out), true
		}
		c = z.gatherCrowd(n)
	}
	found = slices.Clone(c.of(t))
	if also != t && t != TypeANY {
		found = append(found, c.of(also)...)
	}
	return slices.Clip(found), len(c.all) > 0
}

// first is the first record of a name that is of a type, ANY for all; false if there is none.
func (z *Zone) first(n Name, t Type) (found Record, ok bool) {
	c := z.crowd(n)
	if c == nil {
		count := 0
		walked := z.view().each(z, n, func(r Record) bool {
			if ok = t == TypeANY || r.Type() == t; ok {
				found = r
			}
			count++
			return !ok && count <= crowdSize
		})
		if walked <= crowdSize {
			return found, ok
		}
		c = z.gatherCrowd(n)
	}
	if set := c.of(t); len(set) > 0 {
		return set[0], true
	}
	return Record{}, false
}
