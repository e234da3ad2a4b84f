package ui

// Lines of the zone in a list, wherever they stand: under the name of their file each has its number, its owner, its type and what
// it says. They are asked for when they are drawn, so that a million cost what ten cost. The line under the cursor is whole, in as
// many rows as it takes, and so are all where there is room for them; of another one row is seen, where what was looked for stands.
// In a line that is higher than the page a movement goes on before it leaves the line.

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// foundRows is a list of lines of the zone: however many there are, only those in sight are made.
type foundRows struct {
	*kit
	list  draw.List
	marks *zonefile.Search // what is marked in them; nil for nothing
	lead  string           // a row before them that is no line; "" for none

	// Of the line under the cursor as it was drawn last: its rows above and below the page, and how many it has in it.
	above, below, high int
}

// within moves in the line under the cursor by some rows, or by pages; false where it ends.
func (l *foundRows) within(by int, pages bool) bool {
	if pages {
		by *= max(l.high-1, 1)
	}
	to := max(min(l.above+by, l.above+l.below), 0)
	moved := to != l.above
	l.above, l.below = to, l.above+l.below-to
	return moved
}

// leaves is what becomes of the rows of a line that the cursor leaves.
func (l *foundRows) leaves() { l.above, l.below = 0, 0 }

// foundCells is what stands in the columns of a line.
type foundCells struct {
	number           int
	owner, typ, text string
	out              bool // no record of the zone
}

// view draws n lines, of which each is given by its number from 0.
func (l *foundRows) view(width, height, n int, row func(i int) zonefile.Row) string {
	before := 0
	if l.lead != "" {
		before = 1
	}
	drawn := func(i int, cursor, whole bool) (lines []string) {
		if i -= before; i < 0 {
			return []string{l.Line(width, cursor, draw.Ink(l.mark(cursor)+l.lead, l.Styles.Plain))}
		}
		w := row(i)
		if f := w.File(); i == 0 || row(i-1).File() != f || row(i-1).MadeBy() != w.MadeBy() {
			lines = append(lines, l.Line(width, false, draw.Ink("  "+l.Middle(l.fileOf(w), width-2), l.Styles.Dim)))
		}
		if !whole {
			return append(lines, l.line(w, width, cursor))
		}
		all := l.whole(w, width, cursor)
		if room := max(height-len(lines), 1); cursor {
			all = l.paged(all, width, room)
		} else {
			all = all[:min(len(all), room)]
		}
		return append(lines, all...)
	}
	all, left := n+before <= height, height
	for i := 0; all && i < n+before; i++ {
		left -= len(drawn(i, false, true))
		all = left >= 0
	}
	text, _ := l.list.ViewTall(width, height, n+before, func(i int, cursor bool) []string { return drawn(i, cursor, cursor || all) })
	return text
}

// paged is the rows of the line under the cursor that are in the page, and how many there are below.
func (l *foundRows) paged(all []string, width, height int) []string {
	l.above = max(min(l.above, len(all)-height), 0)
	l.high, l.below = height, max(len(all)-l.above-height, 0)
	if l.below == 0 || height < 2 {
		return all[l.above:min(l.above+height, len(all))]
	}
	l.high, l.below = height-1, l.below+1
	goes := "    " + zonefile.Plural(l.below, "row", "rows") + " more: ctrl+n goes on"
	return append(slices.Clip(all[l.above:l.above+l.high]), l.Line(width, true, draw.Ink(goes, l.Styles.Dim)))
}

// fileOf is the name of a row's file, and that a $GENERATE stands for the row.
func (l *foundRows) fileOf(w zonefile.Row) string {
	name := l.show(path.Base(w.File().Name()))
	if by := w.MadeBy(); !by.IsZero() {
		name += ", line " + itoa(by.File().Position(by.Span().Start).Line) + ": what $GENERATE stands for"
	}
	return name
}

// foundTypes is how wide types are, if they are no wider.
const foundTypes = 6

