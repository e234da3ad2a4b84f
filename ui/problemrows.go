package ui

// How problems are drawn: a free row belongs to the sentence above it, so that all of them can be read where there is room, whether
// the pane has the keys or not.

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
)

// view draws the problems, whole where all of them have room; else as short as they can be said, and under them all that is said
// about the one under the cursor.
func (p *problems) view(width, height int) string {
	s := p.shown()
	n := s.count()
	if n == 0 {
		return p.empty(p.none(), width, height)
	}
	c := p.columns(s, width)
	var detail []string
	if p.linesOf(s, c, height+1) > height {
		detail = p.told
		if now := min(height/2, 4); !p.moving || len(detail) != now {
			detail = p.detail(width, now)
			p.told = detail
		}
	}
	shares := p.shares(s, c, height-len(detail))
	top, from := p.list.ViewTall(width, height-len(detail), n, func(i int, cursor bool) []string {
		most := 1
		if i < len(shares) {
			most = shares[i]
		}
		return p.rowLines(s.row(i), c, most, cursor)
	})
	p.from = from
	for _, l := range detail {
		top += "\n" + l
	}
	return top
}

// lines is how many lines the problems of a version have with all that they say, at most as many as nobody wants to know of more.
func (p *problems) lines(found document.Findings, width, most int) int {
	s := kindsOf(found.Serious(), found.Begins)
	return p.linesOf(&s, p.columns(&s, width), most)
}

func (p *problems) linesOf(s *shownProblems, c problemColumns, most int) int {
	lines, n := s.count(), s.count()
	for i := 0; i < n && lines < most; i++ {
		lines += len(p.rowLines(s.row(i), c, everyLine, false)) - 1
	}
	return min(lines, most)
}

// shares is how many lines rows may have for which a height has one line each, or more where they cannot be said shorter: what is
// left goes to what they say, from the worst on.
func (p *problems) shares(s *shownProblems, c problemColumns, height int) []int {
	n := s.count()
	if n > height {
		return nil
	}
	most, free := make([]int, n), height
	for i := range n {
		most[i] = len(p.rowLines(s.row(i), c, 1, false))
		free -= most[i]
	}
	for i := 0; i < n && free > 0; i++ {
		has := most[i]
		for most[i] += free; len(p.rowLines(s.row(i), c, most[i], false)) > has+free; {
			most[i]--
		}
		free -= len(p.rowLines(s.row(i), c, most[i], false)) - has
	}
	return most
}

// problemColumns is how wide the columns are.
type problemColumns struct{ width, line, owner, text int }

// everyLine is as many lines as a row needs.
const everyLine = 1 << 30

// mostOwner is how wide the names beside problems are at most: a quarter of a wide pane.
func mostOwner(width int) int { return max(14, width/4) }

// columns divides a width: lines and names as they are, at most so many of the first, and the rest for what is said.
func (p *problems) columns(s *shownProblems, width int) problemColumns {
	c := problemColumns{width: width, line: 2, owner: 1}
	for _, d := range s.list[:min(len(s.list), 200)] {
		c.line, c.owner = max(c.line, len(lineOf(d))), max(c.owner, ansi.StringWidth(p.owner(d)))
	}
	for k := range s.begins[:min(len(s.begins), 200)] {
		if n := len(s.kind(k)); n > 1 { // how many are alike stands in both columns
			c.owner = max(c.owner, len(alikeOf(n))-c.line-1)
		}
	}
	if c.owner = min(c.owner, mostOwner(width)); width < 50 {
		c.owner = 0
	}
	c.text = width - 4 - c.line - 1 - c.owner - 1 - 2
	if c.owner > 0 {
		c.text--
	}
	return c
}

