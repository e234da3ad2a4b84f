package draw

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// Lines are made of spans of printable text: a column is cut or filled to its width before it is
// styled, so that no escape sequence is ever cut.

// Pen is how things are drawn: the styles that the terminal is given, and the characters that its locale has.
type Pen struct {
	Styles Styles
	Glyphs Glyphs
}

// NewPen is the pen of a terminal, with colour or without, and with the characters of UTF-8 or of ASCII alone.
func NewPen(color, utf8 bool) Pen { return Pen{NewStyles(color), NewGlyphs(utf8)} }

// Span is a piece of a line in one style.
type Span struct {
	Text  string
	Style lipgloss.Style
}

// Fit cuts or fills text to a width in cells.
func (p *Pen) Fit(text string, width int) string {
	if width <= 0 {
		return ""
	}
	w := ansi.StringWidth(text)
	if w > width {
		text = ansi.Truncate(text, width, p.Glyphs.More)
		w = ansi.StringWidth(text)
	}
	return text + strings.Repeat(" ", max(width-w, 0))
}

// FitRight is fit with the text at the right.
func (p *Pen) FitRight(text string, width int) string {
	if w := ansi.StringWidth(text); w < width {
		return strings.Repeat(" ", width-w) + text
	}
	return p.Fit(text, width)
}

// Middle cuts the middle out of a text that is longer than a width: what tells two names apart is at their ends.
func (p *Pen) Middle(text string, width int) string {
	w := ansi.StringWidth(text)
	if w <= width {
		return text
	}
	head := (width - ansi.StringWidth(p.Glyphs.More) + 1) / 2
	if head < 1 {
		return ansi.Truncate(text, max(width, 0), "")
	}
	first := ansi.Truncate(text, head, "") + p.Glyphs.More
	return first + ansi.TruncateLeft(text, w-(width-ansi.StringWidth(first)), "")
}

// Line draws spans as one line of a width. A line under the cursor is in one style, whatever its spans'.
func (p *Pen) Line(width int, cursor bool, spans ...Span) string {
	var b strings.Builder
	left := width
	for i, s := range spans {
		if left <= 0 {
			break
		}
		text := s.Text
		if w := ansi.StringWidth(text); w > left || i == len(spans)-1 && cursor {
			text = p.Fit(text, left)
		}
		left -= ansi.StringWidth(text)
		style := s.Style
		if cursor {
			style = p.Styles.Cursor
		}
		b.WriteString(Inked(style, text))
	}
	if left > 0 {
		b.WriteString(strings.Repeat(" ", left))
	}
	return b.String()
}

// Inked styles a text and leaves the blanks around it plain, unless they would show: a blank that is the same
// everywhere need not be sent again.
func Inked(style lipgloss.Style, text string) string {
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

// Under is spans in the style of the cursor, if it is on them. Lists whose rows are long have it on the first
// columns only: over a slow line every cell counts.
func (p *Pen) Under(cursor bool, spans ...Span) []Span {
	if cursor {
		for i := range spans {
			spans[i].Style = p.Styles.Cursor
		}
	}
	return spans
}

// Block makes lines exactly height lines of a width.
func Block(lines []string, width, height int) string {
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

// Wrap breaks text into lines of a width, at blanks where there are any: a hyphen in a name or before an option is none.
func Wrap(text string, width int) []string {
	const unbroken = "\u2011" // a hyphen that no line is broken at
	if strings.Contains(text, unbroken) {
		return marked(strings.Split(ansi.Wrap(text, max(width, 1), ""), "\n"))
	}
	text = ansi.Wrap(strings.ReplaceAll(text, "-", unbroken), max(width, 1), "")
	return marked(strings.Split(strings.ReplaceAll(text, unbroken, "-"), "\n"))
}

// marked keeps the marks on a letter with it: ansi.Wrap breaks between a letter of ASCII and what stands on it.
func marked(lines []string) []string {
	for i := range lines[1:] {
		rest := strings.TrimLeftFunc(lines[i+1], func(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me) }) // of no width
		lines[i] += strings.TrimSuffix(lines[i+1], rest)
		lines[i+1] = rest
	}
	return lines
}

// WrapAll is wrap for several texts.
func WrapAll(texts []string, width int) []string {
	var out []string
	for _, t := range texts {
		out = append(out, Wrap(t, width)...)
	}
	return out
}

// Rule is a line across a width.
func (p *Pen) Rule(width int) string { return strings.Repeat(p.Glyphs.Across, max(width, 0)) }

// Ink is a piece of a line in a style.
func Ink(text string, style lipgloss.Style) Span { return Span{text, style} }
