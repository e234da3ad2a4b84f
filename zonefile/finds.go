package zonefile

// What is found of a search in a version of a zone, as far as it was looked at. Finds never change: to look further gives others,
// so that a screen shows some while more are looked for beside it. They are kept as numbers of rows, two bytes for each, by the
// chunks that versions share: another version, and a longer text, look again only where they have to.

import (
	"slices"
	"sort"
)

// Finds is the rows of a version that have what is looked for, in the order BIND reads them, as far as was looked.
type Finds struct {
	search *Search
	zone   *Zone
	places *chunkPlaces
	rows   [][]uint16 // by chunk; nil where nobody has looked yet
	ends   []int      // how many there are up to each chunk
	next   int        // the chunk that is looked at next, going round
	left   int        // how many are not looked at yet
	read   int        // how many bytes were read for that

	narrower [][]uint16 // what a shorter text has found, where it was looked for; nil: anything
	shorter  *Finds     // what that is of, in the same version: who takes letters back finds it again; nil for none
	depth    int        // how many there are of those
}

// mostShorter is how many shorter texts are remembered: as many as letters that people take back.
const mostShorter = 16

// chunkPlaces is where the chunks of a version stand.
type chunkPlaces struct {
	list []Row // the first of each
	at   map[*chunk]int
}

// Find begins to look for something, at a row first and going round; nothing is looked at yet but what was found before, of this
// version or another.
func (z *Zone) Find(s *Search, near Row, before *Finds) *Finds {
	f := &Finds{search: s, zone: z}
	if before != nil && before.zone == z {
		f.places = before.places
	} else {
		f.places = z.chunkPlaces()
	}
	f.rows = make([][]uint16, len(f.places.list))
	f.left = len(f.rows)
	if !near.IsZero() && near.r.z == z {
		f.next = f.places.at[near.r.c()]
	}
	if before != nil {
		f.take(before)
	}
	f.count()
	return f
}

// chunkPlaces numbers the chunks.
func (z *Zone) chunkPlaces() *chunkPlaces {
	at, chunks := z.spots()
	p := &chunkPlaces{make([]Row, len(chunks)), make(map[*chunk]int, len(chunks))}
	for i, c := range chunks {
		p.at[c] = i
		p.list[i] = Row{Record{z, at[c].file, at[c].chunk, 0}}
	}
	return p
}

// take takes over what was found before, of this text or a shorter one, if it is of use.
func (f *Finds) take(before *Finds) {
	for before != nil && !f.search.equals(before.search) && !f.search.narrows(before.search) {
		before = before.shorter
	}
	if before == nil {
		return
	}
	same := f.search.equals(before.search)
	if f.remember(before, same); !same {
		f.narrower = make([][]uint16, len(f.rows))
	}
	for i, first := range f.places.list {
		n, has := before.places.at[first.r.c()]
		switch {
		case !has || before.rows[n] == nil:
		case same:
			f.rows[i] = before.rows[n]
			f.left--
		default:
			f.narrower[i] = before.rows[n]
		}
	}
}

// remember keeps what was found of shorter texts. Other versions are left to go.
func (f *Finds) remember(before *Finds, same bool) {
	switch {
	case before.zone != f.zone:
	case same:
		f.shorter, f.depth = before.shorter, before.depth
	case before.depth < mostShorter:
		f.shorter, f.depth = before, before.depth+1
	default:
		cut := *before
		cut.shorter, cut.depth = nil, 0
		f.shorter, f.depth = &cut, 1
	}
}

// count counts what is found.
func (f *Finds) count() {
	f.ends = make([]int, len(f.rows))
	n := 0
	for i, rows := range f.rows {
		n += len(rows)
		f.ends[i] = n
	}
}

// Look looks further, until all is looked at or it is enough, which is asked from time to time with how many rows are found, and how
// many bytes were read to find them: an index spares most, and what it does not spare is what a search costs.
func (f *Finds) Look(enough func(found, read int) bool) *Finds {
	out := *f
	out.rows = slices.Clone(f.rows)
	h, found := newHunt(f.search), f.Count()
	for out.left > 0 {
		i := out.next
		if out.next = (i + 1) % len(out.rows); out.rows[i] != nil {
			continue
		}
		var among []uint16
		if out.narrower != nil {
			among = out.narrower[i]
		}
		out.rows[i] = h.chunkRows(out.places.list[i], among)
		found += len(out.rows[i])
		out.read += h.read
		if out.left--; enough(found, out.read) {
			break
		}
	}
	out.count()
	return &out
}

// Search is what is looked for.
func (f *Finds) Search() *Search { return f.search }

// Zone is the version that is looked in.
func (f *Finds) Zone() *Zone { return f.zone }

// All tells whether all was looked at.
func (f *Finds) All() bool { return f.left == 0 }

// Left is how many parts of the version are not looked at yet.
func (f *Finds) Left() int { return f.left }

// Read is how many bytes were read to find them.
func (f *Finds) Read() int { return f.read }

// Count is how many rows are found.
func (f *Finds) Count() int {
	if len(f.ends) == 0 {
		return 0
	}
	return f.ends[len(f.ends)-1]
}

// At is a row that is found, by its number from 0.
func (f *Finds) At(n int) Row {
	i := sort.Search(len(f.ends), func(i int) bool { return f.ends[i] > n })
	w := f.places.list[i]
	w.r.entry = int32(f.rows[i][n-f.before(i)])
	return w
}

// before is how many rows are found before a chunk.
func (f *Finds) before(i int) int {
	if i == 0 {
		return 0
	}
	return f.ends[i-1]
}

// From is the number of the first row found that is a row or stands behind it, and whether it is that row.
func (f *Finds) From(w Row) (n int, is bool) {
	i, has := f.places.at[w.r.c()]
	if !has {
		return 0, false
	}
	n, is = slices.BinarySearch(f.rows[i], uint16(w.r.entry))
	return f.before(i) + n, is
}