// rowLines draws a row, in so many lines if it can be said in them: a problem, or several that are alike with the places of all;
// unfolded these stand below it.
func (p *problems) rowLines(r problemRow, c problemColumns, most int, cursor bool) []string {
	d := r.list[0]
	switch {
	case r.inside && r.byRule:
		return p.textLines(d, lineOf(d), p.sayings(d.Message, c, most), c, cursor)
	case r.inside:
		text := ""
		if c.owner == 0 {
			text = p.Middle(p.owner(d), c.text)
		}
		return []string{p.problemLine(d, lineOf(d), text, c, cursor)}
	case !r.folds:
		return p.textLines(d, lineOf(d), p.sayings(d.Message, c, most), c, cursor)
	}
	if !r.open && most > 1 {
		most-- // places have one of their own
	} else if !r.open {
		most = 0
	}
	said, alike := d.OfEach(), alikeOf(len(r.list))
	if r.byRule {
		said, alike = d.Rule.Name+": "+d.Rule.Summary(), timesOf(len(r.list))
	}
	if room := c.line + 1 + c.owner; len(alike) > room {
		said, alike = alike+": "+said, ""
	}
	texts := p.sayings(said, c, max(most, 1))
	switch {
	case r.open:
	case most > 0:
		return append(p.textLines(d, alike, texts, c, cursor), p.placesBelow(r.list, c))
	default: // all of them stand below the list; in the row words give way to the first
		for _, form := range lint.Sayings(p.asWritten(said)) {
			if places, whole := p.places(r.list, c.text-ansi.StringWidth(form)-2); whole {
				return p.textLines(d, alike, []string{form + "  " + places}, c, cursor)
			}
		}
		last := len(texts) - 1
		places, whole := p.places(r.list, c.text-ansi.StringWidth(texts[last])-2)
		if !whole {
			return append(p.textLines(d, alike, texts, c, cursor), p.placesBelow(r.list, c))
		}
		texts[last] += "  " + places
	}
	return p.textLines(d, alike, texts, c, cursor)
}

// placesBelow is the places of problems that are alike, in a row of their own.
func (p *problems) placesBelow(list []*lint.Diagnostic, c problemColumns) string {
	places, whole := p.places(list, c.text)
	if !whole { // it begins farther to the left
		places, _ = p.places(list, c.width-6)
	}
	return p.below(places, c)
}

// sayings is what is said, as long as so many lines have room for it; not less than can be said.
func (p *problems) sayings(message string, c problemColumns, most int) (lines []string) {
	for _, form := range lint.Sayings(p.asWritten(message)) {
		if lines = draw.Wrap(form, c.text); len(lines) <= most {
			break
		}
	}
	return lines
}

// textLines draws a problem with what is said in so many rows.
func (p *problems) textLines(d *lint.Diagnostic, place string, texts []string, c problemColumns, cursor bool) []string {
	if more := p.beyond(d, place, c); more > 0 && (len(texts) > 1 || ansi.StringWidth(texts[0]) > c.text-more) { // a long owner has the row
		texts = append([]string{""}, texts...)
	}
	lines := []string{p.problemLine(d, place, texts[0], c, cursor)}
	for _, text := range texts[1:] {
		lines = append(lines, p.below(text, c))
	}
	return lines
}

// beyond is how much longer an owner is than its column: it is not cut.
func (p *problems) beyond(d *lint.Diagnostic, place string, c problemColumns) int {
	if c.owner == 0 || isAlike(place) {
		return 0
	}
	return min(max(ansi.StringWidth(p.owner(d))-c.owner, 0), c.text)
}

// alikeOf is how many are alike.
func alikeOf(n int) string { return itoa(n) + " alike" }

// timesOf is how often a rule speaks.
func timesOf(n int) string { return itoa(n) + " times" }

// isAlike tells that how many are alike stands in the place of a line and an owner, or nothing where that is said behind it.
func isAlike(place string) bool {
	return place == "" || strings.HasSuffix(place, "alike") || strings.HasSuffix(place, "times")
}

// below draws what goes on from the row above.
func (p *problems) below(text string, c problemColumns) string {
	return p.Line(c.width, false, draw.Ink(p.Fit("", c.width-2-max(c.text, ansi.StringWidth(text)))+text, p.Styles.Plain))
}

// lineOf is the line of a problem.
func lineOf(d *lint.Diagnostic) string { return itoa(d.Position().Line) }

