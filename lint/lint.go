package lint

// The way in: who runs rules names the list of all here, so that neither a rule nor what runs it needs the list it is in.

import (
	"iter"

	"github.com/mailzone/mailzone/zonefile"
)

// Run finds what is wrong with zones that are loaded together, sorted by file, line and column. A name
// in any of the zones counts as inside.
func Run(zones []*zonefile.Zone, opt Options) []Diagnostic {
	var all []Diagnostic
	for d := range Each(zones, opt) {
		all = append(all, *d)
	}
	return all
}

// Each is Run for who wants to hold few findings at a time: they come while names are still visited.
func Each(zones []*zonefile.Zone, opt Options) iter.Seq[*Diagnostic] {
	return func(yield func(*Diagnostic) bool) { newSchedule(All, zones, opt).each(true)(yield) }
}

// EachAt is Each without what is found at names that nobody wants to know of. More than that is yielded where names cannot be
// told apart: of comments that silence rules all findings tell whether they do, and of a $GENERATE what many names share. An MX
// counts for the names of all MX.
func EachAt(zones []*zonefile.Zone, opt Options, wanted func(zonefile.Name) bool) iter.Seq[*Diagnostic] {
	return func(yield func(*Diagnostic) bool) {
		s := newSchedule(All, zones, opt)
		if !s.entwined() {
			s.wanted = wanted
		}
		s.each(true)(yield)
	}
}

// Start is what Run finds, in a report that the run after an edit goes on from.
func Start(zones []*zonefile.Zone, opt Options) *Report { return start(All, zones, opt) }

// Find is the rule with a name; nil if there is none.
func Find(name string) *Rule {
	for _, r := range All {
		if r.Name == name {
			return r
		}
	}
	return nil
}
