package ui

// The rows of changed lines. Each line has its number and is shown whole; how many rows it needs is known without making them.

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// signedLines is lines that go, or lines that come.
type signedLines struct {
	sign  string
	first int // the number of the first
	lines []string
	style lipgloss.Style
}

// sidesOf is what goes and what comes.
func (b *reviewRows) sidesOf(c *textChange) []signedLines {
	return []signedLines{{"-", c.Was, c.Gone, b.Styles.Removed}, {"+", c.Now, c.Come, b.Styles.Added}}
}

// later adds the rows of changed lines, which are made when somebody looks at them.
func (b *reviewRows) later(c *textChange) {
	if c.width != b.width {
		c.width, c.rows = b.width, b.count(c)
	}
	b.list.addLater(c, c.rows, b)
}

// count is how many rows changed lines have.
func (b *reviewRows) count(c *textChange) (n int) {
	if !c.said {
		n++
	}
	for _, s := range b.sidesOf(c) {
		for _, l := range s.lines {
			if l = zonefile.TrimLineEnd(l); columnsOf(l) <= b.lineRoom() {
				n++
			} else {
				n += len(b.pieces(l))
			}
		}
	}
	if b.unseen(c) != "" {
		n++
	}
	return n
}

// columnsOf is how many columns a line takes, if it is ASCII; else more than any screen has.
func columnsOf(line string) (n int) {
	for i := range len(line) {
		switch c := line[i]; {
		case c == '\t':
			n += 8 - n%8
		case c < ' ' || c > '~':
			return math.MaxInt
		default:
			n++
		}
	}
	return n
}

// show adds lines that are replaced.
func (c *textChange) show(b *reviewRows) {
	z := b.doc.Zone()
	to := func() spot { return lineSpot(z, c.file.Name(), c.Now) }
	if !c.said {
		b.remark(c, "of "+b.ownerOf(c.owner))
	}
	for _, s := range b.sidesOf(c) {
		for i, l := range s.lines {
			where := draw.Ink(b.FitRight(itoa(s.first+i), b.digits)+" ", b.Styles.Dim)
			b.line(reviewRow{to: to}, zonefile.TrimLineEnd(l), where, draw.Ink(s.sign, s.style))
		}
	}
	if text := b.unseen(c); text != "" {
		b.remark(c, text)
	}
}

// remark adds what is said of changed lines.
func (b *reviewRows) remark(c *textChange, text string) {
	z := b.doc.Zone()
	b.add(reviewRow{to: func() spot { return lineSpot(z, c.file.Name(), c.Now) },
		spans: []draw.Span{draw.Ink(strings.Repeat(" ", b.digits+2)+text, b.Styles.Dim)}})
}

// says appends all that the rows of changed lines say.
func (c *textChange) says(to []byte, b *reviewRows) []byte {
	if !c.said {
		to = append(to, "of "+b.ownerOf(c.owner)+"\n"...)
	}
	for _, s := range b.sidesOf(c) {
		for i, l := range s.lines {
			to = append(append(strconv.AppendInt(to, int64(s.first+i), 10), ' '), s.sign...)
			if l = zonefile.TrimLineEnd(l); columnsOf(l) == math.MaxInt {
				l = b.kit.show(expandTabs(l))
			}
			to = append(append(to, l...), '\n')
		}
	}
	return append(to, b.unseen(c)...)
}

// unseen is what differs in changed lines and cannot be seen.
func (b *reviewRows) unseen(c *textChange) string {
	return unseenChange(c.Gone, c.Come, b.Glyphs.Arrow)
}

// line adds a line of a file behind its number and its sign, in as many rows as it needs.
func (b *reviewRows) line(r reviewRow, line string, number, sign draw.Span) {
	all := b.pieces(line)
	for i, text := range all {
		r.spans, r.says, r.more = []draw.Span{number, sign, draw.Ink(text, sign.Style)}, "", i > 0
		switch {
		case r.more:
			r.spans = []draw.Span{draw.Ink(strings.Repeat(" ", b.digits+2)+text, sign.Style)}
		case len(all) > 1:
			r.says = number.Text + sign.Text + strings.Join(all, "")
		}
		b.add(r)
	}
}

// lineRoom is how wide a line may be behind its number and its sign.
func (b *reviewRows) lineRoom() int { return max(b.width-markWidth-b.digits-2, 8) }

// pieces is a line in as many pieces as it needs rows. Where it needs several, blanks that only line columns up are left out.
func (b *reviewRows) pieces(line string) (out []string) {
	room := b.lineRoom()
	blank := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
	if line = b.kit.show(expandTabs(line)); widthOf(line) > room && !strings.Contains(line, `"`) {
		if line = squeezed(line); blank {
			line = "  " + line
		}
	}
	for widthOf(line) > room {
		head := line[:min(room, len(line))]
		if columnsOf(line) == math.MaxInt {
			head = ansi.Truncate(line, room, "")
		}
		if blank := strings.LastIndexByte(head, ' '); blank > len(head)/2 { // a word is not parted where a blank is near
			head = head[:blank+1]
		}
		out, line = append(out, head), line[len(head):]
	}
	return append(out, line)
}

// widthOf is how many columns a text takes. ansi.StringWidth takes a hundred times as long.
func widthOf(text string) int {
	if n := columnsOf(text); n < math.MaxInt {
		return n
	}
	return ansi.StringWidth(text)
}

// squeezed is the words of a text with one blank between them.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// unseenChange is what differs between lines that go and lines that come, and cannot be seen in them; "" if nothing.
func unseenChange(gone, come []string, arrow string) string {
	if len(gone) == 0 || len(come) == 0 {
		return ""
	}
	if was, is := endsOf(gone), endsOf(come); was != is {
		return "line end: " + was + " " + arrow + " " + is
	}
	if sameWords(strings.Join(gone, ""), strings.Join(come, "")) {
		return "they differ in blanks alone"
	}
	return ""
}

// sameWords tells whether two texts differ in blanks at most.
func sameWords(a, b string) bool {
	for a != "" || b != "" {
		x, restA := cutWord(a)
		y, restB := cutWord(b)
		if x != y {
			return false
		}
		a, b = restA, restB
	}
	return true
}

// cutWord is the first word of a text, and what stands behind it.
func cutWord(text string) (word, rest string) {
	const blanks = " \t\r\n"
	text = strings.TrimLeft(text, blanks)
	i := strings.IndexAny(text, blanks)
	if i < 0 {
		return text, ""
	}
	return text[:i], text[i:]
}

// endsOf is how lines end, each way once.
func endsOf(lines []string) string {
	var out []string
	for _, l := range lines {
		if end := endName(l[len(zonefile.TrimLineEnd(l)):]); !slices.Contains(out, end) {
			out = append(out, end)
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// endName is the end of a line in words.
func endName(end string) string {
	switch end {
	case "":
		return "none"
	case "\n":
		return "LF"
	case "\r":
		return "CR"
	}
	return "CR LF"
}

// lineSpot is a line of a version.
func lineSpot(z *zonefile.Zone, file string, line int) spot {
	f := z.File(file)
	if f == nil {
		return spot{why: "the zone does not include this file any more"}
	}
	return spot{at: document.At(file, f.Line(min(line, f.Lines())).Start)}
}
