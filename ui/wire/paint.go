package wire

// Painting makes the terminal, which shows one grid, show another, with as few bytes as it can: the changed cells of each
// row, or, where rows moved up or down, a scroll and the cells that are still wrong after it.

import (
	"hash/fnv"
	"slices"
	"strconv"

	"github.com/charmbracelet/x/ansi"
)

// paint makes the terminal show want instead of have. Both have the same size.
func (b *brush) paint(have, want grid) {
	if width, _ := want.size(); len(b.empty) < width {
		b.empty = slices.Repeat([]cell{blank}, width)
	}
	best := b.try()
	best.rows(have, want)
	for _, s := range findShifts(have, want) {
		moved := b.try()
		moved.shift(s, len(have))
		after := have.clone()
		after.scroll(s.top, s.bottom, s.by, blank)
		if moved.rows(after, want); len(moved.out) < len(best.out) {
			best = moved
		}
	}
	b.take(best)
}

// try is a brush in the same place whose bytes are not sent yet.
func (b *brush) try() brush {
	t := *b
	t.out = nil
	return t
}

// take makes a try good.
func (b *brush) take(try brush) {
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

// row paints the cells of a row that differ: each by itself, or with all that stands behind one of its gaps erased before, whichever
// takes fewer bytes.
func (b *brush) row(y int, have, want []cell) {
	direct := b.try()
	var best brush
	x := 0
	for _, gap := range gaps(have, want) {
		direct.cells(y, x, gap, have, want)
		x = gap
		erased := direct
		erased.out = slices.Clip(direct.out) // what is appended to the one is not the other's
		erased.moveTo(x, y)
		erased.eraseRight()
		if erased.cells(y, x, len(want), b.empty, want); best.out == nil || len(erased.out) < len(best.out) {
			best = erased
		}
	}
	if direct.cells(y, x, len(want), have, want); best.out == nil || len(direct.out) <= len(best.out) {
		best = direct
	}
	b.take(best)
}

// gaps is the columns from which on erasing the row may be worth it: where blanks begin, and where the first of them is not there
// yet. More cells have to go then than stay as they are, for those are written again.
func gaps(have, want []cell) (columns []int) {
	const worthErasing = 3 // the bytes of EL
	for x, saved := len(want)-1, 0; x >= 0; x-- {
		begins := x == 0 || want[x-1] != blank
		switch {
		case want[x] == have[x] && want[x] != blank:
			saved--
			continue
		case want[x] != blank:
			continue
		case have[x] != blank:
			saved++
			begins = begins || have[x-1] == blank
		}
		if begins && saved > worthErasing {
			columns = append(columns, x)
		}
	}
	slices.Reverse(columns)
	return columns
}

// cells paints the cells of a row that differ, between two columns.
func (b *brush) cells(y, from, to int, have, want []cell) {
	for x := nextChange(have, want, from, to); x < to; x = nextChange(have, want, x, to) {
		b.approach(x, y, want)
		for x++; x < to && have[x] != want[x]; x++ {
			b.put(want[x])
		}
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

// approach brings the cursor to column x and puts its cell: over a short gap by writing again what is there already.
func (b *brush) approach(x, y int, want []cell) {
	moved := b.try()
	moved.moveTo(x, y)
	moved.put(want[x])
	again := b.try()
	if y != b.y {
		again.moveTo(0, y)
	}
	if again.x >= 0 && again.x < x && len(again.out)+x-again.x < len(moved.out) && want[again.x].width > 0 {
		for _, c := range want[again.x : x+1] {
			again.put(c)
		}
		if len(again.out) < len(moved.out) {
			moved = again
		}
	}
	b.take(moved)
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
	b.bare()
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

// findShifts looks for rows that moved together. Rows are compared by their text alone: a wrong guess costs no more than the
// direct way, because the shorter of both is sent.
func findShifts(have, want grid) []shift {
	best, moved := shift{}, 0
	old, now := sums(have), sums(want)
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
	if moved < 2 {
		return nil
	}
	return best.wider(len(have))
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
