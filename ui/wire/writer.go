package wire

// bubbletea v1 repaints every line in which anything changed, from its first column to the end, and every line of a list
// that scrolled. The writer between it and the terminal sends the cells that really changed.

import (
	"os"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// Writer is an output for bubbletea ([tea.WithOutput]). Outside the alternate screen every byte goes through. In it,
// Writer keeps the screen that the bytes would make, and at the end of every write sends the difference to what the
// terminal shows. What is not text, a movement, an erasure or a colour (modes, titles, OSC 52) goes through as it is and
// in its place; after a sequence of unknown effect, as after a clear or a resize, everything is painted afresh. The
// attribute of hyperlinks (OSC 8) is passed on and not remembered. On a terminal of no columns or no rows nothing is drawn.
type Writer struct {
	file term.File
	size func() (width, height int)

	guard *guard // nil: a panic goes on
	sized atomic.Bool

	mu     sync.Mutex
	rest   []byte // the beginning of a sequence whose end was not written yet
	want   screen // what bubbletea asked for
	have   grid   // what the terminal shows
	brush  brush
	alt    bool // in the alternate screen
	lost   bool // have is not known
	cursor bool // the cursor is visible, so that its place matters
	dead   bool // nothing more is written: a panic has left all this half done
	modes  modes
}

// NewWriter is a writer to a terminal.
func NewWriter(file *os.File) *Writer {
	w := &Writer{file: file, cursor: true}
	w.size = func() (int, int) {
		width, height, err := term.GetSize(file.Fd())
		if err != nil {
			return 0, 0
		}
		return width, height
	}
	return w
}

// Fd is the terminal's descriptor, for its size and its raw mode.
func (w *Writer) Fd() uintptr { return w.guard.descriptor(w.file.Fd) }

// Read reads from the terminal; bubbletea asks for it in the type of a terminal and never calls it.
func (w *Writer) Read(p []byte) (int, error) { return w.guard.transfer(w.file.Read, p) }

// Close closes the terminal.
func (w *Writer) Close() error { return w.guard.closing(w.file.Close) }

// WriteString is Write without a copy made by the caller.
func (w *Writer) WriteString(s string) (int, error) { return w.guard.transfer(w.Write, []byte(s)) }

// Write takes what bubbletea writes: one frame, or one sequence. It reports all of p as written, or an error.
func (w *Writer) Write(p []byte) (n int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dead || !w.guard.do(func() { n, err = w.write(p) }) {
		w.dead = true
		return len(p), nil
	}
	return n, err
}

// write is Write.
func (w *Writer) write(p []byte) (int, error) {
	w.refit()
	w.read(p)
	w.paint()
	if err := w.send(); err != nil {
		return 0, err
	}
	return len(p), nil
}

// send writes the bytes that the brush has collected. After an error nobody knows how many arrived.
func (w *Writer) send() error {
	if len(w.brush.out) == 0 {
		return nil
	}
	_, err := w.file.Write(w.brush.out)
	w.brush.out = w.brush.out[:0]
	w.modes.sent()
	w.lost = w.lost || err != nil
	return err
}

// refit follows the size of the terminal. It asks before every write, which costs one ioctl: a signal may come after the
// frame that it should have come before, or be lost while another program has the terminal.
func (w *Writer) refit() {
	if !w.alt {
		return
	}
	width, height := w.measure()
	if oldWidth, oldHeight := w.have.size(); width == oldWidth && height == oldHeight {
		return
	}
	w.have = newGrid(width, height)
	w.want.grid = w.want.fit(width, height)
	w.want.move(w.want.x, w.want.y)
	w.lost = true
}

// measure asks the terminal for its size, and returns what can be drawn on.
func (w *Writer) measure() (width, height int) {
	columns, rows := w.size()
	width, height = w.usable(columns, rows)
	w.brush.width, w.brush.part = width, columns > width || rows > height
	return width, height
}

// The size that a terminal has which does not tell it, and the most that is drawn: no screen has more, and what a program sets
// (stty takes 65,535 by 65,535) is not worth the memory.
const (
	unknownColumns, unknownRows = 80, 24
	mostColumns, mostRows       = 1000, 300
)

// usable is the part of a terminal that is drawn on: nothing where it has no columns or no rows, but all of 80 by 24 where it
// has never told a size.
func (w *Writer) usable(columns, rows int) (width, height int) {
	if columns <= 0 && rows <= 0 && !w.sized.Load() {
		return unknownColumns, unknownRows
	}
	w.sized.Store(true)
	if columns <= 0 || rows <= 0 {
		return 0, 0
	}
	return min(columns, mostColumns), min(rows, mostRows)
}

// painting reports whether the screen is kept, and there is one to paint on.
func (w *Writer) painting() bool { return w.alt && len(w.have) > 0 }

// read takes p apart into characters and sequences. What may still grow waits for the next write.
func (w *Writer) read(p []byte) {
	data := append(w.rest, p...)
	for len(data) > 0 {
		seq, width, n, state := ansi.DecodeSequence(data, ansi.NormalState, nil)
		if state != ansi.NormalState || !utf8.FullRune(data) {
			break
		}
		n = max(n, 1)
		w.token(string(seq), width)
		data = data[n:]
	}
	w.rest = append(w.rest[:0], data...)
}

// token obeys one character or sequence, or lets it through.
func (w *Writer) token(seq string, width int) {
	q, isCSI := parseCSI(seq)
	switch {
	case !w.alt:
		w.brush.write(seq)
		w.note(q)
	case !w.painting(): // there is nothing to draw on
		if harmless(seq, q, isCSI) {
			w.brush.write(seq)
			w.note(q)
		}
	case width > 0 || seq[0] >= utf8.RuneSelf:
		w.want.put(seq, width)
	case isCSI && !q.private && w.want.csi(q):
		w.lost = w.lost || q.final == 'J' && q.param(0, 0) == 2 // a clear mends a screen that another program wrote on
	case len(seq) == 1 && w.want.control(seq[0]):
	default:
		w.pass(seq, q, isCSI)
	}
}

// pass sends a sequence as it is, after all that was written before it.
func (w *Writer) pass(seq string, q sequence, isCSI bool) {
	w.paint()
	harmless := harmless(seq, q, isCSI)
	if !harmless {
		w.brush.moveTo(w.want.x, w.want.y)
	}
	w.brush.write(seq)
	if !harmless {
		w.lost = true
	}
	w.note(q)
}

// harmless reports whether a sequence leaves every cell and the cursor where they are: strings (OSC, DCS, APC, PM, SOS),
// private modes, queries, keypad modes, a bell.
func harmless(seq string, q sequence, isCSI bool) bool {
	if isCSI {
		selective := q.final == 'J' || q.final == 'K' || q.final == 'r' // DECSED, DECSEL, XTRESTORE
		return q.private && !selective || q.final == 'n' || q.final == 'c' || q.final == 't'
	}
	if len(seq) == 1 {
		return seq == "\a" || seq == "\x00"
	}
	switch seq[1] {
	case ']', 'P', '_', '^', 'X', '=', '>':
		return true
	}
	return false
}

// note follows the modes that matter here: the alternate screen and whether the cursor is visible.
func (w *Writer) note(q sequence) {
	if !q.private || q.final != 'h' && q.final != 'l' {
		return
	}
	on := q.final == 'h'
	for i := range q.params {
		w.modes.asked(q.param(i, 0), on)
		switch q.param(i, 0) {
		case 25: // DECTCEM
			w.cursor = on
		case 47, 1047, 1049:
			w.enter(on)
		}
	}
}

// enter starts afresh in the alternate screen, or leaves it.
func (w *Writer) enter(on bool) {
	width, height := w.measure()
	w.alt, w.lost = on, true
	w.have = newGrid(width, height)
	w.want = screen{grid: newGrid(width, height)}
}

// paint makes the terminal show what is wanted.
func (w *Writer) paint() {
	if !w.painting() {
		return
	}
	if w.lost {
		w.wipe()
	}
	w.brush.paint(w.have, w.want.grid)
	w.brush.pen(w.want.pen)
	if w.cursor {
		w.brush.moveTo(w.want.x, w.want.y)
	}
	for y := range w.have {
		copy(w.have[y], w.want.grid[y])
	}
}

// wipe empties a terminal of which nothing is known.
func (w *Writer) wipe() {
	w.brush.write(ansi.ResetStyle + ansi.EraseEntireScreen)
	w.brush.style = blank.style
	w.brush.lose()
	for _, row := range w.have {
		fill(row, blank)
	}
	w.lost = false
}

// leave leaves the terminal as it was found, whatever has happened before. Nothing is written afterwards.
func (w *Writer) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead = true
	_, _ = w.file.Write([]byte(w.modes.undo())) // a terminal that is gone needs nothing
	w.modes = modes{}
}
