package ui

// How names are drawn: the name, how its mail goes, and its worst problem. A name is written as the zone writes it; where it is
// too long it loses its middle, because what tells the names of a hoster apart is their ends, and before that its route gives way.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// What columns of names need, in cells.
const (
	nameMark    = 2  // before each name
	usualName   = 14 // names are no wider where they are not longer
	mostName    = 30 // and never wider than this in a column
	leastWay    = 8  // what a route needs to say anything
	usualWay    = 12
	usualTarget = 24 // of the name of an address
	gapWidth    = 2  // between columns
	badgeWidth  = 4
)

// need is how wide the pane has to be for its names.
func (p *names) need() int {
	way := usualWay
	if p.doc.Zone().Origin().IsBackwards() {
		way = usualTarget
	}
	return nameMark + min(p.arranged().longest, mostName) + gapWidth + way + badgeWidth
}

// column is how wide names are in a pane of a width: as wide as the longest, while routes have what they need.
func (p *names) column(width int) int {
	room := max(width-nameMark-gapWidth-leastWay-badgeWidth, usualName)
	return min(p.arranged().longest, room, mostName)
}

// view draws the names that can be seen.
func (p *names) view(width, height int) string {
	rows := p.rows()
	p.head = 1
	if p.alone && height < leastTitled && p.by.only == "" && len(p.marked) == 0 {
		p.head = 0
	}
	var lines []string
	if p.head > 0 {
		p.list.Page = height - 1 // the title tells how far down one is
		lines = append(lines, p.titleLine(width))
	}
	if len(rows) == 0 {
		return draw.Block(append(lines, p.emptyLines(width)...), width, height)
	}
	column := p.column(width)
	list := p.list.View(width, height-p.head, len(rows), func(i int, cursor bool) string {
		if s := p.routes().at(i); s.size() > 0 {
			return p.routeRow(rows[i], s, cursor, width)
		} else if s.inside {
			return p.row(rows[i], cursor, "  ", width, column+len("  "))
		}
		return p.row(rows[i], rows[i].Name == p.kit.name, "", width, column)
	})
	return strings.Join(append(lines, list), "\n")
}

// leastTitled is how high a pane is at the least that has a title of its own under the line of titles.
const leastTitled = 10

// titleLine is the title: which names are shown, how many, in which order, and how many are marked.
func (p *names) titleLine(width int) string {
	var spans []draw.Span
	room := width
	if !p.alone {
		title := p.title("NAMES", p.has(paneNames), p.Styles.Plain)
		spans, room = append(spans, title), room-ansi.StringWidth(title.Text)
	}
	for i, text := range p.headings() {
		style := p.Styles.Plain
		if i > 0 && text == strings.ToLower(text) {
			style = p.Styles.Dim
		}
		if w := ansi.StringWidth(text) + 1; text != "" && w <= room {
			spans, room = append(spans, draw.Ink(" "+text, style)), room-w
		}
	}
	return p.Line(width, false, spans...)
}

// headings is what the title says, what weighs most first.
func (p *names) headings() []string {
	f, s, by := p.doc.Findings, p.arranged(), p.shown.basis.by
	count := p.list.More(len(s.rows))
	if count == "" || by.order == grouped {
		count = itoa(s.there)
	}
	texts, other := []string{"MAIL " + count}, "all "+itoa(f.Owners)
	if by.all {
		texts, other = []string{"ALL " + count}, "mail "+itoa(len(f.Names))
	}
	if p.reverse() {
		other = "ptr " + itoa(p.ptrs.in(f.Zone))
	}
	if by.only != "" {
		texts = append(texts, "&"+p.show(by.only))
	}
	if p.by.only != by.only { // what stands below is not what is asked for
		texts = []string{"looking..."}
	}
	if len(p.marked) > 0 {
		texts = append(texts, itoa(len(p.marked))+" MARKED")
	}
	if word := by.order.word(); by.order == grouped {
		texts = append(texts, itoa(len(s.begins))+" "+word+"S")
	} else {
		texts = append(texts, word)
	}
	if len(f.Names) > 0 || p.reverse() {
		texts = append(texts, " "+other)
	}
	return texts
}

// emptyLines says why there is no name.
func (p *names) emptyLines(width int) []string {
	text := "No name here. Press a to add a record."
	switch {
	case p.doc.Findings.Zone == nil:
		text = "reading the zone..."
	case p.shown.lags(p.by.recipe(p.doc.Findings)):
		text = "listing the names..."
	case p.by.only != "":
		text = "No name and no host contains this. Press & and enter for all."
	case preview.NoMail(p.doc.Findings.Zone) != "":
		text = "This is " + preview.NoMail(p.doc.Findings.Zone) + "."
	}
	var out []string
	for _, l := range draw.Wrap(text, width-2) {
		out = append(out, p.Line(width, false, draw.Ink(" "+l, p.Styles.Dim)))
	}
	return out
}

