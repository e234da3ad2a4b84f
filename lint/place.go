package lint

// Where something stands in a file: what a finding underlines is what the user has to look at, no blank and no comment more.

import "github.com/mailzone/mailzone/zonefile"

// written is where a place of the zone is written: the directive, for a record that a $GENERATE makes.
func written(z *zonefile.Zone, f *zonefile.File, s zonefile.Span) (*zonefile.File, zonefile.Span, bool) {
	if f.ReadOnly() == "" || f.Size() == 0 {
		return f, s, false
	}
	r := z.RowAt(f, s.Start).Record()
	if r.IsZero() {
		return f, s, false
	}
	w := r.MadeBy()
	if w.IsZero() {
		return f, s, false
	}
	return w.File(), w.Words(), true
}
