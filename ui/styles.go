package ui

// Looks by their meaning. No meaning is in a colour alone: there are terminals without any, and eyes.

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// styles are named by meaning. Colours are the terminal's own sixteen, so that they suit its background,
// and none carries a meaning that the text does not carry too.
type styles struct {
	plain, dim, title, head, key, name lipgloss.Style
	err, warn, info, good              lipgloss.Style
	cursor                             lipgloss.Style // the row under the cursor of the pane that has the keys
	added, removed                     lipgloss.Style
}

// newStyles makes the styles. Without colour bold and reverse stay: they are not colours
// (https://no-color.org).
func newStyles(color bool) styles {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI) // stated, never asked of the terminal
	r.SetHasDarkBackground(true)
	base := r.NewStyle()
	paint := func(s lipgloss.Style, c string) lipgloss.Style {
		if !color {
			return s
		}
		return s.Foreground(lipgloss.Color(c))
	}
	return styles{
		plain: base, dim: base.Faint(true), title: base.Bold(true).Reverse(true),
		head: paint(base.Bold(true), "4"), key: base.Bold(true), name: base.Bold(true),
		err: paint(base.Bold(true), "1"), warn: paint(base, "3"), info: paint(base, "6"), good: paint(base, "2"),
		cursor: base.Reverse(true),
		added:  paint(base, "2"), removed: paint(base, "1"),
	}
}

// glyphs are the characters that are drawn and do not come from the file.
type glyphs struct {
	across, down, cross, more, mark, arrow, bullet string
}

// newGlyphs picks the characters that the terminal's locale has.
func newGlyphs(utf8 bool) glyphs {
	if !utf8 {
		return glyphs{across: "-", down: "|", cross: "+", more: "~", mark: ">", arrow: "->", bullet: "*"}
	}
	return glyphs{across: "─", down: "│", cross: "┴", more: "…", mark: "▸", arrow: "→", bullet: "•"}
}
