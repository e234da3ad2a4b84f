package ui

// What is wrong, the worst first. What is worth knowing and no problem is folded away until somebody asks.

import (
	"fmt"
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

	only     string // problems that contain it; "" for all
	narrowed narrowed
	from     []int // the lines where rows begin, where they are drawn whole
}

// rows is the problems that are shown; those of an older version wait until the newer is examined.
func (p *problems) rows() []*lint.Diagnostic {
	all := p.doc.Findings.Problems
	if !p.info {
		all = p.doc.Findings.Serious()
	}
	if p.only == "" || len(all) == 0 {
		return all
	}
	if n := &p.narrowed; n.only != p.only || n.first != all[0] || n.of != len(all) {
		*n = narrowed{first: all[0], of: len(all), only: p.only}
		for _, d := range all {
			if contains(d.String(), p.only) || contains(p.owner(d), p.only) {
				n.rows = append(n.rows, d)
			}
		}
	}
	return p.narrowed.rows
}

// owner is the name that a problem is at, as the zone writes it; "" in a file without any line.
func (p *problems) owner(d *lint.Diagnostic) string {
	row := d.Zone.RowAt(d.File, d.Span.Start)
	if row.IsZero() {
		return ""
	}
	return p.written(d.Owner())
}

// narrowed is the problems that contain a text, and which they were chosen from.
type narrowed struct {
	first *lint.Diagnostic
	of    int
	only  string
	rows  []*lint.Diagnostic
}

// narrowing is what the problems are narrowed to.
func (p *problems) narrowing() string { return p.only }

// narrow shows the problems that contain a text, in what they say or where they are; all without one.
func (p *problems) narrow(text string) []action {
	p.only = text
	p.list.To(p.list.Cursor, 1, len(p.rows()))
	return p.chosen()
}

// row is the problem under the cursor.
func (p *problems) row() (lint.Diagnostic, bool) {
	if rows := p.rows(); p.list.Cursor < len(rows) {
		return *rows[p.list.Cursor], true
	}
	return lint.Diagnostic{}, false
}

// update moves the cursor; the source follows it.
func (p *problems) update(m tea.KeyMsg) []action {
	if p.list.Move(m, &p.keys.Moving, len(p.rows())) {
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

// match finds the next problem whose text contains a text.
func (p *problems) match(text string, back bool) bool {
	rows := p.rows()
	i, ok := nextMatch(len(rows), p.list.Cursor, back, func(i int) bool { return contains(rows[i].String(), text) })
	if ok {
		p.list.Cursor = i
	}
	return ok
}

// bindings is what can be done with a problem.
func (p *problems) bindings() []binding {
	d, ok := p.row()
	why := ""
	if !ok {
		why = "no problem is under the cursor"
	}
	show := "show information"
	if p.info {
		show = "hide information"
	}
	list := []binding{
		unless(why, p.keys.enter, func() []action { return []action{visit{document.At(d.File.Name(), d.Span.Start)}} }).as("go to it").briefly("enter go"),
		p.fixBinding(d, why),
		p.ignoreBinding(d, why),
		unless(p.noInfo(), p.keys.info, p.fold).as(show).briefly("i info"),
	}
	filter := p.filterBinding(p).as("only problems with").briefly("& only")
	if !ok {
		return append(list, filter)
	}
	list = append(list, on(p.keys.rule, func() []action { return []action{push{ruleOf(p.kit, d)}} }).briefly("? rule"), filter)
	row := p.doc.Row(document.At(d.File.Name(), d.Span.Start))
	if p.doc.Stale() || row.IsZero() {
		return list
	}
	return append(list, without(p.recordBindings(row.Record(), row.Owner()), p.keys.fix, p.keys.ignore)...)
}

// fold shows information, from its first line on, or folds it away again.
func (p *problems) fold() []action {
	p.info = !p.info
	if p.info || p.list.Cursor >= len(p.rows()) {
		p.list.Cursor = len(p.doc.Findings.Serious())
	}
	p.list.To(p.list.Cursor, -1, len(p.rows()))
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
	case p.only != "":
		return "no problem contains this: & and enter for all"
	case len(p.doc.Findings.Problems) > 0:
		return fmt.Sprintf("no problem; %s worth knowing: press i", zonefile.Plural(len(p.doc.Findings.Problems), "thing", "things"))
	}
	return "no problem"
}
