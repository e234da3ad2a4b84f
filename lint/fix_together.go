package lint

// Fixes that are made together. Made one by one, each costs a version and an examination, so that thousands cost their square.
// Those of a group could as well be made one after the other, in any order: none changes what another was found by.

import (
	"cmp"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// fixing is a fix that is about to be made.
type fixing struct {
	of    *Diagnostic
	edits []zonefile.Edit
	at    []stake
}

// subject is what a finding is about.
type subject int

// The subjects, in the order in which they are mended.
const (
	aboutLines subject = iota
	aboutNames
	aboutFindings
)

// about is what a finding is about.
func (d *Diagnostic) about() subject {
	switch {
	case d.owner != "":
		return aboutNames
	case d.Rule.Visits == theFindings:
		return aboutFindings
	}
	return aboutLines
}

// stake is what a fix of a group has for itself: a name with all its rows, or one row.
type stake struct {
	name  zonefile.Name
	file  *zonefile.File // of the row
	start uint32
}

// group is fixes of one version that are made together.
type group struct {
	z     *zonefile.Zone
	fixes []fixing
	by    map[stake]int // which of them has it
	alone bool          // the first goes with no other
}

// takes adds a fix, if it touches nothing that another has. The first is taken, whatever it is.
func (g *group) takes(d *Diagnostic, edits []zonefile.Edit) bool {
	f := fixing{of: d, edits: edits}
	ok := g.stakes(&f)
	if len(g.fixes) == 0 {
		g.alone = !ok
	} else if !ok || slices.ContainsFunc(f.at, g.has) {
		return false
	}
	for _, s := range f.at {
		g.by[s] = len(g.fixes)
	}
	g.fixes = append(g.fixes, f)
	return true
}

// has tells whether a fix of the group has something for itself.
func (g *group) has(s stake) bool {
	_, has := g.by[s]
	return has
}

// goesWith tells whether the fix of a finding might go with those that are there, without looking at what it does.
func (g *group) goesWith(d *Diagnostic) bool {
	if len(g.fixes) == 0 {
		return true
	}
	first := g.fixes[0].of
	if d.about() != aboutNames { // what the rule says of a line follows from it alone
		return d.Rule == first.Rule
	}
	return !g.has(stake{name: d.owner})
}

// stakes finds what a fix has for itself; false where that cannot be told.
func (g *group) stakes(f *fixing) bool {
	if f.of.about() == aboutLines && f.of.Rule.Visits != theText {
		return false
	}
	for _, e := range f.edits {
		for w := range g.z.FileRows(e.File, e.Start) {
			if w.Span().Start > e.End {
				break
			}
			s := stake{file: w.File(), start: w.Span().Start}
			if f.of.about() == aboutNames && w.Kind() != zonefile.RowBlank {
				s = stake{name: w.Owner()}
				if w.Record().IsZero() {
					return false
				}
			}
			if !slices.Contains(f.at, s) {
				f.at = append(f.at, s)
			}
		}
	}
	return true
}

// edits is those of all fixes of the group.
func (g *group) edits() (all []zonefile.Edit) {
	for _, f := range g.fixes {
		all = append(all, f.edits...)
	}
	return all
}

// seeing is the fixes of which the rules look up nothing that another one changes, and the first. Of the others it is to be seen what they
// find then.
func (g *group) seeing(r *Report) (left []fixing) {
	if len(g.fixes) < 2 || g.fixes[0].of.about() != aboutNames {
		return g.fixes
	}
	looks, at := false, 0 // the fix whose name is visited, and whether it does
	watched := *r.schedule
	watched.run = new(*r.schedule.run)
	watched.watch = func(_ visitor, read zonefile.Name) {
		by, changes := g.by[stake{name: read}]
		looks = looks || changes && by != at
	}
	t := watched.tour(g.fixes[0].of.zone, true)
	for at = range g.fixes {
		looks = false
		t.visit(g.z.Node(g.fixes[at].of.owner))
		t.found = nil
		if at == 0 || !looks {
			left = append(left, g.fixes[at])
		}
	}
	return left
}

// made tells whether in the version that the fixes made they changed nothing but rows that they have.
func (g *group) made(r *Report, next *zonefile.Zone) bool {
	if g.fixes[0].of.about() != aboutNames {
		return true
	}
	names := map[zonefile.Name]bool{}
	for _, f := range g.fixes {
		for _, s := range f.at {
			if s.name != "" {
				names[s.name] = true
			}
		}
	}
	for n := range names {
		if g.z.Exists(n) != next.Exists(n) {
			return false
		}
	}
	return sameFiles(g.z, next) && !r.schedule.contents.learns(g.z, next, names) && ownedBy(next, g.edits(), names)
}

// ownedBy tells whether the rows that edits leave where they were made are rows of some names.
func ownedBy(next *zonefile.Zone, edits []zonefile.Edit, names map[zonefile.Name]bool) bool {
	shift := map[*zonefile.File]int{}
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b zonefile.Edit) int { return cmp.Compare(a.Start, b.Start) })
	for _, e := range sorted {
		f := next.File(e.File.Name())
		start := uint32(int(e.Start) + shift[e.File])
		shift[e.File] += len(e.New) - e.Len()
		for w := range next.FileRows(f, start) {
			if w.Span().Start > start+uint32(len(e.New)) {
				break
			}
			if w.Kind() != zonefile.RowBlank && (w.Record().IsZero() || !names[w.Owner()]) {
				return false
			}
		}
	}
	return true
}