// places is the lines and owners of problems that are alike, as many as there is room for, and how many there are besides; and
// whether the first of them is whole.
func (p *problems) places(list []*lint.Diagnostic, room int) (text string, whole bool) {
	for i, d := range list {
		rest := fmt.Sprintf(" +%d", len(list)-i-1)
		if i == len(list)-1 {
			rest = ""
		}
		word := strings.TrimSpace(lineOf(d) + " " + p.owner(d))
		if i > 0 {
			word = ", " + word
		}
		if ansi.StringWidth(text+word+rest) > room {
			if i == 0 {
				return p.Middle(word, max(room-len(rest), 0)) + rest, false
			}
			return text + fmt.Sprintf(" +%d", len(list)-i), true
		}
		text += word
	}
	return text, true
}

// problemLine draws the first line of a problem: severity, line, owner, and what is said in it; or how many are alike.
func (p *problems) problemLine(d *lint.Diagnostic, place, text string, c problemColumns, cursor bool) string {
	focused := p.has(paneProblems)
	mark := "  "
	if cursor && focused {
		mark = p.Glyphs.Mark + " "
	}
	fix := ""
	if len(d.Fixes) > 0 && !isAlike(place) {
		fix = " f"
	}
	owner, more := "", p.beyond(d, place, c)
	if c.owner > 0 {
		owner = p.Fit(p.Middle(p.owner(d), c.owner+more), c.owner+more) + " "
	}
	if isAlike(place) {
		place, owner = p.Fit(place, c.line+1+c.owner), " "
	} else {
		place = p.FitRight(place, c.line) + " "
	}
	first := p.Under(cursor && focused, draw.Ink(mark, p.Styles.Key), draw.Ink(d.Severity.Letter()+" ", p.severity(d.Severity)),
		draw.Ink(place, p.Styles.Plain))
	return p.Line(c.width, false, append(first,
		draw.Ink(owner, p.Styles.Plain), draw.Ink(" "+p.Fit(text, c.text-more), p.Styles.Plain), draw.Ink(fix, p.Styles.Key))...)
}

// detail draws the whole message of the problem under the cursor, and where that leaves a row its rule and its fix; of several that
// are alike whose they are. Its height is the same for all, so that the list above stays where it is.
func (p *problems) detail(width, height int) []string {
	d, ok := p.row()
	if !ok || height < 2 {
		return nil
	}
	message, room := d.Message, height-1
	var places []string
	if r := p.at(); r.folds {
		if message, room = d.OfEach(), room-1; r.byRule {
			message = d.Rule.Summary()
		}
		text, _ := p.places(r.list, width-4)
		places = []string{text}
	}
	var text []string
	for _, form := range lint.Sayings(p.asWritten(message)) {
		if text = draw.Wrap(form, width-4); len(text) <= room {
			break
		}
	}
	last := "[" + d.Rule.Name + "]"
	if d.File != p.doc.Zone().Root() {
		last += " in " + p.show(d.File.Name())
	}
	if len(d.Fixes) > 0 && !p.at().folds {
		if fix, ok := draw.Shortest(width-4, last+"  f: "+p.asWritten(d.Fixes[0].Message), last+"  f mends it"); ok {
			last = fix
		}
	}
	if most := height - 1; len(text) > most {
		text = text[:most]
		text[most-1] = p.Fit(text[most-1]+" "+p.Glyphs.More, width-4)
	}
	text = append(text, places...)
	lines := []string{p.Line(width, false, draw.Ink(p.Rule(width), p.Styles.Dim))}
	for i := range height - 1 {
		if i == height-2 && len(text) < height-1 { // what is wrong comes first
			return append(lines, p.Line(width, false, draw.Ink("    "+last, p.Styles.Dim)))
		}
		lines = append(lines, p.Line(width, false, draw.Ink("    "+at(text, i), p.Styles.Plain)))
	}
	return lines
}

func (p *problems) click(y int) []action {
	i := 0
	for i+1 < len(p.from) && p.from[i+1] <= y {
		i++
	}
	if p.list.Click(i, p.shown().count()) {
		return p.chosen()
	}
	return nil
}
