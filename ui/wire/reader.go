package wire

// bubbletea v1 takes every read of the terminal for whole keys, and all characters of one read for one key: ESC and [B that
// a network separates are Escape and two letters, and three j that it joins are one key "jjj". The reader between the
// terminal and bubbletea returns one key for each read.

import (
	"errors"
	"io"
	"os"
	"syscall"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

const (
	// within is how long the rest of a key may take. An Escape by itself is known after that time.
	within = 60 * time.Millisecond
	// longest is the number of bytes at which a key that does not end is handed over as it is.
	longest = 128
	// room is the least that one read has to have room for: Escapes take up to ten bytes at once.
	room = longest + 2*len(escape)
	// escape stands for an Escape that another Escape follows, which bubbletea would take for alt+esc. No terminal of today
	// sends it; bubbletea calls it F20, and [key20] turns it back.
	escape = "\x1b[34~"
)

const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// Reader is an input for bubbletea ([tea.WithInput]). It never reads ahead: what it has not returned is still in the
// terminal, where bubbletea's epoll sees it, and where an editor that gets the terminal finds it.
type Reader struct {
	file  *os.File
	gone  func()
	guard *guard // nil: a panic goes on
	paste bool   // inside a bracketed paste
	tail  []byte // the last bytes of the paste, to find its end
}

// NewReader is a reader of a terminal. It calls gone, which must not block, when the terminal has gone away: of the end of
// its input bubbletea would tell nobody, and wait for keys for ever.
func NewReader(file *os.File, gone func()) *Reader { return &Reader{file: file, gone: gone} }

// Fd is the terminal's descriptor, for its raw mode and for waiting.
func (r *Reader) Fd() uintptr { return r.guard.descriptor(r.file.Fd) }

// Name is the terminal's file name; a reader without it could not be cancelled.
func (r *Reader) Name() (name string) {
	r.guard.do(func() { name = r.file.Name() })
	return name
}

// Write writes to the terminal; bubbletea asks for it in the type of a terminal and never calls it.
func (r *Reader) Write(p []byte) (int, error) { return r.guard.transfer(r.file.Write, p) }

// Close closes the terminal.
func (r *Reader) Close() error { return r.guard.closing(r.file.Close) }

// Read returns the bytes of one key or mouse event, or a part of a paste.
func (r *Reader) Read(p []byte) (int, error) { return r.guard.transfer(r.next, p) }

// next is Read.
func (r *Reader) next(p []byte) (int, error) {
	if len(p) < room {
		return 0, io.ErrShortBuffer
	}
	k := key{reader: r, bytes: p[:0]}
	k.next()
	if len(k.bytes) > 0 {
		return len(k.bytes), nil
	}
	if errors.Is(k.err, io.EOF) || errors.Is(k.err, syscall.EIO) { // how a hung-up terminal ends
		r.gone()
		return 0, io.EOF
	}
	return 0, k.err
}

// ready reports whether a byte, or the end, comes within a time.
func (r *Reader) ready(within time.Duration) bool {
	fds := []unix.PollFd{{Fd: int32(r.file.Fd()), Events: unix.POLLIN}}
	for deadline := time.Now().Add(within); ; {
		left := max(time.Until(deadline), 0)
		n, err := unix.Poll(fds, int((left+time.Millisecond-1)/time.Millisecond))
		if !errors.Is(err, unix.EINTR) { // the Go runtime interrupts system calls now and then
			return n > 0 && err == nil
		}
	}
}

// key is a key being read.
type key struct {
	reader *Reader
	bytes  []byte
	err    error
}

// next reads one key, or what there is of a paste.
func (k *key) next() {
	if k.reader.paste {
		k.pasted()
		return
	}
	if c, ok := k.read(); ok {
		k.begin(c)
	}
}

// read takes one byte from the terminal, however long it takes.
func (k *key) read() (c byte, ok bool) {
	n := len(k.bytes)
	_, k.err = io.ReadFull(k.reader.file, k.bytes[n:n+1])
	if k.err != nil {
		return 0, false
	}
	k.bytes = k.bytes[:n+1]
	return k.bytes[n], true
}

// more takes one byte if it comes in time. A key is not longer than longest.
func (k *key) more() (c byte, ok bool) {
	if len(k.bytes) >= longest || !k.reader.ready(within) {
		return 0, false
	}
	return k.read()
}

// begin goes on after the first byte of a key.
func (k *key) begin(c byte) {
	switch {
	case c == '\x1b':
		k.escaped()
	case c >= utf8.RuneSelf:
		k.character(c)
	}
}

// character reads the rest of a character.
func (k *key) character(first byte) {
	start := len(k.bytes) - 1
	for first >= 0xc0 && !utf8.FullRune(k.bytes[start:]) {
		if _, ok := k.more(); !ok {
			return
		}
	}
}

// escaped reads what follows ESC: nothing (Escape), a sequence, or a key pressed with alt.
func (k *key) escaped() {
	c, ok := k.more()
	switch {
	case !ok:
	case c == '[':
		k.csi()
	case c == 'O': // SS3
		if c, ok := k.more(); ok && c == '\x1b' {
			k.escaped()
		}
	case c == '\x1b':
		k.twice()
	default:
		k.begin(c)
	}
}

// twice reads what follows ESC ESC: the rest of a sequence sent with alt (PuTTY, urxvt), or else these are two Escapes, and
// what follows is another key.
func (k *key) twice() {
	start := len(k.bytes) - 2
	c, ok := k.more()
	switch {
	case ok && c == '[':
		k.csi()
	case ok && c == 'O':
		k.more()
	case ok:
		k.bytes = append(append(k.bytes[:start], escape+escape...), c)
		k.begin(c)
	default:
		k.bytes = append(k.bytes[:start], escape+escape...)
	}
}

// csi reads a control sequence up to its final byte, and a paste's first part.
func (k *key) csi() {
	start := len(k.bytes) - len("\x1b[")
	for {
		c, ok := k.more()
		switch {
		case !ok:
			return
		case c == '\x1b': // the sequence broke off, and a key begins
			k.escaped()
			return
		case c == '[' && len(k.bytes) == start+3: // function keys of the Linux console: ESC [ [ A
			k.more()
			return
		case c < '@':
			continue
		case c == 'M' && len(k.bytes) == start+3: // a mouse without SGR mode: ESC [ M and three bytes
			for range 3 {
				k.more()
			}
		}
		break
	}
	k.reader.paste = string(k.bytes[start:]) == pasteStart
}

// pasted reads what there is of a paste, and not a byte behind its end.
func (k *key) pasted() {
	r := k.reader
	for len(k.bytes) < cap(k.bytes) {
		c, ok := k.read()
		if !ok {
			return
		}
		r.tail = append(r.tail, c)
		r.tail = r.tail[max(0, len(r.tail)-len(pasteEnd)):]
		if string(r.tail) == pasteEnd {
			r.paste, r.tail = false, nil
			return
		}
		if !r.ready(0) {
			return
		}
	}
}

// key20 turns back what the reader had to rename.
func key20(k tea.KeyMsg) tea.KeyMsg {
	if k.Type == tea.KeyF20 {
		return tea.KeyMsg{Type: tea.KeyEscape, Alt: k.Alt}
	}
	return k
}
