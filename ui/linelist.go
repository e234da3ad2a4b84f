package ui

// A list of lines of files, each by its number, with titles and sentences between them: who uses a name, and what a change of it
// would write. Nothing of a line is cut: what has no room goes on below. The cursor stands on lines and on sentences, so that all
// of them come into sight.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// lineRow is a row of such a list.
type lineRow struct {
	row   zonefile.Row // the line; zero for what is none
	n     int          // which of those that can be switched, from 1; 0: none
	title bool
	more  bool // it goes on from the row above
	spans []draw.Span
}

func (r lineRow) goesOn() bool { return r.more }

func (r lineRow) text() string {
	if r.title {
		return ""
	}
	return spansText(r.spans)
}

// still tells a row that the cursor passes over.
func (r lineRow) still() bool { return r.title || r.more }

// lineList is the list. What it is filled with does not change; how wide it is does.
type lineList struct {
	*kit
	list  draw.List
	only  string
	fill  func(m *lineMaker) // makes the rows
	rows  []lineRow
	width int  // that they were made for
	fresh bool // they are as they should be
	on    int  // the line with a switch that the cursor goes to when they are made; 0: it stays
}

// filled gives the list its rows.
func (l *lineList) filled(by func(m *lineMaker)) {
	l.fill, l.fresh, l.list = by, false, draw.List{}
}

// refresh makes the rows for a width.
func (l *lineList) refresh(width int) {
	if l.fresh && l.width == width {
		return
	}
	m := lineMaker{kit: l.kit, width: width}
	l.fill(&m)
	l.rows, l.width, l.fresh = m.rows, width, true
	if l.only != "" {
		l.rows = onlyWith(l.rows, l.seeks(l.only), lineRow.goesOn, lineRow.text)
	}
	l.list.Skip = func(i int) bool { return i < len(l.rows) && l.rows[i].still() }
	if i := slices.IndexFunc(l.rows, func(r lineRow) bool { return l.on > 0 && r.n == l.on }); i >= 0 {
		l.list.Cursor = i
	}
	l.on = 0
	l.list.To(l.list.Cursor, 1, len(l.rows))
}

// under is the row under the cursor.
func (l *lineList) under() lineRow {
	if l.list.Cursor < len(l.rows) {
		return l.rows[l.list.Cursor]
	}
	return lineRow{}
}

// tall is how many rows a width needs.
func (l *lineList) tall(width int) int {
	l.refresh(width)
	return max(len(l.rows), 1)
}

func (l *lineList) narrowing() string { return l.only }

// narrow shows the rows that have a text.
func (l *lineList) narrow(text string) []action {
	l.only, l.fresh = text, false
	l.list, l.on = draw.List{}, 1
	l.refresh(l.width)
	return nil
}

// seek goes to the next row that has a text.
func (l *lineList) seek(text string, back bool) func(*pace) func() {
	rows, from, of := l.rows, l.list.Cursor, l.seeks(text)
	return func(p *pace) func() {
		i, ok := p.nextMatch(len(rows), from, back, func(i int) bool { return !rows[i].still() && of.has(wholeLine(rows[i:])) })
		if !ok {
			return nil
		}
		return func() { l.list.Cursor = i }
	}
}

// wholeLine is what the first of some rows says, with those that go on from it.
func wholeLine(rows []lineRow) string {
	text := rows[0].text()
	for _, r := range rows[1:] {
		if !r.more {
			break
		}
		text += " " + strings.TrimSpace(r.text())
	}
	return text
}

func (l *lineList) update(m tea.KeyMsg) []action {
	l.list.Move(m, &l.keys.Moving, len(l.rows))
	return nil
}

// moving is the keys of the list that change nothing.
func (l *lineList) moving() []binding {
	return append(l.listKeys(l), unless("this has all the room already", l.keys.zoom, nil).briefly("-"))
}

// nowhere is why enter leads nowhere from the row under the cursor.
func (l *lineList) nowhere() string {
	switch w := l.under().row; {
	case len(l.rows) == 0:
		return nothingHas
	case w.IsZero():
		return "this is no line of a file"
	}
	return ""
}

// spot is where the line under the cursor stands; of one that a $GENERATE makes, where that does.
func (l *lineList) spot() document.Spot {
	return document.SpotOfRow(l.under().row)
}

