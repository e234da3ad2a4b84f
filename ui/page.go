package ui

// Text that is read and not chosen from: one way to scroll it, the same keys everywhere.

// page scrolls rows that are more than there is room for. All that is read and not chosen from goes by it, so the keys are
// the same everywhere, and nothing can be scrolled out of sight.
type page struct{ offset int }

// pageStep is how many rows PgUp and PgDn go: some stay in sight at the smallest size.
const pageStep = 10

// scroll goes down by some rows, or up.
func (p *page) scroll(by int) { p.offset = max(p.offset+by, 0) }

// top goes to the first row.
func (p *page) top() { p.offset = 0 }

// visible is the rows that there is room for: at most up to the last one.
func (p *page) visible(rows []string, height int) []string {
	p.offset = max(min(p.offset, len(rows)-height), 0)
	return rows[p.offset:min(p.offset+max(height, 0), len(rows))]
}

// below is how many rows there are below those that are visible.
func (p *page) below(rows []string, height int) int { return max(len(rows)-p.offset-height, 0) }
