package draw

// Looks by their meaning. No meaning is in a colour alone: there are terminals without any, and eyes.

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Styles are named by meaning. Of the terminal's sixteen colours only red and magenta can be read on light grounds and on dark
// ones, which a test computes: they are for errors and warnings, which have their letters, too. All else is the terminal's own
// colour, bold, faint, where it may be skipped, or reverse.
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
		Head: plain.Bold(true), Key: plain.Bold(true), Name: plain.Bold(true),
		Err: paint(plain.Bold(true), "1"), Warn: paint(plain, "5"), Info: plain, Good: plain.Bold(true),
		Cursor: plain.Reverse(true),
		Added:  plain.Bold(true), Removed: plain, // their signs tell them apart
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
