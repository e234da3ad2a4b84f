package wire

// Painting makes the terminal, which shows one grid, show another, with as few bytes as it can: the changed cells of each
// row, or, where rows moved up or down, a scroll and the cells that are still wrong after it.

import (
	"hash/fnv"
	"slices"
	"strconv"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/cellbuf"
)

// paint makes the terminal show want instead of have. Both have the same size.
func (b *brush) paint(have, want grid) {
	direct := b.try()
	direct.rows(have, want)
	s, ok := findShift(have, want)
	if !ok {
		b.shorter(direct, direct)
		return
	}
	best := direct
	for _, s := range s.wider(len(have)) {
		moved := b.try()
		moved.shift(s, len(have))
		after := have.clone()
		after.scroll(s.top, s.bottom, s.by, blank)
		if moved.rows(after, want); len(moved.out) < len(best.out) {
			best = moved
		}
	}
	b.shorter(direct, best)
}

// try is a brush in the same place whose bytes are not sent yet.
func (b *brush) try() brush {
	t := *b
	t.out = nil
	return t
}

// shorter takes the one of two tries that has fewer bytes.
func (b *brush) shorter(try, other brush) {
	if len(other.out) < len(try.out) {
		try = other
	}
	try.out = append(b.out, try.out...)
	*b = try
}

// rows paints every row that differs.
func (b *brush) rows(have, want grid) {
	for y := range want {
		switch {
		case slices.Equal(have[y], want[y]):
		case slices.ContainsFunc(have[y], isDoubtful) || slices.ContainsFunc(want[y], isDoubtful):
			b.wholeRow(y, want[y])
		default:
			b.row(y, have[y], want[y])
		}
	}
}

// isDoubtful reports whether terminals differ on where the cell after this one is.
func isDoubtful(c cell) bool { return c.doubtful }

// wholeRow paints a row from its start as bubbletea does, and trusts the terminal with nothing afterwards.
func (b *brush) wholeRow(y int, want []cell) {
	b.lose()
	b.moveTo(0, y)
	end := inked(want)
	for _, c := range want[:end] {
		b.put(c)
	}
	if end < len(want) {
		b.eraseRight()
	}
	b.lose()
}

// row paints the cells of a row that differ. Trailing blanks are erased at once.
func (b *brush) row(y int, have, want []cell) {
	const worthErasing = 4 // EL and the default pen take up to 6 bytes, and blanks written leave the cursor far off
	end := inked(want)
	tail := max(inked(have)-end, 0)
	if tail < worthErasing {
		end, tail = min(end+tail, len(want)), 0
	}
	for x := nextChange(have, want, 0, end); x < end; x = nextChange(have, want, x, end) {
		b.approach(x, y, want)
		for ; x < end && have[x] != want[x]; x++ {
			b.put(want[x])
		}
	}
	if tail > 0 {
		b.moveTo(end, y)
		b.eraseRight()
	}
}

// nextChange is the first column from x on in which the rows differ, or end. It is never the right half of a wide
// character, because then its left half differs as well.
func nextChange(have, want []cell, x, end int) int {
	for x < end && have[x] == want[x] {
		x++
	}
	return x
}

// approach brings the cursor to column x: over a short gap by writing again what is there already.
func (b *brush) approach(x, y int, want []cell) {
	if y == b.y && b.x >= 0 && b.x < x && b.cheap(want[b.x:x], want[x].style) {
		for _, c := range want[b.x:x] {
			b.put(c)
		}
	}
	b.moveTo(x, y)
}

// cheap reports whether writing cells takes no more bytes than the move over them (CUF: 4, for one column 3), with the pen
// as it is or as it will be.
func (b *brush) cheap(cells []cell, next cellbuf.Style) bool {
	n, style := 0, cells[0].style
	for _, c := range cells {
		n += len(c.text)
		if n > 4 || c.style != style {
			return false
		}
	}
	return cells[0].width > 0 && (style == b.style || style == next)
}

// shift is a region of rows, from top to bottom (exclusive), that moves up by some rows, or down if negative.
type shift struct{ top, bottom, by int }

// wider is the region, and the ones with a row more at either end: the row that a list's cursor leaves moves with the
// others, though its text has lost the cursor's mark.
func (s shift) wider(height int) []shift {
	all := []shift{s}
	if s.bottom < height {
		all = append(all, shift{s.top, s.bottom + 1, s.by})
	}
	if s.top > 0 {
		all = append(all, shift{s.top - 1, s.bottom, s.by})
	}
	return all
}

// shift scrolls the region: LF at its bottom or RI at its top. What comes in has the default pen's background.
func (b *brush) shift(s shift, height int) {
	b.pen(cellbuf.Style{})
	whole := s.top == 0 && s.bottom == height && !b.part
	if !whole {
		b.write("\x1b[" + strconv.Itoa(s.top+1) + ";" + strconv.Itoa(s.bottom) + "r") // DECSTBM
	}
	step, y := "\n", s.bottom-1
	if s.by < 0 {
		step, y = ansi.ReverseIndex, s.top
	}
	b.lose() // DECSTBM moves the cursor
	b.moveTo(0, y)
	for range max(s.by, -s.by) {
		b.write(step)
	}
	if !whole {
		b.write("\x1b[r")
		b.lose()
	}
}

// findShift looks for rows that moved together. Rows are compared by their text alone: a wrong guess costs no more than the
// direct way, because the shorter of both is sent.
func findShift(have, want grid) (best shift, ok bool) {
	old, now := sums(have), sums(want)
	moved := 0
	for by := -len(have) + 1; by < len(have); by++ {
		rows, first, last := 0, 0, 0
		for y := max(0, -by); y < min(len(want), len(have)-by); y++ {
			if now[y] == 0 || now[y] == old[y] || now[y] != old[y+by] {
				continue
			}
			if rows == 0 {
				first = y
			}
			rows, last = rows+1, y
		}
		if rows > moved {
			moved = rows
			best = shift{top: first + min(by, 0), bottom: last + max(by, 0) + 1, by: by}
		}
	}
	return best, moved > 1
}

// sums is a number for the text of each row, 0 for an empty row.
func sums(g grid) []uint64 {
	sums := make([]uint64, len(g))
	h := fnv.New64a()
	for y, row := range g {
		h.Reset()
		end := inked(row)
		for _, c := range row[:end] {
			_, _ = h.Write([]byte(c.text))
		}
		if end > 0 {
			sums[y] = h.Sum64()
		}
	}
	return sums
}
