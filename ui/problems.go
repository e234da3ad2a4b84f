package ui

// What is wrong, the worst first. What is worth knowing and no problem is folded away until somebody asks.

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// problems is the pane of what is wrong. Information is folded away until it is asked for.
type problems struct {
	*kit
	list draw.List
	info bool
	told []string // the detail as it was drawn when the cursor rested

	byRule bool                 // those of one rule stand together
	only   string               // problems that contain it; "" for all
	opened map[problemKind]bool // those that are alike of which each is shown
	turns  int                  // how often some were folded or unfolded
	made   lagging[problemBasis, shownProblems]
	from   []int // the lines where the rows begin that can be seen
}

// problemBasis is what the list of problems is made from.
type problemBasis struct {
	first *lint.Diagnostic // of those that it chooses from
	count int
	only  string
	turns int
	rules bool // those of one rule stand together
}

// recipe is how the problems that are wanted are chosen; those of an older version wait until the newer is examined.
func (p *problems) recipe() recipe[problemBasis, shownProblems] {
	all, begins := p.doc.Findings.Problems, p.doc.Findings.Begins
	if !p.info {
		all = p.doc.Findings.Serious()
	}
	b := problemBasis{count: len(all), only: p.only, turns: p.turns, rules: p.byRule}
	if len(all) > 0 {
		b.first = all[0]
	}
	z, utf8, opened := p.doc.Zone(), p.utf8, maps.Clone(p.opened)
	return recipe[problemBasis, shownProblems]{b, b.only == "" && !b.rules || len(all) <= liveWords, func(pc *pace) shownProblems {
		s := kindsOf(all, begins)
		if b.rules {
			s = rulesOf(all)
		}
		if pc.begin(len(all)); b.only != "" {
			s.choose(func(d *lint.Diagnostic) bool {
				return pc.goesOn() && (problemSays(z, utf8, d, b.only) || contains(ownerAt(z, utf8, d), b.only))
			})
		}
		if len(opened) > 0 {
			s.unfold(opened)
		}
		return s
	}}
}

// catchUp chooses the problems that are wanted beside the screen, if they are others than those that are shown.
func (p *problems) catchUp() tea.Cmd { return p.made.catchUp(p.recipe(), p.settled) }

// making is how the problems that are wanted are chosen; nil where they are there.
func (p *problems) making() func(*pace) func() { return p.made.made(p.recipe()) }

// settled keeps the cursor in the list.
func (p *problems) settled() []action {
	if p.clamp(); p.focused == paneProblems {
		return p.chosen()
	}
	return nil
}

// clamp keeps the cursor in the list, once it is there.
func (p *problems) clamp() {
	if !p.made.lags(p.recipe()) {
		p.list.To(p.list.Cursor, 1, p.shown().count())
	}
}

// shown is the problems that are shown: none of other findings, of which no key may change anything.
func (p *problems) shown() *shownProblems {
	r := p.recipe()
	if s := p.made.look(r); p.made.basis.first == r.basis.first && p.made.basis.count == r.basis.count {
		return s
	}
	return &shownProblems{}
}

// at is the row under the cursor.
func (p *problems) at() problemRow {
	if s := p.shown(); p.list.Cursor < s.count() {
		return s.row(p.list.Cursor)
	}
	return problemRow{}
}

// owner is the name that a problem is at, as the zone writes it; "" in a file without any line.
func (p *problems) owner(d *lint.Diagnostic) string { return ownerAt(p.doc.Zone(), p.utf8, d) }

// ownerAt is the same for what is found out beside the screen.
func ownerAt(z *zonefile.Zone, utf8 bool, d *lint.Diagnostic) string {
	row := d.Zone.RowAt(d.File, d.Span.Start)
	if row.IsZero() || strings.Trim(string(d.Owner()), ".") == "" && d.Owner() != zonefile.Root { // above all records none is in force
		return ""
	}
	return writes(z, utf8)(d.Owner())
}

