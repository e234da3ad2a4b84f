package ui

// page scrolls rows that are more than there is room for. All that is read and not chosen from goes by it, so the keys are
// the same everywhere, and nothing can be scrolled out of sight.
type page struct{ offset int }

// pageStep is how many rows PgUp and PgDn go: some stay in sight at the smallest size.
const pageStep = 10

// scroll is a binding's deed that goes down by some rows, or up.
func (p *page) scroll(by int) func() []action {
	return func() []action { p.offset = max(p.offset+by, 0); return nil }
}

// top goes to the first row.
func (p *page) top() { p.offset = 0 }

// visible is the rows that there is room for: at most up to the last one.
func (p *page) visible(rows []string, height int) []string {
	p.offset = max(min(p.offset, len(rows)-height), 0)
	return rows[p.offset:min(p.offset+max(height, 0), len(rows))]
}

// below is how many rows there are below those that are visible.
func (p *page) below(rows []string, height int) int { return max(len(rows)-p.offset-height, 0) }

// bindings is the keys of a page that is nothing but read.
func (p *page) bindings(k *keyMap) []binding {
	return []binding{
		on(k.down, p.scroll(1)).as("scroll down").briefly("j/k scroll"), on(k.up, p.scroll(-1)).as("scroll up").briefly("-"),
		on(k.pageDown, p.scroll(pageStep)).briefly("-"), on(k.pageUp, p.scroll(-pageStep)).briefly("-"),
		on(k.top, p.scroll(-1<<30)).briefly("-"), on(k.bottom, p.scroll(1<<30)).briefly("-"),
	}
}
