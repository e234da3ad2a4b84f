package zonefile

import (
	"cmp"
	"slices"
)

// The records of a name, as a version finds them: through the index of an older one, and its own where it has none.

// view finds the version's view: through the index of an older version, or through one of its own where
// there is none or it is far away.
func (z *Zone) view() *view {
	z.viewOnce.Do(func() {
		at, chunks := z.spots()
		var v *view
		if z.older != nil {
			v = newView(z.older, at, chunks)
		}
		if v == nil || v.isFar(chunks) {
			v = newView(buildIndex(chunks, nil), at, chunks)
		}
		z.seen.Store(v)
	})
	return z.seen.Load()
}

// index is the newest index that there is for z or a version before it; nil if nobody needed one.
func (z *Zone) index() *index {
	if v := z.seen.Load(); v != nil {
		return v.base
	}
	return z.older
}

// spots numbers the chunks in the order BIND reads them.
func (z *Zone) spots() (map[*chunk]spot, []*chunk) {
	at := map[*chunk]spot{}
	var chunks []*chunk
	var visit func(f *File)
	visit = func(f *File) {
		for i, c := range f.chunks {
			at[c] = spot{f, int32(i), int32(len(chunks))}
			chunks = append(chunks, c)
			if c.included != nil {
				visit(c.included)
			}
		}
	}
	visit(z.root)
	return at, chunks
}

// each calls f with the records of a name, in the order BIND reads them, until f returns false. It tells how many places
// of the name were gone through, those of chunks that are gone included.
func (v *view) each(z *Zone, n Name, f func(Record) bool) (walked int) {
	if !v.ordered || v.isFresh(n) {
		records, walked := v.merged(z, n)
		for _, r := range records {
			if !f(r) {
				break
			}
		}
		return walked
	}
	v.base.each(n, func(p place) bool {
		walked++
		return !v.inBase[p.chunk] || f(v.record(z, p))
	})
	return walked
}

// record is the record at a place of the base.
func (v *view) record(z *Zone, p place) Record {
	s := &v.order[p.chunk]
	return Record{z, s.file, s.chunk, p.entry}
}

// merged is the records of a name from the base and from the version's own chunks, and how many places it went through.
func (v *view) merged(z *Zone, n Name) (out []Record, walked int) {
	v.base.each(n, func(p place) bool {
		walked++
		if v.inBase[p.chunk] {
			out = append(out, v.record(z, p))
		}
		return true
	})
	for _, c := range v.fresh {
		s := v.at[c]
		c.alone().each(n, func(p place) bool {
			walked++
			out = append(out, Record{z, s.file, s.chunk, p.entry})
			return true
		})
	}
	slices.SortStableFunc(out, func(a, b Record) int {
		return cmp.Or(cmp.Compare(v.at[a.c()].rank, v.at[b.c()].rank), cmp.Compare(a.entry, b.entry))
	})
	return out, walked
}
