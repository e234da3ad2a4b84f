package draw

// Where things stand on the screen: a pure function of its size and of what the names need. What does not fit is left out in
// the order of its weight, never squeezed until nobody can read it.
//
// Rows that one pane has no use for go to one that is cut. How many each could fill is told of the zone and not of what a cursor
// is at: a border that moved with the records of each name would send the whole screen at every key.

// Rect is a part of the screen, in cells.
type Rect struct{ X, Y, W, H int }

// Holds tells whether a cell is in the rectangle.
func (r Rect) Holds(x, y int) bool { return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H }

// Slot is a place for a pane under a line with titles. One that is not there has no height.
type Slot struct{ Tabs, Body Rect }

// Layout is where the parts of the main screen stand. A part that is not shown has no height.
type Layout struct {
	Title, Message, Help Rect
	Names, Records       Rect // the first line is the title
	Lower                Slot // below both
	Right                Slot // beside the lower one, or over it at the right of all
	Corner               Slot // under the right one, where that begins at the top
	Single               bool // one pane at a time, in the lower slot
}

// Columns is how many panes stand beside one another below, or at the right: what a width has room for.
func (l Layout) Columns() int {
	switch {
	case l.Corner.Body.H > 0:
		return 3
	case l.Right.Body.H > 0:
		return 2
	}
	return 1
}

// The sizes that matter: below the first one pane is shown at a time, below the second none; from PairWidth columns on there
// are two panes below, from WallWidth on the right is a column of its own.
const (
	FullWidth, FullHeight = 80, 20
	MinWidth, MinHeight   = 40, 10
	PairWidth             = 100
	WallWidth             = 160
)

// LeastLower is the rows that the lower half keeps, however many names there are; leastUpper is what the upper one keeps.
const LeastLower, leastUpper = 7, 4

// Need is what the panes would fill: names and records with their titles, the others without.
type Need struct {
	Names, Records, Delivery, Problems, Source int // rows

	Width int  // of names
	Zoom  bool // one pane has the whole screen
}

// TooSmall tells a screen on which nothing useful fits.
func TooSmall(w, h int) bool { return w < MinWidth || h < MinHeight }

// OneAtATime tells a screen that shows one pane at a time.
func OneAtATime(w, h int) bool { return w < FullWidth || h < FullHeight }

// Arrange lays the main screen out.
func Arrange(w, h int, n Need) Layout {
	l := Layout{Title: Rect{0, 0, w, 1}, Message: Rect{0, h - 2, w, 1}, Help: Rect{0, h - 1, w, 1}}
	if OneAtATime(w, h) || n.Zoom {
		l.Single = true
		l.Lower = Slot{Rect{0, 1, w, 1}, Rect{0, 2, w, h - 4}}
		l.Names, l.Records = l.Lower.Body, l.Lower.Body
		return l
	}
	left, rows, lower := w, h-3, max(n.Delivery, n.Problems)
	if w >= WallWidth {
		left, lower = w-w*31/100-1, n.Source
		l.wall(Rect{left + 1, 1, w - left - 1, rows}, n)
	}
	upper := upperRows(rows-1, n, lower)
	names := namesWidth(w, left, n.Width)
	l.Names = Rect{0, 1, names, upper}
	l.Records = Rect{names + 1, 1, left - names - 1, upper}
	l.Lower = slot(Rect{0, 1 + upper, left, rows - upper})
	if w >= PairWidth && w < WallWidth {
		half := w/2 - 1
		l.Lower = slot(Rect{0, 1 + upper, half, rows - upper})
		l.Lower.Tabs.W++ // the line between the two panes begins at it
		l.Right = slot(Rect{half + 1, 1 + upper, w - half - 1, rows - upper})
	}
	return l
}

// wall divides the column at the right: what becomes of the mail above, what is wrong below.
func (l *Layout) wall(r Rect, n Need) {
	upper := border(r.H, r.H*2/5, max(n.Delivery, leastUpper)+1, max(n.Problems, LeastLower)+1)
	l.Right = slot(Rect{r.X, r.Y, r.W, upper})
	l.Corner = slot(Rect{r.X, r.Y + upper, r.W, r.H - upper})
}

// slot is a slot that fills a rectangle.
func slot(r Rect) Slot {
	return Slot{Rect{r.X, r.Y, r.W, 1}, Rect{r.X, r.Y + 1, r.W, r.H - 1}}
}

// border is how many of some rows the upper of two has: the usual number, less where it does not need them and the lower one
// does, more where the lower one does not.
func border(rows, usual, upper, lower int) int {
	if upper < usual {
		return max(upper, min(usual, rows-lower))
	}
	return max(usual, min(upper, rows-lower))
}

// upperRows is how many of some rows names and records have: usually two thirds. Names have what they need while the lower half
// keeps some.
func upperRows(rows int, n Need, lower int) int {
	upper := border(rows, min(rows*13/20, rows-LeastLower), max(n.Names, n.Records, leastUpper), max(lower, LeastLower))
	return max(upper, min(n.Names, rows-max(LeastLower, rows/4)))
}

// namesWidth is how wide the names are: what they need, within a third and less than a half of a screen. On the widest, where
// records have more columns, it is less of what the two have.
func namesWidth(w, both, need int) int {
	least, most := min(max(w*35/100, 28), 42), min(w*45/100, 54)
	if both < w {
		least, most = min(both*30/100, 42), both*40/100
	}
	return max(least, min(need, most))
}
