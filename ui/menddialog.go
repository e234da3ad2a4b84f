package ui

// Several problems mended at once: all that are safe to mend, or what of some that are alike can be mended without a question. What
// changes is shown before, with what is mended, what is left to be mended by hand and who is hit; and all of it is one undo.

import (
	"cmp"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// mend mends several problems.
type mend struct {
	what  string                                        // as "safe fixes"
	known []*lint.Diagnostic                            // the problems that it is for
	picks func(d lint.Diagnostic) (f lint.Fix, ok bool) // nil: the safe ones
}

// fixSafe makes all safe fixes.
type fixSafe struct{}

func (fixSafe) do(s stage) tea.Cmd {
	return mend{what: "safe fixes", known: s.tools().doc.Findings.Serious()}.do(s)
}

// do looks for the fixes beside the screen: the zone is examined again after each.
func (a mend) do(s stage) tea.Cmd {
	doc := s.tools().doc
	z, opt := doc.Zone(), doc.Examining(doc.Saved)
	return longWork{"looking for fixes", func(p *pace) result {
		picks := a.picks
		if picks == nil {
			picks = lint.Diagnostic.SafeFix
		}
		some := 0
		for _, d := range a.known {
			if _, ok := picks(*d); ok {
				some++
			}
		}
		p.begin(some)
		opt.Ended = p.stopped.Load
		x := lint.NewFixer([]*zonefile.Zone{z}, opt)
		x.Fixed, x.Picks = p.goesOn, a.picks
		m := mended{mend: a, of: z}
		if m.edits, _, m.err = x.Fix(z); m.err == nil {
			m.list = x.Mended
			m.find(doc)
		}
		return m
	}}.do(s)
}

// mended brings what can be mended in a version.
type mended struct {
	mend
	of    *zonefile.Zone
	edits []zonefile.Edit
	list  []lint.Diagnostic // what is mended
	diff  []string
	who   document.Hits
	err   error
}

// find finds out what changes and who is hit.
func (m *mended) find(doc *document.Session) {
	next, err := m.of.Apply(m.edits...)
	if m.err = err; err == nil && len(m.edits) > 0 {
		m.diff = document.EditLines(m.of, m.edits)
		m.who = doc.FindsHits(document.Edited{From: m.of, To: next, Edits: m.edits})()
	}
}

// take shows what would be mended.
func (m mended) take(s stage) tea.Cmd {
	k := s.tools()
	switch {
	case m.err != nil:
		s.complain(m.err)
	case m.of != k.doc.Zone():
		s.complain(zonefile.ErrStale)
	case len(m.list) == 0:
		s.tell(say{m.nothing(k), levelInfo})
	default:
		d := &mendDialog{lineList: lineList{kit: k}, mended: m}
		d.filled(d.rowsOf)
		s.push(d)
	}
	return nil
}

// nothing is why nothing is mended.
func (m mended) nothing(k *kit) string {
	switch {
	case m.picks != nil:
		return "none of these is mended without a question: enter shows each"
	case len(k.doc.Findings.Serious()) == 0 && !k.doc.Stale():
		return "nothing to fix"
	}
	return "no fix is safe: f shows what a fix would change"
}

// mendDialog shows what is mended, and mends it.
type mendDialog struct {
	lineList
	mended
}

func (d *mendDialog) title() string {
	if d.picks == nil {
		return "Fix: " + zonefile.Plural(len(d.mended.list), "safe fix", "safe fixes")
	}
	return "Fix: " + itoa(len(d.mended.list)) + " of " + d.what
}

// aside is what the lines are narrowed to.
func (d *mendDialog) aside(int) string {
	if d.only != "" {
		return "&" + d.show(d.only)
	}
	return ""
}

func (d *mendDialog) lines(width int) int { return d.tall(width) }

func (d *mendDialog) bindings() []binding {
	list := append([]binding{on(d.keys.submit, d.apply).as("mend all of these").briefly("enter mend them")}, d.moving()...)
	return append(list, does(d.keys.dismiss, pop{}).as("change nothing"), does(d.keys.leave, pop{}).as("change nothing").briefly("-"))
}

// apply makes the fixes.
func (d *mendDialog) apply() []action {
	made := zonefile.Plural(len(d.mended.list), "fix", "fixes") + ": " + d.rules()
	if d.picks == nil {
		made = zonefile.Plural(len(d.mended.list), "safe fix", "safe fixes")
	}
	return []action{pop{}, change{title: made, stay: true, says: made + " made", edits: editsOf(d.mended.of, d.edits)}}
}

// rules is the rules of what is mended, with how many of each.
func (d *mendDialog) rules() string {
	count := map[string]int{}
	var names []string
	for _, one := range d.mended.list {
		if count[one.Rule.Name]++; count[one.Rule.Name] == 1 {
			names = append(names, one.Rule.Name)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	var parts []string
	for _, name := range names {
		parts = append(parts, fmt.Sprintf("%d %s", count[name], name))
	}
	return zonefile.List(parts, "and")
}

// rowsOf makes the rows.
func (d *mendDialog) rowsOf(m *lineMaker) {
	m.say("mends " + d.rules())
	if left := len(d.known) - len(d.mended.list); d.picks != nil && left > 0 {
		m.say(zonefile.Plural(left, "other has", "others have") + " to be mended one by one")
	}
	for _, text := range d.ahead(d.who) {
		m.say(text)
	}
	m.title("what changes")
	for _, l := range d.diff {
		for _, spans := range d.changeRows(l, m.width-markWidth) {
			m.rows = append(m.rows, lineRow{spans: spans})
		}
	}
}

// view draws the list.
func (d *mendDialog) view(width, height int) string { return d.draw(width, height, nil) }