// draw draws the rows, each behind a sign.
func (l *lineList) draw(width, height int, sign func(r lineRow) draw.Span) string {
	l.refresh(width)
	if len(l.rows) == 0 {
		return l.empty(nothingHas, width, height)
	}
	last := l.list.Cursor // with what goes on from it
	for last+1 < len(l.rows) && l.rows[last+1].more {
		last++
	}
	l.list.Offset = max(l.list.Offset, min(last-height+1, l.list.Cursor))
	return l.list.View(width, height, len(l.rows), func(i int, cursor bool) string {
		r, mark := l.rows[i], "  "
		cursor = cursor && !r.still() && !l.beneath
		if cursor {
			mark = l.Glyphs.Mark + " "
		}
		spans := []draw.Span{draw.Ink(mark, l.Styles.Key)}
		if sign != nil {
			spans = append(spans, sign(r))
		}
		return l.Line(width, cursor, append(spans, r.spans...)...)
	})
}

// lineMaker makes the rows of a list.
type lineMaker struct {
	*kit
	width  int
	signs  int // how wide the signs are that stand before the rows
	digits int // of the numbers of lines
	owner  int // how wide owners are
	rows   []lineRow
}

// mostOwners is how wide owners are at most: longer ones stand in a row of their own.
const mostOwners = 20

// measure finds how wide the columns of some lines are; of very many some tell that.
func (m *lineMaker) measure(n int, line func(i int) (zonefile.Row, string)) {
	for i := range min(n, 500) {
		w, says := line(i)
		owner, _, _ := strings.Cut(says, " ")
		m.digits = max(m.digits, len(itoa(w.Position().Line)))
		if width := ansi.StringWidth(m.show(owner)); width <= min(mostOwners, m.width/4) {
			m.owner = max(m.owner, width)
		}
	}
}

// title adds the title of what stands below it.
func (m *lineMaker) title(text string) {
	m.rows = append(m.rows, lineRow{title: true, spans: []draw.Span{draw.Ink(text, m.Styles.Dim)}})
}

// say adds a sentence.
func (m *lineMaker) say(text string) { m.wrapped(lineRow{}, 0, text, m.Styles.Plain) }

// line adds a line: its number, and its owner, type and data in columns.
func (m *lineMaker) line(r lineRow, says string) {
	number := draw.Ink(m.FitRight(itoa(r.row.Position().Line), max(m.digits, 3))+" ", m.Styles.Dim)
	words := strings.SplitN(says, " ", 3)
	if f := r.row.File(); f != m.doc.Zone().Root() && r.row.MadeBy().IsZero() {
		words[len(words)-1] += "  in " + f.Name()
	}
	if len(words) < 3 || r.row.Record().IsZero() {
		r.spans = []draw.Span{number}
		m.wrapped(r, ansi.StringWidth(number.Text), strings.Join(words, " "), m.Styles.Plain)
		return
	}
	owner, typ := m.show(words[0]), m.Fit(words[1], max(5, len(words[1])))+" "
	r.spans = []draw.Span{number, draw.Ink(m.Fit(owner, max(m.owner, ansi.StringWidth(owner)))+" ", m.Styles.Name), draw.Ink(typ, m.Styles.Plain)}
	indent := ansi.StringWidth(number.Text) + m.owner + 1 + ansi.StringWidth(typ)
	if ansi.StringWidth(owner) > m.owner { // the data stands below
		m.rows = append(m.rows, r)
		r = lineRow{more: true, row: r.row}
		m.wrapped(r, indent, words[2], m.Styles.Plain)
		return
	}
	m.wrapped(r, indent, words[2], m.Styles.Plain)
}

// wrapped adds a text behind what a row has, in as many rows as it needs.
func (m *lineMaker) wrapped(r lineRow, indent int, text string, style lipgloss.Style) {
	text = m.show(expandTabs(text))
	room := m.width - markWidth - m.signs - indent - 1
	if room < max(12, widestWord(text)) { // a name that is parted is two names
		room, indent = m.width-markWidth-m.signs-1-min(4, indent), min(4, indent)
		if len(r.spans) > 0 {
			m.rows = append(m.rows, r)
			r = lineRow{more: true, row: r.row}
		}
	}
	for _, l := range draw.Wrap(text, max(room, 8)) {
		if len(r.spans) == 0 {
			r.spans = []draw.Span{draw.Ink(strings.Repeat(" ", indent), style)}
		}
		r.spans = append(r.spans, draw.Ink(l, style))
		m.rows = append(m.rows, r)
		r = lineRow{more: true, row: r.row}
	}
}

// widestWord is how wide the widest word of a text is.
func widestWord(text string) (width int) {
	for _, w := range strings.Fields(text) {
		width = max(width, ansi.StringWidth(w))
	}
	return width
}
