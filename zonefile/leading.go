package zonefile

import (
	"bytes"
	"iter"
	"slices"
)

// Which records an edit elsewhere may concern: those that lead to a name, and those below one. A chunk tells by some bits
// what its records lead to, as it tells whose kin it has: a zone of a million records is not gone through for an edit of one.

// concern is what records are looked for: that lead to a name or below one, or stand below one.
type concern struct {
	leads, kin []uint64
	own        map[*chunk]bool // that hold records of the tops themselves
	tops       []Name
}

// newConcern is about records that lead to some names, or lead below others or stand at them or below.
func (z *Zone) newConcern(names, tops []Name) concern {
	c := concern{tops: tops, own: map[*chunk]bool{}}
	for _, n := range names {
		c.leads = append(c.leads, kinHash(n))
	}
	for _, n := range tops {
		c.leads, c.kin = append(c.leads, aboveHash(n), kinHash(n)), append(c.kin, kinHash(n))
		for _, r := range z.Node(n).Records {
			c.own[r.c()] = true
		}
	}
	return c
}

// in tells whether a chunk may have such records; its no is sure.
func (q *concern) in(c *chunk) bool {
	return q.own[c] || slices.ContainsFunc(q.leads, c.mayLead) || slices.ContainsFunc(q.kin, c.hasKin)
}

// Concerned yields the records of all chunks in which there may be a record that leads to one of some names, or
// below one of others, or a record whose owner is one of those or below it. Others are among them: who asks has to look.
func (z *Zone) Concerned(names, tops []Name) iter.Seq[Record] {
	q := z.newConcern(names, tops)
	return z.chunksOf(q.in)
}

// mostMarked is how many names are looked for chunk by chunk; for more all records are gone through.
const mostMarked = 1024

// Leading yields the records that lead to one of some names, or to one of some tops or below it, and those whose owner is
// such a top or below it. By a text, an SPF record leads to the names in it; a relative name also leads where it would with
// a final dot. Two names may have one hash, and of others a record may only seem to speak: a few are yielded that do not lead there.
func (z *Zone) Leading(names, tops []Name) iter.Seq[Record] {
	q := z.newConcern(names, tops)
	wanted := make(map[uint64]bool, len(q.leads))
	for _, h := range q.leads {
		wanted[h] = true
	}
	may := q.in
	if len(q.leads) > mostMarked {
		may = func(*chunk) bool { return true }
	}
	below := newBelow(tops)
	return func(yield func(Record) bool) {
		var l *leader
		hit := false
		for r := range z.chunksOf(may) {
			c, i := r.c(), int(r.entry)
			if l == nil || l.c != c {
				l = newLeader(c, func(h uint64) { hit = hit || wanted[h] })
			}
			l.forget()
			hit = below.owns(c, i)
			if l.entry(i); hit && !yield(r) {
				return
			}
		}
	}
}

// below tells which owners are some names or stand below them, for as little of many names as of one.
type below struct {
	tops map[Name]bool
	room [maxName]byte
	c    *chunk // of the owner that was asked for last, and the entry that names it
	from uint16
	is   bool
}

// newBelow is about some names.
func newBelow(tops []Name) *below {
	b := &below{tops: make(map[Name]bool, len(tops))}
	for _, top := range tops {
		b.tops[top] = true
	}
	return b
}

// owns tells whether the owner of entry i of a chunk is one of the names or below one.
func (b *below) owns(c *chunk, i int) bool {
	if len(b.tops) == 0 {
		return false
	}
	from := c.inherited[i].from
	if c != b.c || from != b.from {
		b.c, b.from, b.is = c, from, b.has(c.ownerBytes(i, b.room[:0]))
	}
	return b.is
}

// has tells whether a name is one of the names or below one.
func (b *below) has(name []byte) bool {
	if bytes.IndexByte(name, '\\') >= 0 { // it may hold an escaped dot
		n := Name(name)
		for n != "" && !b.tops[n] {
			n = n.Parent()
		}
		return n != ""
	}
	for len(name) > 0 && !b.tops[Name(name)] {
		if name = name[bytes.IndexByte(name, '.')+1:]; len(name) == 0 {
			return b.tops[Root]
		}
	}
	return len(name) > 0
}

// chunksOf yields the records of some chunks.
func (z *Zone) chunksOf(may func(*chunk) bool) iter.Seq[Record] {
	return func(yield func(Record) bool) { z.root.concerned(z, may, yield) }
}

// Entries is how many entries the files of the zone have, records and others: what it costs at most to go through its records.
func (z *Zone) Entries() int {
	n := 0
	for f := range z.allFiles() {
		for _, c := range f.chunks {
			n += len(c.entries)
		}
	}
	return n
}

// IndexLeads finds out what Concerned goes by, for who has the time: the first question does not wait for it then.
func (z *Zone) IndexLeads() {
	for f := range z.allFiles() {
		for _, c := range f.chunks {
			c.mayLead(0)
		}
	}
}

// concerned yields the records of chunks of f and of what it includes.
func (f *File) concerned(z *Zone, may func(*chunk) bool, yield func(Record) bool) bool {
	for ci, c := range f.chunks {
		for i := range c.entries {
			if i == 0 && !may(c) {
				break
			}
			if c.entries[i].kind == kindRecord && !yield(Record{z, f, int32(ci), int32(i)}) {
				return false
			}
		}
		if c.included != nil && !c.included.concerned(z, may, yield) {
			return false
		}
	}
	return true
}

// aboveHash is the hash of "something below a name".
func aboveHash(n Name) uint64 { return ofType(kinHash(n), 0) }

// mayLead tells whether a record of the chunk may lead to what a hash stands for; its no is sure.
func (c *chunk) mayLead(hash uint64) bool {
	c.leadsOnce.Do(func() { c.leads = c.findLeads() })
	one, two := twice(hash)
	return c.leads.has(one) && c.leads.has(two)
}

// findLeads hashes what records of the chunk lead to, and the names above that.
func (c *chunk) findLeads() marks {
	hashes := make([]uint64, 0, len(c.entries)/2+8)
	l := newLeader(c, func(h uint64) {
		one, two := twice(h)
		hashes = append(hashes, one, two)
	})
	for i := range c.entries {
		l.entry(i)
	}
	return newMarks(hashes)
}
