package lint

import (
	"fmt"
	"slices"
	"sync"

	"github.com/mailzone/mailzone/zonefile"
)

// DifferenceForTests is what edits bring and end, of all rules that need not see all names, and whether that was found without
// two whole runs.
func DifferenceForTests(old, next *zonefile.Zone, edits []zonefile.Edit, opt Options) (d Difference, reached bool) {
	any := func(*Diagnostic) bool { return true }
	_, _, reached = reachedFindings(All, old, next, edits, opt, any)
	d = difference(old, next, edits, opt, any)
	if fresh := newSince(old, next, edits, opt, any); len(fresh) != len(d.Came) {
		panic(fmt.Sprintf("it is said that %q came, and %q", fresh, d.Came))
	}
	return d, reached
}

// NeedsAll tells rules that have to see all names.
func (r *Rule) NeedsAll() bool { return r.needsAll() }

// MissedForTests is who looked up a name that edits of a zone changed, in the version before or after them, and is not said to be
// reached; how many looked; and whether it is known at all what the edits reach.
func MissedForTests(zones []*zonefile.Zone, i int, next *zonefile.Zone, edits []zonefile.Edit, opt Options) (missed []string, readers int, known bool) {
	old, now := zones[i], slices.Clone(zones)
	now[i] = next
	names, known := touched(old, next, edits)
	had := findContents(zones)
	if !known || had.learns(old, next, names) {
		return nil, 0, false
	}
	visit, known := newRun(now, opt).reached(i, old, next, names)
	if !known {
		return nil, 0, false
	}
	var changed, tops []zonefile.Name
	for n, differs := range names {
		if differs {
			changed = append(changed, n)
			if top := reach(old, next, n); top != "" {
				tops = append(tops, top)
			}
		}
	}
	in := zonefile.Together(now...)
	concerns := func(read zonefile.Name) bool {
		return in.Deepest(read) != nil && (slices.Contains(changed, read) || slices.ContainsFunc(tops, read.Within))
	}
	for _, version := range [][]*zonefile.Zone{zones, now} {
		for v, reads := range looksOf(version, opt) {
			at := slices.IndexFunc(reads, concerns)
			if at < 0 {
				continue
			}
			readers++
			if !visit[v] {
				missed = append(missed, fmt.Sprintf("%s of zone %d looks up %s, and is not reached; changed: %s, below %s", v.name, v.zone, reads[at], changed, tops))
			}
		}
	}
	return missed, readers, true
}

// looksOf is what visits of all names look up.
func looksOf(zones []*zonefile.Zone, opt Options) map[visitor][]zonefile.Name {
	looks, lock := map[visitor][]zonefile.Name{}, sync.Mutex{}
	r := newRun(zones, opt)
	r.watch = func(v visitor, read zonefile.Name) {
		lock.Lock()
		defer lock.Unlock()
		looks[v] = append(looks[v], read)
	}
	for range scheduleOf(r, All).visits() {
	}
	return looks
}

// LooksForTests is the names within a zone that visits of other names look up, by the types of the records which these have.
func LooksForTests(zones []*zonefile.Zone, i int, opt Options) map[zonefile.Type][]zonefile.Name {
	looked := map[zonefile.Type][]zonefile.Name{}
	for v, reads := range looksOf(zones, opt) {
		for _, r := range zones[v.zone].Node(v.name).Records {
			for _, read := range reads {
				if read != v.name && read.Within(zones[i].Origin()) && read.Label() != `\000` { // that stands for what is below a name
					looked[r.Type()] = append(looked[r.Type()], read)
				}
			}
		}
	}
	for t, names := range looked {
		slices.Sort(names)
		looked[t] = slices.Compact(names)
	}
	return looked
}

// FixSinglyForTests lets a Fixer make each fix alone.
func (x *Fixer) FixSinglyForTests() { x.singly = true }

// GroupsForTests is how many groups of fixes were made.
func (x *Fixer) GroupsForTests() int { return x.groups }
