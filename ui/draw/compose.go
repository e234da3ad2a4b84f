package draw

// Parts of a screen put together: each is lines of its own width, and what no part covers is a line between two of them.

import (
	"slices"
	"strings"
)

// Part is what stands in a rectangle of the screen, as many lines as that has.
type Part struct {
	At   Rect
	Text string
}

// Compose puts parts together, row by row. Parts do not lie on one another; the column between two that are neighbours is
// a line down, and what else nobody fills stays empty.
func (p *Pen) Compose(w, h int, parts ...Part) []string {
	rows := make([]strings.Builder, h)
	filled := make([]int, h)
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b Part) int { return a.At.X - b.At.X })
	down := p.Styles.Dim.Render(p.Glyphs.Down)
	for _, part := range parts {
		lines := strings.Split(part.Text, "\n")
		for i := range min(part.At.H, len(lines)) {
			y := part.At.Y + i
			if gap := part.At.X - filled[y]; gap == 1 {
				rows[y].WriteString(down)
			} else if gap > 1 {
				rows[y].WriteString(strings.Repeat(" ", gap))
			}
			rows[y].WriteString(lines[i])
			filled[y] = part.At.X + part.At.W
		}
	}
	out := make([]string, h)
	for y := range rows {
		out[y] = rows[y].String() + strings.Repeat(" ", max(w-filled[y], 0))
	}
	return out
}
