package ui

// Where one is in a review: which rows are shown, and where the cursor stands. It stays with what it stood on when the rows are made
// anew: in another width a sentence has other rows, and what is known later stands between others.

import "github.com/mailzone/mailzone/ui/draw"

// reviewPage is where one is in a review.
type reviewPage struct {
	lists  [2]draw.List // the columns
	column int          // that has the cursor
	opened map[string]bool
	only   string // rows that hold it; "" for all
	alone  int    // the part that is shown alone, from 1; 0 for all of them
	width  int    // of the last picture
	turns  int    // how often something was folded or unfolded
	made   rowsMade
	rows   columnRows
	beside lagging[rowsMade, narrowedRows]
	late   bool // the rows are narrowed ones that say what was, or fill another width: others are being made
}

// paired tells whether there are two columns.
func (p *reviewPage) paired(width int) bool { return width >= draw.PairWidth && p.alone == 0 }

// columnWidth is how wide a column is.
func (p *reviewPage) columnWidth(width, column int) int {
	switch {
	case !p.paired(width):
		return width
	case column == 0:
		return width / 2
	}
	return width - width/2 - 1
}

// stood is where a cursor stood: on a row of a sentence, or of a line, that begins so many rows above it.
type stood struct {
	on    reviewRow // with which that begins
	below int
}

// keep leaves the cursor on what it stood on, or near it: in another width a sentence has other rows.
func (p *reviewPage) keep(column int, was stood) {
	rows, l := &p.rows[column], &p.lists[column]
	if is := p.under(column); l.Cursor < rows.n && is.below == was.below && is.on.part == was.on.part && is.on.whole() == was.on.whole() {
		return
	}
	if i := rows.find(was.on); i >= 0 {
		l.Cursor = i
		for below := was.below; below > 0 && l.Cursor+1 < rows.n && rows.at(l.Cursor+1).more; below-- {
			l.Cursor++
		}
	}
	l.Cursor = max(min(l.Cursor, rows.n-1), 0)
}

// under is where the cursor of a column stands.
func (p *reviewPage) under(column int) (at stood) {
	i := p.lists[column].Cursor
	if i >= p.rows[column].n {
		return stood{on: reviewRow{part: column}}
	}
	for at.on = p.rows[column].at(i); at.on.more && i > 0; at.below++ {
		i--
		at.on = p.rows[column].at(i)
	}
	return at
}

// here is the row under the cursor.
func (p *reviewPage) here() reviewRow {
	if i := p.lists[p.column].Cursor; i < p.rows[p.column].n {
		return p.rows[p.column].at(i)
	}
	return reviewRow{part: p.column}
}

// goTo goes to the title of a part.
func (p *reviewPage) goTo(part int) {
	for column := range p.rows {
		for i, r := range p.rows[column].ready {
			if r.head && r.part == part {
				p.column, p.lists[column].Cursor, p.lists[column].Offset = column, i, i
			}
		}
	}
}
