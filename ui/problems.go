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
}

// rows is the problems that are shown; those of an older version wait until the newer is examined.
func (p *problems) rows() []*lint.Diagnostic {
	if p.info {
		return p.doc.Findings.Problems
	}
	return p.doc.Findings.Serious()
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
	if ok {
		list = append(list, on(p.keys.rule, func() []action { return []action{push{&ruleScreen{kit: p.kit, problem: d}}} }).briefly("? rule"))
		row := p.doc.Row(document.At(d.File.Name(), d.Span.Start))
		if p.doc.Stale() || row.IsZero() {
			return list
		}
		list = append(list, without(p.recordBindings(row.Record(), row.Owner()), p.keys.fix, p.keys.ignore)...)
	}
	return list
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

// note counts the problems, for the line above them.
func (p *problems) note() string {
	n := p.doc.Findings.Counts
	var parts []string
	for _, c := range []struct {
		n         int
		one, many string
	}{{n[lint.Error], "error", "errors"}, {n[lint.Warning], "warning", "warnings"}, {n[lint.Info], "info", "info"}} {
		if c.n > 0 {
			parts = append(parts, zonefile.Plural(c.n, c.one, c.many))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, ", ") + " "
}

// noInfo is why there is no information to show.
func (p *problems) noInfo() string {
	if p.doc.Findings.Counts[lint.Info] == 0 {
		return "there is no information"
	}
	return ""
}

// view draws the problems, and under them all that is said about the one under the cursor.
func (p *problems) view(width, height int) string {
	rows := p.rows()
	if len(rows) == 0 {
		return draw.Block([]string{p.Line(width, false, draw.Ink(" "+p.none(), p.Styles.Dim))}, width, height)
	}
	detail := p.told
	if now := min(height/2, 4); !p.moving || len(detail) != now {
		detail = p.detail(width, now)
		p.told = detail
	}
	focused := p.has(paneProblems)
	top := p.list.View(width, height-len(detail), len(rows), func(i int, cursor bool) string {
		return p.problemLine(*rows[i], width, cursor, focused)
	})
	for _, l := range detail {
		top += "\n" + l
	}
	return top
}

// none says why there is no problem.
func (p *problems) none() string {
	switch {
	case !p.doc.Findings.Checked:
		return "examining the zone..."
	case len(p.doc.Findings.Problems) > 0:
		return fmt.Sprintf("no problem; %s worth knowing: press i", zonefile.Plural(len(p.doc.Findings.Problems), "thing", "things"))
	}
	return "no problem"
}

// problemLine draws one problem: severity, line, message.
func (p *problems) problemLine(d lint.Diagnostic, width int, cursor, focused bool) string {
	mark := "  "
	if cursor && focused {
		mark = p.Glyphs.Mark + " "
	}
	fix := ""
	if len(d.Fixes) > 0 {
		fix = " f"
	}
	where := fmt.Sprintf("%d:%d", d.Position().Line, d.Position().Column)
	first := p.Under(cursor && focused, draw.Ink(mark, p.Styles.Key),
		draw.Ink(d.Severity.Letter()+" ", p.severity(d.Severity)), draw.Ink(p.Fit(where, 7), p.Styles.Dim))
	return p.Line(width, false, append(first,
		draw.Ink(" "+p.Fit(p.show(d.Message), width-12-2), p.Styles.Plain), draw.Ink(fix, p.Styles.Key))...)
}

// detail draws the whole message of the problem under the cursor, its rule and its fix. Its height is the same
// for all, so that the list above stays where it is.
func (p *problems) detail(width, height int) []string {
	d, ok := p.row()
	if !ok || height < 2 {
		return nil
	}
	text := draw.Wrap(p.show(d.Message), width-4)
	last := "[" + d.Rule.Name + "]"
	if d.File != p.doc.Zone().Root() {
		last += " in " + p.show(d.File.Name())
	}
	if len(d.Fixes) > 0 {
		last += "  f: " + p.show(d.Fixes[0].Message)
	}
	if len(text) > height-2 && height > 2 {
		text = text[:height-2]
		text[height-3] = p.Fit(text[height-3]+" "+p.Glyphs.More, width-4)
	}
	lines := []string{p.Line(width, false, draw.Ink(p.Rule(width), p.Styles.Dim))}
	for i := range height - 2 {
		lines = append(lines, p.Line(width, false, draw.Ink("    "+at(text, i), p.Styles.Plain)))
	}
	return append(lines, p.Line(width, false, draw.Ink("    "+last, p.Styles.Dim)))
}

func (p *problems) click(y int) []action {
	if p.list.Click(y, len(p.rows())) {
		return p.chosen()
	}
	return nil
}
