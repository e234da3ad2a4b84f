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
)

// printExcerpt prints the line that a span starts on, and marks the span on it.
func (p *program) printExcerpt(f *zonefile.File, s zonefile.Span) {
	at := f.Position(s.Start)
	line := f.Line(at.Line)
	if s.Start >= line.End && s.Start > line.Start { // a fault at the very end
		s.Start = line.End
	}
	s.End = max(min(s.End, line.End), s.Start)
	cut := ""
	if line.Len() > lineMost && s.Start-line.Start > lineBefore {
		line.Start, cut = s.Start-lineBefore, "..."
	}
	line.End = min(line.End, line.Start+lineMost)
	s.End = min(s.End, line.End)
	before := f.Slice(zonefile.Span{Start: line.Start, End: s.Start})
	marked := f.Slice(s)
	after := zonefile.TrimLineEnd(f.Slice(zonefile.Span{Start: s.End, End: line.End}))
	c := columns{p: p}
	c.add([]byte(cut))
	c.add(before)
	start := c.width
	c.add(marked)
	length := max(c.width-start, 1)
	c.add(after)
	fmt.Fprintf(p.out, "%5d | %s\n", at.Line, strings.TrimRight(c.text.String(), " "))
	fmt.Fprintf(p.out, "      | %s^%s\n", strings.Repeat(" ", start), strings.Repeat("~", length-1))
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
