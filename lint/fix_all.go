package lint

// All fixes that nobody has to be asked about. Each is made in a zone that it was found in: the zone is examined again after each
// group of them (fix_together.go).

import (
	"math"

	"github.com/mailzone/mailzone/zonefile"
)

// maxRounds is how often fixes of one zone are made: none of them may come back for ever.
const maxRounds = 10_000

// FixAll makes the safe fixes for a zone that is loaded together with others, as one list of edits, and counts
// them. A fix may mend two findings, or change what another would do.
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

	singly bool // each in a group of its own: what groups are held against
	groups int  // how many were made
}

// NewFixer examines zones.
func NewFixer(zones []*zonefile.Zone, opt Options) *Fixer { return &Fixer{report: Start(zones, opt)} }

// Fix makes the safe fixes of one of the zones, as one list of edits, and counts them. From then on the fixed zone
// stands in its place.
func (x *Fixer) Fix(z *zonefile.Zone) (edits []zonefile.Edit, fixed int, err error) {
	now, most, goesOn := z, x.count(z), true
	for round := 0; goesOn && fixed < most && round < maxRounds; round++ {
		g := x.group(now, most-fixed)
		if len(g.fixes) == 0 {
			break
		}
		next, made, err := x.apply(g)
		if err != nil {
			return nil, fixed, err
		}
		x.groups++
		edits = z.Compose(edits, made)
		for _, f := range g.fixes {
			fixed, x.Mended = fixed+1, append(x.Mended, *f.of)
			goesOn = (x.Fixed == nil || x.Fixed()) && goesOn
		}
		x.report = x.report.After(now, next, made)
		now = next
	}
	return edits, fixed, nil
}

// count counts the findings that fixes are picked for, and says how many fixes are made at most. A fix that guesses may leave what it
// was for: it is made as often as it was found, and not for ever.
func (x *Fixer) count(z *zonefile.Zone) (most int) {
	if x.Picks == nil {
		return math.MaxInt
	}
	x.left = map[said]int{}
	for i := range x.report.Diagnostics {
		d := &x.report.Diagnostics[i]
		if _, ok := x.Picks(*d); ok && d.Zone == z {
			most++
			x.left[d.said()]++
		}
	}
	return most
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

// group is the next fixes that can be made together: the first there is, and those that go with it. Lines that cannot be read come
// first, for they may say what names are found without; then the names, and comments that silence findings once it is known which
// are left.
func (x *Fixer) group(z *zonefile.Zone, most int) *group {
	g := &group{z: z, by: map[stake]int{}}
	if x.singly {
		most = 1
	}
	for about := aboutLines; about <= aboutFindings && len(g.fixes) == 0; about++ {
		x.gather(g, about, most)
	}
	x.keep(g, g.seeing(x.report))
	return g
}

// gather collects fixes of findings that are about one kind of thing. One that cannot be made, as in a file that may not be written, is
// left to the user, who is still told the finding.
func (x *Fixer) gather(g *group, about subject, most int) {
	for i := range x.report.Diagnostics {
		d := &x.report.Diagnostics[i]
		if d.Zone != g.z || d.about() != about || !g.goesWith(d) {
			continue
		}
		fix, ok := x.pick(d)
		if !ok {
			continue
		}
		if edits, err := fix.Edits(g.z); err == nil && len(edits) > 0 && g.takes(d, edits) && x.left != nil {
			x.left[d.said()]--
		}
		if g.alone || len(g.fixes) == most {
			return
		}
	}
}

// keep leaves out of a group the fixes that are not among some.
func (x *Fixer) keep(g *group, kept []fixing) {
	for _, f := range g.fixes {
		if x.left != nil {
			x.left[f.of.said()]++
		}
	}
	for _, f := range kept {
		if x.left != nil {
			x.left[f.of.said()]--
		}
	}
	g.fixes = kept
}

// apply makes the fixes of a group; the first alone where one of them does more than to change the rows that it has.
func (x *Fixer) apply(g *group) (next *zonefile.Zone, edits []zonefile.Edit, err error) {
	edits = g.edits()
	next, err = g.z.Apply(edits...)
	if len(g.fixes) > 1 && (err != nil || !g.made(x.report, next)) {
		x.keep(g, g.fixes[:1])
		return x.apply(g)
	}
	return next, edits, err
}
