package ui

// The file as it is, line by line. It is the way to what no form knows, and it shows broken lines where they stand.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// source is the pane of the file itself. Its rows are lines; it draws only those that can be seen, so
// the length of the file does not matter.
type source struct {
	*kit
	list draw.List
	file string // the file shown
	from int    // the first column that is shown
	only string // lines that have it; "" for all
	kept lagging[lineBasis, []int]
}

// lineBasis is what the list of lines is made from.
type lineBasis struct {
	of   *zonefile.File
	only string
}

// has tells whether a line has a text.
func lineHas(f *zonefile.File, n int, text string) bool {
	return contains(string(f.Slice(f.Line(n))), text)
}

// linesAtOnce is how many lines are looked through while a key waits.
const linesAtOnce = 10_000

// recipe is how the lines that are wanted are found, by their numbers, from 1.
func (p *source) recipe() recipe[lineBasis, []int] {
	f, only := p.text(), p.only
	return recipe[lineBasis, []int]{lineBasis{f, only}, only == "" || f.Lines() <= linesAtOnce, func(pc *pace) []int {
		var lines []int
		pc.begin(f.Lines())
		for n := 1; n <= f.Lines() && only != "" && pc.goesOn(); n++ {
			if lineHas(f, n, only) {
				lines = append(lines, n)
			}
		}
		return lines
	}}
}

// catchUp finds the lines that are wanted beside the screen, if they are others than those that are shown.
func (p *source) catchUp() tea.Cmd { return p.kept.catchUp(p.recipe(), p.settled) }

// making is how the lines that are wanted are found; nil where they are there.
func (p *source) making() func(*pace) func() { return p.kept.made(p.recipe()) }

// settled puts the cursor where the user is, or near it where that line is not shown.
func (p *source) settled() []action {
	if p.find(p.at); p.focused == paneSource {
		return p.chosen()
	}
	return nil
}

// lines is the lines that are shown, by their numbers; all is that none is left out. Those of another version are others: until the
// lines are found in this one, none is shown.
func (p *source) lines() (list []int, all bool) {
	list = *p.kept.look(p.recipe())
	if p.kept.basis.of != p.text() {
		return nil, false
	}
	return list, p.kept.basis.only == ""
}

// rows is how many lines are shown.
func (p *source) rows() int {
	if lines, all := p.lines(); !all {
		return len(lines)
	}
	return p.text().Lines()
}

// line is the number of a line that is shown.
func (p *source) line(row int) int {
	lines, all := p.lines()
	switch {
	case all:
		return row + 1
	case len(lines) == 0:
		return 1
	}
	return lines[min(row, len(lines)-1)]
}

// here is the number of the line under the cursor.
func (p *source) here() int { return p.line(p.list.Cursor) }

// toLine puts the cursor at a line, or near it where it is not shown.
func (p *source) toLine(n int) {
	row := n - 1
	if lines, all := p.lines(); !all {
		row, _ = slices.BinarySearch(lines, n)
	}
	p.list.To(row, 1, p.rows())
}

// narrowing is what the lines are narrowed to.
func (p *source) narrowing() string { return p.only }

// narrow shows the lines that have a text.
func (p *source) narrow(text string) []action {
	n := p.here()
	p.only = text
	p.toLine(n)
	return p.chosen()
}

// text is the file shown, in the version on the screen.
func (p *source) text() *zonefile.File {
	z := p.doc.Zone()
	if f := z.File(p.file); f != nil {
		return f
	}
	p.file = z.Root().Name()
	return z.Root()
}

// row is the entry that the line under the cursor belongs to; the zero Row where no line is shown.
func (p *source) row() zonefile.Row {
	f := p.text()
	if p.rows() == 0 {
		return zonefile.Row{}
	}
	return p.doc.Zone().RowAt(f, f.Line(p.here()).Start)
}

// update moves the cursor.
func (p *source) update(m tea.KeyMsg) []action {
	if p.list.Move(m, &p.keys.Moving, p.rows()) {
		return p.chosen()
	}
	return nil
}

// chosen tells the other panes which line the user is at.
func (p *source) chosen() []action {
	f := p.text()
	if p.rows() == 0 {
		return nil
	}
	return []action{look{document.At(f.Name(), f.Line(p.here()).Start)}}
}

// find puts the cursor at a place.
func (p *source) find(at document.Spot) {
	if f := p.doc.Zone().File(at.File); f != nil {
		p.file = at.File
		p.toLine(f.Position(at.Off).Line)
	}
}