// narrowing is what the problems are narrowed to.
func (p *problems) narrowing() string { return p.only }

// narrow shows the problems that contain a text, in what they say or where they are; all without one.
func (p *problems) narrow(text string) []action {
	p.only = text
	p.clamp()
	return p.chosen()
}

// problemSays tells whether a problem contains a text, as rules say it or as it is shown.
func problemSays(z *zonefile.Zone, utf8 bool, d *lint.Diagnostic, text string) bool {
	return contains(d.String(), text) || contains(asWritten(z, utf8, d.Message), text)
}

// reveal puts the cursor at a problem, and takes a filter away that hides it. Folded with those that are alike it stays.
func (p *problems) reveal(d *lint.Diagnostic) {
	i := slices.Index(p.shown().list, d)
	if i < 0 {
		p.only = ""
		i = slices.Index(p.shown().list, d)
	}
	if i >= 0 {
		p.list.To(p.shown().rowOf(i), 1, p.shown().count())
	}
}

// row is the problem under the cursor, or the first of some that are alike.
func (p *problems) row() (lint.Diagnostic, bool) {
	if r := p.at(); len(r.list) > 0 {
		return *r.list[0], true
	}
	return lint.Diagnostic{}, false
}

// update moves the cursor; the source follows it.
func (p *problems) update(m tea.KeyMsg) []action {
	if p.list.Move(m, &p.keys.Moving, p.shown().count()) {
		return p.chosen()
	}
	return nil
}

// chosen shows where the problem is.
func (p *problems) chosen() []action {
	if d, ok := p.row(); ok {
		return []action{look{document.At(d.File.Name(), d.Span.Start)}}
	}
	return nil
}

// seek finds the next problem whose text contains a text.
func (p *problems) seek(text string, back bool) func(*pace) func() {
	s, from, z, utf8 := *p.shown(), p.list.Cursor, p.doc.Zone(), p.utf8
	return func(pc *pace) func() {
		i, ok := pc.nextMatch(s.count(), from, back, func(i int) bool {
			return slices.ContainsFunc(s.row(i).list, func(d *lint.Diagnostic) bool { return problemSays(z, utf8, d, text) })
		})
		return sought(ok, func() { p.list.To(i, 1, p.shown().count()) })(pc)
	}
}

// bindings is what can be done with a problem.
func (p *problems) bindings() []binding {
	d, ok := p.row()
	why := ""
	switch r := p.at(); {
	case !ok:
		why = "no problem is under the cursor"
	case r.open:
		why = "this row stands for those below it: go down to one"
	case r.folds:
		why = zonefile.Plural(len(r.list), "problem is", "problems are") + " together here: enter shows each"
	}
	show := "show information"
	if p.info {
		show = "hide information"
	}
	enter := unless(why, p.keys.enter, func() []action { return []action{visit{document.At(d.File.Name(), d.Span.Start)}} }).as("go to it").briefly("enter go")
	if ok && p.at().folds {
		enter = on(p.keys.enter, p.unfold).as(zoomDoes(p.at().open, "unfold", "fold"))
	}
	group := "group by rule"
	if p.byRule {
		group = "each by itself"
	}
	fix := p.fixBinding(d, why)
	if ok && p.at().folds {
		fix = p.mendBinding(p.at())
	}
	none := ""
	if !ok && p.only == "" {
		none = "no problem is listed here"
	}
	list := []binding{
		enter,
		fix,
		unless(none, p.keys.group, p.group).as(group).briefly("-"),
		p.ignoreBinding(d, why),
		unless(p.noInfo(), p.keys.info, p.fold).as(show).briefly("i info"),
	}
	filter := unless(none, p.keys.filter, p.filterBinding(p).run).as("only problems with").briefly("& only")
	if !ok {
		return append(list, filter)
	}
	list = append(list, on(p.keys.rule, func() []action { return []action{push{ruleOf(p.kit, d)}} }).briefly("? rule"), filter)
	row := p.doc.Row(document.At(d.File.Name(), d.Span.Start))
	if p.doc.Stale() || row.IsZero() {
		return list
	}
	records := without(p.recordBindings(row.Record(), row.Owner()), p.keys.fix, p.keys.ignore)
	if why != "" {
		records = p.because(why, records)
	}
	return append(list, records...)
}

