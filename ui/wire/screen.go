package wire

// A screen reads what bubbletea writes as a terminal would, so that the outcome can be compared with what the real
// terminal shows. It knows the sequences of bubbletea's standard renderer and those of views; ECMA-48 names them.

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/parser"
	"github.com/charmbracelet/x/cellbuf"
)

// screen is a terminal in the alternate screen: cells, a cursor and a pen.
type screen struct {
	grid
	x, y int
	wrap bool // the last column was written: the next character goes to the next row (DECAWM)
	pen  cellbuf.Style
}

// put writes a grapheme cluster at the cursor.
func (s *screen) put(text string, width int) {
	columns, _ := s.size()
	switch {
	case width == 0:
		s.combine(text)
		return
	case width > columns:
		return
	case s.wrap || s.x+width > columns:
		s.x = 0
		s.lineFeed()
	}
	s.set(s.x, s.y, newCell(text, width, s.pen))
	s.wrap = s.x+width == columns
	s.x = min(s.x+width, columns-1)
}

// combine adds a mark without width to the character before the cursor.
func (s *screen) combine(mark string) {
	x := s.x
	if !s.wrap {
		x--
	}
	for x > 0 && s.grid[s.y][x].width == 0 {
		x--
	}
	if x >= 0 {
		c := s.grid[s.y][x]
		s.grid[s.y][x] = newCell(c.text+mark, c.width, c.style)
	}
}

// lineFeed moves down, scrolling at the bottom. In raw mode the column stays.
func (s *screen) lineFeed() {
	s.wrap = false
	if s.y+1 < len(s.grid) {
		s.y++
		return
	}
	s.scroll(0, len(s.grid), 1, s.erased())
}

// erased is what erasing leaves: a blank in the pen's background, as terminals with background colour erase do.
func (s *screen) erased() cell {
	c := blank
	c.style.Bg = s.pen.Bg
	return c
}

// move puts the cursor somewhere on the screen.
func (s *screen) move(x, y int) {
	columns, rows := s.size()
	s.x, s.y, s.wrap = max(min(x, columns-1), 0), max(min(y, rows-1), 0), false // 0 also where there are none
}

// control obeys a control character; false means that it is not one whose effect is known.
func (s *screen) control(c byte) bool {
	switch c {
	case '\r':
		s.move(0, s.y)
	case '\n':
		s.lineFeed()
	case '\b':
		s.move(s.x-1, s.y)
	case '\t':
		s.move(s.x/8*8+8, s.y)
	default:
		return false
	}
	return true
}

// csi obeys a control sequence; false means that it is not one whose effect is known.
func (s *screen) csi(q sequence) bool {
	n := max(q.param(0, 1), 1)
	switch q.final {
	case 'A': // CUU
		s.move(s.x, s.y-n)
	case 'B': // CUD
		s.move(s.x, s.y+n)
	case 'C': // CUF
		s.move(s.x+n, s.y)
	case 'D': // CUB
		s.move(s.x-n, s.y)
	case 'G': // CHA
		s.move(n-1, s.y)
	case 'd': // VPA
		s.move(s.x, n-1)
	case 'H', 'f': // CUP, HVP
		s.move(q.param(1, 1)-1, n-1)
	case 'J': // ED
		return s.eraseScreen(q.param(0, 0))
	case 'K': // EL
		return s.eraseLine(q.param(0, 0))
	case 'm': // SGR
		cellbuf.ReadStyle(q.params, &s.pen)
	default:
		return false
	}
	return true
}

// eraseScreen is ED: 0 from the cursor on, 1 up to the cursor, 2 everything.
func (s *screen) eraseScreen(what int) bool {
	columns, rows := s.size()
	from, to := 0, rows
	switch what {
	case 0:
		from = s.y + 1
	case 1:
		to = s.y
	case 2:
	default:
		return false
	}
	for y := from; y < to; y++ {
		s.erase(y, 0, columns, s.erased())
	}
	return what == 2 || s.eraseLine(what)
}

// eraseLine is EL: 0 from the cursor on, 1 up to the cursor, 2 the whole line.
func (s *screen) eraseLine(what int) bool {
	columns, _ := s.size()
	from, to := 0, columns
	switch what {
	case 0:
		from = s.x
	case 1:
		to = s.x + 1
	case 2:
	default:
		return false
	}
	s.erase(s.y, from, to, s.erased())
	return true
}

// sequence is a control sequence taken apart: CSI, an optional private prefix, parameters, intermediates, final byte.
type sequence struct {
	private bool // it begins with one of < = > ? or has intermediates: not what ECMA-48 says of its final byte
	params  ansi.Params
	final   byte
}

// param is parameter i, or the default that a missing one stands for.
func (q sequence) param(i, missing int) int {
	n, _, _ := q.params.Param(i, missing)
	return n
}

// parseCSI takes apart a control sequence that begins with ESC [. Those beginning with the single byte 0x9b are not
// sequences in UTF-8.
func parseCSI(seq string) (q sequence, ok bool) {
	body, ok := strings.CutPrefix(seq, "\x1b[")
	if !ok || body == "" {
		return sequence{}, false
	}
	q.final, body = body[len(body)-1], body[:len(body)-1]
	digits := strings.Trim(body, "<=>? !\"#$%&'()*+,-./")
	q.private = digits != body
	if digits != "" {
		q.params = parseParams(digits)
	}
	return q, true
}

// parseParams reads numbers separated by ; and :, where : marks that the next belongs to this one.
func parseParams(digits string) (params ansi.Params) {
	p := ansi.Param(parser.MissingParam)
	for _, c := range []byte(digits) {
		switch {
		case c == ';':
			params, p = append(params, p), parser.MissingParam
		case c == ':':
			params, p = append(params, p|parser.HasMoreFlag), parser.MissingParam
		case c >= '0' && c <= '9':
			if p == parser.MissingParam {
				p = 0
			}
			p = min(p*10+ansi.Param(c-'0'), 1<<16)
		}
	}
	return append(params, p)
}