// row draws one name. One that is longer than the column takes room from its route, and where that is not enough it loses
// its middle.
func (p *names) row(r document.NameRow, here bool, indent string, width, column int) string {
	mark := "  "
	if here && p.has(paneNames) {
		mark = p.Glyphs.Mark + " "
	}
	if p.marked[r.Name] {
		mark = mark[:len(mark)-1] + "+"
	}
	b := p.doc.Findings.Badges[r.Name]
	badge, style := badgeText(b), p.severity(b.Worst)
	if r.How == preview.ByMX || r.How == preview.ByWildcard {
		badge = p.FitRight(badge, max(len(badge), badgeWidth-1)) // their hosts end alike, with a badge and without
	}
	room := width - nameMark - len(badge)
	name := indent + p.nameText(r.Name, max(column, room)-len(indent))
	name = p.Middle(name, min(max(column, min(ansi.StringWidth(name), mostName)), room))
	nameStyle := p.Styles.Plain
	wayStyle := p.Styles.Plain
	switch {
	case r.Out:
		nameStyle, wayStyle = p.Styles.Dim, p.Styles.Dim
	case here:
		nameStyle = p.Styles.Name
	}
	left := room - max(column, ansi.StringWidth(name)) - gapWidth
	first := p.Under(here && p.has(paneNames), draw.Ink(mark, p.Styles.Key), draw.Ink(p.Fit(name, room-max(left, 0)), nameStyle))
	if left > 0 {
		first = append(first, draw.Ink(p.Fit(p.wayText(r, left), left), wayStyle))
	}
	return p.Line(width, false, append(first, draw.Ink(badge, style))...)
}

// wayText is how mail for a name goes, in a width.
func (p *names) wayText(r document.NameRow, width int) string {
	if r.Out {
		text, _ := draw.Shortest(width, "commented out", "out", "")
		return text
	}
	text := preview.WayOf(p.doc.Zone(), r.Name, r.How, p.near(r.Name)).Fit(width, ansi.StringWidth)
	if ptr := p.doc.Zone().RRset(r.Name, zonefile.TypePTR); text == "" && len(ptr) == 1 && width >= usualWay {
		if to, ok := ptr[0].Target(); ok { // the name of an address is as a name of this list
			return p.Middle(p.written(to), width)
		}
	}
	return text
}

// near is how the route of a name calls hosts. Where names are long, it does not say the name again: a host below it is its mail, if
// that is what stands before the name, so that more hosts have room and routes of a kind look alike.
func (p *names) near(name zonefile.Name) func(zonefile.Name) string {
	if p.arranged().longest <= usualName || name == p.doc.Zone().Origin() {
		return p.called
	}
	below := writesUnder(name, p.utf8)
	return func(host zonefile.Name) string {
		if !host.Below(name) {
			return p.called(host)
		}
		return "its " + below(host)
	}
}

func (p *names) click(y int) []action {
	if p.list.Click(y-p.head, len(p.rows())) {
		return p.chosen()
	}
	return nil
}

// nameText is a name as the zone writes it, and beside one of another alphabet what it says, if there is room.
func (p *names) nameText(n zonefile.Name, room int) string {
	name := p.called(n)
	if text := p.alphabet(n); text != "" && ansi.StringWidth(name)+ansi.StringWidth(text)+3 <= room {
		return name + " (" + text + ")"
	}
	return name
}

// routeRow draws the row of a route: how mail goes, how many names have it, and what is wrong with them.
func (p *names) routeRow(r document.NameRow, s routeSpan, here bool, width int) string {
	mark, count := "  ", " "+itoa(s.size())
	if here && p.has(paneNames) {
		mark = p.Glyphs.Mark + " "
	}
	if !slices.ContainsFunc(p.arranged().rows[s.from:s.to], func(r document.NameRow) bool { return !p.marked[r.Name] }) {
		mark = mark[:len(mark)-1] + "+"
	}
	a := p.arranged()
	b := a.badgeOf(s.from)
	badge := p.FitRight(badgeText(b), max(a.badges.room, 1))
	room := max(width-nameMark-len(count)-len(badge), 0)
	text := p.routeText(r)
	if ansi.StringWidth(text) > room && (r.How == preview.ByMX || r.How == preview.ByWildcard) {
		text = preview.WayOf(p.doc.Zone(), r.Name, r.How, p.called).Fit(room, ansi.StringWidth)
	}
	spans := p.Under(here && p.has(paneNames), draw.Ink(mark, p.Styles.Key), draw.Ink(p.Fit(text, room), p.Styles.Name))
	return p.Line(width, false, append(spans, draw.Ink(count, p.Styles.Dim), draw.Ink(badge, p.severity(b.Worst)))...)
}
