package draw

// Looks by their meaning. No meaning is in a colour alone: there are terminals without any, and eyes.

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Styles are named by meaning. Colours are the terminal's own sixteen, so that they suit its background,
// and none carries a meaning that the text does not carry too.
type Styles struct {
	Plain, Dim, Title, Head, Key, Name lipgloss.Style
	Err, Warn, Info, Good              lipgloss.Style
	Cursor                             lipgloss.Style // the row under the cursor of the pane that has the keys
	Added, Removed                     lipgloss.Style
}

// NewStyles makes the styles. Without colour bold and reverse stay: they are not colours
// (https://no-color.org).
func NewStyles(color bool) Styles {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI) // stated, never asked of the terminal
	r.SetHasDarkBackground(true)
	plain := r.NewStyle()
	paint := func(s lipgloss.Style, c string) lipgloss.Style {
		if !color {
			return s
		}
		return s.Foreground(lipgloss.Color(c))
	}
	return Styles{
		Plain: plain, Dim: plain.Faint(true), Title: plain.Bold(true).Reverse(true),
		Head: paint(plain.Bold(true), "4"), Key: plain.Bold(true), Name: plain.Bold(true),
		Err: paint(plain.Bold(true), "1"), Warn: paint(plain, "3"), Info: paint(plain, "6"), Good: paint(plain, "2"),
		Cursor: plain.Reverse(true),
		Added:  paint(plain, "2"), Removed: paint(plain, "1"),
	}
}

// Glyphs are the characters that are drawn and do not come from the file.
type Glyphs struct {
	Across, Down, Cross, Fork, More, Mark, Arrow, Bullet, Done string

	Wait, Hour string // of bars over days
}

// NewGlyphs picks the characters that the terminal's locale has.
func NewGlyphs(utf8 bool) Glyphs {
	if !utf8 {
		return Glyphs{Across: "-", Down: "|", Cross: "+", Fork: "+", More: "~", Mark: ">", Arrow: "->", Bullet: "*", Done: "x", Wait: "-", Hour: "#"}
	}
	return Glyphs{Across: "─", Down: "│", Cross: "┴", Fork: "┬", More: "…", Mark: "▸", Arrow: "→", Bullet: "•", Done: "✓", Wait: "░", Hour: "█"}
}
