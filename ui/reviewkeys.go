package ui

// What the keys of a review do, beside writing: each leads to what a row is about, or shows more of it or less. None changes
// the zone.

import (
	"fmt"
)

// giveUp ends what is asked for the review, and it with it.
func (d *reviewView) giveUp() []action {
	d.named.stop()
	d.far.stopped.Store(true)
	d.closed = true
	return []action{pop{}}
}

// isAt is why no key leads to a part: the cursor is on its title.
func (d *reviewView) isAt(part int) string {
	if r := d.here(); r.head && r.part == part {
		return "you are there: j goes on"
	}
	return ""
}

// enter unfolds what stands under the cursor, or goes there, back in the editor.
func (d *reviewView) enter() []action {
	r := d.here()
	switch {
	case r.head:
		d.zoomPart()
		return nil
	case r.fold != "":
		d.page.opened[r.fold] = !r.open
		d.page.turns++
		return nil
	}
	switch to := r.to(); {
	case to.why != "":
		return []action{say{to.why, levelInfo}}
	case to.name != "":
		return append(d.giveUp(), selectName{to.name}, focus{paneRecords})
	default:
		return append(d.giveUp(), visit{to.at})
	}
}

// zoomPart shows the part with the cursor alone, or all parts again.
func (d *reviewView) zoomPart() {
	part := d.here().part
	if d.page.alone > 0 {
		d.page.alone = 0
	} else {
		d.page.alone = part + 1
	}
	d.refresh(d.page.width)
	d.goTo(part)
}

// zoomDoes is what the zoom does.
func (d *reviewView) zoomDoes() string {
	if d.page.alone > 0 {
		return "all parts"
	}
	return "this part alone"
}

// back shows what was hidden, and only then leaves the review.
func (d *reviewView) back() []action {
	switch {
	case d.page.only != "":
		d.page.only = ""
	case d.page.alone > 0:
		d.zoomPart()
	default:
		return d.giveUp()
	}
	return nil
}

// backTo is where esc leads.
func (d *reviewView) backTo() string {
	switch {
	case d.page.only != "":
		return "all rows"
	case d.page.alone > 0:
		return "all parts"
	}
	return "back"
}

// askOnly asks which rows to show.
func (d *reviewView) askOnly() []action {
	ask := newFilterPrompt(d.kit, d.page.only, func(text string) []action { d.page.only = text; return nil })
	if len(d.doc.Findings.Serious()) > liveWords || d.report != nil && d.report.lines > liveWords {
		ask.live = nil
	}
	return []action{push{ask}}
}

// noPatch is why there is nothing to copy.
func (d *reviewView) noPatch() string {
	if n := len(d.patch()); n > clipboard {
		return fmt.Sprintf("%d bytes, terminals take %d: mailzone history --show 1 has it once saved", n, clipboard)
	}
	return ""
}

// patch is what the save changes, as patch(1) takes it.
func (d *reviewView) patch() string {
	if d.report == nil {
		return ""
	}
	return d.report.patch
}

// copyPatch copies it.
func (d *reviewView) copyPatch() []action {
	return []action{copyText{text: d.patch(), called: "a patch, which patch -p0 takes"}}
}

// match puts the cursor on the next sentence or line that holds a text; what is folded is unfolded for it, if it is there.
func (d *reviewView) match(text string, back bool) bool {
	all := d.found(text)
	if len(all) == 0 && d.page.only == "" && d.anywhere(text) {
		d.unfoldAll()
		all = d.found(text)
	}
	if len(all) == 0 {
		return false
	}
	p := &d.page
	left := p.rows[0].n
	i := nextOf(all, p.lists[p.column].Cursor+p.column*left, back)
	p.column = min(i/max(left, 1), 1)
	p.lists[p.column].Cursor = i - p.column*left
	return true
}

// found is where a text is found in the rows of both columns, those of the right one behind those of the left.
func (d *reviewView) found(text string) []int {
	p := &d.page
	all := p.rows[0].holding(seeks(text))
	for _, i := range p.rows[1].holding(seeks(text)) {
		all = append(all, p.rows[0].n+i)
	}
	return all
}

// unfoldAll unfolds what is folded.
func (d *reviewView) unfoldAll() {
	for range 2 { // what was as before has folds of its own
		for column := range d.page.rows {
			for _, r := range d.page.rows[column].ready {
				if r.fold != "" {
					d.page.opened[r.fold] = true
					d.page.turns++
				}
			}
		}
		d.refresh(d.page.width)
	}
}
