package lint

import (
	"fmt"
	"maps"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// What a change of a zone brought: findings that were not there before it.

// Since is the findings that were not there before. Lines move in an edit, so what is compared is the zone, the rule
// and the words; of several alike as many are new as there are more, those first of which the record is new.
func Since(before, now []Diagnostic) []Diagnostic {
	return since(before, now, func(*Diagnostic) bool { return true })
}

// since is Since of those findings that count, by rule and severity.
func since(before, now []Diagnostic, counts func(*Diagnostic) bool) []Diagnostic {
	more := map[said]int{}
	add := func(n int) func(*Diagnostic) {
		return func(d *Diagnostic) {
			if counts(d) {
				more[d.said()] += n
			}
		}
	}
	pair(before, now, add(-1), add(1))
	maps.DeleteFunc(more, func(_ said, n int) bool { return n <= 0 })
	if len(more) == 0 {
		return nil
	}
	rules := map[*Rule]bool{}
	for w := range more {
		rules[w.rule] = true
	}
	return ofNewRecords(before, now, more, func(d *Diagnostic) bool { return rules[d.Rule] && counts(d) })
}

// ofNewRecords chooses which of the findings alike are new, so many as there are more of them. Those that do not count are none of them.
func ofNewRecords(before, now []Diagnostic, more map[said]int, counts func(*Diagnostic) bool) (fresh []Diagnostic) {
	type about struct {
		said
		subject string
	}
	had := map[about]int{}
	for i := range before {
		if !counts(&before[i]) {
			continue
		}
		if w := before[i].said(); more[w] > 0 {
			had[about{w, before[i].subject()}]++
		}
	}
	var without []*Diagnostic // of records that had none
	left := map[said]int{}
	for i := range now {
		if !counts(&now[i]) {
			continue
		}
		w := now[i].said()
		if more[w] == 0 {
			continue
		}
		if of := (about{w, now[i].subject()}); had[of] > 0 {
			had[of]--
			continue
		}
		without = append(without, &now[i])
		left[w]++
	}
	for _, d := range without {
		if w := d.said(); left[w] > more[w] {
			left[w]--
		} else {
			fresh = append(fresh, *d)
		}
	}
	return fresh
}

// paired is how far the next pair of findings alike is looked for where two lists part.
const paired = 32

// pair pairs findings alike of two lists, one with one as they stand, and yields those that it left alone: two lists of one zone have
// nearly all in common, and each that is left is looked up. Where the lists part for long, some are left that could have been paired.
func pair(a, b []Diagnostic, gone, came func(*Diagnostic)) {
	same := func(a, b *Diagnostic) bool {
		return a.Rule == b.Rule && a.Severity == b.Severity && a.Message == b.Message && a.Zone.Origin() == b.Zone.Origin()
	}
	leave := func(list []Diagnostic, n int, left func(*Diagnostic)) []Diagnostic {
		for i := range n {
			left(&list[i])
		}
		return list[n:]
	}
	for len(a) > 0 && len(b) > 0 {
		if same(&a[0], &b[0]) {
			a, b = a[1:], b[1:]
			continue
		}
		skip, skipNow := 1, 1
		for d := 1; d < paired; d++ {
			if d < len(a) && same(&a[d], &b[0]) {
				skip, skipNow = d, 0
				break
			}
			if d < len(b) && same(&a[0], &b[d]) {
				skip, skipNow = 0, d
				break
			}
		}
		a, b = leave(a, skip, gone), leave(b, skipNow, came)
	}
	leave(a, len(a), gone)
	leave(b, len(b), came)
}

// A Difference is the findings that a change brings, and those that it ends.
type Difference struct{ Came, Gone []Diagnostic }

// newSince is Since of whole runs over two versions of a zone, of the findings that count. Without edits they are found by
// comparison.
func newSince(old, next *zonefile.Zone, edits []zonefile.Edit, opt Options, counts func(*Diagnostic) bool) []Diagnostic {
	if was, now, ok := reachedFindings(All, old, next, knownEdits(old, next, edits), opt, counts); ok {
		return Since(was, now)
	}
	now := findingsOf(next, opt, counts)
	if len(now) == 0 { // whatever the old one had
		return nil
	}
	return Since(findingsOf(old, opt, counts), now)
}

// difference is the same, and what the older version alone has.
func difference(old, next *zonefile.Zone, edits []zonefile.Edit, opt Options, counts func(*Diagnostic) bool) Difference {
	was, now, ok := reachedFindings(All, old, next, knownEdits(old, next, edits), opt, counts)
	if !ok {
		was, now = findingsOf(old, opt, counts), findingsOf(next, opt, counts)
	}
	return Difference{Since(was, now), Since(now, was)}
}

// knownEdits is the edits between two versions, found by comparison where nobody knows them.
func knownEdits(old, next *zonefile.Zone, edits []zonefile.Edit) []zonefile.Edit {
	if edits == nil {
		edits = old.Between(next)
	}
	return edits
}

// findingsOf is the findings of a whole run that count.
func findingsOf(z *zonefile.Zone, opt Options, counts func(*Diagnostic) bool) (out []Diagnostic) {
	for d := range Each([]*zonefile.Zone{z}, opt) {
		if counts(d) {
			out = append(out, *d)
		}
	}
	return out
}

// NewErrors is the errors of a version that the one before did not have, by edits or, without them, by comparison. Rules that
// find none do not run.
func NewErrors(old, next *zonefile.Zone, edits []zonefile.Edit, opt Options) []Diagnostic {
	opt.Disable = slices.Clone(opt.Disable)
	for _, r := range All {
		if r.severityIn(opt) < Error && !r.Worse {
			opt.Disable = append(opt.Disable, r.Name)
		}
	}
	return newSince(old, next, edits, opt, func(d *Diagnostic) bool { return d.Severity == Error })
}

// Problems is the errors and warnings of a version that the one before did not have, and those that it had alone, by edits or,
// without them, by comparison: those of rules that tell of a name. Rules that count over all names tell of the zone.
func Problems(old, next *zonefile.Zone, edits []zonefile.Edit, opt Options) Difference {
	return difference(old, next, edits, seriousOnly(opt), isSerious)
}

// ProblemsReached is Problems where it is known what the edits reach; false where all names would have to be visited, in both versions.
func ProblemsReached(old, next *zonefile.Zone, edits []zonefile.Edit, opt Options) (Difference, bool) {
	was, now, ok := reachedFindings(All, old, next, knownEdits(old, next, edits), seriousOnly(opt), isSerious)
	return Difference{Since(was, now), Since(now, was)}, ok
}

// seriousOnly is options by which only the rules run that Problems tells of.
func seriousOnly(opt Options) Options {
	opt.Disable = slices.Clone(opt.Disable)
	for _, r := range All {
		if r.needsAll() || r.severityIn(opt) < Warning && !r.Worse {
			opt.Disable = append(opt.Disable, r.Name)
		}
	}
	return opt
}

// isSerious tells what Problems tells.
func isSerious(d *Diagnostic) bool { return d.Severity >= Warning && !d.Rule.needsAll() }

// ProblemsSince is Problems of two versions of which there are reports.
func (r *Report) ProblemsSince(before *Report) Difference {
	was, now := before.Diagnostics, r.Diagnostics
	return Difference{since(was, now, isSerious), since(now, was, isSerious)}
}

// Unexamined is what settings keep from being told of a change: each rule that they turned off, or made less than an error,
// and that would have found something new. A save has to say so, for settings are easily forgotten, or another's.
func Unexamined(old, next *zonefile.Zone, edits []zonefile.Edit, opt Options) []string {
	set := func(rule string) bool { return opt.SetIn[rule] != "" }
	if !slices.ContainsFunc(opt.Disable, set) && !slices.ContainsFunc(slices.Collect(maps.Keys(opt.Severity)), set) {
		return nil
	}
	all := opt
	all.Disable = slices.DeleteFunc(slices.Clone(opt.Disable), set)
	all.Severity = maps.Clone(opt.Severity)
	maps.DeleteFunc(all.Severity, func(rule string, _ Severity) bool { return set(rule) })
	for _, r := range All {
		if r.needsAll() && !set(r.Name) { // nothing is told of it, and no other rule goes by it
			all.Disable = append(all.Disable, r.Name)
		}
	}
	var told []string
	for _, d := range newSince(old, next, edits, all, func(*Diagnostic) bool { return true }) {
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
