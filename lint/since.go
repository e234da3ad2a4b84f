package lint

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// This file serves those who change zones: what a change brought, and all changes that nobody has to be asked about.

// Since is the findings that were not there before. Lines move in an edit, so what is compared is the rule
// and the words; of several alike as many are new as there are more.
func Since(before, now []Diagnostic) []Diagnostic {
	type finding struct {
		rule    *Rule
		message string
	}
	had := map[finding]int{}
	for _, d := range before {
		had[finding{d.Rule, d.Message}]++
	}
	var fresh []Diagnostic
	for _, d := range now {
		f := finding{d.Rule, d.Message}
		if had[f]--; had[f] < 0 {
			fresh = append(fresh, d)
		}
	}
	return fresh
}

// maxFixes is how many fixes FixAll makes: each is made after another run over the zone.
const maxFixes = 100

// FixAll makes the safe fixes for a zone that is loaded together with others, as one list of edits, and counts
// them. The zone is examined again after each: a fix may mend two findings, or change what another would do.
func FixAll(z *zonefile.Zone, beside []*zonefile.Zone, opt Options) (edits []zonefile.Edit, fixed int, err error) {
	done := false
	step := func(now *zonefile.Zone) ([]zonefile.Edit, error) {
		if done {
			return nil, nil
		}
		fix, ok := firstSafe(now, beside, opt)
		if done = !ok; done {
			return nil, nil
		}
		made, err := fix.Edits()
		if done = len(made) == 0; !done {
			fixed++
		}
		return made, err
	}
	edits, err = zonefile.Chain(z, slices.Repeat([]func(*zonefile.Zone) ([]zonefile.Edit, error){step}, maxFixes)...)
	return edits, fixed, err
}

// firstSafe is the first safe fix for a zone.
func firstSafe(z *zonefile.Zone, beside []*zonefile.Zone, opt Options) (Fix, bool) {
	for _, d := range Run(append([]*zonefile.Zone{z}, beside...), opt) {
		if fix, ok := d.SafeFix(); ok && d.Zone == z {
			return fix, true
		}
	}
	return Fix{}, false
}
