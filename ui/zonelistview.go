package ui

// How the list of zones is drawn: columns give way where the screen is narrow, and nothing that tells zones apart is cut.

import (
	"path/filepath"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// widestOf is as wide as what the configuration says of zones needs; that is there at once, and stays.
func (m *zoneList) widestOf(zones []listedZone) zoneColumns {
	c := zoneColumns{zone: len("ZONE"), kind: len("KIND")}
	for i := range zones {
		z := &zones[i]
		c.zone, c.kind = max(c.zone, ansi.StringWidth(z.name)), max(c.kind, len(z.Kind))
		if z.View != "" {
			c.view = max(c.view, ansi.StringWidth(m.show(viewText(z))), len("VIEW"))
		}
	}
	return c
}

// columns is the columns of a width.
func (m *zoneList) columns(w int) zoneColumns {
	var c zoneColumns
	c.problems = len("read only")
	name, view, kind := m.widest.zone, m.widest.view, m.widest.kind
	if len(m.open) > 0 || m.order == zonesByRoute {
		name += 2 // under a fold
	}
	left := w - markWidth - 2 - c.problems
	if w >= 60 {
		c.kind = kind
		left -= kind + 1
	}
	if w >= 80 {
		c.serial = len("4294967295")
		left -= c.serial + 1
	}
	if w >= 80 && view > 0 {
		c.view = min(view, 10)
		left -= c.view + 1
	}
	if w >= 120 {
		c.file = left / 3
		left -= c.file + 1
	}
	const leastMail = 12
	if c.zone = min(name, left); left-c.zone-1 < leastMail && w >= 60 {
		c.zone = max(left-leastMail-1, min(name, left/2))
	}
	if left-c.zone-1 >= leastMail {
		c.mail = left - c.zone - 1
	}
	return c
}

// viewText is the views of a zone in a word.
func viewText(z *listedZone) string {
	if len(z.Views) > 1 {
		return z.View + " +" + itoa(len(z.Views)-1)
	}
	return z.View
}

// cell is a column of a row: one that is not shown has no width, and none touches the next.
func (m *zoneList) cell(text string, width int, style lipgloss.Style) draw.Span {
	if width == 0 {
		return draw.Span{}
	}
	return draw.Ink(m.Fit(text, width)+" ", style)
}

// picture draws the list, or what is over it, with what is said.
func (m *zoneList) picture() string {
	w, h := m.width, m.height
	if w == 0 || h == 0 {
		return ""
	}
	if draw.TooSmall(w, h) {
		return m.smallNote(w, h)
	}
	lines := []string{m.head(w)}
	if m.help != nil {
		return lines[0] + "\n" + m.help.view(w, h-2) + "\n" + m.helpLine(m.help.bindings(), nil, w)
	}
	said, keys := m.saying(w), m.bindings()
	if (m.report != nil || m.change != nil) && m.message.text == "" { // it would be about the list's row
		said = nil
	}
	rows := h - 3 - len(said)
	switch {
	case m.change != nil:
		keys = m.changeKeys()
	case m.report != nil:
		keys = m.reportKeys()
	}
	if m.change != nil && m.report == nil {
		lines = append(lines, m.changing(w, rows+1))
	} else if m.report != nil {
		lines = append(lines, m.Line(w, false, draw.Ink(m.Fit(" "+m.report.title(), w), m.Styles.Head)), m.report.view(w, rows))
	} else {
		c := m.columns(w)
		lines = append(lines, m.titles(c, w), m.list.View(w, rows, len(m.rows), func(i int, cursor bool) string { return m.row(m.rows[i], c, w, cursor) }))
	}
	bottom := m.helpLine(keys, nil, w)
	if m.prompt != nil {
		bottom = m.prompt.view(w, 1)
	}
	return strings.Join(append(append(lines, said...), bottom), "\n")
}

// head is the first line: the configuration, and how many zones there are.
func (m *zoneList) head(w int) string {
	bad, done := 0, 0
	for i := range m.zones {
		if z := &m.zones[i]; z.read {
			if done++; z.Errors > 0 || z.Err != "" {
				bad++
			}
		}
	}
	right := zonefile.Plural(len(m.zones), "zone", "zones")
	switch {
	case m.busy && done < len(m.zones):
		right += ", " + itoa(done) + " read"
	case bad > 0:
		right += ", " + itoa(bad) + " with errors"
	}
	if n := len(m.marked); n > 0 {
		right += ", " + itoa(n) + " marked"
	}
	if m.only != "" {
		right = "only " + m.show(m.only) + "   " + right
	}
	right = m.Fit(right, min(ansi.StringWidth(right), w-8)) + " "
	room := w - ansi.StringWidth(right)
	left, path := " named  ", m.show(m.opt.Conf.File)
	if m.opt.Question != "" {
		left, path = " ", m.show(m.opt.Question)
	}
	if over := ansi.StringWidth(left+path) + 2 - room; over > 0 {
		path = m.Glyphs.More + ansi.TruncateLeft(path, over+1, "")
	}
	return m.Styles.Title.Render(m.Fit(left+path, room) + right)
}

// titles is the line of titles.
func (m *zoneList) titles(c zoneColumns, w int) string {
	s := m.Styles.Dim
	return m.Line(w, false, draw.Ink("  ", s), m.cell("ZONE", c.zone, s), m.cell("VIEW", c.view, s), m.cell("KIND", c.kind, s),
		m.cell("SERIAL", c.serial, s), m.cell("MAIL GOES TO", c.mail, s), m.cell("FILE", c.file, s), draw.Ink(m.FitRight("PROBLEMS", c.problems), s))
}

// row draws a row.
func (m *zoneList) row(l zoneLine, c zoneColumns, w int, cursor bool) string {
	mark := "  "
	if cursor {
		mark = m.Glyphs.Mark + " "
	}
	switch l.kind {
	case lineNote:
		return m.Line(w, false, draw.Ink("  "+l.text, m.Styles.Dim))
	case lineFold:
		sign := "+ "
		if m.open[l.key] {
			sign = "- "
		}
		if m.allMarked(l.of) {
			sign = "*" + sign[1:]
		}
		room := max(w-ansi.StringWidth(mark+sign+l.tail)-1, 1)
		return m.Line(w, false, m.Under(cursor, draw.Ink(m.Fit(mark+sign+m.Middle(l.text, room)+l.tail, w), m.Styles.Plain))...)
	}
	z := &m.zones[l.zone]
	style := m.Styles.Plain
	if z.Reason != "" || z.quiet {
		style = m.Styles.Dim
	}
	indent := ""
	if l.inside {
		indent = "  "
	}
	if m.marked[l.zone] {
		mark = mark[:len(mark)-1] + "*"
	}
	name := indent + m.Middle(z.name, c.zone-len(indent))
	spans := m.Under(cursor, draw.Ink(mark, m.Styles.Plain), m.cell(name, c.zone, style))
	return m.Line(w, false, append(spans, m.cell(m.show(viewText(z)), c.view, style), m.cell(z.Kind, c.kind, style), m.cell(z.Serial, c.serial, style),
		m.cell(m.mailOf(z, c.mail), c.mail, style), m.cell(m.pathEnd(m.show(z.File), c.file), c.file, m.Styles.Dim), m.problemsOf(z, c.problems))...)
}

// allMarked tells whether all of some zones are marked.
func (m *zoneList) allMarked(zones []int) bool {
	for _, i := range zones {
		if !m.marked[i] {
			return false
		}
	}
	return len(zones) > 0
}

// pathEnd is the end of a path, which tells more than its beginning.
func (m *zoneList) pathEnd(path string, width int) string {
	if over := ansi.StringWidth(path) - width; over > 0 && width > 1 {
		return m.Glyphs.More + ansi.TruncateLeft(path, over+1, "")
	}
	return path
}

// mailOf is how mail for the zone itself goes, in a width.
func (m *zoneList) mailOf(z *listedZone, width int) string {
	switch text := z.Mail.Fit(width, ansi.StringWidth); {
	case width == 0 || !z.read || z.Err != "":
		return ""
	case text != "":
		return m.show(text)
	case len(z.Routes) > 0:
		return "its names alone"
	case z.Serial == "":
		return ""
	}
	return "no mail"
}

// problemsOf is what is wrong with a zone, at the right.
func (m *zoneList) problemsOf(z *listedZone, width int) draw.Span {
	at := func(text string, style lipgloss.Style) draw.Span { return draw.Ink(m.FitRight(text, width), style) }
	switch {
	case z.Err != "":
		return at("E unread", m.Styles.Err)
	case z.Errors+z.Warnings == 0 && z.Reason != "":
		return at("read only", m.Styles.Dim)
	case m.busy && (!z.read || !z.Examined && !z.quiet):
		return at("...", m.Styles.Dim)
	}
	style := m.Styles.Warn
	if z.Errors > 0 {
		style = m.Styles.Err
	}
	return at(z.counted(), style)
}

// counted is how many problems of each kind the zone has, "" if it has none.
func (z *listedZone) counted() string { return countedText(z.Errors, z.Warnings) }

// saying is the lines above the keys: the message, else what is to know of the zone under the cursor, all of it.
func (m *zoneList) saying(w int) (lines []string) {
	text, style := m.message.text, m.Styles.Plain
	if m.message.level == levelError {
		style = m.Styles.Err
	}
	if i := m.zoneAt(m.list.Cursor); text == "" && i >= 0 {
		z := &m.zones[i]
		if text, style = m.wrong(z), m.Styles.Plain; text == "" {
			text, style = m.pathEnd(m.show(z.File), w-1), m.Styles.Dim
		}
	}
	const most = 4
	for _, l := range draw.Wrap(text, w-1) {
		if len(lines) < most {
			lines = append(lines, m.Line(w, false, draw.Ink(" "+l, style)))
		}
	}
	return lines
}

// wrong is why a zone cannot be read, or edited; "" if it can.
func (m *zoneList) wrong(z *listedZone) string {
	switch {
	case z.Err != "":
		return m.show(filepath.Base(z.File) + ": " + z.Err)
	case z.Reason != "":
		return m.show(z.Reason)
	}
	return ""
}
