package lint

// All fixes that nobody has to be asked about, made one after the other: each is made in the zone as the one before left it.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// maxFixes is how many fixes FixAll makes of one zone: none of them may come back for ever.
const maxFixes = 10_000

// FixAll makes the safe fixes for a zone that is loaded together with others, as one list of edits, and counts
// them. The zone is examined again after each: a fix may mend two findings, or change what another would do.
func FixAll(z *zonefile.Zone, beside []*zonefile.Zone, opt Options) (edits []zonefile.Edit, fixed int, err error) {
	return NewFixer(append([]*zonefile.Zone{z}, beside...), opt).Fix(z)
}

// Fixer makes the safe fixes of zones that are loaded together, one zone after the other. All of them are
// examined once, and then only what a fix can reach.
type Fixer struct {
	report *Report
	Fixed  func() bool // hears of each fix that is made, and tells whether to go on; nil: to the end
}

// NewFixer examines zones.
func NewFixer(zones []*zonefile.Zone, opt Options) *Fixer { return &Fixer{report: Start(zones, opt)} }

// Fix makes the safe fixes of one of the zones, as one list of edits, and counts them. From then on the fixed zone
// stands in its place.
func (x *Fixer) Fix(z *zonefile.Zone) (edits []zonefile.Edit, fixed int, err error) {
	last, made, done := z, []zonefile.Edit(nil), false
	step := func(now *zonefile.Zone) ([]zonefile.Edit, error) {
		if done {
			return nil, nil
		}
		if now != last {
			x.report = x.report.After(last, now, made)
			last, fixed = now, fixed+1
			if x.Fixed != nil && !x.Fixed() {
				done = true
				return nil, nil
			}
		}
		made = x.firstSafe(now)
		done = made == nil
		return made, nil
	}
	edits, err = zonefile.Chain(z, slices.Repeat([]func(*zonefile.Zone) ([]zonefile.Edit, error){step}, maxFixes+1)...)
	return edits, fixed, err
}

// firstSafe is the edits of the first safe fix for a zone; nil if there is none. One that cannot be made, as in a
// file that may not be written, is left to the user, who is still told the finding.
func (x *Fixer) firstSafe(z *zonefile.Zone) []zonefile.Edit {
	for _, d := range x.report.Diagnostics {
		if d.Zone != z {
			continue
		}
		if fix, ok := d.SafeFix(); ok {
			if edits, err := fix.Edits(z); err == nil && len(edits) > 0 {
				return edits
			}
		}
	}
	return nil
}
