package draw

// Where things stand on the screen: a pure function of its size. What does not fit is left out in the
// order of its weight, never squeezed until nobody can read it.

// Rect is a part of the screen, in cells.
type Rect struct{ X, Y, W, H int }

// Layout is where the parts of the main screen stand. A part that is not shown has no height.
type Layout struct {
	Title, Names, Records, Tabs, Lower, Help Rect
	Single                                   bool // one pane at a time, under a line of tabs
}

// The smallest screens: below the first one pane is shown at a time, below the second none.
const (
	FullWidth, FullHeight = 72, 20
	MinWidth, MinHeight   = 40, 10
)

// TooSmall tells a screen on which nothing useful fits.
func TooSmall(w, h int) bool { return w < MinWidth || h < MinHeight }

// Arrange lays the main screen out.
func Arrange(w, h int) Layout {
	l := Layout{Title: Rect{0, 0, w, 1}, Help: Rect{0, h - 1, w, 1}}
	if w < FullWidth || h < FullHeight {
		l.Single = true
		l.Tabs = Rect{0, 1, w, 1}
		body := Rect{0, 2, w, h - 3}
		l.Names, l.Records, l.Lower = body, body, body
		return l
	}
	lower := max((h-3)*2/5, 6)
	left := min(max(w*35/100, 26), 54)
	top := h - 3 - lower
	l.Names = Rect{0, 1, left, top}
	l.Records = Rect{left + 1, 1, w - left - 1, top}
	l.Tabs = Rect{0, 1 + top, w, 1}
	l.Lower = Rect{0, 2 + top, w, lower}
	return l
}
