package ui

// How problems are drawn: a free row belongs to the sentence above it, so that all of them can be read where there is room, whether
// the pane has the keys or not.

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
)

// view draws the problems, whole where all of them have room; else as much of each as has room, and under them all that is said
// about the one under the cursor.
func (p *problems) view(width, height int) string {
	rows := p.rows()
	if len(rows) == 0 {
		return draw.Block([]string{p.Line(width, false, draw.Ink(" "+p.none(), p.Styles.Dim))}, width, height)
	}
	c := p.columns(rows, width)
	p.from = nil
	if p.lines(rows, width, height+1) <= height {
		return p.spread(rows, c, height)
	}
	detail := p.told
	if now := min(height/2, 4); !p.moving || len(detail) != now {
		detail = p.detail(width, now)
		p.told = detail
	}
	var top string
	if room := height - len(detail); len(rows) < room {
		top = p.spread(rows, c, room)
	} else {
		top = p.list.View(width, room, len(rows), func(i int, cursor bool) string {
			return p.problemLine(rows[i], p.show(rows[i].Message), c, cursor)
		})
	}
	for _, l := range detail {
		top += "\n" + l
	}
	return top
}

// lines is how many lines problems have with all that they say, at most as many as nobody wants to know of more.
func (p *problems) lines(rows []*lint.Diagnostic, width, most int) int {
	if len(rows) >= most {
		return most
	}
	c, n := p.columns(rows, width), 0
	for _, d := range rows {
		n += len(draw.Wrap(p.show(d.Message), c.text))
	}
	return min(n, most)
}

// problemColumns is how wide the columns are.
type problemColumns struct{ width, line, owner, text int }

// mostOwner is how wide the names beside problems are at most.
const mostOwner = 14

// columns divides a width: lines and names as they are, at most so many of the first, and the rest for what is said.
func (p *problems) columns(rows []*lint.Diagnostic, width int) problemColumns {
	c := problemColumns{width: width, line: 2, owner: 1}
	for _, d := range rows[:min(len(rows), 200)] {
		c.line, c.owner = max(c.line, len(itoa(d.Position().Line))), max(c.owner, ansi.StringWidth(p.owner(d)))
	}
	if c.owner = min(c.owner, mostOwner); width < 50 {
		c.owner = 0
	}
	c.text = width - 4 - c.line - 1 - c.owner - 1 - 2
	if c.owner > 0 {
		c.text--
	}
	return c
}

// spread draws problems for which a height has rows: what is left goes to what they say, from the worst on.
func (p *problems) spread(rows []*lint.Diagnostic, c problemColumns, height int) string {
	p.list.Cursor = min(p.list.Cursor, len(rows)-1)
	free := height - len(rows)
	indent := p.Fit("", c.width-2-c.text)
	var lines []string
	for i, d := range rows {
		p.from = append(p.from, len(lines))
		text := draw.Wrap(p.show(d.Message), c.text)
		if more := len(text) - 1 - free; more > 0 {
			last := len(text) - 1 - more
			text = append(text[:last:last], strings.Join(text[last:], " "))
		}
		free -= len(text) - 1
		lines = append(lines, p.problemLine(d, text[0], c, i == p.list.Cursor))
		for _, t := range text[1:] {
			lines = append(lines, p.Line(c.width, false, draw.Ink(indent+p.Fit(t, c.text), p.Styles.Plain)))
		}
	}
	p.list.Offset, p.list.Page = 0, height
	return draw.Block(lines, c.width, height)
}

// problemLine draws one problem: severity, line, owner, and of what it says the first line.
func (p *problems) problemLine(d *lint.Diagnostic, text string, c problemColumns, cursor bool) string {
	focused := p.has(paneProblems)
	mark := "  "
	if cursor && focused {
		mark = p.Glyphs.Mark + " "
	}
	fix := ""
	if len(d.Fixes) > 0 {
		fix = " f"
	}
	first := p.Under(cursor && focused, draw.Ink(mark, p.Styles.Key),
		draw.Ink(d.Severity.Letter()+" ", p.severity(d.Severity)), draw.Ink(p.FitRight(itoa(d.Position().Line), c.line), p.Styles.Plain))
	owner := ""
	if c.owner > 0 {
		owner = p.Fit(p.Middle(p.owner(d), c.owner), c.owner) + " "
	}
	return p.Line(c.width, false, append(first,
		draw.Ink(" "+owner, p.Styles.Plain), draw.Ink(" "+p.Fit(text, c.text), p.Styles.Plain), draw.Ink(fix, p.Styles.Key))...)
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
	if p.from != nil { // rows have several lines
		i := 0
		for i+1 < len(p.from) && p.from[i+1] <= y {
			i++
		}
		y = i
	}
	if p.list.Click(y, len(p.rows())) {
		return p.chosen()
	}
	return nil
}
