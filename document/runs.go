package document

// Keys that turn one number step by step are one change: who raised a preference by seven undoes it once, and reads one name
// for it, that of the result. A run ends with a change of anything else, and with a save: what is on disk stays a version of
// its own.

import "github.com/mailzone/mailzone/zonefile"

// Edited is what a change did: of a run, all of it.
type Edited struct {
	From, To *zonefile.Zone
	Edits    []zonefile.Edit // of From
	Was, Is  zonefile.Row    // the row that the cursor stays on, before and after; zero if there is none
}

// In is a record of before, after the change; zero if it is gone.
func (e Edited) In(r zonefile.Record) zonefile.Record { return r.Row().In(e.To, e.Edits).Record() }

// behind is a change together with the run that it goes on with, which began at a version.
func (e Edited) behind(from *zonefile.Zone, before run, edits []zonefile.Edit) Edited {
	e.From, e.Was, e.Edits = from, before.first, from.Compose(edits, e.Edits)
	return e
}

// idle is a change that came back to where it began.
func (e Edited) idle() Edited {
	e.To, e.Edits, e.Is = e.From, nil, e.Was
	return e
}

// run is the row of a run of changes, before the first of them and after the last.
type run struct{ first, last zonefile.Row }

// endsAt tells whether a change of a row goes on with the run.
func (r run) endsAt(w zonefile.Row) bool { return !w.IsZero() && r.last == w }
