//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// This file is the terminal that the program runs on in these proofs. It shows what it is sent, and it is strict: it knows
// the few control sequences that the editor may send and the characters that show themselves, and notes all else.

// A display is a terminal's screen.
type display struct {
	ascii bool // the locale has no characters but ASCII
	clip  bool // the clipboard may be written to: somebody pressed the key for it

	cells       [][]string // "" is the right half of a wide character
	x, y        int
	top, bottom int // of what scrolls
	modes       map[string]bool
	rest        []byte   // a sequence whose end has not come yet
	outside     []string // what is not on the list
	printed     int      // characters
	marks       int      // on the last of them
}

// mostMarks is how many marks a character may have.
const mostMarks = 8

// The size of every terminal here.
const displayWidth, displayHeight = 100, 30

// newDisplay is a terminal that shows nothing.
func newDisplay(ascii bool) *display {
	d := &display{ascii: ascii, bottom: displayHeight, modes: map[string]bool{"25": true}}
	for range displayHeight {
		d.cells = append(d.cells, blankRow())
	}
	return d
}

// blankRow is a row without text.
func blankRow() []string { return slices.Repeat([]string{" "}, displayWidth) }

// String is the text on the screen.
func (d *display) String() string {
	var b strings.Builder
	for _, row := range d.cells {
		b.WriteString(strings.TrimRight(strings.Join(row, ""), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// asFound reports what of a terminal is not as a program found it.
func (d *display) asFound() string {
	for mode, on := range d.modes {
		if on != (mode == "25") {
			return "the terminal is left with mode " + mode + " " + strconv.FormatBool(on)
		}
	}
	return ""
}

// The grammar of what may be sent. The whole of a sequence has to match.
var (
	endOfCSI  = regexp.MustCompile(`^\x1b\[[0-?]*[ -/]*[@-~]`)
	endOfOSC  = regexp.MustCompile(`^\x1b\][^\x07\x1b]*(\x07|\x1b\\)`)
	allowed   = regexp.MustCompile(`^\x1b(\[[0-9;:]*m|\[[0-9]*[ABCDGdJK]|\[([0-9]+(;[0-9]+)?)?[Hr]|\[\?(25|1049|2004|1000|1002|1003|1006)[hl]|[DM])$`)
	clipboard = regexp.MustCompile(`^\x1b\]52;c;[A-Za-z0-9+/]*=*\x07$`)
)

// write obeys bytes.
func (d *display) write(p []byte) {
	p = append(d.rest, p...)
	for len(p) > 0 {
		n := d.next(p)
		if n == 0 {
			break
		}
		p = p[n:]
	}
	d.rest = slices.Clone(p)
}

// next obeys the first character or sequence and returns its length, 0 if its end has not come yet.
func (d *display) next(p []byte) int {
	switch {
	case p[0] == 0x1b:
		return d.escape(p)
	case p[0] < ' ' || p[0] == 0x7f:
		d.control(p[0])
		return 1
	case !utf8.FullRune(p):
		return 0
	}
	r, n := utf8.DecodeRune(p)
	if unicode.Is(unicode.M, r) {
		d.marks++
	} else {
		d.marks = 0
	}
	if d.marks > mostMarks {
		d.note(fmt.Sprintf("%d marks on one character", d.marks))
	}
	if why := unprintable(r, n); why != "" || d.ascii && r >= utf8.RuneSelf {
		d.note(fmt.Sprintf("%q (%U) %s", p[:n], r, why))
	}
	d.put(string(p[:n]), ansi.StringWidth(string(p[:n])))
	return n
}

// escape obeys an escape sequence.
func (d *display) escape(p []byte) int {
	const longest = 32 << 10
	n := 2
	switch {
	case len(p) < 2:
		return 0
	case p[1] == '[':
		n = len(endOfCSI.Find(p))
	case p[1] == ']':
		n = len(endOfOSC.Find(p))
	}
	if n == 0 && len(p) < longest {
		return 0
	}
	seq := string(p[:max(n, 2)])
	switch {
	case allowed.MatchString(seq):
		d.obey(seq)
	case d.clip && clipboard.MatchString(seq):
	default:
		d.note(fmt.Sprintf("%q", seq))
	}
	return len(seq)
}

// note remembers what must not come.
func (d *display) note(what string) { d.outside = append(d.outside, what) }

// control obeys a control character.
func (d *display) control(c byte) {
	switch {
	case c == '\r':
		d.x = 0
	case c == '\n' && d.y == d.bottom-1:
		d.scroll(1)
	case c == '\n':
		d.y = min(d.y+1, displayHeight-1)
	case c == '\b':
		d.x = max(min(d.x, displayWidth-1)-1, 0)
	default:
		d.note(fmt.Sprintf("%q", c))
	}
}

// put shows a character; a mark joins the one before it.
func (d *display) put(text string, width int) {
	d.printed++
	if width == 0 {
		d.cells[d.y][max(d.x-1, 0)] += text
		return
	}
	if d.x+width > displayWidth {
		d.control('\r')
		d.control('\n')
	}
	d.cells[d.y][d.x] = text
	for i := 1; i < width; i++ {
		d.cells[d.y][d.x+i] = ""
	}
	d.x += width
}

// obey obeys a sequence that is on the list.
func (d *display) obey(seq string) {
	switch {
	case seq == "\x1bD": // IND
		d.control('\n')
		return
	case seq == "\x1bM" && d.y == d.top: // RI
		d.scroll(-1)
		return
	case seq == "\x1bM":
		d.y = max(d.y-1, 0)
		return
	}
	body, final := seq[2:len(seq)-1], seq[len(seq)-1]
	if mode, ok := strings.CutPrefix(body, "?"); ok {
		d.modes[mode] = final == 'h'
		if mode == "1049" {
			d.erase(2) // the other screen
		}
		return
	}
	first, second, _ := strings.Cut(body, ";")
	n, _ := strconv.Atoi(first)
	m, _ := strconv.Atoi(second)
	d.move(final, n, m)
	switch {
	case final == 'J':
		d.erase(n)
	case final == 'K':
		d.eraseRow(n)
	case final == 'r':
		d.top, d.bottom = max(n, 1)-1, min(max(m, 0), displayHeight)
		if m == 0 {
			d.bottom = displayHeight
		}
		d.x, d.y = 0, 0
	}
}

// move moves the cursor.
func (d *display) move(final byte, n, m int) {
	by := max(n, 1)
	switch final {
	case 'A':
		d.y -= by
	case 'B':
		d.y += by
	case 'C':
		d.x += by
	case 'D':
		d.x -= by
	case 'G':
		d.x = by - 1
	case 'd':
		d.y = by - 1
	case 'H':
		d.y, d.x = by-1, max(m, 1)-1
	default:
		return
	}
	d.x, d.y = min(max(d.x, 0), displayWidth-1), min(max(d.y, 0), displayHeight-1)
}

// erase is ED.
func (d *display) erase(what int) {
	from, to := 0, displayHeight
	switch what {
	case 0:
		d.eraseRow(0)
		from = d.y + 1
	case 1:
		d.eraseRow(1)
		to = d.y
	}
	for y := from; y < to; y++ {
		d.cells[y] = blankRow()
	}
}

// eraseRow is EL.
func (d *display) eraseRow(what int) {
	from, to := 0, displayWidth
	switch what {
	case 0:
		from = min(d.x, displayWidth)
	case 1:
		to = min(d.x+1, displayWidth)
	}
	copy(d.cells[d.y][from:to], blankRow())
}

// scroll moves the rows of the scrolling region up by one, or down.
func (d *display) scroll(by int) {
	region := d.cells[d.top:d.bottom]
	if by > 0 {
		copy(region, region[1:])
		region[len(region)-1] = blankRow()
		return
	}
	copy(region[1:], region)
	region[0] = blankRow()
}

// risky are the code points by which a text does something to a terminal, or hides, or is not what it looks like.
var risky = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x00, 0x1f, 1}, {0x7f, 0x9f, 1}, // C0, DEL, C1
		{0xad, 0xad, 1},                          // soft hyphen
		{0x34f, 0x34f, 1},                        // combining grapheme joiner
		{0x61c, 0x61c, 1},                        // Arabic letter mark
		{0x115f, 0x1160, 1},                      // Hangul fillers
		{0x180b, 0x180f, 1},                      // Mongolian selectors
		{0x200b, 0x200f, 1}, {0x2028, 0x202e, 1}, // zero width, line ends, directions
		{0x2060, 0x206f, 1}, // joiners, isolates
		{0x3164, 0x3164, 1}, // Hangul filler
		{0xe000, 0xf8ff, 1}, // private use
		{0xfe00, 0xfe0f, 1}, // variation selectors
		{0xfeff, 0xfeff, 1}, {0xffa0, 0xffa0, 1}, {0xfff0, 0xfffb, 1},
	},
	R32: []unicode.Range32{{0x1bca0, 0x1bca3, 1}, {0x1d173, 0x1d17a, 1}, {0xe0000, 0xe0fff, 1}, {0xf0000, 0x10ffff, 1}},
}

// unprintable says why a character of n bytes must not come, "" if it may.
func unprintable(r rune, n int) string {
	switch {
	case r == utf8.RuneError && n == 1:
		return "is no UTF-8"
	case unicode.Is(risky, r):
		return "is risky"
	case r != ' ' && !unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.N, unicode.P, unicode.S):
		return "does not show itself"
	}
	return ""
}