// mendBinding is the key that mends what can be mended of a row that stands for several.
func (p *problems) mendBinding(r problemRow) binding {
	key := keyOf(r.list[0], r.byRule)
	picks := func(d lint.Diagnostic) (lint.Fix, bool) {
		if keyOf(&d, r.byRule) != key {
			return lint.Fix{}, false
		}
		return d.SureFix()
	}
	return unless(p.notNow(), p.keys.fix, func() []action {
		return []action{mend{zonefile.Plural(len(r.list), "problem", "problems") + " of " + key.rule.Name, r.list, picks}}
	}).as("fix all of these").briefly("f fix all")
}

// group puts the problems of each rule together, or shows each by itself again. The cursor stays at its problem.
func (p *problems) group() []action {
	d, ok := p.row()
	p.byRule, p.list.Cursor = !p.byRule, 0
	if s := p.shown(); ok {
		p.list.Cursor = s.rowOf(max(slices.IndexFunc(s.list, func(o *lint.Diagnostic) bool {
			return o.Zone == d.Zone && o.File == d.File && o.Span == d.Span && o.Rule == d.Rule
		}), 0))
	}
	p.clamp()
	text := "each problem by itself, alike ones together"
	if p.byRule {
		text = "problems by rule"
	}
	return append(p.chosen(), say{text, levelInfo})
}

// unfold shows each of the problems that are alike, or folds them again.
func (p *problems) unfold() []action {
	r := p.at()
	if p.opened == nil {
		p.opened = map[problemKind]bool{}
	}
	p.opened[p.shown().key(r.list[0])] = !r.open
	p.turns++
	return nil
}

// fold shows information, from its first line on, or folds it away again.
func (p *problems) fold() []action {
	p.info = !p.info
	if p.info || p.list.Cursor >= p.shown().count() {
		p.list.Cursor = p.shown().firstInfo()
	}
	p.list.To(p.list.Cursor, -1, p.shown().count())
	return p.chosen()
}

// notes is what is said above the problems, the longest first: what they are narrowed to, which nothing else says, and how many
// there are of each kind, in words or by their letters.
func (p *problems) notes() []string {
	n := p.doc.Findings.Counts
	var parts, brief []string
	for _, c := range []struct {
		of        lint.Severity
		one, many string
	}{{lint.Error, "error", "errors"}, {lint.Warning, "warning", "warnings"}, {lint.Info, "info", "info"}} {
		if n := n[c.of]; n > 0 {
			parts, brief = append(parts, zonefile.Plural(n, c.one, c.many)), append(brief, c.of.Letter()+itoa(n))
		}
	}
	only := ""
	if p.only != "" {
		only = "&" + p.show(p.only)
		parts, brief = append([]string{only}, parts...), append([]string{only}, brief...)
	}
	var texts []string
	for _, t := range []string{strings.Join(parts, ", "), strings.Join(brief, " "), only} {
		if t != "" {
			t = " " + t + " "
		}
		texts = append(texts, t)
	}
	return texts
}

// noInfo is why there is no information to show.
func (p *problems) noInfo() string {
	if p.doc.Findings.Counts[lint.Info] == 0 {
		return "there is no information"
	}
	return ""
}

// none says why there is no problem.
func (p *problems) none() string {
	switch {
	case !p.doc.Findings.Checked:
		return "examining the zone..."
	case p.made.lags(p.recipe()):
		return lookingHere
	case p.only != "":
		return "no problem contains this: & and enter for all"
	case len(p.doc.Findings.Problems) > 0:
		return fmt.Sprintf("no problem; %s worth knowing: press i", zonefile.Plural(len(p.doc.Findings.Problems), "thing", "things"))
	}
	return "no problem"
}