// head is what stands before the owner of a line, and how wide owners are.
func (l *foundRows) head(w zonefile.Row, c foundCells, width int, cursor bool) (spans []draw.Span, names int, style lipgloss.Style) {
	digits := min(max(len(itoa(w.File().Lines())), 3), 7)
	if style = l.Styles.Plain; c.out {
		style = l.Styles.Dim
	}
	return []draw.Span{draw.Ink(l.mark(cursor), l.Styles.Key), draw.Ink(l.FitRight(itoa(c.number), digits)+"  ", l.Styles.Dim)},
		min(max(width/5, 8), 24), style
}

// line draws a line in one row.
func (l *foundRows) line(w zonefile.Row, width int, cursor bool) string {
	c := l.cells(w)
	spans, names, style := l.head(w, c, width, cursor)
	if c.typ != "" {
		spans = append(spans, l.marked(l.Fit(l.Middle(c.owner, names), names)+" ", style)...)
		spans = append(spans, l.marked(l.Fit(c.typ, max(foundTypes, ansi.StringWidth(c.typ)))+" ", style)...)
	}
	left := width - ansi.StringWidth(spansText(spans))
	return l.Line(width, cursor, append(spans, l.marked(l.around(c.text, left), style)...)...)
}

// leastData is how much room data has at the least: where it is less it goes on below, from the left.
const leastData = 24

// whole draws a line in as many rows as it takes: an owner that is wider than others has rows of its own, and data goes on below
// itself.
func (l *foundRows) whole(w zonefile.Row, width int, cursor bool) (lines []string) {
	c := l.cells(w)
	spans, names, style := l.head(w, c, width, cursor)
	add := func(more ...draw.Span) {
		lines = append(lines, l.Line(width, cursor, append(spans, more...)...))
		spans = nil
	}
	indent := ansi.StringWidth(spansText(spans))
	if c.typ != "" {
		typ := l.Fit(c.typ, max(foundTypes, ansi.StringWidth(c.typ))) + " "
		if ansi.StringWidth(c.owner) > names {
			for _, part := range draw.Wrap(c.owner, max(width-indent-1, 8)) {
				add(append(l.blank(indent, len(spans) == 0), l.marked(part, style)...)...)
			}
			spans = l.blank(indent+names+1, true)
		} else {
			spans = append(spans, l.marked(l.Fit(c.owner, names)+" ", style)...)
		}
		spans = append(spans, l.marked(typ, style)...)
		indent = ansi.StringWidth(spansText(spans))
	}
	room := width - indent - 1
	if room < min(leastData, ansi.StringWidth(c.text)) {
		add()
		room, indent = width-5, 4
	}
	parts := draw.Wrap(c.text, max(room, 8))
	for _, part := range l.markedParts(c.text, parts, style) {
		add(append(l.blank(indent, len(spans) == 0), part...)...)
	}
	return lines
}

// blank is room at the left of a row, if it is wanted.
func (l *foundRows) blank(n int, wanted bool) []draw.Span {
	if !wanted {
		return nil
	}
	return []draw.Span{draw.Ink(strings.Repeat(" ", n), l.Styles.Plain)}
}

// markedParts is the parts of a text, one behind the other, with what is marked in it, also where that goes on in the next part.
func (l *foundRows) markedParts(text string, parts []string, style lipgloss.Style) (out [][]draw.Span) {
	from, to := 0, 0
	if l.marks != nil {
		from, to = l.marks.In(text)
	}
	at := 0
	for _, part := range parts {
		if i := strings.Index(text[at:], part); i >= 0 {
			at += i
		}
		a, b := min(max(from-at, 0), len(part)), min(max(to-at, 0), len(part))
		out = append(out, []draw.Span{draw.Ink(part[:a], style), draw.Ink(part[a:b], l.strong(style)), draw.Ink(part[b:], style)})
		at = min(at+len(part), len(text))
	}
	return out
}

