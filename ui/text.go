package ui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// Lines are made of spans of printable text: a column is cut or filled to its width before it is
// styled, so that no escape sequence is ever cut.

// pen is how things are drawn: the styles that the terminal is given, and the characters that its locale has.
type pen struct {
	styles styles
	glyphs glyphs
}

// newPen is the pen of a terminal, with colour or without, and with the characters of UTF-8 or of ASCII alone.
func newPen(color, utf8 bool) pen { return pen{newStyles(color), newGlyphs(utf8)} }

// span is a piece of a line in one style.
type span struct {
	text  string
	style lipgloss.Style
}

// fit cuts or fills text to a width in cells.
func (p *pen) fit(text string, width int) string {
	if width <= 0 {
		return ""
	}
	w := ansi.StringWidth(text)
	if w > width {
		text = ansi.Truncate(text, width, p.glyphs.more)
		w = ansi.StringWidth(text)
	}
	return text + strings.Repeat(" ", max(width-w, 0))
}

// fitRight is fit with the text at the right.
func (p *pen) fitRight(text string, width int) string {
	if w := ansi.StringWidth(text); w < width {
		return strings.Repeat(" ", width-w) + text
	}
	return p.fit(text, width)
}

// line draws spans as one line of a width. A line under the cursor is in one style, whatever its spans'.
func (p *pen) line(width int, cursor bool, spans ...span) string {
	var b strings.Builder
	left := width
	for i, s := range spans {
		if left <= 0 {
			break
		}
		text := s.text
		if w := ansi.StringWidth(text); w > left || i == len(spans)-1 && cursor {
			text = p.fit(text, left)
		}
		left -= ansi.StringWidth(text)
		style := s.style
		if cursor {
			style = p.styles.cursor
		}
		b.WriteString(inked(style, text))
	}
	if left > 0 {
		b.WriteString(strings.Repeat(" ", left))
	}
	return b.String()
}

// inked styles a text and leaves the blanks around it plain, unless they would show: a blank that is the same
// everywhere need not be sent again.
func inked(style lipgloss.Style, text string) string {
	if style.GetReverse() {
		return style.Render(text)
	}
	ink := strings.Trim(text, " ")
	if ink == "" {
		return text
	}
	at := strings.Index(text, ink)
	return text[:at] + style.Render(ink) + text[at+len(ink):]
}

// under is spans in the style of the cursor, if it is on them. Lists whose rows are long have it on the first
// columns only: over a slow line every cell counts.
func (p *pen) under(cursor bool, spans ...span) []span {
	if cursor {
		for i := range spans {
			spans[i].style = p.styles.cursor
		}
	}
	return spans
}

// block makes lines exactly height lines of a width.
func block(lines []string, width, height int) string {
	if len(lines) > height {
		lines = lines[:height]
	}
	var b strings.Builder
	for i := range height {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i < len(lines) {
			b.WriteString(lines[i])
		} else {
			b.WriteString(strings.Repeat(" ", width))
		}
	}
	return b.String()
}

// wrap breaks text into lines of a width, at blanks where there are any.
func wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(width, 1), ""), "\n")
}

// wrapAll is wrap for several texts.
func wrapAll(texts []string, width int) []string {
	var out []string
	for _, t := range texts {
		out = append(out, wrap(t, width)...)
	}
	return out
}

// rule is a line across a width.
func (p *pen) rule(width int) string { return strings.Repeat(p.glyphs.across, max(width, 0)) }
