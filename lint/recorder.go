package lint

// The names that visits looked up, so that the run after an edit knows which names to visit again.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// visitor is a name of a zone that a rule visited.
type visitor struct {
	zone int
	name zonefile.Name
}

// dependence says that the visit of one name looked another one up.
type dependence struct{ read, name zonefile.Name }

// recorder keeps what visits look up.
type recorder struct {
	tracking bool            // what is looked up is kept
	reads    []zonefile.Name // what this visit looked up
	kept     []dependence    // what earlier visits looked up
}

// look remembers that a name was looked up.
func (r *recorder) look(n zonefile.Name) {
	if r.tracking {
		r.reads = append(r.reads, n)
	}
}

// answer remembers every name that an answer came from.
func (r *recorder) answer(n zonefile.Name, a zonefile.Answer) {
	r.look(n)
	for _, via := range a.Via {
		if via.Owner() != n {
			r.look(via.Owner())
		}
	}
	if a.Name != n {
		r.look(a.Name)
	}
}

// end ends the visit of a name: what it looked up in some zones is kept.
func (r *recorder) end(visited zonefile.Name, in zonefile.Zones) {
	slices.Sort(r.reads)
	for _, n := range slices.Compact(r.reads) {
		if in.Deepest(n) != nil {
			r.kept = append(r.kept, dependence{n, visited})
		}
	}
	r.reads = r.reads[:0]
}

// remember writes what was kept of a zone into readers.
func (r *recorder) remember(zone int, readers map[zonefile.Name][]visitor) {
	for _, d := range r.kept {
		readers[d.read] = append(readers[d.read], visitor{zone, d.name})
	}
	r.kept = nil
}