// strong is how what is marked is drawn.
func (l *foundRows) strong(style lipgloss.Style) lipgloss.Style {
	return style.Bold(true).Underline(true).Faint(false)
}

// mark is the mark of the cursor, or the room for it.
func (l *foundRows) mark(cursor bool) string {
	if cursor {
		return l.Glyphs.Mark + " "
	}
	return "  "
}

// cells is what a row says: a record by its owner, type and data, and by its comment where what is looked for stands there.
func (l *foundRows) cells(w zonefile.Row) foundCells {
	at := w.Span().Start
	c := foundCells{owner: "", out: true}
	if r := w.Record(); !r.IsZero() {
		c = foundCells{owner: l.written(r.Owner()), typ: r.Type().String(), text: l.show(r.RDataText())}
		if says := r.OctetsSay(); says != "" {
			c.text += "  says " + l.show(says)
		}
		if l.marks != nil && !l.has(c.owner) && !l.has(c.typ) && !l.has(c.text) {
			at += l.firstIn(w)
			c.text = l.found(w, c.text, r.Comment())
		}
	} else if out, ok := w.Commented(); ok {
		c = foundCells{owner: "; " + l.written(out.Owner), typ: out.Type.String(), text: l.show(out.RData), out: true}
		if l.marks != nil && !l.has(c.owner) && !l.has(c.typ) && !l.has(c.text) {
			c.text = l.show(oneLine(w.Text()))
		}
	} else {
		at += l.firstIn(w)
		c.text = l.show(expandTabs(lineWith(w, at)))
	}
	c.number = w.File().Position(at).Line
	return c
}

// found is what a record says, and where what is looked for is not in its data: its comment, or the line that has it.
func (l *foundRows) found(w zonefile.Row, data, comment string) string {
	line := l.show(oneLine([]byte(lineWith(w, w.Span().Start+l.firstIn(w)))))
	switch comment = l.show(comment); {
	case l.has(comment):
		return data + "  " + comment
	case l.has(line):
		return line
	}
	return data
}

// has tells whether what is marked stands in a text.
func (l *foundRows) has(text string) bool {
	from, to := l.marks.In(text)
	return to > from
}

// firstIn is where in a row what is marked stands first; its beginning if it is written nowhere.
func (l *foundRows) firstIn(w zonefile.Row) uint32 {
	if l.marks == nil {
		return 0
	}
	from, _ := l.marks.In(string(w.Text()))
	return uint32(from)
}

// lineWith is the line of a row that an offset of its file stands in.
func lineWith(w zonefile.Row, at uint32) string {
	text, n := w.Text(), int(at-w.Span().Start)
	start := bytes.LastIndexByte(text[:n], '\n') + 1
	line, _, _ := bytes.Cut(text[start:], []byte("\n"))
	return strings.TrimSuffix(string(line), "\r")
}

// oneLine is a text with one blank between its words.
func oneLine(text []byte) string { return string(bytes.Join(bytes.Fields(text), []byte(" "))) }

// around is a text that has room, or the part of it where what is marked stands.
func (l *foundRows) around(text string, room int) string {
	if l.marks == nil || ansi.StringWidth(text) <= room {
		return text
	}
	from, to := l.marks.In(text)
	if end := ansi.StringWidth(text[:to]); end > room-1 {
		cut := min(end-room+1+room/3, ansi.StringWidth(text[:from]))
		return l.Glyphs.More + ansi.TruncateLeft(text, cut, "")
	}
	return text
}

// marked is a text with what is marked in it.
func (l *foundRows) marked(text string, style lipgloss.Style) []draw.Span {
	if l.marks == nil {
		return []draw.Span{draw.Ink(text, style)}
	}
	from, to := l.marks.In(text)
	return []draw.Span{draw.Ink(text[:from], style), draw.Ink(text[from:to], l.strong(style)), draw.Ink(text[to:], style)}
}
