package wire

// A grid is what a terminal shows: cells, nothing about cursors or bytes.

import (
	"slices"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/cellbuf"
)

// cell is one place of the screen. A wide character is its cell followed by one of width 0.
type cell struct {
	text     string // a grapheme cluster; empty in the right half of a wide character
	width    int
	doubtful bool // terminals differ on the width of this cluster
	style    cellbuf.Style
}

// blank is what a terminal shows where nothing was written.
var blank = cell{text: " ", width: 1}

// mostMarks is how many characters a cell has besides its first. A cell is measured anew with each, and nobody reads more: what
// mailzone shows has no more than 8, and the rest written out (zonefile.Printable).
const mostMarks = 16

// atMost is a grapheme cluster without the characters that are too many.
func atMost(cluster string) string {
	n := 0
	for i := range cluster {
		if n++; n > 1+mostMarks {
			return cluster[:i]
		}
	}
	return cluster
}

// shows tells whether a style can be seen where there is no ink: a colour behind it, reverse, or a line.
func shows(s cellbuf.Style) bool {
	return s.Bg != nil || s.UlStyle != cellbuf.NoUnderline || s.Attrs&(cellbuf.ReverseAttr|cellbuf.StrikethroughAttr) != 0
}

// newCell is the cell of a grapheme cluster. Where the width by cluster (mode 2027) and the width by character (wcwidth)
// disagree, so do terminals: emoji joined by U+200D, for example.
func newCell(text string, width int, style cellbuf.Style) cell {
	if text == " " && !shows(style) {
		return blank
	}
	text = atMost(text)
	doubtful := utf8.RuneCountInString(text) > 1 && (ansi.StringWidthWc(text) != width || !utf8.ValidString(text))
	return cell{text: text, width: width, doubtful: doubtful, style: style}
}

// grid is a screen of cells; every row has the same width.
type grid [][]cell

// newGrid is an empty screen.
func newGrid(width, height int) grid {
	g := make(grid, height)
	for y := range g {
		g[y] = slices.Repeat([]cell{blank}, width)
	}
	return g
}

// size is the number of columns and rows.
func (g grid) size() (width, height int) {
	if len(g) == 0 {
		return 0, 0
	}
	return len(g[0]), len(g)
}

// clone is a copy that shares no cell.
func (g grid) clone() grid {
	c := make(grid, len(g))
	for y := range g {
		c[y] = slices.Clone(g[y])
	}
	return c
}

// fit is the grid in another size: what no longer fits is cut off, what is new is blank.
func (g grid) fit(width, height int) grid {
	c := newGrid(width, height)
	for y := range min(height, len(g)) {
		n := copy(c[y], g[y])
		if n == width && n < len(g[y]) && g[y][n].width == 0 {
			c[y][n-1] = blank // the left half of a wide character that was cut through
		}
	}
	return c
}

// scroll moves the rows from top to bottom (exclusive) up by n, or down if n is negative, as a terminal scrolls a region:
// what leaves it is lost, what comes in is blank.
func (g grid) scroll(top, bottom, n int, with cell) {
	region := g[top:bottom]
	for range min(max(n, -n), len(region)) {
		if n > 0 {
			first := region[0]
			copy(region, region[1:])
			region[len(region)-1] = fill(first, with)
			continue
		}
		last := region[len(region)-1]
		copy(region[1:], region)
		region[0] = fill(last, with)
	}
}

// set writes one cell, and blanks the other half of each wide character that it cuts through.
func (g grid) set(x, y int, c cell) {
	row := g[y]
	split(row, x)
	split(row, x+c.width)
	row[x] = c
	for i := 1; i < c.width; i++ {
		row[x+i] = cell{}
	}
}

// erase blanks the columns from a to b (exclusive).
func (g grid) erase(y, a, b int, with cell) {
	row := g[y]
	split(row, a)
	split(row, b)
	fill(row[a:b], with)
}

// split blanks a wide character that lies on both sides of column x.
func split(row []cell, x int) {
	if x <= 0 || x >= len(row) || row[x].width != 0 {
		return
	}
	for x > 0 && row[x].width == 0 {
		row[x] = blank
		x--
	}
	row[x] = blank
	for x++; x < len(row) && row[x].width == 0; x++ {
		row[x] = blank
	}
}

// fill sets every cell of a row and returns the row.
func fill(row []cell, with cell) []cell {
	for x := range row {
		row[x] = with
	}
	return row
}

// inked is the number of columns up to the last that is not blank.
func inked(row []cell) int {
	n := len(row)
	for n > 0 && row[n-1] == blank {
		n--
	}
	return n
}
