package lint

// What visits look up can be watched. The names that an edit reaches are found without it (reach.go); TestReached holds against it
// that none is missing.

import "github.com/mailzone/mailzone/zonefile"

// visitor is a name of a zone that rules visit.
type visitor struct {
	zone int
	name zonefile.Name
}

// recorder tells what a visit looks up.
type recorder struct {
	tell func(n zonefile.Name) // nil where nobody watches
}

// look tells that a name was looked up.
func (r *recorder) look(n zonefile.Name) {
	if r.tell != nil {
		r.tell(n)
	}
}

// exists tells that it was asked whether anything is at a name or below it: as a look-up of a name that nobody has.
func (r *recorder) exists(n zonefile.Name) {
	if r.tell != nil {
		r.tell("\\000." + n)
	}
}

// answer tells every name that an answer came from.
func (r *recorder) answer(n zonefile.Name, a zonefile.Answer) {
	if r.tell == nil { // nearly always
		return
	}
	r.tell(n)
	for _, via := range a.Via {
		r.tell(via.Owner())
	}
	r.tell(a.Name)
}
