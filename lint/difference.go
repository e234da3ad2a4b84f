package lint

// What two versions differ in, without a visit of all their names: those that the edits reach are visited in both, and what is
// found at all others is found in both. So Since of what was found tells what it would tell of two whole runs; where that is
// not sure, there are two.

import (
	"bytes"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// reachedFindings is the findings of two versions that count, at all names that the edits reach and of the zones, and more;
// what is left out is the same in both. It is false where that is not sure.
func reachedFindings(rules []*Rule, old, next *zonefile.Zone, edits []zonefile.Edit, opt Options, counts func(*Diagnostic) bool) (was, now []Diagnostic, ok bool) {
	names, ok := touched(old, next, edits)
	if !ok || slices.ContainsFunc(rules, func(r *Rule) bool { return r.needsAll() && r.severityIn(opt) != 0 }) || anyCutDiffers(old, next, names) {
		return nil, nil, false
	}
	r, before := runOnFew(next, opt), runOnFew(old, opt)
	before.ignores = [][]ignore{findIgnores(old)}
	r.ignores = [][]ignore{ignoresAfter(before.ignores[0], next, edits)}
	if !sameIgnores(before.ignores[0], r.ignores[0]) {
		return nil, nil, false
	}
	visit, ok := r.reached(0, old, next, names)
	if !ok {
		return nil, nil, false
	}
	r.beside = old
	now, alone := findingsAt(rules, r, visit, counts)
	before.beside = next
	was, wereAlone := findingsAt(rules, before, visit, counts)
	return was, now, alone && wereAlone
}

// findingsAt is the findings at some names and of the zone, sorted. Alone is false where one is about a $GENERATE: of those
// about one directive the first counts, and they are of many names.
func findingsAt(rules []*Rule, r *run, visit map[visitor]bool, counts func(*Diagnostic) bool) (found []Diagnostic, alone bool) {
	t := scheduleOf(r, rules).tour(0, true)
	for v := range visit {
		if node := t.Zone.Node(v.name); len(node.Records) > 0 {
			t.visit(node)
		}
	}
	t.visitZone(wholeZone)
	t.visitText(part{})
	found = slices.DeleteFunc(t.found, func(d Diagnostic) bool { return !counts(&d) })
	alone = !slices.ContainsFunc(found, func(d Diagnostic) bool { return d.made })
	slices.SortStableFunc(found, byPlace)
	return r.unsilenced(found), alone
}

// runOnFew is a run over a zone of which few names are visited, without its ignores.
func runOnFew(z *zonefile.Zone, opt Options) *run {
	return runOn([]*zonefile.Zone{z}, opt, contentsOfFew([]*zonefile.Zone{z}))
}

// sameIgnores tells whether two versions silence the same at names that no edit reached: their ignores say the same, of the same
// rows.
func sameIgnores(was, is []ignore) bool {
	return slices.EqualFunc(was, is, func(a, b ignore) bool {
		same := a.file == b.file && a.until == b.until && a.broken == b.broken && slices.Equal(a.rules, b.rules)
		if f, now := a.row.File(), b.row.File(); a.file {
			return same && f.Name() == now.Name()
		} else {
			return same && bytes.Equal(f.Slice(a.reach), now.Slice(b.reach))
		}
	})
}

// needsAll tells rules that have to see all names, or what was found at them.
func (r *Rule) needsAll() bool { return r.Census || r.Visits == theFindings }

// anyCutDiffers tells whether one of some names hands the names below it to others in one of two versions only.
func anyCutDiffers(old, next *zonefile.Zone, names map[zonefile.Name]bool) bool {
	for n := range names {
		if cutsDiffer(old.Node(n), next.Node(n)) {
			return true
		}
	}
	return false
}
