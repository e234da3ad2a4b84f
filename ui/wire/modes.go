package wire

// What was switched on at a terminal has to be switched off, also when the library that did it can not be asked any more.

import (
	"maps"
	"slices"

	"github.com/charmbracelet/x/ansi"
)

// modes is the private modes (DECSET) in which a terminal may not be as it was found: those that are on, and the cursor if it is
// hidden. One counts as changed from when it is asked for, and as changed back when the sequence has been sent.
type modes struct {
	changed map[int]bool // true: it is on
	back    []int        // asked to be as they were found
}

// The modes of which something has to be known.
const (
	cursorMode    = 25   // DECTCEM: it is on when it is found
	altScreenMode = 1049 // switched off last: the others may belong to the screen
)

// asked notes a change whose sequence is to be sent.
func (m *modes) asked(number int, on bool) {
	if on == (number == cursorMode) {
		m.back = append(m.back, number)
		return
	}
	if m.changed == nil {
		m.changed = map[int]bool{}
	}
	m.changed[number] = on
	m.back = slices.DeleteFunc(m.back, func(n int) bool { return n == number })
}

// sent notes that all sequences were sent.
func (m *modes) sent() {
	for _, number := range m.back {
		delete(m.changed, number)
	}
	m.back = m.back[:0]
}

// undo is the sequences that bring the terminal back to how it was found, "" if it is.
func (m *modes) undo() string {
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
