package lint

import (
	"fmt"
	"maps"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// This file serves those who change zones: what a change brought, and all changes that nobody has to be asked about.

// Since is the findings that were not there before. Lines move in an edit, so what is compared is the zone, the rule
// and the words; of several alike as many are new as there are more.
func Since(before, now []Diagnostic) []Diagnostic {
	type finding struct {
		zone    zonefile.Name
		rule    *Rule
		message string
	}
	had := map[finding]int{}
	for _, d := range before {
		had[finding{d.Zone.Origin(), d.Rule, d.Message}]++
	}
	var fresh []Diagnostic
	for _, d := range now {
		f := finding{d.Zone.Origin(), d.Rule, d.Message}
		if had[f]--; had[f] < 0 {
			fresh = append(fresh, d)
		}
	}
	return fresh
}

// Unexamined is what settings keep from being told of a change: each rule that they turned off, or made less than an error,
// and that would have found something new. A save has to say so, for settings are easily forgotten, or another's.
func Unexamined(old, next *zonefile.Zone, opt Options) []string {
	set := func(rule string) bool { return opt.SetIn[rule] != "" }
	if !slices.ContainsFunc(opt.Disable, set) && !slices.ContainsFunc(slices.Collect(maps.Keys(opt.Severity)), set) {
		return nil
	}
	all := opt
	all.Disable = slices.DeleteFunc(slices.Clone(opt.Disable), set)
	all.Severity = maps.Clone(opt.Severity)
	maps.DeleteFunc(all.Severity, func(rule string, _ Severity) bool { return set(rule) })
	var told []string
	for _, d := range Since(Run([]*zonefile.Zone{old}, all), Run([]*zonefile.Zone{next}, all)) {
		name, now := d.Rule.Name, d.Rule.severityIn(opt)
		switch {
		case !set(name) || d.Severity < Warning:
			continue
		case slices.Contains(opt.Disable, name):
			told = append(told, fmt.Sprintf("not examined: %s, off in %s", name, opt.SetIn[name]))
		case d.Severity == Error && now < Error:
			told = append(told, fmt.Sprintf("not refused: %s, made %s in %s", name, opt.Severity[name], opt.SetIn[name]))
		}
	}
	slices.Sort(told)
	return slices.Compact(told)
}

// maxFixes is how many fixes FixAll makes of one zone: none of them may come back for ever.
const maxFixes = 10_000

// FixAll makes the safe fixes for a zone that is loaded together with others, as one list of edits, and counts
// them. The zone is examined again after each: a fix may mend two findings, or change what another would do.
func FixAll(z *zonefile.Zone, beside []*zonefile.Zone, opt Options) (edits []zonefile.Edit, fixed int, err error) {
	return NewFixer(append([]*zonefile.Zone{z}, beside...), opt).Fix(z)
}

// Fixer makes the safe fixes of zones that are loaded together, one zone after the other. All of them are
// examined once, and then only what a fix can reach.
type Fixer struct{ report *Report }

// NewFixer examines zones.
func NewFixer(zones []*zonefile.Zone, opt Options) *Fixer { return &Fixer{Start(zones, opt)} }

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
