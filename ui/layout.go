package ui

// Where things stand on the screen: a pure function of its size. What does not fit is left out in the
// order of its weight, never squeezed until nobody can read it.

// rect is a part of the screen, in cells.
type rect struct{ x, y, w, h int }

// layout is where the parts of the main screen stand. A part that is not shown has no height.
type layout struct {
	title, names, records, tabs, lower, help rect
	single                                   bool // one pane at a time, under a line of tabs
}

// The smallest screens: below the first one pane is shown at a time, below the second none.
const (
	fullWidth, fullHeight = 72, 20
	minWidth, minHeight   = 40, 10
)

// tooSmall tells a screen on which nothing useful fits.
func tooSmall(w, h int) bool { return w < minWidth || h < minHeight }

// arrange lays the main screen out.
func arrange(w, h int) layout {
	l := layout{title: rect{0, 0, w, 1}, help: rect{0, h - 1, w, 1}}
	if w < fullWidth || h < fullHeight {
		l.single = true
		l.tabs = rect{0, 1, w, 1}
		body := rect{0, 2, w, h - 3}
		l.names, l.records, l.lower = body, body, body
		return l
	}
	lower := max((h-3)*2/5, 6)
	left := min(max(w*35/100, 26), 54)
	top := h - 3 - lower
	l.names = rect{0, 1, left, top}
	l.records = rect{left + 1, 1, w - left - 1, top}
	l.tabs = rect{0, 1 + top, w, 1}
	l.lower = rect{0, 2 + top, w, lower}
	return l
}
