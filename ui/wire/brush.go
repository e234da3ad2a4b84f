package wire

// A brush turns cells into bytes. It knows where the terminal's cursor is and with which attributes it writes, and takes
// the shortest way. It uses what every terminal has had since the VT100: CUP, CUU, CUD, CUF, CUB, IND, EL, SGR, CR, LF, BS.

import (
	"strconv"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/cellbuf"
)

// nowhere is a coordinate that is not known.
const nowhere = -1

// brush is the terminal's cursor and pen, and the bytes that brought them there.
type brush struct {
	out   []byte
	x, y  int // x is the width of the screen after the last column was written: where it goes next is the terminal's
	width int
	part  bool // the terminal has more columns or rows than are drawn on
	style cellbuf.Style
	empty []cell // a row without ink
}

// lose forgets where the cursor is.
func (b *brush) lose() { b.x, b.y = nowhere, nowhere }

// write sends bytes as they are.
func (b *brush) write(s string) { b.out = append(b.out, s...) }

// put writes one cell at the cursor. A blank looks the same with most pens.
func (b *brush) put(c cell) {
	if c != blank || shows(b.style) {
		b.pen(c.style)
	}
	b.write(c.text)
	b.x += c.width
}

// moveTo puts the cursor at column x, row y, by the shortest of the ways there are.
func (b *brush) moveTo(x, y int) {
	if x == b.x && y == b.y {
		return
	}
	best := ansi.CursorPosition(x+1, y+1)
	for _, way := range [...]string{b.straight(x, y), b.downwards(x, y)} {
		if way != "" && len(way) < len(best) {
			best = way
		}
	}
	b.write(best)
	b.x, b.y = x, y
}

// straight is the way along the row, in another row after one along the column; "" if there is none.
func (b *brush) straight(x, y int) string {
	switch {
	case b.x == nowhere || b.x >= b.width:
		return ""
	case y > b.y:
		return down(y-b.y) + b.sideways(x)
	case y < b.y:
		return ansi.CursorUp(b.y-y) + b.sideways(x)
	}
	return b.sideways(x)
}

// sideways is the way along the row.
func (b *brush) sideways(x int) string {
	switch {
	case x >= b.x:
		return forward(x - b.x)
	case b.x-x <= 3:
		return "\b\b\b"[:b.x-x]
	default:
		return ansi.CursorBackward(b.x - x)
	}
}

// downwards is the way by carriage return and line feeds, "" if there is none. It also leads back to the start of the row.
// A line feed never comes without a carriage return: whether the terminal adds one is a setting.
func (b *brush) downwards(x, y int) string {
	const far = 5 // more line feeds than this are longer than any CUP
	if b.y == nowhere || y < b.y || y-b.y > far {
		return ""
	}
	return "\r" + "\n\n\n\n\n"[:y-b.y] + forward(x)
}

// down is CUD, or IND for one row, which is a byte less. It never scrolls: the row is one of the screen.
func down(rows int) string {
	if rows == 1 {
		return ansi.Index
	}
	return ansi.CursorDown(rows)
}

// forward is CUF, nothing for no columns.
func forward(n int) string {
	if n == 0 {
		return ""
	}
	return ansi.CursorForward(n)
}

// bare takes a pen that leaves no trace where nothing is written, so that terminals with and without background colour erase
// do the same.
func (b *brush) bare() {
	if shows(b.style) {
		b.pen(cellbuf.Style{})
	}
}

// eraseRight blanks the row from the cursor on.
func (b *brush) eraseRight() {
	b.bare()
	b.write(ansi.EraseLineRight)
}

// pen sets the attributes of what is written next. Attributes are only ever added; to take one away, all are reset: what
// single resets leave standing differs between terminals (22 ends bold and faint).
func (b *brush) pen(to cellbuf.Style) {
	if to == b.style {
		return
	}
	from := b.style
	var seq ansi.Style
	if removes(from, to) {
		seq, from = seq.Reset(), cellbuf.Style{}
	}
	seq = added(seq, from, to)
	if to == (cellbuf.Style{}) {
		seq = nil // ESC [ m, a byte less than ESC [ 0 m
	}
	b.write(seq.String())
	b.style = to
}

// removes reports whether an attribute of from is absent in to.
func removes(from, to cellbuf.Style) bool {
	return from.Attrs&^to.Attrs != 0 ||
		from.Fg != nil && to.Fg == nil || from.Bg != nil && to.Bg == nil || from.Ul != nil && to.Ul == nil ||
		from.UlStyle != to.UlStyle && from.UlStyle != cellbuf.NoUnderline
}

// added appends what to has and from has not.
func added(seq ansi.Style, from, to cellbuf.Style) ansi.Style {
	for i, attr := range [...]ansi.Attr{1, 2, 3, 5, 6, 7, 8, 9} { // in the order of cellbuf.AttrMask
		if (to.Attrs&^from.Attrs)>>i&1 != 0 {
			seq = append(seq, strconv.Itoa(attr))
		}
	}
	if to.UlStyle != from.UlStyle {
		seq = seq.UnderlineStyle(to.UlStyle)
	}
	if to.Fg != from.Fg {
		seq = seq.ForegroundColor(to.Fg)
	}
	if to.Bg != from.Bg {
		seq = seq.BackgroundColor(to.Bg)
	}
	if to.Ul != from.Ul {
		seq = seq.UnderlineColor(to.Ul)
	}
	return seq
}
