package wire

// What was switched on at a terminal has to be switched off, also when the library that did it can not be asked any more.

import (
	"maps"
	"slices"

	"github.com/charmbracelet/x/ansi"
)

// modes is the private modes (DECSET) in which a terminal is not as it was found: those that are on, and the cursor if it is
// hidden. A mode is changed when the sequence has been sent, and not before.
type modes struct {
	changed map[int]bool
	pending []mode
}

// mode is a private mode, and whether it is to be on.
type mode struct {
	number int
	on     bool
}

// The modes of which something has to be known.
const (
	cursorMode    = 25   // DECTCEM: it is on when it is found
	altScreenMode = 1049 // switched off last: the others may belong to the screen
)

// asked notes a change whose sequence is to be sent.
func (m *modes) asked(number int, on bool) { m.pending = append(m.pending, mode{number, on}) }

// sent notes that all sequences were sent.
func (m *modes) sent() {
	for _, p := range m.pending {
		if p.on == (p.number == cursorMode) {
			delete(m.changed, p.number)
			continue
		}
		if m.changed == nil {
			m.changed = map[int]bool{}
		}
		m.changed[p.number] = p.on
	}
	m.pending = m.pending[:0]
}

// back is the sequences that bring the terminal back to how it was found, "" if it is.
func (m *modes) back() string {
	if len(m.changed) == 0 {
		return ""
	}
	back := ansi.ResetStyle
	for _, number := range slices.Sorted(maps.Keys(m.changed)) {
		if number == altScreenMode {
			continue
		}
		if m.changed[number] {
			back += ansi.ResetMode(ansi.DECMode(number))
		} else {
			back += ansi.SetMode(ansi.DECMode(number))
		}
	}
	if m.changed[altScreenMode] {
		back += ansi.ResetMode(ansi.DECMode(altScreenMode))
	}
	return back
}
