package draw

// Text that is read and not chosen from: one way to scroll it, the same keys everywhere.

// Page scrolls rows that are more than there is room for. All that is read and not chosen from goes by it, so the keys are
// the same everywhere, and nothing can be scrolled out of sight.
type Page struct{ Offset int }

// PageStep is how many rows PgUp and PgDn go: some stay in sight at the smallest size.
const PageStep = 10

// Scroll goes down by some rows, or up.
func (p *Page) Scroll(by int) { p.Offset = max(p.Offset+by, 0) }

// Top goes to the first row.
func (p *Page) Top() { p.Offset = 0 }

// Window is the rows that there is room for, of so many, by their numbers: from the first up to another; at most up to the last.
func (p *Page) Window(rows, height int) (from, to int) {
	p.Offset = max(min(p.Offset, rows-height), 0)
	return p.Offset, min(p.Offset+max(height, 0), rows)
}

// Visible is the rows that there is room for: at most up to the last one.
func (p *Page) Visible(rows []string, height int) []string {
	from, to := p.Window(len(rows), height)
	return rows[from:to]
}

// Below is how many of so many rows there are below those that are visible.
func (p *Page) Below(rows, height int) int { return max(rows-p.Offset-height, 0) }