// reveal puts the cursor at the line of a place, and takes a filter away that hides it.
func (p *source) reveal(at document.Spot) {
	f := p.doc.Zone().File(at.File)
	if f == nil {
		return
	}
	p.file = at.File
	n := f.Position(at.Off).Line
	if p.toLine(n); p.here() != n {
		p.only = ""
		p.toLine(n)
	}
}

// goTo puts the cursor at a line, counted from 1.
func (p *source) goTo(line int) { p.toLine(line) }

// bindings is what can be done with a line.
func (p *source) bindings() []binding {
	row := p.row()
	filter := on(p.keys.filter, p.filterBinding(p).run).as("only lines with").briefly("& only")
	if p.only != "" && p.rows() == 0 {
		list := append(p.because(p.nothing(), p.recordBindings(row.Record(), "")), unless(p.nothing(), p.keys.enter, nil))
		return append(append(list, p.sideways()...), filter)
	}
	if row.IsZero() {
		return append(p.sideways(), filter)
	}
	list := p.recordBindings(row.Record(), row.Owner())
	for i := range list {
		if list[i].why == whyNoRecord && row.Kind() == zonefile.RowBroken {
			list[i].why = "this line is broken: its error is in PROBLEMS; correct it in an editor, or comment it out there"
		}
	}
	list = append(append(without(list, p.keys.comment), p.commentBinding(row)), p.sideways()...)
	return append(list, filter, unless(p.noRecord(row), p.keys.enter, func() []action { return []action{visit{p.at}} }).as("its record"))
}

// noRecord is why a line leads to no record.
func (p *source) noRecord(row zonefile.Row) string {
	if row.Record().IsZero() {
		return "this line is no record: E opens the file in your own editor"
	}
	return ""
}

// sideways is the keys that scroll long lines; each goes so far that some of what one read stays in sight.
func (p *source) sideways() []binding {
	const step = 20
	by := func(n int) func() []action {
		return func() []action { p.from = max(p.from+n, 0); return nil }
	}
	why := ""
	if p.from == 0 {
		why = "the lines are shown from their beginning: > scrolls to their ends"
	}
	return []binding{unless(why, p.keys.leftwards, by(-step)).briefly("-"), on(p.keys.rightwards, by(step)).briefly("< > scroll")}
}

// view draws the lines that can be seen.
func (p *source) view(width, height int) string {
	f := p.text()
	if p.focused != paneSource {
		p.center(height)
	}
	digits := max(len(itoa(f.Lines())), 3)
	if p.rows() == 0 {
		return p.empty(p.nothing(), width, height)
	}
	return p.list.View(width, height, p.rows(), func(i int, cursor bool) string {
		return p.Line(width, cursor && p.has(paneSource), p.sourceLine(f, p.line(i), digits, cursor)...)
	})
}

// nothing is why no line is shown.
func (p *source) nothing() string {
	if p.kept.lags(p.recipe()) {
		return lookingHere
	}
	return nothingHas
}

// center keeps some lines before the cursor in sight while the pane follows another.
func (p *source) center(height int) { p.list.Offset = max(p.list.Cursor-height/2, 0) }

// sourceLine draws one line of the file.
func (p *source) sourceLine(f *zonefile.File, n, digits int, cursor bool) []draw.Span {
	s := f.Line(n)
	row := p.doc.Zone().RowAt(f, s.Start)
	mark, style := "  ", p.lineStyle(row)
	if cursor && p.has(paneSource) {
		mark = p.Glyphs.Mark + " "
	}
	badge := draw.Ink("  ", p.Styles.Plain)
	if list := p.doc.Findings.Within(f.Name(), zonefile.Span{Start: s.Start, End: s.End + 1}); len(list) > 0 && !p.doc.Stale() {
		badge = draw.Ink(list[0].Severity.Letter()+" ", p.severity(list[0].Severity))
	}
	return []draw.Span{draw.Ink(mark, p.Styles.Key), draw.Ink(p.FitRight(itoa(n), digits)+" ", p.Styles.Dim), badge,
		draw.Ink(ansi.TruncateLeft(p.show(expandTabs(string(f.Slice(s)))), p.from, ""), style)}
}

// lineStyle is the style of a line by what it is.
func (p *source) lineStyle(row zonefile.Row) lipgloss.Style {
	switch row.Kind() {
	case zonefile.RowBlank:
		return p.Styles.Dim
	case zonefile.RowDirective, zonefile.RowInclude, zonefile.RowGenerate:
		return p.Styles.Info
	case zonefile.RowBroken:
		return p.Styles.Err
	}
	return p.Styles.Plain
}

func (p *source) click(y int) []action {
	if p.list.Click(y, p.rows()) {
		return p.chosen()
	}
	return nil
}
