package zonefile

import "iter"

// Which records an edit elsewhere may concern: those that lead to a name, and those below one. A chunk tells by some bits
// what its MX, CNAME, NS and SRV records lead to, as it tells whose kin it has: a zone of a million records is not gone through for
// an edit of one.

// Unshared is the records of z in chunks that another version has not, in the order BIND reads them.
func (z *Zone) Unshared(other *Zone) []Record {
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

// Concerned yields the records of all chunks in which there may be an MX, CNAME, NS or SRV record that leads to one of some names, or
// below one of others, or a record whose owner is one of those or below it. Others are among them: who asks has to look.
func (z *Zone) Concerned(names, tops []Name) iter.Seq[Record] {
	leads, kin := make([]uint64, 0, len(names)+len(tops)), make([]uint64, 0, len(tops))
	for _, n := range names {
		leads = append(leads, kinHash(n))
	}
	for _, n := range tops {
		leads, kin = append(leads, aboveHash(n), kinHash(n)), append(kin, kinHash(n))
	}
	may := func(c *chunk) bool {
		for _, h := range leads {
			if c.mayLead(h) {
				return true
			}
		}
		for _, h := range kin {
			if c.hasKin(h) {
				return true
			}
		}
		return false
	}
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

// leadField is the RDATA token with the name that a record leads mail to, or that it is served by.
func (t Type) leadField() (int, bool) {
	switch t {
	case TypeMX, TypeCNAME, TypeNS, TypeSRV:
		return t.targetField()
	}
	return 0, false
}

// findLeads hashes what records of the chunk lead to, and the names above that.
func (c *chunk) findLeads() marks {
	var hashes []uint64
	var recent [64]uint64
	add := func(h uint64) (fresh bool) {
		at := &recent[h>>58]
		if fresh = *at != h; fresh {
			*at = h
			one, two := twice(h)
			hashes = append(hashes, one, two)
		}
		return fresh
	}
	var buf [maxName + 1]byte
	f := newFile("", []*chunk{c})
	for i := range c.entries {
		e := &c.entries[i]
		n, leads := e.typ.leadField()
		if e.kind != kindRecord || !leads {
			continue
		}
		r := Record{nil, f, 0, int32(i)}
		name, plain := appendPlain(buf[:0], r.word(n), c.origin(i))
		if !plain {
			target, ok := r.Target()
			if !ok {
				continue
			}
			name = append(buf[:0], target...)
		}
		if !add(hashBack(hashStart, name)) {
			continue
		}
		for a := Name(name).Parent(); a != "" && a != Root && add(aboveHash(a)); {
			a = a.Parent()
		}
	}
	return newMarks(hashes)
}
