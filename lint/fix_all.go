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
	Fixed  func() bool                         // hears of each fix that is made, and tells whether to go on; nil: to the end
	Picks  func(d Diagnostic) (f Fix, ok bool) // the fix that a finding gets; nil: the safe one
	left   map[said]int                        // of the findings of a zone that fixes are picked for
	Mended []Diagnostic                        // what was fixed, in its order
}

// NewFixer examines zones.
func NewFixer(zones []*zonefile.Zone, opt Options) *Fixer { return &Fixer{report: Start(zones, opt)} }

// Fix makes the safe fixes of one of the zones, as one list of edits, and counts them. From then on the fixed zone
// stands in its place.
func (x *Fixer) Fix(z *zonefile.Zone) (edits []zonefile.Edit, fixed int, err error) {
	last, done, most := z, false, x.count(z)
	var made []zonefile.Edit
	var of Diagnostic
	step := func(now *zonefile.Zone) ([]zonefile.Edit, error) {
		if done {
			return nil, nil
		}
		if now != last {
			x.report = x.report.After(last, now, made)
			last, fixed, x.Mended = now, fixed+1, append(x.Mended, of)
			if x.Fixed != nil && !x.Fixed() {
				done = true
				return nil, nil
			}
		}
		of, made = x.first(now)
		done = made == nil || fixed == most
		if done {
			made = nil
		}
		return made, nil
	}
	edits, err = zonefile.Chain(z, slices.Repeat([]func(*zonefile.Zone) ([]zonefile.Edit, error){step}, most+1)...)
	return edits, fixed, err
}

// count counts the findings that fixes are picked for, and says how many fixes are made at most. A fix that guesses may leave what it
// was for: it is made as often as it was found, and not for ever.
func (x *Fixer) count(z *zonefile.Zone) (most int) {
	if x.Picks == nil {
		return maxFixes
	}
	x.left = map[said]int{}
	for i := range x.report.Diagnostics {
		d := &x.report.Diagnostics[i]
		if _, ok := x.Picks(*d); ok && d.Zone == z {
			most++
			x.left[d.said()]++
		}
	}
	return min(most, maxFixes)
}

// pick is the fix that a finding gets now.
func (x *Fixer) pick(d *Diagnostic) (f Fix, ok bool) {
	if x.Picks == nil {
		return d.SafeFix()
	}
	if f, ok = x.Picks(*d); !ok || x.left[d.said()] == 0 {
		return Fix{}, false
	}
	return f, true
}

// first is the first finding that gets a fix, and its edits; nil if there is none. One that cannot be made, as in a file that may not
// be written, is left to the user, who is still told the finding.
func (x *Fixer) first(z *zonefile.Zone) (Diagnostic, []zonefile.Edit) {
	for i := range x.report.Diagnostics {
		d := &x.report.Diagnostics[i]
		if d.Zone != z {
			continue
		}
		if fix, ok := x.pick(d); ok {
			if edits, err := fix.Edits(z); err == nil && len(edits) > 0 {
				if x.left != nil {
					x.left[d.said()]--
				}
				return *d, edits
			}
		}
	}
	return Diagnostic{}, nil
}
