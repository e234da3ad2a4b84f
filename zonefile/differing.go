package zonefile

// Which records two versions do not have in common. An edit of thousands of lines that stand all over a file leaves no part of it
// shared, and yet nearly every line says what it said: lines that are the same, one behind the other, are found without reading what
// they say.

import (
	"bytes"
	"slices"
)

// Differing is the records of two versions that may say something else, in the order BIND reads them: all but those in parts that
// both share, and those whose lines are the same in both for as long. Where one line of an RRset is among them, so are the others
// that stand in the same parts between the first such line and the last: lines that change places may give a set another TTL.
func (z *Zone) Differing(next *Zone) (was, is []Record) {
	was, is = z.unshared(next), next.unshared(z)
	head := 0
	for head < min(len(was), len(is)) && was[head].says(is[head]) {
		head++
	}
	was, is = was[head:], is[head:]
	for len(was) > 0 && len(is) > 0 && was[len(was)-1].says(is[len(is)-1]) {
		was, is = was[:len(was)-1], is[:len(is)-1]
	}
	gone, come := align(was, is)
	sets := map[setKey]bool{}
	for _, list := range [][]Record{gone, come} {
		for _, r := range list {
			sets[setKey{r.Owner(), r.Type()}] = true
		}
	}
	return z.withKin(gone, was, sets), next.withKin(come, is, sets)
}

// withKin adds to some records of a list those of it that belong to some RRsets.
func (z *Zone) withKin(some, all []Record, sets map[setKey]bool) []Record {
	if len(some) == len(all) {
		return all
	}
	wanted := make(map[Record]bool, len(some))
	for _, r := range some {
		wanted[r] = true
	}
	for key := range sets {
		for _, r := range z.RRset(key.owner, key.typ) {
			wanted[r] = true
		}
	}
	return slices.DeleteFunc(all, func(r Record) bool { return !wanted[r] })
}

// unshared is the records of z in chunks that another version has not, in the order BIND reads them.
func (z *Zone) unshared(other *Zone) []Record {
	shared, _ := other.spots()
	var out []Record
	var walk func(f *File)
	walk = func(f *File) {
		for ci, c := range f.chunks {
			if _, both := shared[c]; both { // and so has what it includes
				continue
			}
			for i := range c.entries {
				if c.entries[i].kind == kindRecord {
					out = append(out, Record{z, f, int32(ci), int32(i)})
				}
			}
			if c.included != nil {
				walk(c.included)
			}
		}
	}
	walk(z.root)
	return out
}

// says tells whether another record says the same by the same text, for as long: an owner and a TTL that are not written come from
// above. Owners that are written alike are not read.
func (r Record) says(o Record) bool {
	c, d := r.c(), o.c()
	if c.inherited[r.entry].ttl != d.inherited[o.entry].ttl || !bytes.Equal(c.bytes(int(r.entry)), d.bytes(int(o.entry))) || r.Origin() != o.Origin() {
		return false
	}
	from, other := c.inherited[r.entry].from, d.inherited[o.entry].from
	if from != fromState && other != fromState && bytes.Equal(c.ownerText(int(from)), d.ownerText(int(other))) && c.origin(int(from)) == d.origin(int(other)) {
		return true
	}
	return r.Owner() == o.Owner()
}

// How far is looked for lines that both have again where they part: for other lines in the place of some, and for lines that came
// or went. Where that is in vain for long, two texts have little in common, and it is tried now and then.
const (
	fewOthers  = 8
	fewMore    = 64
	vainFor    = 256
	triedEvery = 32
)

// align is what is not the same in two lists of records, each in its order.
func align(was, is []Record) (gone, come []Record) {
	vain := 0
	for len(was) > 0 && len(is) > 0 {
		if was[0].says(is[0]) {
			was, is, vain = was[1:], is[1:], 0
			continue
		}
		a, b := 1, 1
		if vain++; vain < vainFor || vain%triedEvery == 0 {
			a, b = meet(was, is)
		}
		gone, come = append(gone, was[:a]...), append(come, is[:b]...)
		was, is = was[a:], is[b:]
	}
	return append(gone, was...), append(come, is...)
}

// meet is how many records of two lists stand before the next that both have; one of each where none is near.
func meet(was, is []Record) (a, b int) {
	at := func(a, b int) bool { return a < len(was) && b < len(is) && was[a].says(is[b]) }
	for d := 1; d <= fewMore; d++ {
		switch {
		case d <= fewOthers && at(d, d):
			return d, d
		case at(d, 0):
			return d, 0
		case at(0, d):
			return 0, d
		}
		for k := 1; k < d && d <= fewOthers; k++ {
			switch {
			case at(d, k):
				return d, k
			case at(k, d):
				return k, d
			}
		}
	}
	return 1, 1
}
