package cli

// This file shows a line of a zone file with a marker under the culprit.

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/mailzone/mailzone/zonefile"
)

const (
	tabWidth   = 8   // of the terminal, for a line that has tabs
	lineBefore = 60  // bytes of a long line that are shown before the culprit
	lineMost   = 160 // bytes of a long line that are shown
	lineGutter = 8   // what stands before a line
)

// printExcerpt prints the line that a span starts on, and marks the span on it.
func (p *program) printExcerpt(f *zonefile.File, s zonefile.Span, marker style) {
	at := f.Position(s.Start)
	line := f.Line(at.Line)
	if s.Start >= line.End && s.Start > line.Start { // a fault at the very end
		s.Start = line.End
	}
	s.End = max(min(s.End, line.End), s.Start)
	x := p.excerpt(f, line, s)
	fmt.Fprintf(p.out, "%5d | %s\n", at.Line, strings.TrimRight(x.text, " "))
	fmt.Fprintf(p.out, "      | %s%s\n", strings.Repeat(" ", x.start), p.paint(marker, "^"+strings.Repeat("~", x.length-1)))
}

// excerpt is a part of a line, and the cells of the culprit in it.
type excerpt struct {
	text          string
	start, length int
}

// excerpt is so much of a line as is shown: of a long one the culprit and what is around it, on a terminal as much as it is
// wide.
func (p *program) excerpt(f *zonefile.File, line, s zonefile.Span) excerpt {
	cut := ""
	if line.Len() > lineMost && s.Start-line.Start > lineBefore {
		line.Start, cut = s.Start-lineBefore, "..."
	}
	line.End = min(line.End, line.Start+lineMost)
	s.End = min(s.End, line.End)
	room := p.columns - lineGutter
	x, width := p.laid(f, cut, line, s)
	for p.columns > 0 && width > room && x.start > room/2 && line.Start < s.Start { // escapes and tabs are wider than bytes
		line.Start++
		x, width = p.laid(f, "...", line, s)
	}
	if p.columns > 0 && width > room {
		x.text = displaywidth.TruncateString(x.text, max(room, 1), "...")
		x.length = max(min(x.length, room-x.start), 1)
	}
	return x
}

// laid is a part of a line in cells, and how wide it is.
func (p *program) laid(f *zonefile.File, cut string, line, s zonefile.Span) (x excerpt, width int) {
	c := columns{p: p}
	c.add([]byte(cut))
	c.add(f.Slice(zonefile.Span{Start: line.Start, End: s.Start}))
	x.start = c.width
	c.add(f.Slice(s))
	x.length = max(c.width-x.start, 1)
	c.add(zonefile.TrimLineEnd(f.Slice(zonefile.Span{Start: s.End, End: line.End})))
	x.text = c.text.String()
	return x, c.width
}

// columns is text of a file as a terminal may see it, with its width in cells.
type columns struct {
	p     *program
	text  strings.Builder
	width int
}

// add appends text; a tab becomes the blanks that a terminal would make of it.
func (c *columns) add(raw []byte) {
	for i, part := range bytes.Split(raw, []byte("\t")) {
		if i > 0 {
			n := tabWidth - c.width%tabWidth
			c.text.WriteString(strings.Repeat(" ", n))
			c.width += n
		}
		s := c.p.show(string(part))
		c.text.WriteString(s)
		c.width += displaywidth.String(s)
	}
}
